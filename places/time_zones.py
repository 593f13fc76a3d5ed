"""In which time zone a place lies, as far as tables tell: the zones of its country, by tz's own list of them.

Countries of several clocks have no borders of zones in that list. Those of DR Congo follow its provinces; elsewhere it
is said which zones there may be, the nearest first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from places.geometry import distance_km
from places.types import Place

# West Africa Time in DR Congo: the former provinces of Kinshasa, Bas-Congo, Bandundu and Équateur; the others are an
# hour ahead.
_WESTERN = frozenset(
    {"Kinshasa", "Kongo Central", "Kwango", "Kwilu", "Mai-Ndombe", "Équateur", "Mongala", "Nord-Ubangi", "Sud-Ubangi"}
    | {"Tshuapa"}
)
_OTHERS = {"XK": "RS"}  # countries that tz's list does not know, and whose clocks they keep
_POINT = re.compile(r"([+-]\d+)([+-]\d+)")
_A_YEAR = [timedelta(days=30 * month) for month in range(12)]


@dataclass(frozen=True, slots=True)
class _Zone:
    """`lat`, `lon`: of its largest town, in degrees."""

    name: str
    lat: float
    lon: float


def zones_of(place: Place, now: datetime) -> Sequence[str]:
    """The IANA zones that the place may lie in, the likeliest first: one where that is certain, or where all of them
    keep the same time this year; none where the country has none (the high seas)."""
    zones = _zones().get(_OTHERS.get(place.country, place.country), ())
    if place.country == "CD" and place.admin1:
        return ["Africa/Kinshasa" if place.admin1 in _WESTERN else "Africa/Lubumbashi"]
    near = sorted(zones, key=lambda zone: distance_km(place.lat, place.lon, zone.lat, zone.lon))
    found: dict[tuple[timedelta | None, ...], str] = {}
    for zone in near:
        found.setdefault(_clock(zone.name, now), zone.name)
    return list(found.values())


def _clock(name: str, now: datetime) -> tuple[timedelta | None, ...]:
    """How far ahead of UTC the zone is through a year."""
    local = ZoneInfo(name)
    return tuple((now + later).astimezone(local).utcoffset() for later in _A_YEAR)


@cache
def _zones() -> Mapping[str, Sequence[_Zone]]:
    found: dict[str, list[_Zone]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, point, name, *_ = line.split("\t")
        if match := _POINT.fullmatch(point):
            found.setdefault(country, []).append(_Zone(name, _degrees(match[1], 2), _degrees(match[2], 3)))
    return found


def _degrees(written: str, digits: int) -> float:
    """ISO 6709's ±DDMM or ±DDDMMSS as degrees."""
    sign, figures = (-1 if written[0] == "-" else 1), written[1:]
    minutes, seconds = figures[digits : digits + 2], figures[digits + 2 :] or "0"
    return sign * (int(figures[:digits]) + int(minutes) / 60 + int(seconds) / 3600)
