"""What a watch covers: pure rules over places and areas."""

from enum import Enum

from places.geometry import distance_km as _distance_km
from places.types import Area, AreaKind, Place, Precision


class AreaMatch(Enum):
    """INSIDE: the place is known to lie in the area. MAY_BE: its uncertainty reaches in ("somewhere in North Kivu")."""

    NO = "no"
    INSIDE = "inside"
    MAY_BE = "may be"


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance between the two points."""
    return _distance_km(a.lat, a.lon, b.lat, b.lon)


def area_of(place: Place, radius_km: float | None = None) -> Area:
    """The area that watching this place means: a circle where a radius is given or the place is a point, else all of
    the country, province or territory. A town without a radius is watched as far as it reaches."""
    if radius_km is None and place.precision is Precision.COUNTRY:
        return Area(AreaKind.COUNTRY, place.name, place.country)
    if radius_km is None and place.precision is Precision.ADMIN1 and place.id.startswith("a1:"):
        return Area(AreaKind.ADMIN1, place.name, place.country, place.admin1)
    if radius_km is None and place.precision is Precision.ADMIN2:
        return Area(AreaKind.ADMIN2, place.name, place.country, place.admin1, place.admin2)
    radius = place.uncertainty_km if radius_km is None else radius_km
    return Area(
        AreaKind.CIRCLE,
        place.name,
        place.country,
        place.admin1,
        place.admin2,
        lat=place.lat,
        lon=place.lon,
        radius_km=radius,
    )


def matches(area: Area, place: Place) -> AreaMatch:
    """Whether something at `place` concerns who watches `area`.

    What is known only by its country concerns watches of that country and of the world, no finer ones.
    """
    if area.kind is AreaKind.WORLD:
        return AreaMatch.INSIDE
    if area.kind is AreaKind.CIRCLE:
        return _circle(area, place)
    if place.country != area.country:
        return AreaMatch.NO
    if area.kind is AreaKind.COUNTRY:
        return AreaMatch.INSIDE
    if place.admin1 != area.admin1:
        return AreaMatch.NO
    if area.kind is AreaKind.ADMIN1 or place.admin2 == area.admin2:
        return AreaMatch.INSIDE
    return AreaMatch.MAY_BE if place.admin2 is None else AreaMatch.NO


def _circle(area: Area, place: Place) -> AreaMatch:
    if place.precision is Precision.COUNTRY or area.lat is None or area.lon is None or area.radius_km is None:
        return AreaMatch.NO
    away = _distance_km(area.lat, area.lon, place.lat, place.lon)
    fine = place.precision is Precision.PLACE or away + place.uncertainty_km <= area.radius_km
    if away <= area.radius_km and fine:
        return AreaMatch.INSIDE
    return AreaMatch.MAY_BE if away <= area.radius_km + place.uncertainty_km else AreaMatch.NO
