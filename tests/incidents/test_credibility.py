"""The digit of the Admiralty code."""

from dataclasses import replace
from typing import Any

import pytest

from classifiers.taxonomy import Status
from incidents.credibility import credibility, credibility_of
from incidents.types import Certainty
from tests.builders import make_incident, make_witness

CLAIM = {"certainty": Certainty.POSSIBLE, "status": Status.CLAIMED, "claimants": ("M23",)}
DIGITS: list[tuple[dict[str, Any], int]] = [
    ({"certainty": Certainty.OBSERVED}, 1),
    ({"certainty": Certainty.OBSERVED, "disputed": True}, 1),
    ({"certainty": Certainty.LIKELY}, 2),
    ({"certainty": Certainty.LIKELY, "disputed": True}, 3),
    (CLAIM, 3),
    ({**CLAIM, "disputed": True}, 4),
    ({"certainty": Certainty.UNLIKELY}, 5),
    ({"certainty": Certainty.OBSERVED, "withdrawn": True}, 5),
    ({**CLAIM, "claimants": ()}, 6),
    ({**CLAIM, "status": Status.WARNED}, 6),
]


@pytest.mark.parametrize(("fields", "digit"), DIGITS)
def test_the_digit_speaks_of_what_is_said(fields: dict[str, Any], digit: int) -> None:
    assert credibility(make_incident(**fields)) == digit


def test_what_a_source_took_back_is_improbable_whatever_others_say() -> None:
    incident = make_incident(certainty=Certainty.OBSERVED)
    witness = make_witness(1)
    assert credibility_of(witness, incident) == 1
    assert credibility_of(replace(witness, retracted=True), incident) == 5


SAID: list[tuple[dict[str, Any], dict[str, Any], int]] = [
    ({"status": Status.REPORTED}, {"certainty": Certainty.OBSERVED}, 1),
    ({"status": Status.DENIED, "disputed_by": "the army"}, {"certainty": Certainty.OBSERVED}, 4),
    ({"status": Status.DENIED, "disputed_by": "the army"}, {"certainty": Certainty.LIKELY}, 3),
    ({"status": Status.DENIED, "disputed_by": ""}, {"certainty": Certainty.LIKELY}, 6),
    ({"status": Status.CLAIMED, "claimant": "M23"}, {"certainty": Certainty.OBSERVED}, 3),
    ({"status": Status.CLAIMED, "claimant": "M23"}, {"certainty": Certainty.OBSERVED, "disputed": True}, 4),
    ({"status": Status.CLAIMED}, {"certainty": Certainty.OBSERVED}, 6),
    ({"status": Status.CLAIMED, "claimant": "M23"}, {"withdrawn": True}, 5),
    ({"status": Status.WARNED}, {"certainty": Certainty.OBSERVED}, 6),
]


@pytest.mark.parametrize(("said", "fields", "digit"), SAID)
def test_the_digit_beside_a_report_is_that_of_what_it_says(
    said: dict[str, Any], fields: dict[str, Any], digit: int
) -> None:
    assert credibility_of(make_witness(1, **said), make_incident(**fields)) == digit
