"""The standing risk: its inputs, its trees, and the file they live in."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.activity import COLUMN, SIGNALS, Series
from incidents.standing import COUNTRY, PROVINCE, Forest, default_forests, directions, inputs, load, save, traits
from incidents.standing_training import calibration, fit

STUMP = Forest(
    bias=0.0,
    weights=np.zeros(len(traits())),
    start=-1.0,
    asks=np.array([[0, -1, -1]], dtype=np.int16),
    thresholds=np.array([[0.5, 0.0, 0.0]]),
    left=np.array([[1, 0, 0]], dtype=np.int16),
    right=np.array([[2, 0, 0]], dtype=np.int16),
    values=np.array([[0.0, -2.0, 3.0]]),
    steps=np.array([-1.5, 1.0]),
    shares=np.array([0.01, 0.21]),
)


def _series(days: int = 400) -> Series:
    empty = np.zeros((days, len(SIGNALS)))
    return Series(date(2024, 1, 1), empty.copy(), empty.copy(), empty.copy())


def _trait(name: str, series: Series, day: int = -1, scale: float = 1.0) -> float:
    found = inputs(series, [day % series.days], scale)
    return float(found[0, traits().index(name)])


def test_windows_count_up_to_the_day_itself() -> None:
    series = _series()
    series.own[[399, 393, 392, 100], COLUMN[Signal.ARMED_CLASH]] = 1
    assert _trait("own clash 7", series) == pytest.approx(np.log1p(2))
    assert _trait("own clash 30", series) == pytest.approx(np.log1p(3))
    assert _trait("own clash 365", series) == pytest.approx(np.log1p(4))
    assert _trait("own clash 7", series, 398) == pytest.approx(np.log1p(2))


def test_a_window_longer_than_the_history_is_filled_up() -> None:
    series = _series(30)
    series.own[:, COLUMN[Signal.ARMED_CLASH]] = 1
    assert _trait("own clash 90", series) == pytest.approx(np.log1p(90))


def test_a_denser_stream_is_scaled_down() -> None:
    series = _series()
    series.own[399, COLUMN[Signal.ARMED_CLASH]] = 10
    assert _trait("own clash 7", series, scale=0.1) == pytest.approx(np.log1p(1))


def test_days_since_the_last_capture() -> None:
    series = _series(500)
    assert _trait("own since captured", series) == pytest.approx(np.log1p(400))
    series.own[490, COLUMN[Signal.TERRITORY_CAPTURED]] = 1
    assert _trait("own since captured", series) == pytest.approx(np.log1p(9))


def test_days_since_the_last_capture_around() -> None:
    series = _series(500)
    series.near[480, COLUMN[Signal.TERRITORY_CAPTURED]] = 0.4
    series.rest[495, COLUMN[Signal.TERRITORY_CAPTURED]] = 1
    assert _trait("near since captured", series) == pytest.approx(np.log1p(19))
    assert _trait("rest since captured", series) == pytest.approx(np.log1p(4))
    assert _trait("own since captured", series) == pytest.approx(np.log1p(400))


def test_what_is_around_is_told_apart_from_ones_own() -> None:
    series = _series()
    series.near[399, COLUMN[Signal.ARMED_CLASH]] = 0.5
    series.rest[399, COLUMN[Signal.ARMED_CLASH]] = 1
    assert _trait("near clash 7", series) == pytest.approx(np.log1p(0.5))
    assert _trait("rest clash 7", series) == pytest.approx(np.log1p(1))
    assert _trait("own clash 7", series) == 0


def test_a_tree_goes_left_up_to_its_threshold_and_is_calibrated() -> None:
    rows = np.zeros((3, len(traits())))
    rows[:, 0] = 0.5, 0.6, 9.0
    np.testing.assert_allclose(STUMP.log_odds(rows), [-1.5, 1.0, 1.0])
    np.testing.assert_allclose(STUMP.share(rows), [0.01, 0.21, 0.21])


def test_the_linear_score_counts_as_much_as_the_trees() -> None:
    rows = np.zeros((1, len(traits())))
    rows[0, 2] = 4.0
    weights = np.zeros(len(traits()))
    weights[2] = 0.5
    assert replace(STUMP, weights=weights, bias=1.0).log_odds(rows)[0] == pytest.approx((-3.0 + 2.0 + 1.0) / 2)


def test_without_trees_the_linear_score_stands_alone() -> None:
    rows = np.zeros((1, len(traits())))
    rows[0, 2] = 4.0
    weights = np.zeros(len(traits()))
    weights[2] = 0.5
    treeless = replace(
        STUMP,
        weights=weights,
        bias=-1.0,
        asks=STUMP.asks[:0],
        thresholds=STUMP.thresholds[:0],
        left=STUMP.left[:0],
        right=STUMP.right[:0],
        values=STUMP.values[:0],
    )
    assert treeless.log_odds(rows)[0] == pytest.approx(1.0)


@pytest.mark.parametrize("isotonic", [True, False])
def test_the_calibration_ascends_and_gives_no_moment_up(isotonic: bool) -> None:
    random = np.random.default_rng(1)
    scores = random.normal(-4, 1.5, 4000)
    fell = random.random(4000) < 1 / (1 + np.exp(-scores))
    steps, shares = calibration(scores, fell, isotonic=isotonic)
    assert (np.diff(steps) > 0).all()
    assert (np.diff(shares) >= 0).all()
    assert shares[0] > 0  # a quiet moment is not called impossible because none like it was followed by a fall
    for low, high in ((-9, -5), (-5, -3), (-3, 3)):
        of = (scores >= low) & (scores < high)
        assert np.interp(scores[of], steps, shares).mean() == pytest.approx(fell[of].mean(), rel=0.3)


@pytest.mark.parametrize("isotonic", [True, False])
def test_the_calibration_follows_odds_that_grow_more_slowly_at_the_top(isotonic: bool) -> None:
    random = np.random.default_rng(2)
    scores = random.normal(-5, 1.6, 60_000)
    fell = random.random(60_000) < 1 / (1 + np.exp(-np.where(scores < -3.3, scores, -3.3 + 0.1 * (scores + 3.3))))
    shares = np.interp(scores, *calibration(scores, fell, isotonic=isotonic))
    for low, high in ((-20, -4.5), (-4.5, -3), (-3, 9)):
        of = (scores >= low) & (scores < high)
        assert shares[of].mean() == pytest.approx(fell[of].mean(), rel=0.15), low


@pytest.mark.parametrize("trees", [True, False])
def test_a_fitted_model_says_what_it_was_taught(trees: bool) -> None:
    random = np.random.default_rng(0)
    x = np.abs(random.normal(size=(3000, len(traits()))))
    y = random.random(3000) < 0.6 * (x[:, 0] > 1.0)
    forest, unseen = fit(x, y, np.arange(3000) // 2, trees=trees, isotonic=not trees)
    assert np.corrcoef(unseen, forest.log_odds(x))[0, 1] > 0.8
    shares = forest.share(x)
    high = shares > np.quantile(shares, 0.7)
    assert shares[high].mean() == pytest.approx(y[high].mean(), rel=0.2)
    assert shares.mean() == pytest.approx(y.mean(), rel=0.1)
    assert y[high].mean() > 5 * y[~high].mean()


@pytest.mark.parametrize("name", [COUNTRY, PROVINCE])
def test_more_fighting_never_lowers_the_shipped_risk(name: str) -> None:
    forest = default_forests()[name]
    rows = np.abs(np.random.default_rng(3).normal(size=(200, len(traits()))))
    base = forest.share(rows)
    assert (base >= 0).all()
    assert (base <= 1).all()
    for column, direction in enumerate(directions()):
        if direction:
            more = rows.copy()
            more[:, column] += direction
            assert (forest.share(more) >= base - 1e-12).all(), traits()[column]


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save({COUNTRY: STUMP, PROVINCE: STUMP}, tmp_path / "m.npz")
    loaded = load(tmp_path / "m.npz")[PROVINCE]
    np.testing.assert_array_equal(loaded.values, STUMP.values)
    assert loaded.start == STUMP.start


@pytest.mark.parametrize(
    "damage",
    [
        {"left": np.array([[9, 0, 0]], dtype=np.int16)},
        {"asks": np.array([[999, -1, -1]], dtype=np.int16)},
        {"shares": np.array([0.1])},
        {"values": np.zeros((1, 2))},
        {"weights": np.zeros(3)},
    ],
    ids=["child beyond", "input beyond", "calibration", "shape", "weights"],
)
def test_a_damaged_file_is_refused_in_one_line(tmp_path: Path, damage: dict[str, Any]) -> None:
    save({COUNTRY: STUMP, PROVINCE: replace(STUMP, **damage)}, tmp_path / "m.npz")
    with pytest.raises(InvalidInput, match=r"m\.npz.*expected a standing model") as refused:
        load(tmp_path / "m.npz")
    assert "\n" not in str(refused.value)


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        load(tmp_path / "none.npz")
    (tmp_path / "text.npz").write_text("hello")
    with pytest.raises(InvalidInput, match="cannot be read"):
        load(tmp_path / "text.npz")
