"""Eased: quiet for longer than a region usually is, while those who used to tell of it still publish."""

from datetime import datetime, timedelta

import pytest

from incidents.easing import LEAST, MOST, USUAL, eased, has_eased, quiet_after, still_publish
from incidents.types import Cause, Incident
from tests.builders import NOW, make_incident, make_source, make_witness, minutes

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def every(gap: timedelta, count: int = 30) -> list[datetime]:
    return [NOW - n * gap for n in range(count)]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        (every(HOUR), LEAST),
        (every(2 * DAY), 2 * DAY),
        (every(20 * DAY), MOST),
        (every(HOUR, 5), USUAL),
        ([NOW] * 20, USUAL),
        ([], USUAL),
    ],
    ids=["a war", "now and then", "rarely", "too few to know", "all at once", "none"],
)
def test_how_long_is_quiet_follows_from_the_rhythm(reports: list[datetime], expected: timedelta) -> None:
    assert quiet_after(reports) == expected


def region(*sources: str) -> list[Incident]:
    """Reports every six hours, the last one a day and an hour ago, by these sources in turn."""
    witnesses = [
        make_witness(
            n, source=make_source(publisher_id=sources[n % len(sources)]), published=NOW - DAY - HOUR - n * 6 * HOUR
        )
        for n in range(20)
    ]
    return [make_incident(*witnesses, last_seen=witnesses[0].published)]


def test_a_region_has_eased_when_those_who_told_of_it_tell_of_other_things() -> None:
    assert has_eased(region("echo", "times"), {"echo": NOW - HOUR, "times": NOW - HOUR}, NOW)
    assert not has_eased(region("echo", "times"), {"echo": NOW - HOUR, "times": NOW - HOUR}, NOW - 2 * HOUR)


@pytest.mark.parametrize(
    "newest",
    [{}, {"other": NOW}, {"echo": NOW - 2 * DAY, "times": NOW - 2 * DAY}, {"echo": NOW}],
    ids=["no feed is read", "they were removed", "they are silent", "most of them are"],
)
def test_it_never_has_while_its_sources_are_silent(newest: dict[str, datetime]) -> None:
    assert not has_eased(region("echo", "times", "herald"), newest, NOW)


def test_who_told_of_it_once_is_no_usual_source() -> None:
    [told] = region("echo", "times")
    once = [
        make_witness(100 + n, source=make_source(publisher_id=f"once {n}"), published=told.last_seen) for n in range(9)
    ]
    newest = {"echo": NOW - HOUR, "times": NOW - HOUR}
    assert has_eased([told, make_incident(*once, last_seen=told.last_seen)], newest, NOW)
    assert not has_eased([make_incident(*once, last_seen=told.last_seen)], newest, NOW + MOST)


def test_without_reports_nothing_eases() -> None:
    assert not has_eased([], {"echo": NOW}, NOW)
    assert not still_publish([], {"echo": NOW}, NOW)


def test_the_revision_says_why() -> None:
    incident = make_incident(make_witness(1), last_seen=NOW - minutes(5))
    after = eased(incident)
    assert (after.eased, after.cause, after.revision) == (True, Cause.EASE, 2)
    assert "still publish" in after.cause_text
