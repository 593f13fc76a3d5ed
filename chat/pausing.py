"""/pause, /resume and /stop."""

from datetime import timedelta

from chat.pause_lines import pause_line
from chat.pause_times import LONGEST, parse_pause
from chat.presses import Press
from chat.screens import Answer, Button, in_rows, said
from chat.starting import start
from chat.turn import StalePress, Turn

PAUSES = (timedelta(hours=8), timedelta(days=1), timedelta(days=3), timedelta(days=7))


async def pause(turn: Turn) -> Answer:
    """/pause 3 days, /pause until Monday 08:00; alone: buttons."""
    if not turn.known:
        return said(turn.t.text("I send you nothing: you watch nothing yet."))
    if not turn.text.strip():
        return said("\n".join(filter(None, (pause_line(turn), _rule(turn)))), *pause_rows(turn, Press.PAUSE))
    until = parse_pause(turn.text, turn.now, turn.chat.time_zone, turn.chat.language)
    if until is None:
        return said(
            turn.t.text(
                "I read no time in “{written}”. Write for example /pause 3 days, /pause 8 h or "
                "/pause until Monday 08:00",
                written=turn.text[:40],
            )
        )
    if until - turn.now > LONGEST:
        return said(
            turn.t.plural(
                "A pause is at most {count} day long; /stop ends alerts until you press /start.",
                "A pause is at most {count} days long; /stop ends alerts until you press /start.",
                LONGEST.days,
            )
        )
    chat = await turn.do(turn.subscriptions.pause, turn.chat, until, turn.now)
    return _paused(turn.of(chat))


def _rule(turn: Turn) -> str:
    return turn.t.text(
        "During a pause I send nothing, not even Extreme alerts; at its end I tell in one digest what happened. "
        "For how long? Choose, or write for example: /pause until Monday 08:00"
    )


def pause_rows(turn: Turn, press: Press, *fields: str) -> tuple[tuple[Button, ...], ...]:
    """Buttons for common lengths; `press` with `fields` gets the hours."""
    buttons = [
        Button(length_words(turn, length), press.data(*fields, int(length.total_seconds() // 3600)))
        for length in PAUSES
    ]
    return in_rows(buttons, 2)


def length_words(turn: Turn, length: timedelta) -> str:
    if length.days:
        return turn.t.plural("{count} day", "{count} days", length.days)
    return turn.t.plural("{count} hour", "{count} hours", int(length.total_seconds() // 3600))


def length_of(turn: Turn, index: int) -> timedelta:
    """The length that a button carries; raises StalePress for one that is not offered."""
    length = timedelta(hours=turn.number(index))
    if length not in PAUSES:
        raise StalePress
    return length


async def pause_chosen(turn: Turn) -> Answer:
    until = turn.now + length_of(turn, 0)
    return _paused(turn.of(await turn.do(turn.subscriptions.pause, turn.chat, until, turn.now)))


def _paused(turn: Turn) -> Answer:
    text = turn.t.text("{reminder} Then one digest says what happened meanwhile.", reminder=pause_line(turn))
    return said(text, (Button(turn.t.text("Send alerts again"), Press.RESUME.data()),))


async def resume(turn: Turn) -> Answer:
    """/resume: the end of /pause and of /stop."""
    return await start(turn)


async def stop(turn: Turn) -> Answer:
    """/stop: no more alerts, the watches stay."""
    chat = await turn.do(turn.subscriptions.stop, turn.chat.id)
    if chat is None:
        return said(turn.t.text("I send you nothing: you watch nothing yet."))
    return said(
        turn.t.text("Alerts are paused; your watches are kept. /start sends alerts again, /forget erases everything."),
        (Button(turn.t.text("Send alerts again"), Press.RESUME.data()),),
    )
