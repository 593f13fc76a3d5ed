"""Which part of the Earth a map shows, and where on the picture a point of it is. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alerts.maps import MapView
from pipeline.area_names import whole_place
from places.gazetteer import Gazetteer
from places.shapes import Box, Line, Shapes
from places.types import Area, AreaKind

KM_PER_DEGREE = 111.32
WORLD = Box(-120.0, -36.0, 150.0, 60.0)  # where wars are; what is drawn beyond makes it larger
LEAST_KM = 120.0  # across: points are rounded to 11 km
PAD = 0.06  # of the width, on each side
LOWEST = 460.0  # pixels
FAR_SPARE, SPARE = 5.0, 0.05  # degrees around a point, on a map of the world and on others
STEEPEST = 75.0  # degrees: nearer to a pole than this no scale holds

Pixels = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Canvas:
    """A map of `width` times `height` pixels, the origin at the lower left. Longitudes shrink as in its middle."""

    box: Box
    width: float
    height: float

    @property
    def middle(self) -> float:
        return min(STEEPEST, abs(self.box.centre[1]))

    @property
    def per_degree(self) -> float:
        """Pixels of a degree of latitude."""
        return self.height / (self.box.north - self.box.south)

    @property
    def per_km(self) -> float:
        return self.per_degree / KM_PER_DEGREE

    @property
    def km(self) -> float:
        """Across."""
        return self.width / self.per_km

    def xy(self, points: Line | Sequence[tuple[float, float]]) -> Pixels:
        """Pixels of points given as longitude, latitude."""
        array = np.asarray(points, np.float64).reshape(-1, 2)
        scale = self.per_degree * np.array([math.cos(math.radians(self.middle)), 1.0])
        return np.asarray((array - (self.box.west, self.box.south)) * scale)

    def circle(self, lat: float, lon: float, radius_km: float) -> Pixels:
        """A circle on the ground, closed."""
        turn = np.linspace(0, 2 * math.pi, 61)
        high = radius_km / KM_PER_DEGREE
        wide = high / max(0.1, math.cos(math.radians(lat)))
        return self.xy(np.column_stack([lon + wide * np.cos(turn), lat + high * np.sin(turn)]).astype(np.float32))

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin


def canvas_for(view: MapView, shapes: Shapes, gazetteer: Gazetteer, width: float, highest: float) -> Canvas:
    """All of the area, `width` pixels wide and from LOWEST to `highest` high, and what is to be drawn beyond it: the
    box of a country leaves its farthest islands out."""
    if view.frame.area.kind is AreaKind.WORLD:
        return fitted(_holding(WORLD, [sight.point for sight in view.drawn], FAR_SPARE), width, highest)
    known = [sight.point for sight in view.drawn if not sight.is_imprecise]
    return fitted(_padded(_holding(area_box(view.frame.area, shapes, gazetteer), known, SPARE)), width, highest)


def _holding(box: Box, points: Sequence[tuple[float, float]], spare: float) -> Box:
    """The box, made larger for points of latitude and longitude beyond it and `spare` degrees around them."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    return Box(
        min([box.west, *(lon - spare for lon in lons)]),
        max(-80.0, min([box.south, *(lat - spare for lat in lats)])),
        max([box.east, *(lon + spare for lon in lons)]),
        min(80.0, max([box.north, *(lat + spare for lat in lats)])),
    )


def area_box(area: Area, shapes: Shapes, gazetteer: Gazetteer) -> Box:
    """The box around an area; the world, where it is not known where it is."""
    if area.lat is not None and area.lon is not None:
        return around(area.lat, area.lon, area.radius_km or LEAST_KM)
    place = whole_place(gazetteer, area)
    if place is None:
        return WORLD
    return shapes.extent(place.id) or around(place.lat, place.lon, place.uncertainty_km)


def around(lat: float, lon: float, radius_km: float) -> Box:
    high = max(radius_km, LEAST_KM / 2) / KM_PER_DEGREE
    wide = high / math.cos(math.radians(min(STEEPEST, abs(lat))))
    return Box(lon - wide, lat - high, lon + wide, lat + high)


def _padded(box: Box) -> Box:
    (x, y), wide, high = box.centre, box.east - box.west, box.north - box.south
    least = LEAST_KM / KM_PER_DEGREE / 2
    wide, high = max(least, wide * (0.5 + PAD)), max(least, high * (0.5 + PAD))
    return Box(x - wide, max(-89.0, y - high), x + wide, min(89.0, y + high))


def fitted(box: Box, width: float, highest: float) -> Canvas:
    """The box made wider or higher until it has a good shape."""
    (x, y), high = box.centre, box.north - box.south
    shrink = math.cos(math.radians(min(STEEPEST, abs(y))))
    wide = (box.east - box.west) * shrink
    height = min(highest, max(LOWEST, width * high / wide))
    wide, high = max(wide, high * width / height), max(high, wide * height / width)
    return Canvas(Box(x - wide / shrink / 2, y - high / 2, x + wide / shrink / 2, y + high / 2), width, round(height))
