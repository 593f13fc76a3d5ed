"""Whom to tell, and why."""

from dataclasses import replace
from typing import Any

import pytest

from alerts.decide import decide, moved
from alerts.policy import (
    PLACE_FLOOR,
    RELEVANCE_FLOOR,
    RELEVANCE_FLOOR_AID_ATTACKED,
    RELEVANCE_FLOOR_ARMED_GROUP,
    RELEVANCE_FLOOR_AT_HOME,
    RELEVANCE_FLOOR_CAPTURED,
    RELEVANCE_FLOOR_CORROBORATED,
)
from alerts.severity import severity
from alerts.types import Reason, Severity
from classifiers.taxonomy import Facility, Signal, Status
from feeds.types import PublisherKind
from incidents.types import Certainty, Fusion, Incident
from places.types import Precision
from tests.builders import NOW, make_incident, make_place, make_source, make_witness
from tests.incidents.stories import CONGO, KHARTOUM, MASISI, MUBI, NORTH_KIVU, WALIKALE, hours

VILLAGE = make_place(population=800)
KNOWN = make_incident(make_witness(1), id=7, place=VILLAGE)


def new(**fields: Any) -> Fusion:
    relevance = fields.pop("relevance", 0.97)
    source = make_source(home=fields.pop("home", None), kind=fields.pop("outlet", PublisherKind.NATIONAL))
    actor = fields.pop("actor", None)
    witness = make_witness(1, relevance=relevance, retracted=fields.pop("retracted", False), source=source, actor=actor)
    return Fusion(make_incident(witness, **fields), None)


CLASH: dict[str, Any] = {"kind": Signal.ARMED_CLASH, "signals": (Signal.ARMED_CLASH,)}
ATTACKED: dict[str, Any] = {"kind": Signal.FACILITY_ATTACKED, "signals": (Signal.FACILITY_ATTACKED,)}
TOLD = {
    "fresh and sure": new(),
    "a claim": new(certainty=Certainty.POSSIBLE, status=Status.CLAIMED),
    "almost a day old": new(last_seen=NOW - hours(23.9)),
    "a fall at its floor": new(relevance=RELEVANCE_FLOOR_CAPTURED),
    "at the floor of relevance": new(relevance=RELEVANCE_FLOOR, **CLASH),
    "less relevant, but two say so": new(relevance=RELEVANCE_FLOOR_CORROBORATED, certainty=Certainty.OBSERVED, **CLASH),
    "less relevant, from a paper of the country": new(relevance=RELEVANCE_FLOOR_AT_HOME, home="CD", **CLASH),
    "less relevant, of an armed group by name": new(relevance=RELEVANCE_FLOOR_ARMED_GROUP, actor="M23 rebels", **CLASH),
    "an attack on a clinic, from an aid organisation": new(
        relevance=RELEVANCE_FLOOR_AID_ATTACKED, outlet=PublisherKind.NGO, **ATTACKED
    ),
    "at the floor for places": new(place_confidence=PLACE_FLOOR[Precision.PLACE]),
    "a province less sure": new(place=NORTH_KIVU, place_confidence=PLACE_FLOOR[Precision.ADMIN1]),
}
NOT_TOLD = {
    "more than a day old": new(last_seen=NOW - hours(24.1)),
    "a fall that is hardly relevant": new(relevance=RELEVANCE_FLOOR_CAPTURED - 0.01),
    "hardly relevant": new(relevance=RELEVANCE_FLOOR - 0.01, **CLASH),
    "less relevant, from a paper of another country": new(relevance=RELEVANCE_FLOOR_AT_HOME, home="UG", **CLASH),
    "less relevant, from a world desk at home": new(
        relevance=RELEVANCE_FLOOR_AT_HOME, home="CD", outlet=PublisherKind.INTERNATIONAL, **CLASH
    ),
    "an attack on a clinic, from a world desk": new(
        relevance=RELEVANCE_FLOOR_AID_ATTACKED, outlet=PublisherKind.INTERNATIONAL, **ATTACKED
    ),
    "a clash, from an aid organisation": new(relevance=RELEVANCE_FLOOR_AID_ATTACKED, outlet=PublisherKind.NGO, **CLASH),
    "less relevant, somewhere in the country": new(relevance=RELEVANCE_FLOOR_AT_HOME, home="CD", place=CONGO, **CLASH),
    "less relevant, of an army": new(relevance=RELEVANCE_FLOOR_ARMED_GROUP, actor="FARDC", **CLASH),
    "less relevant, of another country's armed group": new(relevance=RELEVANCE_FLOOR_ARMED_GROUP, actor="RSF", **CLASH),
    "hardly relevant, of an armed group": new(relevance=RELEVANCE_FLOOR_ARMED_GROUP - 0.01, actor="M23", **CLASH),
    "two say something hardly relevant": new(relevance=0.5, certainty=Certainty.OBSERVED, **CLASH),
    "the town is a guess": new(place_confidence=PLACE_FLOOR[Precision.PLACE] - 0.01),
    "taken back": new(certainty=Certainty.UNLIKELY),
    "only a retracted witness was relevant": new(retracted=True),
    "withdrawn": new(withdrawn=True),
}


@pytest.mark.parametrize("fusion", TOLD.values(), ids=TOLD)
def test_a_new_incident_is_told(fusion: Fusion) -> None:
    assert decide(fusion, None, NOW) == (Reason.NEW, severity(fusion.incident))


@pytest.mark.parametrize("fusion", NOT_TOLD.values(), ids=NOT_TOLD)
def test_what_is_stale_or_unsure_is_not_told(fusion: Fusion) -> None:
    assert decide(fusion, None, NOW) is None


def test_an_incident_that_nobody_was_told_of_is_new_when_a_better_report_joins() -> None:
    unsure = new(relevance=0.4).incident
    better = replace(unsure, revision=2, witnesses=(*unsure.witnesses, make_witness(2, relevance=0.99)))
    assert decide(Fusion(better, unsure), None, NOW) == (Reason.NEW, severity(better))


CHANGES: dict[str, tuple[dict[str, Any], Reason | None]] = {
    "nothing": ({}, None),
    "only the cause": ({"cause_text": "another"}, None),
    "only the confidence of the place": ({"place_confidence": 0.95}, None),
    "a further copy": ({"witnesses": (*KNOWN.witnesses, make_witness(2))}, Reason.UPDATED),
    "a toll": ({"killed": 3}, Reason.UPDATED),
    "a further claimant": ({"claimants": ("M23",)}, Reason.UPDATED),
    "a better known place": ({"place": replace(VILLAGE, uncertainty_km=2.0)}, Reason.UPDATED),
    "a second outlet": ({"certainty": Certainty.OBSERVED}, Reason.CORROBORATED),
    "a confirmation": (
        {"certainty": Certainty.OBSERVED, "status": Status.CONFIRMED, "confirmed_by": ("MSF",)},
        Reason.CONFIRMED,
    ),
    "a massacre": ({"signals": (*KNOWN.signals, Signal.CIVILIANS_ATTACKED), "killed": 60}, Reason.ESCALATED),
    "a massacre and a second outlet": (
        {"signals": (*KNOWN.signals, Signal.CIVILIANS_ATTACKED), "killed": 60, "certainty": Certainty.OBSERVED},
        Reason.ESCALATED,
    ),
    "a denial": ({"disputed": True, "disputed_by": ("the army",)}, Reason.DISPUTED),
    "a denial and a second outlet": ({"disputed": True, "certainty": Certainty.OBSERVED}, Reason.DISPUTED),
    "another place": ({"place": MASISI}, Reason.CORRECTED),
    "the source takes it back": ({"certainty": Certainty.UNLIKELY}, Reason.WITHDRAWN),
    "our error": ({"withdrawn": True, "place": MASISI, "disputed": True}, Reason.WITHDRAWN),
}


@pytest.mark.parametrize(("fields", "reason"), CHANGES.values(), ids=CHANGES)
def test_what_changed_gives_the_reason(fields: dict[str, Any], reason: Reason | None) -> None:
    incident = replace(KNOWN, revision=2, **fields)
    found = decide(Fusion(incident, KNOWN), severity(KNOWN), NOW)
    assert (found[0] if found else None) is reason
    assert found is None or found[1] is severity(incident)


def test_a_denial_rings_once() -> None:
    disputed = replace(KNOWN, disputed=True, disputed_by=("the army",))
    again = replace(disputed, revision=2, disputed_by=("the army", "the governor"))
    found = decide(Fusion(again, disputed), severity(disputed), NOW)
    assert found is not None
    assert found[0] is Reason.UPDATED


def test_a_town_that_was_fought_for_and_falls_rings_whatever_the_severity() -> None:
    fought = replace(KNOWN, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH, Signal.FACILITY_ATTACKED))
    fought = replace(fought, facility=Facility.HEALTH)
    fallen = replace(fought, revision=2, kind=Signal.TERRITORY_CAPTURED, signals=(Signal.TERRITORY_CAPTURED,))
    assert severity(fought) is severity(fallen) is Severity.SEVERE
    assert decide(Fusion(fallen, fought), Severity.SEVERE, NOW) == (Reason.ESCALATED, Severity.SEVERE)


def test_a_lower_severity_is_a_silent_update() -> None:
    lower = replace(KNOWN, revision=2, status=Status.WARNED)
    assert decide(Fusion(lower, KNOWN), severity(KNOWN), NOW) == (Reason.UPDATED, Severity.MODERATE)


def test_an_old_incident_is_still_corrected() -> None:
    old: Incident = replace(KNOWN, first_seen=NOW - hours(60), last_seen=NOW - hours(48))
    found = decide(Fusion(replace(old, revision=2, withdrawn=True), old), severity(old), NOW)
    assert found is not None
    assert found[0] is Reason.WITHDRAWN


@pytest.mark.parametrize(
    ("old", "later", "expected"),
    [
        (WALIKALE, WALIKALE, False),
        (NORTH_KIVU, WALIKALE, False),
        (CONGO, WALIKALE, False),
        (WALIKALE, MUBI, False),
        (WALIKALE, MASISI, True),
        (CONGO, KHARTOUM, True),
        (WALIKALE, KHARTOUM, True),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_finer_place_corrects_nothing_and_another_place_does(old: Any, later: Any, expected: bool) -> None:
    assert moved(old, later) is expected
