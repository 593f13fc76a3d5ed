"""How far a day stands above its region's past."""

from datetime import date

import numpy as np
import pytest

from classifiers.taxonomy import Signal
from incidents.activity import COLUMN, SIGNALS, Series
from incidents.detectors import FAST_DAYS, GUARD_DAYS, cusum, ears, ewma, heat, present, usual, week

METHODS = [ewma, ears, cusum, week]


def test_the_present_halves_in_its_half_life() -> None:
    counts = np.zeros(20)
    counts[10] = 4.0
    rate = present(counts)
    assert rate[9] == 0
    assert rate[10 + int(FAST_DAYS)] == pytest.approx(rate[10] / 2)


def test_the_usual_of_a_steady_war_is_its_rate_from_the_first_days_on() -> None:
    past = usual(np.full(60, 2.0))
    assert not past[:GUARD_DAYS].any()
    assert past[-1] == pytest.approx(2.0, abs=0.15)  # the first day is capped, since nothing was known
    assert abs(ewma(np.full(400, 5.0))[-1]) < 0.1


def test_an_outbreak_hardly_moves_the_usual() -> None:
    calm = np.ones(500)
    outbreak = calm.copy()
    outbreak[400:410] = 100.0
    capped = usual(outbreak)[-1] - usual(calm)[-1]
    assert 0 < capped < 0.1  # ten days of a hundred, which weigh no more than ten of about four


def test_one_clash_is_more_in_a_quiet_region_than_in_a_war() -> None:
    quiet, war = np.zeros(200), np.full(200, 10.0)
    quiet[199] += 2
    war[199] += 2
    assert ewma(quiet)[-1] > 5 * ewma(war)[-1]


def test_a_rise_is_not_its_own_baseline() -> None:
    counts = np.zeros(200)
    counts[190:] = 3.0
    assert usual(counts)[-1] == 0


@pytest.mark.parametrize("method", METHODS)
def test_no_method_looks_ahead(method: object) -> None:
    counts = np.random.default_rng(1).poisson(1.0, 200).astype(float)
    changed = counts.copy()
    changed[150:] += 20
    np.testing.assert_array_equal(method(counts)[:150], method(changed)[:150])  # type: ignore[operator]


@pytest.mark.parametrize("method", METHODS)
def test_every_method_sees_an_outbreak(method: object) -> None:
    counts = np.random.default_rng(2).poisson(0.5, 300).astype(float)
    counts[290:] += 5
    scores = method(counts)  # type: ignore[operator]
    assert scores[295] > np.quantile(scores[100:290], 0.99)


def _heat(signal: Signal, *, own: float = 0.0, near: float = 0.0, rest: float = 0.0) -> float:
    tables = [np.zeros((1, len(SIGNALS))) for _ in range(3)]
    for table, count in zip(tables, (own, near, rest), strict=True):
        table[0, COLUMN[signal]] = count
    return float(heat(Series(date(2025, 3, 1), *tables))[0])


def test_kinds_weigh_by_how_much_they_speak_of_ground_fighting() -> None:
    captured, clash, fled = (
        _heat(signal, own=1.0) for signal in (Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH, Signal.DISPLACEMENT)
    )
    assert captured > clash > fled > 0
    assert _heat(Signal.UNREST, own=1.0) == _heat(Signal.DEESCALATION, own=1.0) == 0


def test_what_is_around_weighs_less_than_what_is_within() -> None:
    within, near, elsewhere = (_heat(Signal.ARMED_CLASH, **{where: 1.0}) for where in ("own", "near", "rest"))
    assert within > near > elsewhere > 0
