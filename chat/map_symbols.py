"""The symbols of a map: those of the gravest kinds of each spot, moved apart, and the areas in which the loosely placed
lie. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from alerts.maps import Sight
from alerts.types import Severity
from chat.map_frame import Canvas
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from places.types import Place

CELL = 48.0  # pixels: what is nearer than that is one spot
MOST_AREAS = 40
KINDS = (4, 3, 2)  # of one spot that have a mark: the first at which there are no more marks than MOST_MARKS, else one
MOST_MARKS = 45
WIDE_KM = 6000.0  # on a map that is wider, a spot has one mark
GAP, COUNT_ROOM = 1.5, 5.0  # pixels around a mark; more where a number stands beside it
EDGE = 20.0
STEPS = 60
FARTHEST = 28.0  # pixels by which a mark is moved: a map that shows it elsewhere is wrong
SIZES = {Severity.MINOR: 15.0, Severity.MODERATE: 20.0, Severity.SEVERE: 26.0, Severity.EXTREME: 33.0}  # pixels
# How much of a symbol is filled; a claim is hollow.
FILLS = {
    Certainty.OBSERVED: "full",
    Certainty.LIKELY: "bottom",
    Certainty.POSSIBLE: "none",
    Certainty.UNLIKELY: "none",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """`x`, `y`: pixels of the canvas. `count`: incidents of this kind at this spot, of which the gravest gives the
    size (pixels across) and the surest the fill; at the gravest kind also those of kinds that have no mark. `focus`:
    the one looked for is among them. `disputed`: a party denies one of them."""

    x: float
    y: float
    kind: Signal
    severity: Severity
    certainty: Certainty
    count: int
    size: float
    focus: bool = False
    disputed: bool = False


Spot = Mapping[Signal, Sequence[Sight]]


def marks(sights: Sequence[Sight], canvas: Canvas, focus: Sight | None = None) -> list[Mark]:
    """The marks that lie on the canvas, hardly one covering another, the least grave first. What lies somewhere in an
    area whose middle is off the canvas stands at its edge."""
    spots: dict[tuple[int, int], dict[Signal, list[Sight]]] = {}
    for sight in sights:
        x, y = _at(sight, canvas)
        if canvas.holds(x, y):
            spots.setdefault((int(x // CELL), int(y // CELL)), {}).setdefault(sight.incident.kind, []).append(sight)
    fewer = (kinds for kinds in KINDS if sum(min(kinds, len(s)) for s in spots.values()) <= MOST_MARKS)
    most = 1 if canvas.km > WIDE_KM else next(fewer, 1)
    found = [mark for spot in spots.values() for mark in _spot(spot, most, canvas, focus)]
    return sorted(_apart(found, canvas), key=lambda mark: (mark.severity.rank, mark.count, mark.kind))


def _at(sight: Sight, canvas: Canvas) -> tuple[float, float]:
    lat, lon = sight.point
    ((x, y),) = canvas.xy([(lon, lat)])
    if sight.is_imprecise:
        return min(max(float(x), EDGE), canvas.width - EDGE), min(max(float(y), EDGE), canvas.height - EDGE)
    return float(x), float(y)


def _spot(spot: Spot, most: int, canvas: Canvas, focus: Sight | None) -> list[Mark]:
    """The marks of one spot, on a small ring around the middle of what happened there."""
    points = [_at(sight, canvas) for sights in spot.values() for sight in sights]
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    order = sorted(spot.items(), key=lambda item: (focus not in item[1], *_gravest_first(item[0], item[1])))
    others = sum(len(sights) for _, sights in order[most:])
    ring = 4.0 if len(order) > 1 else 0.0
    found = []
    for number, (kind, sights) in enumerate(order[:most]):
        turn = 2 * math.pi * number / min(most, len(order))
        gravest = max((sight.severity for sight in sights), key=lambda severity: severity.rank)
        surest = min((sight.incident.certainty for sight in sights), key=list(Certainty).index)
        at = x + ring * math.cos(turn), y + ring * math.sin(turn)
        count = len(sights) + (others if number == 0 else 0)
        disputed = any(sight.incident.disputed for sight in sights)
        found.append(Mark(*at, kind, gravest, surest, count, SIZES[gravest], focus in sights, disputed))
    return found


def _gravest_first(kind: Signal, sights: Sequence[Sight]) -> tuple[int, int, Signal]:
    """The gravest kind of a spot first, then the one of which there is more."""
    return -max(sight.severity.rank for sight in sights), -len(sights), kind


def _apart(found: Sequence[Mark], canvas: Canvas) -> list[Mark]:
    """The marks moved until none covers another, or STEPS times, but never by more than FARTHEST."""
    if len(found) < 2:
        return list(found)
    own = np.array([(mark.x, mark.y) for mark in found])
    spots = own.copy()
    half = np.array([mark.size / 2 + GAP + (COUNT_ROOM if mark.count > 1 else 0) for mark in found])
    least = half[:, None] + half[None, :]
    np.fill_diagonal(least, 0.0)
    for _ in range(STEPS):
        way = spots[:, None, :] - spots[None, :, :]
        away = np.maximum(np.hypot(way[..., 0], way[..., 1]), 1e-6)
        lack = np.maximum(0.0, least - away)
        if not lack.any():
            break
        spots += (way / away[..., None] * lack[..., None]).sum(axis=1) * 0.3
        moved = spots - own
        far = np.maximum(np.hypot(moved[:, 0], moved[:, 1]) / FARTHEST, 1.0)
        spots = np.clip(own + moved / far[:, None], half[:, None], [canvas.width, canvas.height] - half[:, None])
    return [replace(mark, x=float(x), y=float(y)) for mark, (x, y) in zip(found, spots, strict=True)]


def loose_places(sights: Sequence[Sight]) -> list[Place]:
    """The places, each once, that say no more than that something happened somewhere in them."""
    found = {sight.incident.place.id: sight.incident.place for sight in sights if sight.is_imprecise}
    return list(found.values())[:MOST_AREAS]
