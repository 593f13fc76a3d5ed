"""/share: a link that carries what this chat watches to others, and what they see who open it."""

from dataclasses import replace
from datetime import datetime

from alerts.i18n import zone
from chat.area_words import renaming
from chat.cards import line
from chat.pause_lines import pause_line
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows, said
from chat.turn import StalePress, Turn
from pipeline.sharing import LIFE, MAX_SHARES, NothingToShare, Opened, TooManyShares, is_token
from pipeline.subscriptions import MAX_WATCHES, TooManyWatches
from pipeline.watch_sets import Added

MOST_LISTED = 20  # watches of a link that are described; the others are counted


async def share(turn: Turn) -> Answer:
    """/share: a new link, and those that work already."""
    t = turn.t
    try:
        token, made = await turn.do(turn.services.sharing.share, turn.chat.id, turn.now)
    except NothingToShare:
        return said(
            t.text("You watch nothing yet, so there is nothing to share. Write the name of a place, or /watch.")
        )
    except TooManyShares:
        full = t.text(
            "This chat has {most} links that work, the most there can be. Take one back first.", most=MAX_SHARES
        )
        return Answer((await _links(turn, full),))
    address = f"https://t.me/{turn.bot_name}"
    lines = [
        t.plural(
            "A link to your {count} watch as it is now:",
            "A link to your {count} watches as they are now:",
            len(made.watches),
        ),
        f"{address}?start={token}",
        t.plural("To add it to a group:", "To add them to a group:", len(made.watches)),
        f"{address}?startgroup={token}",
        t.text(
            "Whoever has the link sees these areas and settings, and adds them with one tap. It does not name you or "
            "this chat. It works until {time}; I keep only a fingerprint of it and cannot show it again.",
            time=_time(turn, made.expires),
        ),
    ]
    return said("\n".join(lines), (Button(t.text("My links"), Press.SHARES.data()),))


async def links(turn: Turn) -> Answer:
    """The list of links was asked for."""
    return Answer((await _links(turn),))


async def revoke(turn: Turn) -> Answer:
    """Take a link back; one that is gone already is as good."""
    await turn.do(turn.services.sharing.revoke, turn.chat.id, turn.number(0))
    return Answer((await _links(turn),), toast=turn.t.text("This link does not work any more."))


async def _links(turn: Turn, first_line: str = "") -> Screen:
    t = turn.t
    found = await turn.do(turn.services.sharing.shares, turn.chat.id, turn.now)
    if not found:
        return Screen(t.text("No link of this chat works now. /share makes one."))
    head = t.plural("{count} link works:", "{count} links work:", len(found))
    lines = [first_line, head] if first_line else [head]
    for number, each in enumerate(found, 1):
        lines.append(
            t.plural(
                "{number}. {count} watch, made {made}, works until {until}",
                "{number}. {count} watches, made {made}, works until {until}",
                len(each.watches),
                number=number,
                made=_time(turn, each.made),
                until=_time(turn, each.expires),
            )
        )
    buttons = [
        Button(t.text("Take back {number}", number=number), Press.REVOKE.data(each.id))
        for number, each in enumerate(found, 1)
    ]
    return Screen("\n".join(lines), in_rows(buttons, 3))


async def opened(turn: Turn) -> Answer:
    """A link was opened: what it would add."""
    found = await _open(turn, turn.text)
    if found is None:
        return said(dead(turn))
    t, rename = turn.t, renaming(turn, turn.chat.language)
    watches = [replace(watch, area=rename(watch.area)) for watch in found.share.watches]
    shown = [f"{number}. {line(turn, watch)}" for number, watch in enumerate(watches[:MOST_LISTED], 1)]
    lines = [t.plural("This link adds {count} watch:", "This link adds {count} watches:", len(watches)), *shown]
    if further := len(watches) - len(shown):
        lines.append(t.plural("and {count} more", "and {count} more", further))
    if known := found.outcome.kept:
        lines.append(
            t.plural(
                "You watch {count} of these areas already; it stays as it is.",
                "You watch {count} of these areas already; they stay as they are.",
                known,
            )
        )
    if not found.outcome.new:
        return said("\n".join(lines))
    lines.append(t.text("The link works until {time}.", time=_time(turn, found.share.expires)))
    return said("\n".join(lines), (Button(t.text("Add"), Press.ADOPT.data(turn.text)),))


async def adopt(turn: Turn) -> Answer:
    """Add what a link holds; pressed twice, the second time changes nothing."""
    if not is_token(turn.field(0)):
        raise StalePress
    try:
        rename = renaming(turn, turn.chat.language)
        added = await turn.do(turn.services.sharing.adopt, turn.chat, turn.field(0), turn.now, rename)
    except TooManyWatches:
        return said(too_many(turn))
    if added is None:
        return said(dead(turn))
    return saved(turn, added)


def saved(turn: Turn, added: Added) -> Answer:
    """What is said after watches were added together."""
    t = turn.t
    if turn.services.on_watch and (added.new or added.changed):
        turn.services.on_watch(turn.chat.id)
    lines = [t.plural("Added: {count} watch.", "Added: {count} watches.", added.new)]
    if added.changed:
        lines.append(t.plural("Changed: {count} watch.", "Changed: {count} watches.", added.changed))
    if added.kept:
        lines.append(
            t.plural(
                "Watched already, left as it was: {count}.", "Watched already, left as they were: {count}.", added.kept
            )
        )
    lines += filter(None, [pause_line(turn)])
    return said("\n".join(lines), (Button(t.text("All watches"), Press.WATCHES.data(0)),))


def too_many(turn: Turn) -> str:
    return turn.t.text(
        "With these the chat would have more than {most} watches, the most there can be. Nothing was added. "
        "Remove some first: /watches",
        most=MAX_WATCHES,
    )


def dead(turn: Turn) -> str:
    return turn.t.text(
        "This link does not work: it is older than {days} days, was taken back, or was copied with a mistake. "
        "Ask for a new one whoever gave it to you.",
        days=LIFE.days,
    )


async def _open(turn: Turn, token: str) -> Opened | None:
    return await turn.do(turn.services.sharing.open, turn.chat.id, token, turn.now) if is_token(token) else None


def _time(turn: Turn, moment: datetime) -> str:
    return turn.t.full_time(moment, zone(turn.chat.time_zone))
