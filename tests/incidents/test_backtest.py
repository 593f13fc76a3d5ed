"""The backtest: its table says what the bot's own rule would have done, and what the standing risk was worth."""

from datetime import date, timedelta

import numpy as np
import pytest

from classifiers.taxonomy import Signal
from incidents.activity import Event
from incidents.backtest import LIVE, METHODS, Moments, _standing, at_rate, moments, report, watched
from incidents.chronicle import START, TEST, TUNE, Past, RegionPast, span
from incidents.foresight import Watched
from incidents.standing import PROVINCE
from incidents.standing_training import rows
from places.types import Area, AreaKind
from tests.builders import make_place

TOWN = make_place()
FALLS = [date(2015, 6, 10), date(2019, 6, 10), date(2022, 6, 10), date(2024, 6, 10)]


def _region(name: str, falls: list[date]) -> RegionPast:
    """Clashes and a capture in the four days before each fall, else one clash a month."""
    place = make_place(id=f"gn:{name}", admin1=name)
    noise = [Event(START + timedelta(days), place, (Signal.ARMED_CLASH,)) for days in range(0, 6400, 30)]
    signs = (Signal.ARMED_CLASH, Signal.TERRITORY_CAPTURED)
    before = [Event(day - timedelta(ahead), place, signs) for day in falls for ahead in range(2, 6)]
    days = np.array([(day - START).days for day in falls], dtype=np.int64)
    return RegionPast(Area(AreaKind.ADMIN1, name, "CD", name), TOWN, days, days, [*noise, *before])


@pytest.fixture(scope="module")
def known() -> Past:
    return Past([_region("North Kivu", FALLS), _region("Tshopo", [])], {TUNE: 0, TEST: 1})


def test_the_table_has_every_method_on_both_parts_and_the_bots_own_bound(known: Past) -> None:
    lines = list(report(PROVINCE, known))
    assert lines[0] == "province: 1 regions with a fall, 1 falls of 2022 to August 2025 outside all regions"
    for method in METHODS:
        assert sum(line.startswith(f"  {method}, ") for line in lines) == 2
    own = next(line for line in lines if "the bot's bound" in line)
    assert "14 days 67 %" in own  # two of three falls; the third lies where nothing could have foreseen it
    assert "n 3" in own
    assert any(line.startswith("  plain count at ") for line in lines)
    assert any(line.startswith("  standing risk, AUC: ") for line in lines)


def test_a_bound_is_chosen_without_the_regions_whose_first_fall_comes_later() -> None:
    early, late = _region("North Kivu", FALLS), _region("Tshopo", [date(2024, 6, 10)])
    alone, both = (list(report(PROVINCE, Past(of, {TUNE: 0, TEST: 0}))) for of in ([early], [early, late]))
    for method in METHODS:
        found = [next(line for line in lines if line.startswith(f"  {method}, from 2022")) for lines in (alone, both)]
        bounds = [line.split("bound ")[1].split(",")[0] for line in found]
        assert bounds[0] == bounds[1]
        assert found[0] != found[1]  # it is measured with them


def test_only_regions_with_a_fall_are_watched_for_alarms_but_the_standing_risk_sees_all(known: Past) -> None:
    assert [len(regions) for regions in watched(known).values()] == [1] * len(METHODS)
    found = moments(known, PROVINCE)
    assert found.watched.mean() == 0.5
    first, last = span(TEST)
    assert len(found.shares) == 2 * len(range(first, last - 30, 5))
    assert found.fell.sum() == 12  # two falls, each within thirty days of six moments
    assert not found.fell[~found.watched].any()
    assert ((found.shares >= 0) & (found.shares <= 1)).all()


def test_what_is_trained_on_ends_before_what_is_measured(known: Past) -> None:
    first, last = span(TUNE)
    x, fell, at, ever = rows(known, np.arange(first, last - 30, 14))
    assert len(x) == len(fell) == len(at) == len(ever)
    assert at.max() + 30 < span(TEST)[0]
    assert fell.sum() in (4, 5)  # two falls, each within thirty days of two moments or three
    assert not fell[~ever].any()


def test_the_plain_count_is_compared_at_the_very_same_rate() -> None:
    scores = np.zeros(7300)
    scores[100::365] = 3.0
    scores[200::365] = 6.0
    targets = np.array([105, 205], dtype=np.int64)
    regions = [Watched(scores, targets, targets)]
    full, half = at_rate(regions, 2.0, (0, 7300), 0), at_rate(regions, 1.0, (0, 7300), 0)
    assert full[0] == pytest.approx(1.0, abs=0.01)
    assert half[0] == pytest.approx(0.5, abs=0.02)


def test_a_class_without_moments_is_said_so() -> None:
    shares = np.array([0.001, 0.002, 0.03, 0.04])
    fell = np.array([False, True, False, True])
    lines = list(_standing(PROVINCE, Moments(shares, shares, fell, np.ones(4, dtype=bool))))
    assert "observed over predicted 333.33, 2 moments, 1 before a fall" in lines[1]
    assert lines[2] == "    from 0.005: no moments"


def test_the_bots_method_is_among_the_measured() -> None:
    assert LIVE in METHODS
