"""An incident is a function of its witnesses."""

from typing import Any

import pytest

from classifiers.taxonomy import Facility, Signal, Status
from incidents.compose import compose
from incidents.types import Cause, Incident, Witness
from places.types import Place, Precision
from tests.builders import NOW, make_place, make_source, make_witness, minutes

PROVINCE = make_place(
    id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None, uncertainty_km=150.0
)
TOWN = make_place()


def source(name: str) -> Any:
    return make_source(publisher_id=name, name=name, independence=f"publisher:{name}")


def witness(number: int, **fields: Any) -> Witness:
    defaults = {"source": source(f"outlet {number}"), "place": TOWN, "place_confidence": 0.8}
    return make_witness(number, **{**defaults, "published": NOW + minutes(number), **fields})


def composed(*witnesses: Witness, previous: Incident | None = None) -> Incident:
    return compose(witnesses, previous, Cause.FIRST_REPORT, "First report: outlet 1")


def test_a_first_report_makes_revision_one_and_the_next_revision_two() -> None:
    first = composed(witness(1))
    assert (first.id, first.revision) == (0, 1)
    second = composed(witness(1), witness(2), previous=first)
    assert second.revision == 2
    assert (second.first_seen, second.last_seen) == (NOW + minutes(1), NOW + minutes(2))


def test_without_any_place_there_is_no_incident() -> None:
    with pytest.raises(ValueError, match="needs a place"):
        composed(witness(1, place=None))


@pytest.mark.parametrize("order", [1, -1])
def test_a_finer_place_refines_the_incident_whatever_comes_first(order: int) -> None:
    told = [witness(1, place=PROVINCE, place_confidence=0.9), witness(2, place=TOWN, place_confidence=0.6)]
    place: Place = composed(*told[::order]).place
    assert place == TOWN


def test_of_two_towns_the_better_supported_one_counts() -> None:
    other = make_place(id="sup:CD/mubi", name="Mubi", lat=-1.3)
    told = [witness(1, place=other, place_confidence=0.7), witness(2), witness(3)]
    incident = composed(*told)
    assert incident.place == TOWN
    assert incident.place_confidence == 0.8


def test_the_gravest_first_signal_names_it_and_the_others_are_kept() -> None:
    told = [
        witness(1, signals=(Signal.ARMED_CLASH, Signal.DISPLACEMENT)),
        witness(2, signals=(Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT)),
    ]
    incident = composed(*told)
    assert incident.signals == (Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT, Signal.ARMED_CLASH)


def test_a_single_odd_reading_among_many_does_not_name_it_but_the_fall_of_a_town_does() -> None:
    many = [witness(n, signals=(Signal.ARMED_CLASH,)) for n in range(1, 10)]
    odd = composed(*many, witness(10, signals=(Signal.CIVILIANS_ATTACKED,)))
    assert odd.signals == (Signal.ARMED_CLASH,)
    fallen = composed(*many, witness(10, signals=(Signal.TERRITORY_CAPTURED,)))
    assert fallen.kind is Signal.TERRITORY_CAPTURED


def test_figures_are_the_lowest_of_what_each_source_said_last() -> None:
    told = [
        witness(1, killed=2),
        witness(2, killed=14, injured=30),
        witness(3, killed=12, missing=4, source=source("outlet 1")),
        witness(4, killed=900, status=Status.WARNED),
    ]
    incident = composed(*told)
    assert (incident.killed, incident.injured, incident.displaced, incident.missing) == (12, 30, None, 4)


def test_a_toll_of_yesterday_has_been_overtaken() -> None:
    told = [witness(1, killed=2), witness(2, killed=12, published=NOW + minutes(60 * 20))]
    assert composed(*told).killed == 12


def test_a_facility_is_told_only_of_attacked_facilities() -> None:
    attacked = (Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED)
    assert composed(witness(1, signals=attacked, facility=Facility.HEALTH)).facility is Facility.HEALTH
    assert composed(witness(1, facility=Facility.HEALTH)).facility is None


def test_the_actor_most_often_named_comes_first() -> None:
    told = [witness(1, actor="Wazalendo"), witness(2, actor="M23"), witness(3, actor="M23"), witness(4)]
    assert composed(*told).actors == ("M23", "Wazalendo")


def test_a_name_that_any_side_may_bear_is_left_out_beside_a_sides_own() -> None:
    told = [witness(1, actor="Rebels"), witness(2, actor="M23"), witness(3, actor="M23"), witness(4, actor="Rebels")]
    assert composed(*told).actors == ("M23",)


def test_who_only_few_name_or_who_denies_is_not_told_as_the_actor() -> None:
    told = [witness(n, actor="M23") for n in range(1, 4)] + [witness(4, actor="gunmen")]
    assert composed(*told).actors == ("M23",)
    denied = [witness(1, actor="M23"), witness(2, actor="FARDC", status=Status.DENIED)]
    assert composed(*denied).actors == ("M23",)


def test_what_was_taken_back_counts_no_more() -> None:
    told = [witness(1, killed=50, retracted=True), witness(2, killed=5)]
    assert composed(*told).killed == 5


def test_who_says_in_the_town_is_believed_before_who_says_near_it() -> None:
    near = make_witness(1, place=make_place(near=True), place_confidence=0.95)
    inside = make_witness(2, place=make_place(), place_confidence=0.9)
    for told in ((near, inside), (inside, near)):
        assert not compose(told, None, Cause.FIRST_REPORT, "").place.near
