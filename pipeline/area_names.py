"""What the area of a watch is called without its radius, and which place of the gazetteer it was made of. Pure."""

import re
from collections.abc import Iterable

from pipeline.asking import Wanted, called, parse
from places.areas import area_of
from places.gazetteer import Gazetteer
from places.text import fold
from places.types import Area, AreaKind, Place

_RADIUS_FIRST = re.compile(r"\d|(?:km|kilo)\w*\s+\d", re.IGNORECASE)
NEAR = 1e-3  # degrees; stores keep coordinates as they are, files round them


def bare_name(area: Area) -> str:
    """What a circle is called without its radius, in whatever language that was written: "Base 3" of "50 km around
    Base 3"; other areas, and circles that are called without one, by their whole name."""
    return without_radius(area.name) if area.kind is AreaKind.CIRCLE else area.name


def without_radius(name: str) -> str:
    """The name after a radius that stands before it; the number behind "Base 3" is none."""
    read = parse(name) if _RADIUS_FIRST.match(name) else None
    return read.name if isinstance(read, Wanted) else name


def whole_place(gazetteer: Gazetteer, area: Area) -> Place | None:
    """The gazetteer's row of a country, province or territory that is watched as a whole."""
    match area.kind:
        case AreaKind.COUNTRY:
            return gazetteer.country(area.country or "")
        case AreaKind.ADMIN1:
            return gazetteer.place(f"a1:{area.country}/{area.admin1}")
        case AreaKind.ADMIN2:
            return gazetteer.place(f"a2:{area.country}/{area.admin1}/{area.admin2}")
        case _:
            return None


def place_of(gazetteer: Gazetteer, area: Area) -> Place | None:
    """The place that an area was made of; None for the world, a point of the map, and a base of a file."""
    if area.kind is not AreaKind.CIRCLE:
        return whole_place(gazetteer, area)
    return _middle(gazetteer, area) if area.country is not None else None


def _middle(gazetteer: Gazetteer, area: Area) -> Place | None:
    """The place in the middle of a circle that bears the circle's name in some language."""
    name = bare_name(area)
    named = [*gazetteer.lookup(name), *called(gazetteer, name)]
    return next((place for place in named if _same_circle(area, area_of(place, area.radius_km))), None)


def _same_circle(area: Area, other: Area) -> bool:
    if area.lat is None or area.lon is None or other.lat is None or other.lon is None:
        return False
    near = abs(area.lat - other.lat) < NEAR and abs(area.lon - other.lon) < NEAR
    return near and area.country == other.country


def base_called(gazetteer: Gazetteer, areas: Iterable[Area], written: str) -> Area | None:
    """The first of a chat's areas that is no place of the gazetteer and is called so, with or without its radius."""
    key = fold(written)
    circles = (area for area in areas if area.kind is AreaKind.CIRCLE)
    borne = (area for area in circles if key in (fold(area.name), fold(bare_name(area))))
    return next((area for area in borne if place_of(gazetteer, area) is None), None)
