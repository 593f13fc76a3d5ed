"""Whom a name stands for, in whatever language it is written."""

import pytest

from classifiers.combatants import Kind
from classifiers.parties import named_ones, party, same_party


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("M23", Kind.GROUP, "M23"),
        ("les rebelles du M23", Kind.GROUP, "M23"),
        ("AFC/M23", Kind.GROUP, "M23"),
        ("the Congolese army", Kind.FORCES, "FARDC"),
        ("l'armée congolaise", Kind.FORCES, "FARDC"),
        ("RDC : l'armée", Kind.FORCES, "FARDC"),
        ("Sudan's army", Kind.FORCES, "Sudanese army"),
        ("rebels", Kind.GENERIC, ""),
        ("l'armée", Kind.ARMY, ""),
        ("Israel", Kind.STATE, "Israel"),
    ],
)
def test_a_name_stands_for_a_side(name: str, kind: Kind, short: str) -> None:
    who = party(name)
    assert who is not None
    assert (who.kind, who.name) == (kind, short)


@pytest.mark.parametrize("name", ["Rwanda's envoy", "an M23 spokesman", "Rebels and government", "M23 and FARDC", "UN"])
def test_what_is_not_one_side_as_a_whole_is_none(name: str) -> None:
    assert party(name) is None


def test_names_of_one_side_are_alike() -> None:
    assert same_party("armée congolaise", "FARDC")
    assert same_party("UN", "un")
    assert not same_party("FARDC", "Rwandan army")


def test_a_name_without_a_side_is_left_out_beside_one_that_says_which() -> None:
    assert named_ones(["M23", "Rebels"]) == ["M23"]
    assert named_ones(["soldats", "FARDC", "rebelles"]) == ["FARDC", "rebelles"]
    assert named_ones(["gunmen", "army"]) == ["gunmen", "army"]
