"""Counting incidents by week and kind against the past."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from classifiers.taxonomy import Signal
from incidents.trend import LEAST_PAST, MOST_WEEKS, PAST_WEEKS, WEEK, Trend, past_since, trend, week_starts
from incidents.types import Incident
from tests.builders import NOW, make_incident

CLASH, STRIKE = Signal.ARMED_CLASH, Signal.REMOTE_VIOLENCE
DAY = timedelta(days=1)
LONG_AGO = NOW - 100 * WEEK


def seen(kind: Signal, *days_ago: float) -> list[Incident]:
    return [make_incident(kind=kind, first_seen=NOW - days * DAY) for days in days_ago]


def counted(incidents: list[Incident], weeks: int = 4, known: datetime = LONG_AGO) -> Trend:
    return trend(incidents, week_starts(NOW - weeks * WEEK, NOW), NOW, known)


@pytest.mark.parametrize(
    ("days", "weeks"), [(0, 1), (1, 1), (7, 1), (7.5, 2), (30, 5), (84, 12), (365, 53), (4000, MOST_WEEKS)]
)
def test_weeks_end_now_and_cover_the_period(days: float, weeks: int) -> None:
    starts = week_starts(NOW - days * DAY, NOW)
    assert len(starts) == weeks
    assert starts[-1] + WEEK == NOW
    assert all(later - earlier == WEEK for earlier, later in pairwise(starts))


def test_incidents_are_counted_by_kind_in_the_week_of_their_first_report() -> None:
    found = counted([*seen(CLASH, 1, 6.9, 7.1), *seen(STRIKE, 27.9, 0)])
    assert found.counts == {CLASH: (0, 0, 1, 2), STRIKE: (1, 0, 0, 0)}  # what is first seen right now is of no week yet
    assert found.totals == (1, 0, 1, 2)
    assert found.total == 4
    assert list(found.counts) == [CLASH, STRIKE]


def test_kinds_of_the_past_alone_have_no_bars() -> None:
    found = counted(seen(STRIKE, 40, 41))
    assert found.counts == {}
    assert found.totals == (0, 0, 0, 0)
    assert found.usual is not None
    assert found.usual.by_kind[STRIKE] == 2 / PAST_WEEKS


def test_the_usual_is_that_of_the_weeks_before() -> None:
    """One clash a week, ten in one of ten weeks: the median stays one."""
    past = [28 + 7 * week + 1.0 for week in range(10)]
    found = counted(seen(CLASH, *past, *[30.0] * 9, 2.0), known=NOW - 14 * WEEK)
    assert found.usual is not None
    assert found.usual.weeks == 10
    assert (found.usual.low, found.usual.median) == (1, 1)
    assert found.usual.high == pytest.approx(1.9)
    assert found.usual.by_kind[CLASH] == pytest.approx(1.9)


def test_too_little_past_gives_no_usual() -> None:
    assert counted([], known=NOW - (4 + LEAST_PAST) * WEEK).usual is not None
    assert counted([], known=NOW - (4 + LEAST_PAST) * WEEK + DAY).usual is None
    assert counted([], known=NOW).usual is None


def test_the_past_reaches_no_further_than_a_year() -> None:
    starts = week_starts(NOW - 4 * WEEK, NOW)
    assert past_since(starts, LONG_AGO) == starts[0] - PAST_WEEKS * WEEK
    assert past_since(starts, starts[0] - 3.5 * WEEK) == starts[0] - 3 * WEEK
    assert past_since(starts, NOW) == starts[0]
    old = counted(seen(CLASH, 4 * 7 + PAST_WEEKS * 7 + 1))
    assert old.usual is not None
    assert old.usual.by_kind == {}
