"""The region and the period that /map and /trend are asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from alerts.maps import Frame
from alerts.types import Edition
from chat.areas import Named, area_of, named, parted, the_area, unsure, which
from chat.periods import ALL_TIME, MOST_DAYS, Period, parse_period
from chat.place_keys import key_of
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows, said
from chat.turn import StalePress, Turn
from chat.watching import bad_radius, place_at, world
from pipeline import asking
from pipeline.asking import BadRadius
from places.types import Area

MOST_WATCHES = 20
EVERYWHERE = 0  # in the place of a watch's id


@dataclass(frozen=True, slots=True)
class Asked:
    """`period`: ALL_TIME where none was named. From `since` (None: ever) up to `until`."""

    area: Area
    period: Period
    since: datetime | None
    until: datetime


async def asked(turn: Turn, press: Press, default: Period) -> Asked | Answer:
    """What is written after the command ("North Kivu 2025-03", "200 km around Walikale 30 days"), or what to say to it.

    Without a place: what the chat watches; buttons of `press` ask which. `default`: the period where none is named.
    """
    written = " ".join(turn.text.replace("|", " ").split())
    place, period = await parted(turn, written)
    if not place:
        return await _of_watches(turn, press, period, default)
    if asking.is_world(place):
        return _within(turn, world(turn), period, default)
    wanted = await named(turn, place)
    base = isinstance(wanted, Named) and wanted.base
    if place.rpartition(" ")[2].isdigit() and not base:  # a number of days too many; a radius has its unit
        return said(f"{_neither(turn, place)}\n{_usage(turn, press)}")
    if isinstance(wanted, BadRadius):
        return bad_radius(turn, wanted.written)
    if not wanted.sure:
        return said(f"{unsure(turn, wanted, _neither(turn, place))}\n{_usage(turn, press)}")
    if wanted.vague:
        return which(turn, wanted, lambda place: press.data(key_of(place), period.code))
    return _within(turn, the_area(turn, wanted), period, default)


async def chosen(turn: Turn, default: Period) -> Asked | Answer:
    """The watch or the place whose button was pressed, and the period it carries."""
    period = parse_period(turn.field(1))
    if period is None:
        raise StalePress
    if not turn.field(0).isdecimal():
        return _within(turn, area_of(turn, place_at(turn, 0), None), period, default)
    number = turn.number(0)
    if number == EVERYWHERE:
        return _within(turn, world(turn), period, default)
    watch = await turn.do(turn.subscriptions.watch, turn.chat.id, number)
    if watch is None:
        raise StalePress
    return _within(turn, watch.area, period, default)


def frame_of(turn: Turn, region: Asked, period: str, edition: Edition) -> Frame:
    chat = turn.chat
    return Frame(region.area, period, edition, chat.language, chat.time_zone, turn.now)


async def pictured(turn: Turn, text: str, more: str, how: Callable[[], bytes]) -> Screen:
    """The picture above its text; where pictures are off, or too many wait for theirs, the text and `more`."""
    photo = await turn.services.easel.draw(how) if turn.chat.pictures else None
    return Screen(text, photo=photo, bars=more)


async def _of_watches(turn: Turn, press: Press, period: Period, default: Period) -> Asked | Answer:
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    areas = {watch.area: watch.id for watch in reversed(watches)}
    if not areas:
        return said(f"{turn.t.text('Which place?')} {_usage(turn, press)}")
    if len(areas) == 1:
        return _within(turn, watches[0].area, period, default)
    shown = [watch for watch in watches if areas[watch.area] == watch.id][:MOST_WATCHES]
    buttons = [Button(watch.area.name[:60], press.data(watch.id, period.code)) for watch in shown]
    everywhere = Button(turn.t.text("The whole world"), press.data(EVERYWHERE, period.code))
    return said(f"{turn.t.text('Which place?')} {_usage(turn, press)}", *in_rows(buttons, 1), (everywhere,))


def _within(turn: Turn, area: Area, period: Period, default: Period) -> Asked | Answer:
    since, until = (default if period == ALL_TIME else period).bounds(turn.now, turn.chat.time_zone)
    if since is not None and since >= turn.now:
        return said(turn.t.text("{period} is still to come.", period=period.name(turn.t)))
    return Asked(area, period, since, min(until or turn.now, turn.now))


def _neither(turn: Turn, written: str) -> str | None:
    """For what ends like a period that is none: "North Kivu 2025-13"."""
    if not written.rpartition(" ")[2][:1].isdigit():
        return None
    return turn.t.text("I know neither a place nor a period called “{name}”.", name=written[: asking.MAX_NAME])


def _usage(turn: Turn, press: Press) -> str:
    command = "/map" if press is Press.MAP_OF else "/trend"
    return turn.t.text(
        "Write for example: {command} North Kivu 2025-03. A period is a date, a month, a year or a number of days up "
        "to {most}.",
        command=command,
        most=MOST_DAYS,
    )
