"""/export: what this chat was told, as a file for other programs."""

import re
import unicodedata
from dataclasses import dataclass, replace

from alerts.exports.formats import FORMATS, Format
from alerts.exports.items import Reader
from alerts.i18n import Translator
from chat.areas import named, parted, the_area, unsure, which
from chat.periods import Period, trailing_period
from chat.presses import MAX_BYTES, Press
from chat.screens import Answer, Button, Document, Screen, in_rows, said
from chat.turn import StalePress, Turn
from chat.watching import bad_radius
from pipeline import asking, exporting
from pipeline.asking import BadRadius
from pipeline.exporting import Export
from places.types import Area, Place

MAX_FILE = 20 << 20  # bytes; Telegram takes 50 MiB of a bot, but people pay for what they load
_NO_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the file is to hold; `format` None: not said. `where`: place and period as written."""

    where: str
    place: str
    period: Period
    format: Format | None


def parse(text: str) -> Asked:
    """Read "North Kivu 2025-03 csv"; the place, the period and the format may each be left out."""
    where = " ".join(text.replace("|", " ").split())
    before, _, last = where.rpartition(" ")
    format = next((f for f in Format if f.value == last.casefold().removeprefix(".")), None)
    if format is not None:
        where = before
    place, period = trailing_period(where)
    return Asked(where, place, period, format)


async def export(turn: Turn) -> Answer:
    """/export [PLACE] [PERIOD] [FORMAT]."""
    asked = parse(turn.text)
    place, period = await parted(turn, asked.where)
    asked = replace(asked, place=place, period=period)
    area: Area | None = None
    if asked.place and not asking.is_world(asked.place):
        found = await _area(turn, asked)
        if isinstance(found, Answer):
            return found
        area = found
    if asked.format is None:
        return _which_format(turn, asked, area)
    return await _file(turn, area, asked.period, asked.format)


async def format_chosen(turn: Turn) -> Answer:
    """A format was pressed."""
    chosen, where = turn.field(0), turn.field(1)
    if chosen and chosen not in set(Format):
        raise StalePress
    answer = await export(replace(turn, text=f"{where} {chosen}"))
    return Answer(answer.screens, anew=True)


async def _area(turn: Turn, asked: Asked) -> Area | Answer:
    """The area that is named, or what to say where none is: a file of the wrong place is worse than none."""
    wanted = await named(turn, asked.place)
    if isinstance(wanted, BadRadius):
        return bad_radius(turn, wanted.written)
    if wanted.vague:
        return which(turn, wanted, lambda place: _again(asked, place))
    if wanted.sure:
        return the_area(turn, wanted)
    neither = turn.t.text("I know neither a place nor a format called “{name}”.", name=wanted.name[: asking.MAX_NAME])
    return said(f"{unsure(turn, wanted, None if asked.format else neither)}\n{_usage(turn.t)}")


def _again(asked: Asked, place: Place) -> str:
    """The same with one of several places, named so that it is the only one."""
    name = f"{place.name} {round(place.uncertainty_km)} km" if asking.is_rough(place) else place.name
    where = f"{name}{asked.where.removeprefix(asked.place)}"
    return Press.EXPORT.data(asked.format.value if asked.format else "", where)


def _usage(t: Translator) -> str:
    return t.text(
        "Write a place, a period and a format, each if you like: /export North Kivu 2025-03 csv. "
        "The formats are {formats}; a period is a date or a number of days.",
        formats=t.listing([format.value for format in Format]),
    )


def _which_format(turn: Turn, asked: Asked, area: Area | None) -> Answer:
    t = turn.t
    question = t.text("In which format shall I send this: {what}?", what=_what(t, area, asked.period))
    buttons = [(FORMATS[format].name, f"{Press.EXPORT.value}|{format.value}|{asked.where}") for format in Format]
    fitting = [Button(label, data) for label, data in buttons if len(data.encode()) <= MAX_BYTES]
    return said(f"{question}\n{_usage(t)}", *in_rows(fitting, 3))


def _what(t: Translator, area: Area | None, period: Period) -> str:
    """ "North Kivu, DR Congo, 2025-03"."""
    parts = [area.name if area else t.text("everything I told you")]
    if period.code:
        parts.append(period.name(t))
    return t.series(parts)


async def _file(turn: Turn, area: Area | None, period: Period, format: Format) -> Answer:
    t, chat = turn.t, turn.chat
    since, until = period.bounds(turn.now, chat.time_zone)
    reader = Reader(chat.language, chat.time_zone, turn.now)
    stores = turn.services.stores
    made = await turn.do(exporting.export, stores, chat.id, area, since, until, format, reader)
    what = _what(t, area, period)
    if not made.count:
        return said(t.text("{what}: I told you of nothing there. /alerts shows what I told you.", what=what))
    if len(made.data) > MAX_FILE:
        return said(t.text("{what}: the file would be too large. Name a smaller place or a shorter period.", what=what))
    document = Document(_file_name(area, period, format), made.data)
    refused = t.text("This chat takes no files. An administrator can allow them.")
    return Answer((Screen(_caption(t, what, made, format), document=document, bars=refused),))


def _caption(t: Translator, what: str, made: Export, format: Format) -> str:
    lines = [
        t.plural(
            "{count} incident as {format}: {what}.",
            "{count} incidents as {format}: {what}.",
            made.count,
            format=FORMATS[format].name,
            what=what,
        ),
        t.text("Compiled by a machine from news reports. Points are rounded to 0.1 degree."),
    ]
    if made.more:
        lines.append(t.text("These are the last told; name a place or a period to get the others."))
    return "\n".join(lines)


def _file_name(area: Area | None, period: Period, format: Format) -> str:
    """ "tocsin-north-kivu-dr-congo-2025-03.csv"."""
    plain = unicodedata.normalize("NFKD", area.name if area else "").casefold()
    parts = ["tocsin", _NO_NAME.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")[:60]]
    parts.append(f"{period.code}-days" if 0 < len(period.code) <= 2 else period.code)
    return "-".join(part for part in parts if part) + FORMATS[format].ending
