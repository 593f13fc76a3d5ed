"""/settings: one screen with all that a chat chose, whose buttons change it in place; and /digest."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time

from alerts.i18n import zone
from alerts.types import Chat, Language, Rhythm
from chat import hours, pausing
from chat.area_words import renaming
from chat.pause_lines import pause_line
from chat.presses import Press
from chat.screens import Answer, Button, Rows, Screen, in_rows, said
from chat.starting import LANGUAGES
from chat.turn import StalePress, Turn
from errors import InvalidInput
from store.words import folded

DIGEST_TIMES = (time(6), time(7), time(8), time(12), time(18), time(20))
_CLOCK = re.compile(r"(\d{1,2})(?:[:h](\d{2})|h)")


def _words(text: str) -> frozenset[str]:
    return frozenset(map(folded, text.split()))


_HOURLY = _words("hourly hour heure heures horaire saa hora horas ساعة")
_DAILY = _words("daily day jour quotidien siku día diario dia diário يوم يومي")
_INSTANT = _words("off no none non instant now immédiat hapana não فورا لا")


async def settings(turn: Turn) -> Answer:
    """/settings."""
    return Answer((_screen(turn),))


async def pressed(turn: Turn) -> Answer:
    """A button of the screen: of a section, which shows its choices, or of a choice, which is stored and shown."""
    section = turn.field(0)
    if not section:
        return Answer((_screen(turn),))
    if len(turn.fields) < 2:
        shown = _SECTIONS.get(section)
        if shown is None:
            raise StalePress
        return Answer((shown(turn),))
    change = _CHANGES.get(section)
    if change is None:
        raise StalePress
    changed = turn.of(await change(turn))
    return Answer((_screen(changed),), toast=changed.t.text("Changed."))


def _screen(turn: Turn) -> Screen:
    t, chat = turn.t, turn.chat
    now = t.time(turn.now, zone(chat.time_zone))
    lines = [
        t.text("Settings of this chat:"),
        t.text("Language: {language}", language=LANGUAGES[chat.language]),
        t.text("Time zone: {zone}, where it is {time}", zone=chat.time_zone, time=now),
        _quiet_line(turn),
        rhythm_line(turn),
        t.text("Pictures: yes, maps and charts are sent") if chat.pictures else t.text("Pictures: no, only their text"),
        pause_line(turn),
    ]
    rows = (
        (_to(t.text("Language"), "l"), _to(t.text("Time zone"), "z")),
        (_to(t.text("Quiet hours"), "q"), _to(t.text("At once or together"), "r")),
        (_pictures(turn), _pause(turn)),
    )
    return Screen("\n".join(filter(None, lines)), rows)


def _to(label: str, *fields: str) -> Button:
    return Button(label, Press.SETTINGS.data(*fields))


def _pictures(turn: Turn) -> Button:
    if turn.chat.pictures:
        return _to(turn.t.text("No pictures"), "p", "no")
    return _to(turn.t.text("Send pictures"), "p", "yes")


def _pause(turn: Turn) -> Button:
    if pause_line(turn):
        return _to(turn.t.text("Send alerts again"), "u", "")
    return _to(turn.t.text("Pause"), "u")


def _quiet_line(turn: Turn) -> str:
    chat = turn.chat
    if chat.quiet_from is None or chat.quiet_until is None:
        return turn.t.text("Quiet hours: none")
    return turn.t.text(
        "Quiet hours: {start} to {end}", start=f"{chat.quiet_from:%H:%M}", end=f"{chat.quiet_until:%H:%M}"
    )


def rhythm_line(turn: Turn) -> str:
    match turn.chat.rhythm:
        case Rhythm.INSTANT:
            return turn.t.text("Alerts: at once")
        case Rhythm.HOURLY:
            return turn.t.text("Alerts: together in a digest at each full hour; Extreme at once")
        case Rhythm.DAILY:
            return turn.t.text(
                "Alerts: together in a digest every day at {time}; Extreme at once",
                time=f"{turn.chat.digest_at:%H:%M}",
            )


def _choices(turn: Turn, question: str, rows: Rows) -> Screen:
    return Screen(question, (*rows, (_to(turn.t.text("◀ Back"), ""),)))


def _languages(turn: Turn) -> Screen:
    buttons = [
        _marked(_to(name, "l", language.value), language is turn.chat.language) for language, name in LANGUAGES.items()
    ]
    return _choices(turn, turn.t.text("Choose a language:"), in_rows(buttons, 2))


def _zones(turn: Turn) -> Screen:
    buttons = [_marked(_to(hours.city(name), "z", name), name == turn.chat.time_zone) for name in hours.ZONES]
    question = turn.t.text("Which time zone? For another one write for example: /timezone Africa/Kinshasa")
    return _choices(turn, question, in_rows(buttons, 2))


def _quiet(turn: Turn) -> Screen:
    chat = turn.chat
    now = f"{chat.quiet_from:%H:%M}-{chat.quiet_until:%H:%M}" if chat.quiet_from and chat.quiet_until else hours.OFF
    buttons = [_marked(_to(span, "q", span), span == now) for span in hours.QUIET_HOURS]
    buttons.append(_marked(_to(turn.t.text("No quiet hours"), "q", hours.OFF), now == hours.OFF))
    question = turn.t.text(
        "In quiet hours I hold back all but Extreme alerts until they end. Choose, or write for example: "
        "/quiet 22:00-06:00"
    )
    return _choices(turn, question, in_rows(buttons, 2))


def _rhythms(turn: Turn) -> Screen:
    return _choices(turn, _rhythm_question(turn), _rhythm_rows(turn))


def _rhythm_question(turn: Turn) -> str:
    return turn.t.text(
        "Shall alerts come at once, or together in a digest, the gravest first? Extreme alerts, and corrections of "
        "what a digest told, come at once in any case. For another time write for example: /digest 07:30"
    )


def _rhythm_rows(turn: Turn) -> Rows:
    t, chat = turn.t, turn.chat
    daily = [
        _marked(
            _to(t.text("Daily {time}", time=f"{at:%H:%M}"), "r", f"{at:%H:%M}"),
            chat.rhythm is Rhythm.DAILY and chat.digest_at == at,
        )
        for at in DIGEST_TIMES
    ]
    first = (
        _marked(_to(t.text("At once"), "r", Rhythm.INSTANT), chat.rhythm is Rhythm.INSTANT),
        _marked(_to(t.text("Hourly"), "r", Rhythm.HOURLY), chat.rhythm is Rhythm.HOURLY),
    )
    return (first, *in_rows(daily, 3))


def _pauses(turn: Turn) -> Screen:
    question = turn.t.text("For how long? At the end one digest says what happened meanwhile.")
    return _choices(turn, question, pausing.pause_rows(turn, Press.SETTINGS, "u"))


def _marked(button: Button, chosen: bool) -> Button:
    return replace(button, label=f"✓ {button.label}") if chosen else button


_SECTIONS: dict[str, Callable[[Turn], Screen]] = {
    "l": _languages,
    "z": _zones,
    "q": _quiet,
    "r": _rhythms,
    "u": _pauses,
}


async def _set_language(turn: Turn) -> Chat:
    try:
        wanted = Language(turn.field(1))
    except ValueError as error:
        raise StalePress from error
    rename = renaming(turn, wanted)
    return await turn.do(turn.subscriptions.set_language, turn.chat.id, turn.chat.kind, wanted, rename)


async def _set_zone(turn: Turn) -> Chat:
    try:
        return await turn.do(turn.subscriptions.set_time_zone, turn.chat, turn.field(1), turn.now)
    except InvalidInput as error:
        raise StalePress from error


async def _set_quiet(turn: Turn) -> Chat:
    span = hours.parse_quiet(turn.field(1))
    if span is None and turn.field(1) != hours.OFF:
        raise StalePress
    return await turn.do(turn.subscriptions.set_quiet, turn.chat, span, turn.now)


async def _set_rhythm(turn: Turn) -> Chat:
    wanted = parse_rhythm(turn.field(1))
    if wanted is None:
        raise StalePress
    return await turn.do(turn.subscriptions.set_rhythm, turn.chat, *wanted, turn.now)


async def _set_pictures(turn: Turn) -> Chat:
    return await turn.do(turn.subscriptions.set_pictures, turn.chat, turn.field(1) == "yes", turn.now)


async def _set_pause(turn: Turn) -> Chat:
    if not turn.field(1):
        return await turn.do(turn.subscriptions.resume, turn.chat, turn.now)
    until = turn.now + pausing.length_of(turn, 1)
    return await turn.do(turn.subscriptions.pause, turn.chat, until, turn.now)


_CHANGES: dict[str, Callable[[Turn], Awaitable[Chat]]] = {
    "l": _set_language,
    "z": _set_zone,
    "q": _set_quiet,
    "r": _set_rhythm,
    "p": _set_pictures,
    "u": _set_pause,
}


async def digest(turn: Turn) -> Answer:
    """/digest hourly, /digest 07:30, /digest off; alone: buttons."""
    written = turn.text.strip()
    if not written:
        return said(f"{rhythm_line(turn)}\n{_rhythm_question(turn)}", *_rhythm_rows(turn))
    wanted = parse_rhythm(written)
    if wanted is None:
        return said(
            turn.t.text(
                "I read no hour in “{written}”. Write for example /digest 07:30, /digest hourly, or /digest off",
                written=written[:40],
            )
        )
    changed = turn.of(await turn.do(turn.subscriptions.set_rhythm, turn.chat, *wanted, turn.now))
    return said(rhythm_line(changed))


def parse_rhythm(written: str) -> tuple[Rhythm, time | None] | None:
    """Read "hourly", "07:30", "daily 18h", "off"; the time is None for a daily digest at the hour it had."""
    words = [folded(word) for word in written.split()]
    clocks = [match for word in words if (match := _CLOCK.fullmatch(word))]
    if clocks:
        hour, minute = int(clocks[0][1]), int(clocks[0][2] or 0)
        return (Rhythm.DAILY, time(hour, minute)) if hour < 24 and minute < 60 else None
    for rhythm, known in ((Rhythm.INSTANT, _INSTANT), (Rhythm.HOURLY, _HOURLY), (Rhythm.DAILY, _DAILY)):
        if known.intersection(words):
            return rhythm, None
    return None
