"""By what an incident is found again: short keys that stand for places, so that a report meets only incidents near it.

An incident is filed under the keys of its witnesses; a report looks under the keys of all that its
place may agree with (similarity.place_likeness): towns in its own and the eight cells around, what contains it, what it
contains, and every place finer than a country that its text names.
"""

from collections.abc import Iterator
from math import cos, floor, radians

from incidents.similarity import is_fine
from incidents.types import Incident, Witness
from places.types import Place, Precision

CELL = 0.5  # degrees of latitude: 55 km, more than NEAR_KM; cells are as wide as they are high
_POLE = 0.05
_CELL = "cell:"
WITHIN = "within:"  # before the names of what contains a place, the country first: "within:CD/North Kivu"


def filed_under(incident: Incident) -> frozenset[str]:
    """The keys under which an incident is found."""
    places = {incident.place.id: incident.place}
    places.update((w.place.id, w.place) for w in incident.witnesses if w.place is not None)
    named = {name for witness in incident.witnesses for name in witness.named if is_fine(name)}
    return frozenset(named.union(*map(_filed, places.values())))


def sought_under(report: Witness) -> frozenset[str]:
    """The keys under which to look for incidents that a report may belong to."""
    keys = set(filter(is_fine, report.named))
    if report.place is not None:
        keys.update(_sought(report.place))
    return frozenset(keys)


def sought_under_town(town: Place) -> frozenset[str]:
    """The keys under which to look for incidents in a town or right beside it."""
    return frozenset({town.id, *(key for key in _sought(town) if key.startswith(_CELL))})


def region_key(place: Place) -> str:
    """The key of everything in the place's province; in its country, where the province is not known."""
    areas = _areas(place)
    return f"{WITHIN}{areas[min(1, len(areas) - 1)]}"


def _filed(place: Place) -> Iterator[str]:
    yield place.id
    areas = _areas(place)
    yield from (f"{WITHIN}{area}" for area in areas)
    if place.precision is Precision.PLACE:
        yield _cell(*_row_and_column(place.lat, place.lon))
    else:
        yield f"all:{areas[-1]}"


def _sought(place: Place) -> Iterator[str]:
    yield place.id
    areas = _areas(place)
    yield from (f"all:{area}" for area in areas)
    if place.precision is not Precision.PLACE:
        yield f"{WITHIN}{areas[-1]}"
        return
    row, _ = _row_and_column(place.lat, place.lon)
    for near in (row - 1, row, row + 1):
        column = floor(place.lon / _width(near))
        yield from (_cell(near, other) for other in (column - 1, column, column + 1))


def _areas(place: Place) -> list[str]:
    """What contains the place, the country first, itself last where it is an area."""
    names = [place.country]
    for precision, name in ((Precision.ADMIN1, place.admin1), (Precision.ADMIN2, place.admin2)):
        if place.precision is Precision.COUNTRY or not name or (precision, place.precision) == _FINER_THAN_PROVINCE:
            break
        names.append(name)
    return ["/".join(names[: n + 1]) for n in range(len(names))]


_FINER_THAN_PROVINCE = (Precision.ADMIN2, Precision.ADMIN1)


def _row_and_column(lat: float, lon: float) -> tuple[int, int]:
    row = floor(lat / CELL)
    return row, floor(lon / _width(row))


def _width(row: int) -> float:
    """Degrees of longitude of a cell in this row."""
    return CELL / max(cos(radians(row * CELL)), _POLE)


def _cell(row: int, column: int) -> str:
    return f"{_CELL}{row},{column}"
