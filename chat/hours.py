"""/timezone and /quiet."""

import re
from datetime import time

from alerts.i18n import zone
from chat.areas import Named, named
from chat.presses import Press
from chat.screens import Answer, Button, in_rows, said
from chat.turn import Turn
from errors import InvalidInput
from pipeline.subscriptions import Quiet
from places.time_zones import zones_of

ZONES = (
    "Africa/Kinshasa",
    "Africa/Lubumbashi",
    "Africa/Nairobi",
    "Africa/Khartoum",
    "Africa/Bamako",
    "Europe/Kyiv",
    "Europe/Paris",
    "Asia/Jerusalem",
    "Asia/Yangon",
    "UTC",
)
MOST_ZONES = 6  # of a country that are offered, the nearest
QUIET_HOURS = ("22:00-06:00", "21:00-05:00", "23:00-07:00")
OFF = "off"
_OFF_WORDS = {OFF, "none", "no", "non", "aucune", "aucun", "stop"}
_HOURS = re.compile(
    r"(\d{1,2})(?:[:h.](\d{2})|h)?\s*(?:-|–|—|to|à|until)\s*(\d{1,2})(?:[:h.](\d{2})|h)?", re.IGNORECASE
)


async def time_zone(turn: Turn) -> Answer:
    """/timezone NAME, of a zone or of a place, or buttons for common ones."""
    if turn.text.strip():
        return await _set_zone(turn, turn.text)
    buttons = in_rows([Button(city(name), Press.ZONE.data(name)) for name in ZONES], 2)
    text = turn.t.text(
        "Times are shown in {zone}. Choose another zone, or write for example: /timezone Africa/Kinshasa",
        zone=turn.chat.time_zone,
    )
    return said(text, *buttons)


def city(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")


async def zone_chosen(turn: Turn) -> Answer:
    return await _set_zone(turn, turn.field(0))


async def _set_zone(turn: Turn, name: str) -> Answer:
    try:
        chat = await turn.do(turn.subscriptions.set_time_zone, turn.chat, name, turn.now)
    except InvalidInput:
        return await _zone_of_place(turn, name)
    now = turn.t.time(turn.now, zone(chat.time_zone))
    return said(turn.t.text("Times are shown in {zone} now. It is {now} there.", zone=chat.time_zone, now=now))


async def _zone_of_place(turn: Turn, name: str) -> Answer:
    """The clock of a place; where it may be one of several, buttons ask which."""
    wanted = await named(turn, " ".join(name.split()))
    places = wanted.found.places if isinstance(wanted, Named) and wanted.found.sure else ()
    zones = await turn.do(zones_of, places[0], turn.now) if places else ()
    if len(zones) == 1:
        return await _set_zone(turn, zones[0])
    if zones:
        buttons = [Button(city(zone), Press.ZONE.data(zone)) for zone in zones[:MOST_ZONES]]
        question = turn.t.text("Which time zone? For another one write for example: /timezone Africa/Kinshasa")
        return said(question, *in_rows(buttons, 2))
    return said(
        turn.t.text(
            "I know no time zone called “{name}”. Write it like Africa/Kinshasa or Europe/Kyiv; "
            "/timezone alone shows common ones.",
            name=name.strip()[:40],
        )
    )


async def quiet(turn: Turn) -> Answer:
    """/quiet 22:00-06:00, /quiet off, or buttons."""
    if turn.text.strip():
        return await _set_quiet(turn, turn.text)
    chat = turn.chat
    if chat.quiet_from and chat.quiet_until:
        hours = f"{chat.quiet_from:%H:%M}-{chat.quiet_until:%H:%M}"
        state = turn.t.text("Quiet hours: {hours} ({zone}).", hours=hours, zone=chat.time_zone)
    else:
        state = turn.t.text("No quiet hours are set.")
    rule = turn.t.text(
        "In quiet hours I hold back all but Extreme alerts until they end. Choose, or write for example: "
        "/quiet 22:00-06:00"
    )
    buttons = [Button(hours, Press.QUIET.data(hours)) for hours in QUIET_HOURS]
    buttons.append(Button(turn.t.text("No quiet hours"), Press.QUIET.data(OFF)))
    return said(f"{state}\n{rule}", *in_rows(buttons, 2))


async def quiet_chosen(turn: Turn) -> Answer:
    return await _set_quiet(turn, turn.field(0))


async def _set_quiet(turn: Turn, written: str) -> Answer:
    if written.strip().casefold() in _OFF_WORDS:
        await turn.do(turn.subscriptions.set_quiet, turn.chat, None, turn.now)
        return said(turn.t.text("No quiet hours: alerts come at any time."))
    hours = parse_quiet(written)
    if hours is None:
        return said(
            turn.t.text(
                "I read no hours in “{written}”. Write for example /quiet 22:00-06:00, or /quiet off",
                written=written.strip()[:40],
            )
        )
    chat = await turn.do(turn.subscriptions.set_quiet, turn.chat, hours, turn.now)
    return said(
        turn.t.text(
            "Quiet from {start} to {end} ({zone}): only Extreme alerts come then. /timezone changes the zone.",
            start=f"{hours.start:%H:%M}",
            end=f"{hours.end:%H:%M}",
            zone=chat.time_zone,
        )
    )


def parse_quiet(written: str) -> Quiet | None:
    """Read "22:00-06:00", "22-6" or "22h30 à 6h"; None where it is no span of hours."""
    match = _HOURS.fullmatch(written.strip())
    if match is None:
        return None
    try:
        start = time(int(match[1]), int(match[2] or 0))
        end = time(int(match[3]) % 24, int(match[4] or 0))
    except ValueError:
        return None
    return Quiet(start, end) if start != end else None
