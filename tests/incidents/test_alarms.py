"""When a level is said to rise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.alarms import APART_DAYS, QUIET_DAYS, alarms


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ([], []),
        ([3], [3]),
        ([3, 4, 5], [3]),
        ([3, 10], [3]),  # six quiet days between
        ([3, 11], [3]),  # quiet for seven days, too soon after the last
        ([3, 17], [3, 17]),
        ([3, 11, 12, 20], [3, 20]),
    ],
)
def test_a_crossing_counts_after_quiet_days_and_not_too_often(above: list[int], expected: list[int]) -> None:
    scores = np.zeros(30)
    scores[above] = 1.0
    assert alarms(scores, 1.0).tolist() == expected


@given(st.lists(st.floats(0, 3), max_size=120))
def test_alarms_are_apart_and_each_a_crossing(values: list[float]) -> None:
    scores = np.array(values)
    found = alarms(scores, 1.0)
    assert (np.diff(found) >= APART_DAYS).all()
    for day in found:
        assert scores[day] >= 1.0
        assert (scores[max(0, day - QUIET_DAYS) : day] < 1.0).all()
