"""/channel @name, in a private chat: a channel or group watches what this chat does, and nothing is written there."""

from dataclasses import replace

from alerts.types import ChatState
from chat.presses import Press
from chat.reach import Elsewhere
from chat.screens import Answer, Button, Screen, said
from chat.turn import StalePress, Turn

SET, CLEAR = "set", "clear"


async def channel(turn: Turn) -> Answer:
    """/channel @name."""
    t, name = turn.t, turn.text.strip()
    if not turn.private:
        return said(t.text("Write this to me in a private chat: /channel @name"))
    if not name or " " in name:
        return said(
            t.text(
                "Prepare here what a channel or a group shall watch, then write /channel and its name or number, for "
                "example /channel @my_channel. You and I must be administrators there."
            )
        )
    found = await _administered(turn, name if name.startswith("@") else _number(name) or f"@{name}")
    return found if isinstance(found, Answer) else Answer((await _screen(turn, found),))


async def answered(turn: Turn) -> Answer:
    """Take over what this chat watches, or stop watching there. Who asks is looked at again."""
    verb, t = turn.field(0), turn.t
    found = await _administered(turn, turn.number(1))
    if isinstance(found, Answer):
        return found
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id) if verb == SET else []
    if verb not in (SET, CLEAR) or (verb == SET and not watches):
        raise StalePress
    settled = replace(turn.chat, id=found.id, kind=found.kind, state=ChatState.ACTIVE, paused_until=None)
    await turn.do(turn.services.watch_sets.replace, settled, watches)
    if turn.services.on_watch and watches:
        turn.services.on_watch(found.id)
    return Answer((await _screen(turn, found),), toast=t.text("Changed."))


async def _screen(turn: Turn, there: Elsewhere) -> Screen:
    t = turn.t
    watched = await turn.do(turn.subscriptions.watches, there.id)
    here = await turn.do(turn.subscriptions.watches, turn.chat.id)
    lines = [
        t.plural("{name} watches {count} area.", "{name} watches {count} areas.", len(watched), name=there.title),
        *(f"· {watch.area.name}" for watch in watched[:10]),
        t.plural("This chat watches {count} area.", "This chat watches {count} areas.", len(here)),
    ]
    buttons = []
    if here:
        lines.append(t.text("It can take over just these, with the language and all other settings of this chat."))
        buttons.append((Button(t.text("Watch the same there"), Press.CHANNEL.data(SET, there.id)),))
    if watched:
        buttons.append((Button(t.text("Watch nothing there"), Press.CHANNEL.data(CLEAR, there.id)),))
    return Screen("\n".join(lines), tuple(buttons))


async def _administered(turn: Turn, name: str | int) -> Elsewhere | Answer:
    """The channel, or what to say where the person or the bot has no rights there."""
    found = await turn.reach.elsewhere(name) if turn.reach else None
    if found is None or found.id == turn.chat.id or not found.administered:
        return said(
            turn.t.text(
                "I can do nothing for {name}: it does not exist, or not both of us are administrators there.", name=name
            )
        )
    return found


def _number(name: str) -> int | None:
    try:
        return int(name)
    except ValueError:
        return None
