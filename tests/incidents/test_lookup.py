"""Whatever two accounts may agree on by place, the one is found under what the other is filed under."""

import itertools

import pytest

from incidents.lookup import filed_under, sought_under
from incidents.similarity import place_likeness
from places.types import Place
from tests.builders import make_incident, make_place, make_witness
from tests.incidents.stories import CONGO, KHARTOUM, MASISI, MUBI, NORTH_KIVU, PINGA, WALIKALE

TERRITORY = make_place(id="a2:CD/Walikale", name="Walikale", precision="admin2", uncertainty_km=80.0)
NORTH = make_place(id="gn:9", name="North", country="NO", admin1="Finnmark", admin2=None, lat=70.01, lon=25.0)
NEXT_TO_IT = make_place(id="gn:8", name="Next", country="NO", admin1="Finnmark", admin2=None, lat=69.9, lon=25.9)
DATE_LINE = make_place(id="gn:7", name="East", country="FJ", admin1=None, admin2=None, lat=-16.8, lon=179.9)
PLACES = [WALIKALE, MUBI, PINGA, MASISI, NORTH_KIVU, TERRITORY, CONGO, KHARTOUM, NORTH, NEXT_TO_IT, DATE_LINE]


@pytest.mark.parametrize(("one", "other"), list(itertools.product(PLACES, PLACES)), ids=lambda place: place.id)
def test_places_that_agree_are_found(one: Place, other: Place) -> None:
    report, witness = make_witness(1, place=one), make_witness(2, place=other)
    if place_likeness(report, witness) > 0:
        assert sought_under(report) & filed_under(make_incident(witness, place=other))


def test_towns_far_apart_are_not_found_unless_a_text_names_both() -> None:
    report, witness = make_witness(1, place=KHARTOUM), make_witness(2, place=WALIKALE)
    filed = filed_under(make_incident(witness, place=WALIKALE))
    assert not sought_under(report) & filed
    named = make_witness(1, place=KHARTOUM, named=(CONGO.id, WALIKALE.id))
    assert sought_under(named) & filed


def test_naming_the_same_state_is_not_enough() -> None:
    report = make_witness(1, place=KHARTOUM, named=("c:US",))
    witness = make_witness(2, place=WALIKALE, named=("c:US",))
    assert not sought_under(report) & filed_under(make_incident(witness, place=WALIKALE))
