"""The level of a region: its ladder, its explanation, and that it does not flap."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifiers.taxonomy import Signal
from incidents.activity import Event
from incidents.alarms import QUIET_DAYS
from incidents.level import LEARNED_DAYS, Level, Standing, assess, grounds, levels, scale_of
from incidents.standing import default_forests
from places.types import Area, AreaKind, Place, Precision
from tests.builders import make_place

TODAY = date(2025, 3, 20)
FIRST = date(2023, 1, 1)
EDGES = (0.01, 0.05)
TOWN = make_place()
OTHER = make_place(id="sup:CD/masisi", name="Masisi", admin2="Masisi", lat=-1.40, lon=28.81)
PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
CLASH, CAPTURE = Signal.ARMED_CLASH, Signal.TERRITORY_CAPTURED


def _event(days_ago: int, *signals: Signal, place: Place = TOWN) -> Event:
    return Event(TODAY - timedelta(days_ago), place, signals or (CLASH,))


def _standing(events: list[Event], first: date = FIRST, area: Area = PROVINCE) -> Standing:
    return assess(area, TOWN, events, TODAY, first, 1.0, default_forests())


@pytest.mark.parametrize(
    ("score", "share", "level"),
    [
        (0.0, 0.0, Level.CALM),
        (0.0, 0.01, Level.GUARDED),
        (0.0, 0.05, Level.ELEVATED),
        (1.0, 0.0, Level.ELEVATED),
        (1.0, 0.01, Level.ELEVATED),
        (1.0, 0.05, Level.HIGH),
        (2.0, 0.0, Level.HIGH),
        (2.0, 0.01, Level.HIGH),
        (2.0, 0.05, Level.SEVERE),
    ],
)
def test_the_ladder(score: float, share: float, level: Level) -> None:
    assert levels(np.array([score]), np.array([share]), 1.0, EDGES) == [level]


def test_a_level_rises_at_once_and_falls_after_quiet_days() -> None:
    scores = np.array([0.0, 2.5] + [0.0] * 8)
    found = levels(scores, np.zeros(10), 1.0, EDGES)
    assert found == [Level.CALM] + [Level.HIGH] * QUIET_DAYS + [Level.CALM] * 2


def test_a_level_falls_no_lower_than_what_the_quiet_days_reached() -> None:
    scores = np.array([2.5, 1.0] + [0.0] * 13)
    found = levels(scores, np.zeros(15), 1.0, EDGES)
    assert found[:8] == [Level.HIGH] * 7 + [Level.ELEVATED]
    assert found[-1] is Level.CALM


def test_a_score_that_hovers_at_its_bound_keeps_one_level() -> None:
    scores = np.where(np.arange(60) % 3 == 0, 1.01, 0.75)
    assert set(levels(scores, np.zeros(60), 1.0, EDGES)) == {Level.ELEVATED}


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 0.1)), min_size=1, max_size=150))
def test_no_level_flaps(days: list[tuple[float, float]]) -> None:
    scores, shares = (np.array(column) for column in zip(*days, strict=True))
    found = levels(scores, shares, 1.0, EDGES)
    changes = [day for day, (before, after) in enumerate(pairwise(found), 1) if after is not before]
    for day in changes:
        if found[day].rank < found[day - 1].rank:
            recent = [other for other in changes if day - QUIET_DAYS < other < day]
            assert not recent  # nothing had changed for a week before it was lowered


def test_fighting_in_a_quiet_province_raises_it_and_says_why() -> None:
    told = [_event(0, CAPTURE), _event(1, CAPTURE, CLASH, place=OTHER), _event(2, Signal.CEASEFIRE_BROKEN)]
    found = _standing([_event(400), _event(300), *told])
    assert found.level in (Level.HIGH, Level.SEVERE)
    assert found.rose
    assert found.grounds.week == 3
    assert found.grounds.usual == pytest.approx(7 / 365)
    assert found.grounds.taken == ("Walikale", "Masisi")
    assert CAPTURE in found.grounds.new
    assert Signal.CEASEFIRE_BROKEN in found.grounds.new
    assert found.points[-1].incidents == 3
    assert found.points[-1].day == TODAY


def test_the_same_noise_as_every_week_raises_nothing() -> None:
    noise = [_event(days) for days in range(700)]
    found = _standing(noise)
    assert not found.rose
    assert found.grounds.usual == pytest.approx(7.0)
    assert found.grounds.new == ()
    assert not found.grounds.thin


def test_nothing_rises_while_the_stream_is_being_learned() -> None:
    told = [_event(0, CAPTURE), _event(0, CAPTURE, place=OTHER)]
    young = _standing(told, first=TODAY - timedelta(LEARNED_DAYS - 1))
    assert (young.level, young.rose, young.learned) == (Level.CALM, (), False)
    assert _standing(told, first=TODAY - timedelta(LEARNED_DAYS)).rose


def test_an_empty_region_is_calm_and_thin() -> None:
    found = _standing([])
    assert found.level is Level.CALM
    assert found.grounds.thin
    assert len(found.points) == 365
    assert found.since == found.points[0].day


def test_a_country_has_its_own_bound() -> None:
    country = Area(AreaKind.COUNTRY, "DR Congo", "CD")
    vague = make_place(id="c:CD", precision=Precision.COUNTRY, admin1=None, admin2=None)
    found = _standing([_event(0, CAPTURE, place=vague), _event(0, CAPTURE, place=vague)], area=country)
    assert found.level.rank >= Level.ELEVATED.rank
    assert found.grounds.taken == ()  # a country is no town


def test_a_circle_has_a_level_of_its_own() -> None:
    narrow = Area(AreaKind.CIRCLE, "20 km around Walikale", "CD", lat=TOWN.lat, lon=TOWN.lon, radius_km=20.0)
    told = [_event(days, CAPTURE, CLASH, place=OTHER) for days in range(3)]
    wide = _standing(told, area=replace(narrow, radius_km=150.0))
    assert wide.rose
    assert wide.grounds.week == 3
    small = _standing(told, area=narrow)
    assert small.grounds.week == 0
    assert small.level.rank < wide.level.rank


def test_a_claim_raises_less_than_an_observed_event() -> None:
    score, claimed = (_standing([replace(_event(0, CLASH), weight=weight)]).points[-1].score for weight in (1.0, 0.5))
    assert score > claimed > 0


def test_what_is_new_had_not_been_there_for_three_months() -> None:
    told = [_event(0, CAPTURE, CLASH), _event(50, CLASH), _event(120, CAPTURE)]
    assert grounds(told, TODAY, FIRST).new == (CAPTURE,)


def test_a_dense_stream_is_scaled_to_the_chronicles() -> None:
    dense = [_event(days, CLASH, CAPTURE) for days in range(365) for _ in range(9)]
    assert scale_of(dense, TODAY, FIRST) == pytest.approx(0.2)
    assert scale_of([], TODAY, FIRST) == 1.0
    assert scale_of([_event(1)], TODAY, FIRST) == 1.0
