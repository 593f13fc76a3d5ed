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
