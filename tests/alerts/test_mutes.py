"""What a mute covers, and what it cannot silence."""

from datetime import timedelta

import pytest

from alerts.mutes import Mute, MuteScope, mute_of, silenced, silences_region
from alerts.types import Reason
from classifiers.taxonomy import Signal
from places.areas import area_of
from places.types import Area, AreaKind, Place
from tests.builders import NOW, make_incident
from tests.incidents.stories import CONGO, KHARTOUM, MASISI, NORTH_KIVU, WALIKALE

UNTIL = NOW + timedelta(hours=6)


def muted(place: Place) -> Mute:
    return mute_of(MuteScope.PLACE, make_incident(place=place), 1, UNTIL)


PLACES = [
    (WALIKALE, {"Walikale"}),
    (NORTH_KIVU, {"Walikale", "Masisi", "North Kivu"}),
    (CONGO, {"Walikale", "Masisi", "North Kivu", "DR Congo"}),
]


@pytest.mark.parametrize(("place", "names"), PLACES, ids=[place.name for place, _ in PLACES])
def test_a_town_covers_itself_and_an_area_all_that_lies_in_it(place: Place, names: set[str]) -> None:
    everywhere = (WALIKALE, MASISI, NORTH_KIVU, CONGO, KHARTOUM)
    assert {p.name for p in everywhere if muted(place).covers(make_incident(place=p))} == names


def test_a_kind_covers_the_incidents_it_names_and_an_incident_itself() -> None:
    clash = make_incident(id=3, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH, Signal.DISPLACEMENT))
    fleeing = make_incident(id=4, kind=Signal.DISPLACEMENT, signals=(Signal.DISPLACEMENT, Signal.ARMED_CLASH))
    assert [mute_of(MuteScope.KIND, clash, 1, UNTIL).covers(i) for i in (clash, fleeing)] == [True, False]
    assert [mute_of(MuteScope.INCIDENT, clash, 1, UNTIL).covers(i) for i in (clash, fleeing)] == [True, False]


@pytest.mark.parametrize("reason", [None, *Reason])
def test_only_what_was_wrong_is_said_in_spite_of_a_mute(reason: Reason | None) -> None:
    spoken = reason in (Reason.WITHDRAWN, Reason.CORRECTED)
    assert silenced([muted(WALIKALE)], make_incident(), reason, NOW) is not spoken


def test_a_mute_ends() -> None:
    assert silenced([muted(WALIKALE)], make_incident(), None, UNTIL - timedelta(seconds=1))
    assert not silenced([muted(WALIKALE)], make_incident(), None, UNTIL)
    assert not silenced([], make_incident(), None, NOW)


REGION = [
    (NORTH_KIVU, Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu"), True),
    (NORTH_KIVU, Area(AreaKind.COUNTRY, "DR Congo", "CD"), False),
    (CONGO, Area(AreaKind.COUNTRY, "RD Congo", "CD"), True),
    (WALIKALE, area_of(WALIKALE), False),
]


@pytest.mark.parametrize(("place", "area", "silent"), REGION)
def test_a_muted_region_s_level_rises_in_silence(place: Place, area: Area, silent: bool) -> None:
    assert silences_region([muted(place)], area, NOW) is silent
    assert not silences_region([muted(place)], area, UNTIL)
