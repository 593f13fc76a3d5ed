"""What a person means who asks to watch something: a name, perhaps a radius, in any supported language. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.namings import part_of, readings
from places.areas import AreaMatch, area_of, matches
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.local_names import own_names
from places.search import PlaceSearch
from places.text import fold
from places.types import Area, AreaKind, Place, Precision

MIN_RADIUS_KM = 1
MAX_RADIUS_KM = 1000
MAX_CHOICES = 6
MAX_NAME = 80
SMALL = 20  # a namesake with less than a twentieth of the largest one's people is not offered
SAME_KM = 25.0  # two rows of one name and kind this near are one place

_ARTICLE = re.compile(r"(?:the|la|le|les|el|los|o)\s+|l['’]", re.IGNORECASE)
_UNIT = r"(?:km|kms|kilom[eè]t\w*|quil[oô]metros?|kilómetros|kilomita|км|كم)"
_AROUND = (
    r"(?:around|round|of|from|near|about|autour\s+de|autour\s+du|autour\s+d['’]|à\s+la\s+ronde\s+de|près\s+de|de|du|d['’]|"
    r"kuzunguka|karibu\s+na|kutoka|alrededor\s+de|ao\s+redor\s+de|em\s+torno\s+de|вокруг|حول)"
)
_BEFORE = re.compile(rf"(?P<radius>\S+?)\s*{_UNIT}\s+(?:{_AROUND}\s*)?(?P<name>\S.*)", re.IGNORECASE)
_UNIT_FIRST = re.compile(rf"{_UNIT}\s*(?P<radius>\S+)\s+{_AROUND}\s*(?P<name>\S.*)", re.IGNORECASE)
_UNIT_NUMBER = re.compile(rf"{_UNIT}\s*(?P<radius>\d\S*)\s+(?P<name>\S.*)", re.IGNORECASE)
_AFTER_UNIT_FIRST = re.compile(rf"(?P<name>.*[^\s,]),?\s+{_UNIT}\s*(?P<radius>\d\S*)", re.IGNORECASE)
_AFTER_UNIT = re.compile(rf"(?P<name>.*[^\s,]),?\s+(?P<radius>\S+?)\s*{_UNIT}", re.IGNORECASE)
_AFTER = re.compile(r"(?P<name>.*[^\s,]),?\s+(?P<radius>[-+]?\d+(?:[.,]\d+)?)")
_LINK = re.compile(r"[\s,]+(?:within|radius|rayon|rayon\s+de|dans\s+un\s+rayon\s+de|à|dans|of|de)\s*$", re.IGNORECASE)
_FINEST_FIRST = (Precision.PLACE, Precision.ADMIN2, Precision.ADMIN1, Precision.COUNTRY)
_WORLDS = (
    *("world", "the world", "the whole world", "monde", "le monde", "le monde entier", "dunia", "dunia nzima"),
    *("mundo", "el mundo", "el mundo entero", "o mundo", "o mundo inteiro", "мир", "العالم", "العالم كله"),
)
_WORLD = {fold(name) for name in _WORLDS}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name as written, and the radius written with it."""

    name: str
    radius_km: int | None = None


@dataclass(frozen=True, slots=True)
class BadRadius:
    """A radius that is none, as written."""

    written: str


@dataclass(frozen=True, slots=True)
class Found:
    """The places a name may mean, the likeliest first. `sure`: they bear the name; else it only resembles theirs."""

    places: tuple[Place, ...]
    sure: bool


def parse(text: str) -> Wanted | BadRadius:
    """Read "Walikale", "200 km around Walikale", "Walikale 200", "km 200 kuzunguka Walikale"."""
    text = " ".join(text.split())
    for form in (_UNIT_FIRST, _UNIT_NUMBER, _AFTER_UNIT_FIRST, _BEFORE, _AFTER_UNIT, _AFTER):
        if match := form.fullmatch(text):
            radius = parse_radius(match["radius"])
            return radius if isinstance(radius, BadRadius) else Wanted(_LINK.sub("", match["name"]), radius)
    return Wanted(text)


def parse_radius(written: str) -> int | BadRadius:
    """Kilometres from 1 to 1,000, rounded to a whole number."""
    try:
        radius = round(float(written.replace(",", ".")))
    except (ValueError, OverflowError):
        return BadRadius(written)
    return radius if MIN_RADIUS_KM <= radius <= MAX_RADIUS_KM else BadRadius(written)


def is_world(name: str) -> bool:
    return fold(name) in _WORLD


def find(gazetteer: Gazetteer, search: PlaceSearch, name: str, *, centre: bool) -> Found:
    """The places that a name may mean. `centre`: a radius was written, so that towns come before areas."""
    if not name or len(name) > MAX_NAME:
        return Found((), sure=False)
    bare = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    exact = _worth_asking(gazetteer.lookup(name) or gazetteer.lookup(bare), fold(bare))
    exact = exact or _as_read(gazetteer, name) or _worth_asking(called(gazetteer, name), fold(name))
    if exact:
        towns = [place for place in exact if place.precision is Precision.PLACE]
        return Found(tuple((towns if centre and towns else exact)[:MAX_CHOICES]), sure=True)
    parts = _part(gazetteer, name)
    return Found(tuple(parts or _distinct(search.search(name, MAX_CHOICES))), sure=False)


def narrowed(gazetteer: Gazetteer, found: Found) -> Found:
    """Before a region of no known borders ("Kivu") the provinces that bear its name; anything else as it is."""
    if len(found.places) != 1 or not is_rough(region := found.places[0]):
        return found
    name = fold(region.name).split()
    inside = [p for p in gazetteer.provinces(region.country) if set(name) <= set(re.split(r"[\s-]+", fold(p.name)))]
    return replace(found, places=(*inside[: MAX_CHOICES - 1], region))


def called(gazetteer: Gazetteer, name: str) -> list[Place]:
    """The places that the bot itself calls so in one of its languages."""
    owners = own_names(name)
    return [p for country, own in owners for p in gazetteer.lookup(own) if (p.country, p.name) == (country, own)]


def _as_read(gazetteer: Gazetteer, name: str) -> list[Place]:
    """The places of "Goma ville", "province du Sud-Kivu", "Goma, DRC": bearing the name, of that kind and therein."""
    for reading in readings(name):
        places = [p for p in gazetteer.lookup(reading.name) if reading.kind in (None, p.precision)]
        if reading.within is not None:
            around = [p for p in gazetteer.lookup(reading.within) if p.precision is not Precision.PLACE]
            places = [p for p in places if any(_lies_in(p, area) for area in around)]
        if places:
            return _worth_asking(places, fold(reading.name))
    return []


def _lies_in(place: Place, area: Place) -> bool:
    return place.id != area.id and matches(area_of(area), place) is AreaMatch.INSIDE


def _part(gazetteer: Gazetteer, name: str) -> list[Place]:
    """For "east of DR Congo": the provinces on that side, the farthest out first, then the country."""
    found = part_of(name)
    if found is None:
        return []
    (east, north), whole = found
    country = next((p for p in gazetteer.lookup(whole) if p.precision is Precision.COUNTRY), None)
    if country is None:
        return []
    provinces = gazetteer.provinces(country.country)
    out = sorted(provinces, key=lambda p: -(east * (p.lon - country.lon) + north * (p.lat - country.lat)))
    return [*out[: min(MAX_CHOICES - 1, max(1, len(out) // 2))], country]


def _worth_asking(places: Sequence[Place], name: str) -> list[Place]:
    """Drop namesakes that hardly anybody means: hamlets beside a country, a village beside a city."""
    countries = [place for place in places if place.precision is Precision.COUNTRY]
    if countries:
        provinces = [place for place in places if place.precision is Precision.ADMIN1 and fold(place.name) == name]
        return _distinct([*countries, *provinces])
    bearing = [place for place in places if name in fold(place.name)] or list(places)
    largest = max(place.population for place in bearing) if bearing else 0
    kept = [p for p in bearing if p.precision is not Precision.PLACE or p.population * SMALL >= largest]
    return _distinct(
        sorted(kept, key=lambda p: (fold(p.name) != name, _FINEST_FIRST.index(p.precision), -p.population))
    )


def _distinct(places: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in places:
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return kept


def _same(one: Place, other: Place) -> bool:
    if one.precision is not other.precision or one.country != other.country:
        return False
    return one.precision is Precision.PLACE and distance_km(one.lat, one.lon, other.lat, other.lon) < SAME_KM


def has_radius(place: Place) -> bool:
    """Whether a watch of this place is a circle around a town, whose radius has to be asked for; provinces and
    countries are watched whole."""
    return place.precision is Precision.PLACE


def takes_radius(place: Place) -> bool:
    """Whether a radius that was written counts."""
    return has_radius(place) or is_rough(place)


def is_rough(place: Place) -> bool:
    """Whether it is no point, yet only a circle of it is known: "Kivu", "Donbas"."""
    return not has_radius(place) and area_of(place).kind is AreaKind.CIRCLE


def area_for(place: Place, radius_km: int | None, name: str) -> Area:
    """The area to watch, called `name`; a province, territory or country of known borders has no radius."""
    return replace(area_of(place, radius_km if takes_radius(place) else None), name=name)


def circle(lat: float, lon: float, radius_km: int, name: str) -> Area:
    """A circle around a point of the map, which is rounded to 0.1 degree: where people are is nobody's business."""
    return Area(AreaKind.CIRCLE, name, lat=round(lat, 1), lon=round(lon, 1), radius_km=float(radius_km))


def resized(area: Area, radius_km: int, name: str) -> Area:
    """The same circle, larger or smaller, called `name`."""
    return replace(area, radius_km=float(radius_km), name=name)
