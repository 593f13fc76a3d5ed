"""B-cubed by hand-worked cases."""

import pytest

from incidents.bcubed import bcubed, interval

GOLD = {"a": "x", "b": "x", "c": "x", "d": "y"}

CASES = [
    ({"a": 1, "b": 1, "c": 1, "d": 2}, 1.0, 1.0),
    ({}, 1.0, (3 * (1 / 3) + 1) / 4),
    ({"a": 1, "b": 1, "c": 1, "d": 1}, (3 * (3 / 4) + 1 / 4) / 4, 1.0),
    ({"a": 1, "b": 1, "c": 2, "d": 2}, (1 + 1 + 1 / 2 + 1 / 2) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
    ({"a": 1, "b": 1, "c": 1, "d": 2, "other": 1}, 1.0, 1.0),
]


@pytest.mark.parametrize(("found", "precision", "recall"), CASES)
def test_precision_and_recall(found: dict[str, int], precision: float, recall: float) -> None:
    figures = bcubed(GOLD, found)
    assert figures.precision == pytest.approx(precision)
    assert figures.recall == pytest.approx(recall)
    assert figures.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_nothing_to_measure_is_zero() -> None:
    assert bcubed({}, {}).f1 == 0.0


def test_the_interval_holds_the_figure_and_repeats() -> None:
    found = {"a": 1, "b": 1, "c": 2, "d": 2}
    spread = interval(GOLD, found)
    assert spread.low <= bcubed(GOLD, found).f1 <= spread.high
    assert interval(GOLD, found) == spread
