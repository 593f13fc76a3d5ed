"""/invite: codes that let chats into a closed bot."""

from alerts.i18n import zone
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows
from chat.turn import StalePress, Turn
from store.invites import Invite

MOST = 40


async def invite(turn: Turn) -> Answer:
    """/invite makes a code; /invite list shows which are out."""
    t, admission = turn.t, turn.services.admission
    if not admission.closed:
        return Answer(
            (Screen(t.text("This bot is open to everyone; TOCSIN_CLOSED=1 closes it to all but the invited.")),)
        )
    if turn.text.casefold() == "list":
        return Answer((await _list(turn),))
    made, code = await turn.do(admission.invite)
    expires = t.time(made.expires_at, zone(turn.chat.time_zone))
    text = t.text(
        "This link lets one chat in, until {time}. Whoever has it can use it; I cannot show it again.\n{link}\n\n"
        "In a group an administrator writes:\n/start {code}",
        time=expires,
        link=f"https://t.me/{turn.bot_name}?start={code}",
        code=code,
    )
    revoke = Button(t.text("Revoke it"), Press.INVITE.data(made.id))
    return Answer((Screen(text, ((revoke, _to_list(turn)),)),))


def _to_list(turn: Turn) -> Button:
    return Button(turn.t.text("All invitations"), Press.INVITE.data(""))


async def _list(turn: Turn, head: str = "") -> Screen:
    t = turn.t
    found = await turn.do(turn.services.admission.invites)
    if not found:
        return Screen("\n".join(filter(None, [head, t.text("No invitation is out. /invite makes one.")])))
    lines = [head] if head else []
    lines.append(t.plural("{count} invitation:", "{count} invitations:", len(found)))
    lines += [_line(turn, one) for one in found[:MOST]]
    lines.append(t.text("Revoking one that was used puts that chat out."))
    buttons = [Button(t.text("Revoke {number}", number=one.id), Press.INVITE.data(one.id)) for one in found[:MOST]]
    return Screen("\n".join(lines), in_rows(buttons, 3))


def _line(turn: Turn, one: Invite) -> str:
    t, local = turn.t, zone(turn.chat.time_zone)
    made = t.time(one.made_at, local)
    if one.used:
        return t.text("{number}. of {time}, used", number=one.id, time=made)
    expires = t.time(one.expires_at, local)
    return t.text("{number}. of {time}, not used yet, dies {expires}", number=one.id, time=made, expires=expires)


async def pressed(turn: Turn) -> Answer:
    """Show the list, or revoke one."""
    if not turn.field(0):
        return Answer((await _list(turn),))
    number = turn.number(0)
    if not await turn.do(turn.services.admission.revoke, number):
        raise StalePress
    return Answer((await _list(turn, turn.t.text("Invitation {number} is revoked.", number=number)),))
