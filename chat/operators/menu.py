"""The commands that operators alone are offered, in the order of the menu."""

from alerts.i18n import mark as _

COMMANDS = {
    "feeds": _("How every feed is; add, pause, remove"),
    "publishers": _("How far each source is trusted"),
    "review": _("What people found wrong: withdraw, keep, learn"),
    "withdraw": _("Take back what was told: /withdraw 417 why"),
    "broadcast": _("Tell all chats something"),
    "stats": _("How much there is of everything"),
    "invite": _("Let a chat into a closed bot"),
}
