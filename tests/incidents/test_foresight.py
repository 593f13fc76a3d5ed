"""The protocol of the backtest: what counts as foreseen, and what chance would have given."""

import numpy as np
import pytest

from incidents.foresight import Watched, bound_for, outcome

SPAN = (0, 1000)


def _region(alarm_days: list[int], targets: list[int], falls: list[int] | None = None) -> Watched:
    scores = np.zeros(1000)
    scores[alarm_days] = 1.0
    return Watched(scores, np.array(targets if falls is None else falls), np.array(targets))


def test_only_an_alarm_of_the_days_before_counts() -> None:
    region = _region([100, 300, 500, 700], targets=[101, 314, 515, 700])
    short, long = outcome([region], 1.0, SPAN).reach
    assert (short.days, short.hits) == (14, 0.5)  # a day and a fortnight before; not 15 days, not the same day
    assert (long.days, long.hits) == (30, 0.75)


def test_chance_is_what_the_same_alarms_cover_on_all_shifts_of_their_dates() -> None:
    short, long = outcome([_region([100, 300], targets=[900])], 1.0, SPAN).reach
    assert short.by_chance == pytest.approx(28 / 1000)
    assert long.by_chance == pytest.approx(60 / 1000)
    assert short.excess == pytest.approx(-0.028)


def test_alarms_at_the_end_wrap_to_the_beginning_when_shifted() -> None:
    assert outcome([_region([995], targets=[500])], 1.0, SPAN).reach[0].by_chance == pytest.approx(14 / 1000)


def test_targets_outside_all_regions_count_as_missed() -> None:
    found = outcome([_region([100], targets=[105])], 1.0, SPAN, lost=1)
    assert found.targets == 2
    assert found.reach[0].hits == 0.5


def test_rate_followed_and_lead() -> None:
    found = outcome([_region([100, 300], targets=[105]), _region([], targets=[])], 1.0, SPAN)
    assert found.rate == pytest.approx(2 / (2 * 1000 / 365.25))
    assert found.followed == 0.5
    assert found.lead == 5


def test_what_lies_outside_the_span_is_left_out() -> None:
    found = outcome([_region([100], targets=[105, 950])], 1.0, (200, 1000))
    assert (found.targets, found.rate) == (1, 0)


def test_the_interval_holds_the_excess_and_repeats() -> None:
    region = _region(list(range(100, 900, 50)), targets=list(range(105, 900, 100)))
    reach = outcome([region], 1.0, SPAN).reach[0]
    assert reach.low <= reach.excess <= reach.high
    assert outcome([region], 1.0, SPAN).reach[0] == reach


def test_the_bound_is_the_lowest_that_keeps_the_rate() -> None:
    scores = np.zeros(1000)
    scores[50:1000:50] = np.linspace(1, 19, 19)
    region = Watched(scores, np.array([], dtype=int), np.array([], dtype=int))
    bound = bound_for([region], 4.0, SPAN)
    assert outcome([region], bound, SPAN).rate <= 4.0
    assert outcome([region], bound - 1, SPAN).rate > 3.5
