"""The symbols of a map."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from alerts.maps import MapView, Sight
from alerts.types import Severity
from chat.drawing import SYMBOLS
from chat.map_frame import Canvas, canvas_for
from chat.map_legend import legend_of
from chat.map_symbols import CELL, EDGE, FARTHEST, FILLS, KINDS, MOST_MARKS, SIZES, loose_places, marks
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from places.gazetteer import Gazetteer
from places.shapes import default_shapes
from tests.builders import make_place
from tests.chat.sights import AROUND, PROVINCE, WORLD, frame, month, sight, spot

SIGNALS = list(Signal)


@pytest.fixture(scope="module")
def canvas() -> Canvas:
    return canvas_for(MapView(frame(AROUND), ()), default_shapes(), Gazetteer.load(), 1000.0, 800.0)


def at(lat: float, lon: float, number: int = 1, kind: Signal = Signal.ARMED_CLASH) -> Sight:
    return sight(number, kind, place=make_place(id=f"{lat},{lon}", lat=lat, lon=lon))


def test_kinds_are_told_by_shape_and_hatch_alone() -> None:
    assert set(SYMBOLS) == set(Signal)
    assert len({symbol.marker for symbol in SYMBOLS.values()}) == len(Signal)
    assert len({symbol.hatch for symbol in SYMBOLS.values()}) == len(Signal)


def test_the_graver_the_larger_and_a_claim_is_hollow() -> None:
    sizes = [SIZES[severity] for severity in Severity]
    assert all(larger > smaller for larger, smaller in pairwise(sizes))
    assert FILLS[Certainty.OBSERVED] == "full"
    assert FILLS[Certainty.POSSIBLE] == "none"
    assert FILLS[Certainty.LIKELY] not in ("full", "none")


def test_one_mark_for_a_kind_and_spot_of_the_gravest_and_the_surest(canvas: Canvas) -> None:
    sights = [
        sight(1, place=spot("Goma"), severity=Severity.MINOR, certainty=Certainty.OBSERVED),
        sight(2, place=spot("Goma"), severity=Severity.EXTREME, certainty=Certainty.POSSIBLE),
    ]
    (mark,) = marks(sights, canvas)
    assert (mark.count, mark.severity, mark.certainty) == (2, Severity.EXTREME, Certainty.OBSERVED)
    assert mark.size == SIZES[Severity.EXTREME]
    ((x, y),) = canvas.xy([(29.2, -1.7)])  # rounded to 0.1 degree
    assert (mark.x, mark.y) == pytest.approx((x, y))


def test_what_a_party_denies_is_marked_so_apart_from_how_sure_it_is(canvas: Canvas) -> None:
    denied = sight(1, place=spot("Goma"), certainty=Certainty.OBSERVED, disputed=True)
    for sights in ([denied], [denied, sight(2, place=spot("Goma"))]):
        (mark,) = marks(sights, canvas)
        assert (mark.disputed, mark.certainty) == (True, Certainty.OBSERVED)
        assert legend_of([mark], loose=False).disputed
    (mark,) = marks([sight(2, place=spot("Goma"))], canvas)
    assert not mark.disputed
    assert not legend_of([mark], loose=False).disputed


def test_a_spot_shows_its_gravest_kinds_and_counts_the_others(canvas: Canvas) -> None:
    severities = [Severity.MODERATE, Severity.EXTREME] + [Severity.MINOR] * 6
    spots = [sight(n, SIGNALS[n], place=spot("Goma"), severity=severity) for n, severity in enumerate(severities)]
    found = marks(spots, canvas)
    assert len(found) == KINDS[0]
    assert sum(mark.count for mark in found) == len(spots)
    assert found[-1].kind is SIGNALS[1]  # drawn last, over the others
    assert found[-1].count == 1 + len(spots) - KINDS[0]


def test_fewer_kinds_for_each_spot_where_there_is_much_to_show(canvas: Canvas) -> None:
    many = [
        at(-3 + 0.3 * n, 26.8 + 0.5 * m, 7 * n + m, SIGNALS[k]) for n in range(8) for m in range(5) for k in range(6)
    ]
    found = marks(many, canvas)
    assert len(found) <= max(MOST_MARKS, 40)
    assert sum(mark.count for mark in found) == len(many)


def test_no_mark_covers_another(canvas: Canvas) -> None:
    for one, other in combinations(marks(month(), canvas), 2):
        assert np.hypot(one.x - other.x, one.y - other.y) >= (one.size + other.size) / 2 - 1


def test_none_is_moved_far_however_crowded_it_is(canvas: Canvas) -> None:
    crowd = [at(-1.5 + 0.1 * n, 28.5 + 0.1 * m, n, SIGNALS[k]) for n in range(4) for m in range(4) for k in range(12)]
    ((x, y),) = canvas.xy([(28.65, -1.35)])
    for mark in marks(crowd, canvas):
        assert abs(mark.x - x) < 0.2 * canvas.per_degree + CELL + FARTHEST
        assert abs(mark.y - y) < 0.2 * canvas.per_degree + CELL + FARTHEST


def test_what_lies_off_the_map_is_not_on_it_but_a_loose_place_stands_at_its_edge(canvas: Canvas) -> None:
    assert marks([at(10.0, 10.0)], canvas) == []
    far = make_place(id="a1:CD/Tshopo", precision=PROVINCE.precision, lat=0.5, lon=20.0)
    (mark,) = marks([sight(1, place=far)], canvas)
    assert mark.x == EDGE
    assert canvas.holds(mark.x, mark.y, EDGE)


def test_the_one_looked_for_has_a_mark_however_small_it_is(canvas: Canvas) -> None:
    others = [sight(n, SIGNALS[n], place=spot("Goma"), severity=Severity.EXTREME) for n in range(8)]
    asked = sight(20, SIGNALS[9], place=spot("Goma"), severity=Severity.MINOR)
    (focus,) = [mark for mark in marks([*others, asked], canvas, asked) if mark.focus]
    assert focus.kind is SIGNALS[9]
    assert not any(mark.focus for mark in marks([*others, asked], canvas))


def test_a_map_of_the_world_has_one_mark_a_spot() -> None:
    wide = canvas_for(MapView(frame(WORLD), ()), default_shapes(), Gazetteer.load(), 1000.0, 800.0)
    (mark,) = marks(month(), wide)
    assert mark.count == len(month())


def test_areas_are_hatched_once() -> None:
    assert loose_places(month()) == [PROVINCE]
