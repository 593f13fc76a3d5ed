"""Who says to hold a town that others are reported to have taken denies its fall."""

from typing import Any

import pytest

from classifiers.taxonomy import Signal, Status
from incidents.certainty import assess, basis
from incidents.holding import as_denial
from incidents.types import Cause, Certainty, Witness
from tests.builders import NOW, make_place, make_source, make_witness, minutes
from tests.incidents.stories import report, told

TOWN = make_place()


def witness(number: int, title: str, actor: str | None = "M23", **fields: Any) -> Witness:
    source = make_source(publisher_id=f"p{number}", name=f"P{number}", independence=f"publisher:p{number}")
    published = NOW + minutes(number)
    return make_witness(number, title=title, actor=actor, place=TOWN, source=source, published=published, **fields)


def claim(title: str, actor: str | None, claimant: str = "the presidency", **fields: Any) -> Witness:
    return witness(2, title, actor, status=Status.CLAIMED, claimant=claimant, **fields)


FALL = witness(1, "Rebels enter Walikale")


@pytest.mark.parametrize(
    ("title", "actor"),
    [
        ("Walikale is under the control of the army, presidency says", "Congolese army"),
        ("Government: army still holds Walikale", "army"),
        ("Walikale sous contrôle des FARDC, assure le ministre", "FARDC"),
        ("L'armée tient toujours Walikale, dit le gouvernement", "armée"),
        ("Walikale bajo control del ejército, dice el gobierno", "ejército"),
        ("Walikale sob controlo do exército, diz o governo", "exército"),
        ("Walikale iko chini ya udhibiti wa jeshi, yasema serikali", "jeshi"),
        ("Walikale under government control, says minister", None),
    ],
)
def test_the_army_that_says_it_holds_a_fallen_town_denies_its_fall(title: str, actor: str | None) -> None:
    denial = as_denial(claim(title, actor), [FALL])
    assert (denial.status, denial.disputed_by) == (Status.DENIED, "the presidency")


HELD = "Walikale under the control of the army"


@pytest.mark.parametrize(
    ("second", "earlier"),
    [
        (claim(HELD, "FARDC"), []),  # nobody took it
        (claim(HELD, "FARDC"), [witness(3, "Rebels enter Walikale")]),  # nobody had yet
        (claim(HELD, "FARDC"), [witness(1, "Soldiers take Walikale", "FARDC")]),
        (claim("Walikale under the control of the M23", "M23"), [witness(1, "Rwandan troops in Walikale", "Rwanda")]),
        (claim("Army says it has taken Walikale", "FARDC"), [FALL]),  # a deed of its own
        (claim("Army retakes control of Walikale", "FARDC", concepts=("retake",)), [FALL]),
        (claim("Walikale falls under the control of the army", "FARDC"), [FALL]),
        (claim(HELD, "FARDC", signals=(Signal.ARMED_CLASH,)), [FALL]),
        (claim(HELD, "Rwanda"), [FALL]),  # another country's
        (witness(2, HELD, "FARDC"), [FALL]),  # an outlet reports it as fact
    ],
)
def test_nothing_else_is_a_denial(second: Witness, earlier: list[Witness]) -> None:
    assert as_denial(second, earlier) is second


def test_such_a_word_disputes_and_is_no_further_claim() -> None:
    witnesses = [FALL, claim(HELD, "FARDC")]
    found = assess(witnesses, Signal.TERRITORY_CAPTURED)
    assert (found.disputed, found.disputed_by) == (True, ("the presidency",))
    assert (found.certainty, found.claimants) == (Certainty.LIKELY, ())
    assert [w.article_id for w in basis(witnesses).denials] == [2]


def test_people_are_told_that_it_is_disputed() -> None:
    fall = report(1, "M23 rebels capture Walikale")
    second = report(
        2, "Walikale under the control of the army, says presidency", after=5, actor="FARDC", status=Status.CLAIMED
    )
    [incident] = told(fall, second)
    assert incident.disputed
    assert incident.cause is Cause.DENIAL
    assert incident.kind is Signal.TERRITORY_CAPTURED
