"""What is named on a map: where it happened, towns, provinces and countries, as there is room."""

from collections.abc import Sequence

import numpy as np

from alerts.i18n import Translator
from alerts.maps import Sight
from chat.drawing import MUTED, SMALL
from chat.map_frame import KM_PER_DEGREE, Canvas
from chat.map_labels import Labels, Spot
from places.baked import Kind
from places.gazetteer import Gazetteer
from places.shapes import Shapes
from places.types import Area, AreaKind, Precision

PROVINCE_NAMES_BELOW_KM = 3600.0
TOWNS_BELOW_KM = 6000.0
MOST_TOWNS, MOST_NAMES, MOST_SPOTS = 14, 40, 6
FIRST_TOWNS = 3  # the middle of a circle and the largest: named before the provinces
CENTRE_KM = 5.0
TRIED = 10  # spots at which the name of a country or province is tried
REGION_SIZE = SMALL
BESIDE = 24.0  # pixels: farther off it would name another
SEAS = "XZ"


def name_ground(
    labels: Labels,
    canvas: Canvas,
    shapes: Shapes,
    gazetteer: Gazetteer,
    t: Translator,
    area: Area,
    drawn: Sequence[Sight],
) -> None:
    """Where it happened and the countries in which it did; the middle of a circle and the largest towns; provinces
    whose borders are not known, as their name is all that shows them; further towns; the other provinces and
    countries."""
    rows = _Rows(gazetteer, canvas)
    provinces = rows.provinces(area)[:MOST_NAMES] if canvas.km < PROVINCE_NAMES_BELOW_KM else []
    unbounded = [row for row in provinces if not shapes.outline(gazetteer.place_at(row).id)]
    named: set[str] = set()
    if canvas.km < TOWNS_BELOW_KM:
        for name, (lat, lon) in _spots(drawn, t):
            ((x, y),) = canvas.xy([(lon, lat)])
            if labels.town(float(x), float(y), name, dot=False, must=True):
                named.add(name)
    first, others = _countries(rows, area, drawn)
    for row in first:
        own = rows.spots(row)
        labels.at([*own, *_beside(own[0])], rows.name(row, t).upper(), REGION_SIZE, MUTED, must=True)
    towns = [*rows.centre(area), *rows.largest(Kind.PLACE)[: 10 * MOST_TOWNS]] if canvas.km < TOWNS_BELOW_KM else []
    _towns(labels, rows, towns[:FIRST_TOWNS], named, t, must=True)
    for row in unbounded:
        labels.at(rows.spots(row), rows.name(row, t), REGION_SIZE, MUTED, must=True)
    _towns(labels, rows, towns[FIRST_TOWNS:], named, t)
    for row in provinces:
        if row not in unbounded:
            labels.at(rows.spots(row), rows.name(row, t), REGION_SIZE, MUTED)
    for row in others:
        labels.at(rows.spots(row), rows.name(row, t).upper(), REGION_SIZE, MUTED)


def _countries(rows: "_Rows", area: Area, drawn: Sequence[Sight]) -> tuple[list[int], list[int]]:
    """The countries that have symbols, and the others. The one that the map is of is named in its title, unless that
    names a circle."""
    titled = None if area.kind is AreaKind.CIRCLE else area.country
    found = [row for row in rows.largest(Kind.COUNTRY) if rows.country(row) not in (titled, SEAS)]
    marked = {sight.incident.place.country for sight in drawn}
    missing = [row for code in sorted(marked - {titled, SEAS}) if (row := rows.country_row(code)) not in found]
    first = [*(row for row in found if rows.country(row) in marked), *missing]
    return first, [row for row in found if row not in first][:MOST_NAMES]


def _beside(spot: Spot) -> list[Spot]:
    """Around a point that symbols cover."""
    return [(spot[0] + across * BESIDE, spot[1] + up * BESIDE) for up in (1, -1, 0) for across in (0, 1, -1)]


def _towns(
    labels: Labels, rows: "_Rows", candidates: Sequence[int], named: set[str], t: Translator, must: bool = False
) -> None:
    """Dots with names, MOST_TOWNS at most; one whose name stands there already is passed over."""
    written = 0
    for row in candidates:
        name = rows.name(row, t)
        if written < MOST_TOWNS and name not in named and labels.town(*rows.xy(row), name, must=must):
            named.add(name)
            written += 1


def _spots(drawn: Sequence[Sight], t: Translator) -> list[tuple[str, tuple[float, float]]]:
    """Names and rounded points of the towns where the gravest things happened, each once."""
    found: dict[str, tuple[float, float]] = {}
    for sight in sorted(drawn, key=lambda sight: sight.weight, reverse=True):
        place = sight.incident.place
        if place.precision is Precision.PLACE and len(found) < MOST_SPOTS:
            found.setdefault(t.place(place.name, place.country), sight.point)
    return list(found.items())


class _Rows:
    """The rows of the gazetteer that lie on a canvas."""

    def __init__(self, gazetteer: Gazetteer, canvas: Canvas) -> None:
        baked, box = gazetteer.baked, canvas.box
        self._gazetteer, self._canvas = gazetteer, canvas
        self._lat, self._lon = np.asarray(baked.lat), np.asarray(baked.lon)
        self._kinds = np.frombuffer(baked.kind, np.uint8)
        self._people = np.asarray(baked.population).astype(np.int64)
        within_lon = (self._lon >= box.west) & (self._lon <= box.east)
        inside = (self._lat >= box.south) & (self._lat <= box.north) & within_lon
        self._rows = np.flatnonzero(inside)
        towns = self._rows[(self._kinds[self._rows] == Kind.PLACE) & (self._people[self._rows] > 0)]
        self._towns = towns[np.argsort(-self._people[towns], kind="stable")]
        self._countries = np.frombuffer(baked.country, np.uint8)
        self._provinces = np.asarray(baked.admin1)
        self._radius = np.asarray(baked.radius_km)

    def largest(self, kind: Kind) -> list[int]:
        """Those of a kind, the most populous first; of towns only those that people are known to live in."""
        if kind is Kind.PLACE:
            return [int(row) for row in self._towns]
        rows = self._rows[self._kinds[self._rows] == kind]
        return [int(row) for row in rows[np.argsort(-self._people[rows], kind="stable")]]

    def provinces(self, area: Area) -> list[int]:
        """Those of the area's country; of all countries where it has none."""
        found = self.largest(Kind.ADMIN1)
        return [row for row in found if area.country in (None, self.country(row))]

    def centre(self, area: Area) -> list[int]:
        """The town in the middle of a circle."""
        if area.lat is None or area.lon is None:
            return []
        away = np.hypot(self._lat - area.lat, self._lon - area.lon)
        away[self._kinds != Kind.PLACE] = np.inf
        nearest = int(away.argmin())
        return [nearest] if away[nearest] * KM_PER_DEGREE < CENTRE_KM else []

    def country(self, row: int) -> str:
        return self._gazetteer.place_at(row).country

    def country_row(self, code: str) -> int:
        return self._gazetteer.country_row(code)

    def xy(self, row: int) -> Spot:
        ((x, y),) = self._canvas.xy([(float(self._lon[row]), float(self._lat[row]))])
        return float(x), float(y)

    def spots(self, row: int) -> list[Spot]:
        """Where the name of a country or province may stand: at its own point, or at one of its towns, those in the
        middle of what is shown of it first."""
        if self._canvas.km >= TOWNS_BELOW_KM:  # elsewhere would be another country
            return [self.xy(row)]
        if self._kinds[row] == Kind.COUNTRY:
            towns = self._towns[self._countries[self._towns] == self._countries[row]]
        else:
            towns = self._towns[self._provinces[self._towns] == row]
            away = np.hypot(self._lat[towns] - self._lat[row], self._lon[towns] - self._lon[row])
            towns = towns[away * KM_PER_DEGREE <= self._radius[row]]
        points = self._canvas.xy(np.column_stack([self._lon[towns], self._lat[towns]]).astype(np.float32))
        if len(points):
            points = points[np.argsort(np.hypot(*(points - points.mean(axis=0)).T), kind="stable")]
            points = points[:: max(1, len(points) // TRIED)]
        return [self.xy(row), *((float(x), float(y)) for x, y in points)]

    def name(self, row: int, t: Translator) -> str:
        place = self._gazetteer.place_at(row)
        return t.country(place.country) if place.precision is Precision.COUNTRY else t.place(place.name, place.country)
