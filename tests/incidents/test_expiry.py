"""When an event is no longer renewed."""

from datetime import timedelta
from typing import Any

import pytest

from classifiers.taxonomy import Signal
from incidents.expiry import SOONEST, expired, expires_at, has_expired
from incidents.types import Cause, Certainty, Link, Relation
from tests.builders import NOW, make_incident

DAYS = [
    ((Signal.ARMED_CLASH,), 3),
    ((Signal.DISPLACEMENT,), 4),
    ((Signal.ARMED_CLASH, Signal.ACCESS_BLOCKED), 5),
]


@pytest.mark.parametrize(("signals", "days"), DAYS)
def test_it_expires_when_its_kind_takes_no_more_reports(signals: tuple[Signal, ...], days: int) -> None:
    incident = make_incident(kind=signals[0], signals=signals, last_seen=NOW)
    end = NOW + timedelta(days=days)
    assert expires_at(incident) == end
    assert not has_expired(incident, end - timedelta(seconds=1))
    assert has_expired(incident, end)
    assert end - NOW >= SOONEST


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn": True},
        {"eased": True},
        {"expired": True},
        {"certainty": Certainty.UNLIKELY},
        {"links": (Link(Relation.MERGED_INTO, 3),)},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_is_over_does_not_expire(fields: dict[str, Any]) -> None:
    incident = make_incident(**fields)
    assert expires_at(incident) is None
    assert not has_expired(incident, NOW + timedelta(days=99))


def test_the_next_revision_says_so() -> None:
    after = expired(make_incident(revision=4))
    assert (after.revision, after.cause, after.expired) == (5, Cause.EXPIRY, True)
