"""What is counted of a region, and where."""

from datetime import date, timedelta

import numpy as np
import pytest

from classifiers.taxonomy import Signal
from incidents.activity import COLUMN, Event, by_country, event_of, series
from incidents.types import Certainty
from places.types import Area, AreaKind, Precision
from tests.builders import NOW, make_incident, make_place

DAY = date(2025, 3, 1)
TOWN = make_place()
NEARBY = make_place(id="sup:CD/lubutu", name="Lubutu", admin1="Maniema", admin2=None, lat=-0.75, lon=26.58)
FAR = make_place(id="sup:CD/kinshasa", name="Kinshasa", admin1="Kinshasa", admin2=None, lat=-4.32, lon=15.31)
SOMEWHERE = make_place(id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None)
PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
COUNTRY = Area(AreaKind.COUNTRY, "DR Congo", "CD")
CLASH = COLUMN[Signal.ARMED_CLASH]


def _clash(place: object, day: date = DAY, weight: float = 1.0) -> Event:
    return Event(day, place, (Signal.ARMED_CLASH,), weight)  # type: ignore[arg-type]


def test_a_province_counts_its_own_what_is_near_and_the_rest_of_the_country() -> None:
    found = series(PROVINCE, TOWN, [_clash(TOWN), _clash(NEARBY), _clash(FAR), _clash(SOMEWHERE)], DAY, 1)
    assert found.own[0, CLASH] == 1
    assert found.rest[0, CLASH] == 3
    assert 0.2 < found.near[0, CLASH] < 0.6  # one town, 180 km away


def test_a_country_counts_everything_in_it_and_nothing_around() -> None:
    found = series(COUNTRY, None, [_clash(TOWN), _clash(SOMEWHERE)], DAY, 1)
    assert found.own[0, CLASH] == 2
    assert not found.near.any()
    assert not found.rest.any()


def test_a_circle_counts_the_towns_within_it() -> None:
    circle = Area(AreaKind.CIRCLE, "100 km around Walikale", "CD", lat=TOWN.lat, lon=TOWN.lon, radius_km=100.0)
    found = series(circle, None, [_clash(TOWN), _clash(NEARBY)], DAY, 1)
    assert found.own[0, CLASH] == 1
    assert found.near[0, CLASH] > 0


def test_days_outside_are_left_out_and_weights_add_up() -> None:
    told = [_clash(TOWN, DAY + timedelta(days)) for days in (-1, 0, 2)] + [_clash(TOWN, weight=0.5)]
    found = series(PROVINCE, TOWN, told, DAY, 2)
    np.testing.assert_array_equal(found.own[:, CLASH], [1.5, 0])


@pytest.mark.parametrize(
    ("certainty", "weight"),
    [(Certainty.OBSERVED, 1.0), (Certainty.LIKELY, 1.0), (Certainty.POSSIBLE, 0.5)],
)
def test_a_claim_counts_half(certainty: Certainty, weight: float) -> None:
    event = event_of(make_incident(certainty=certainty))
    assert event is not None
    assert (event.weight, event.day) == (weight, NOW.date())


@pytest.mark.parametrize(
    "fields",
    [{"withdrawn": True}, {"certainty": Certainty.UNLIKELY}, {"place_confidence": 0.3}],
    ids=["withdrawn", "taken back", "place unsure"],
)
def test_what_does_not_stand_does_not_count(fields: dict[str, object]) -> None:
    assert event_of(make_incident(**fields)) is None


def test_events_are_kept_by_country() -> None:
    abroad = make_place(id="gn:1", country="RW", admin1="West")
    assert {code: len(of) for code, of in by_country([_clash(TOWN), _clash(FAR), _clash(abroad)]).items()} == {
        "CD": 2,
        "RW": 1,
    }
