"""The tables of kinds: complete, and asked the way the rest of the folder asks them."""

import pytest

from classifiers.taxonomy import Signal
from incidents.families import (
    DISTANCE,
    FAMILY,
    GRAVITY,
    LONGEST_WINDOW,
    WINDOW,
    Family,
    bears_out,
    distance,
    related,
    window,
)

CAPTURE, CLASH, FLIGHT = Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH, Signal.DISPLACEMENT
STRIKE, TALKS, EASING = Signal.REMOTE_VIOLENCE, Signal.CEASEFIRE_BROKEN, Signal.DEESCALATION


def test_every_signal_has_a_family_and_a_gravity_and_every_family_a_window() -> None:
    assert set(FAMILY) == set(Signal)
    assert sorted(GRAVITY) == sorted(Signal)
    assert set(WINDOW) == set(Family)
    assert all(frozenset({family}) in DISTANCE for family in Family)


@pytest.mark.parametrize(
    ("left", "right", "one_event"),
    [
        ((CAPTURE,), (CLASH,), True),
        ((FLIGHT,), (STRIKE,), True),
        ((TALKS,), (EASING,), True),
        ((Signal.UNREST,), (TALKS,), False),
        ((FLIGHT,), (EASING,), False),
        ((Signal.UNREST, CLASH), (TALKS,), True),
    ],
)
def test_only_kinds_that_go_together_can_be_one_event(
    left: tuple[Signal, ...], right: tuple[Signal, ...], one_event: bool
) -> None:
    assert (distance(left, right) is not None) is one_event
    assert distance(left, right) == distance(right, left)
    assert any(signal in related(left) for signal in right) is one_event


def test_the_closest_pair_counts() -> None:
    assert distance((CAPTURE,), (CLASH, TALKS)) == 0.0
    assert (distance((Signal.MOBILISATION,), (CLASH,)) or 0.0) > 0.0


def test_an_event_is_open_as_long_as_its_slowest_kind() -> None:
    assert window((CLASH, Signal.ACCESS_BLOCKED)) == WINDOW[Family.ACCESS] == LONGEST_WINDOW
    assert not window(())


@pytest.mark.parametrize(
    ("reported", "kind", "expected"),
    [
        ((CAPTURE,), CAPTURE, True),
        ((CLASH,), CAPTURE, False),
        ((STRIKE,), CLASH, True),
        ((CAPTURE,), CLASH, True),
        ((CLASH,), FLIGHT, False),
        ((EASING,), CLASH, False),
    ],
)
def test_who_reports_fighting_does_not_report_the_fall_of_the_town(
    reported: tuple[Signal, ...], kind: Signal, expected: bool
) -> None:
    assert bears_out(reported, kind) is expected
