"""Bases of organisations, and exported watches, from the rows of a file to watches. Pure.

A file is taken as a whole or not at all; every line that cannot be read is named.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from alerts.exports.cells import Cell, defused, written
from alerts.phrases import plain
from alerts.types import Watch
from pipeline.asking import MAX_RADIUS_KM, MIN_RADIUS_KM, circle
from pipeline.bases_table import Row
from pipeline.subscriptions import centre
from pipeline.watch_sets import IfKnown, Offer
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind
from store.codec import Codec

RADIUS_KM = 50  # where the file has none
MAX_NAME = 60
COLUMNS = ("name", "lat", "lon", "radius_km", "area", "country", "admin1", "admin2", "settings")
SETTINGS = Codec(Watch, "id", "chat_id", "area")  # what a watch asks for, whatever fields it has

_DEPTH = {AreaKind.WORLD.value: 0, AreaKind.COUNTRY.value: 1, AreaKind.ADMIN1.value: 2, AreaKind.ADMIN2.value: 3}


class Problem(StrEnum):
    """What is wrong with a line."""

    NO_NAME = "no name"
    NO_POSITION = "no position"
    NO_NUMBER = "no number"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    RADIUS = "radius"
    AREA = "area"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Flawed:
    """A line that cannot be read. `found`: what stands there, as one harmless line."""

    line: int
    problem: Problem
    found: str = ""


class _Refused(Exception):
    def __init__(self, problem: Problem, found: str = "") -> None:
        self.problem, self.found = problem, found
        super().__init__(problem.value)


@dataclass(frozen=True, slots=True)
class Bases:
    """What a file holds. `joined`: how many bases share the rounded point, and so the watch, of one before them."""

    offers: tuple[Offer, ...]
    flawed: tuple[Flawed, ...]
    joined: int = 0


def read_bases(rows: Iterable[Row], gazetteer: Gazetteer, name_of: Callable[[str, int], str]) -> Bases:
    """`name_of(name, radius_km)`: what the watch of a base is called."""
    offers: dict[Area, Offer] = {}
    flawed: list[Flawed] = []
    joined = 0
    for row in rows:
        try:
            offer = _offer(row, gazetteer, name_of)
        except _Refused as refused:
            flawed.append(Flawed(row.line, refused.problem, plain(refused.found, 40)))
            continue
        key = centre(offer.watch.area)
        if key in offers:
            joined += 1
            offers[key] = _together(offers[key], offer)
        else:
            offers[key] = offer
    return Bases(tuple(offers.values()), tuple(flawed), joined)


def _offer(row: Row, gazetteer: Gazetteer, name_of: Callable[[str, int], str]) -> Offer:
    cells = row.cells
    name = plain(_undefused(cells.get("name", "")), MAX_NAME)
    if not name:
        raise _Refused(Problem.NO_NAME)
    kind = cells.get("area", "").casefold()
    if kind in ("", AreaKind.CIRCLE):
        area = _circle(row, name)
        area = area if kind else replace(area, name=name_of(name, round(area.radius_km or 0)))
    else:
        area = _whole(row, kind, name, gazetteer)
    if not cells.get("settings"):
        return Offer(Watch(0, 0, area), IfKnown.AREA)
    return Offer(_with_settings(area, cells["settings"]), IfKnown.WHOLE)


def _circle(row: Row, name: str) -> Area:
    lat = _number(row, "lat", 90, Problem.LATITUDE)
    lon = _number(row, "lon", 180, Problem.LONGITUDE)
    if lat == lon == 0:  # what a form writes that was not filled in
        raise _Refused(Problem.NO_POSITION)
    written = row.cells.get("radius", "")
    radius = _float(written.casefold().removesuffix("km").strip()) if written else float(RADIUS_KM)
    if radius is None:
        raise _Refused(Problem.NO_NUMBER, written)
    if not MIN_RADIUS_KM <= radius <= MAX_RADIUS_KM:
        raise _Refused(Problem.RADIUS, written)
    return circle(lat, lon, round(radius), name)


def _number(row: Row, column: str, most: int, problem: Problem) -> float:
    written = row.cells.get(column, "")
    if not written:
        raise _Refused(Problem.NO_POSITION)
    number = _float(written)
    if number is None:
        raise _Refused(Problem.NO_NUMBER, written)
    if not -most <= number <= most:
        raise _Refused(problem, written)
    return number


def _float(written: str) -> float | None:
    """A number as it is written in English or French; None: it is none."""
    try:
        number = float(written.replace("\u2212", "-").replace(",", ".").replace("°", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _whole(row: Row, kind: str, name: str, gazetteer: Gazetteer) -> Area:
    """The world, a country, a province or a territory that the gazetteer knows."""
    if kind not in _DEPTH:
        raise _Refused(Problem.AREA, kind)
    names = [row.cells.get(column) or None for column in ("country", "admin1", "admin2")[: _DEPTH[kind]]]
    path = "/".join(part for part in names if part)
    if None in names or (names and gazetteer.place(f"{('c', 'a1', 'a2')[len(names) - 1]}:{path}") is None):
        raise _Refused(Problem.AREA, path or kind)
    country, admin1, admin2 = (*names, None, None, None)[:3]
    return Area(AreaKind(kind), name, country, admin1, admin2)


def _with_settings(area: Area, written: str) -> Watch:
    try:
        body = json.loads(written, parse_constant=_no_number)
        if not isinstance(body, dict):
            raise _Refused(Problem.SETTINGS, written)
        return SETTINGS.decode(body, id=0, chat_id=0, area=area)
    except (ValueError, TypeError, RecursionError) as error:
        raise _Refused(Problem.SETTINGS, written) from error


def _no_number(written: str) -> None:
    raise ValueError(f"{written} is no JSON")


def _together(first: Offer, second: Offer) -> Offer:
    """One watch for two bases whose rounded points are one: both names, the larger radius."""
    area, other = first.watch.area, second.watch.area
    if area.kind is not AreaKind.CIRCLE:
        return first
    larger = max(area.radius_km or 0, other.radius_km or 0)
    names = plain(f"{area.name}; {other.name}", 2 * MAX_NAME)
    return replace(first, watch=replace(first.watch, area=replace(area, name=names, radius_km=larger)))


def table(watches: Sequence[Watch]) -> bytes:
    """Watches as CSV that `read_bases` takes again as they are."""
    return written(COLUMNS, [_cells(watch) for watch in watches])


def _cells(watch: Watch) -> dict[str, Cell]:
    area = watch.area
    return {
        "name": area.name,
        "lat": area.lat,
        "lon": area.lon,
        "radius_km": area.radius_km,
        "area": area.kind,
        "country": area.country,
        "admin1": area.admin1,
        "admin2": area.admin2,
        "settings": json.dumps(SETTINGS.encode(watch), ensure_ascii=False, sort_keys=True),
    }


def _undefused(name: str) -> str:
    """A name as it was before `defused` made it harmless for spreadsheets."""
    bare = name.removeprefix("'")
    return bare if bare != name and defused(bare) == name else name
