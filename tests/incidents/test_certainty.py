"""The ladder of certainty, rung by rung."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from classifiers.taxonomy import Signal, Status
from feeds.types import PublisherKind
from incidents.certainty import assess, basis, independent_witnesses
from incidents.types import Certainty, Witness
from incidents.words import plain_words
from tests.builders import NOW, make_source, make_witness, minutes


def source(key: str, **fields: Any) -> Any:
    return make_source(**{"publisher_id": key, "name": key.title(), "independence": f"publisher:{key}", **fields})


ECHO, TIMES, HERALD = source("echo"), source("times"), source("herald")
LAKES = source("lakes", independence="owner:kivu-media")
SISTER = source("sister", independence="owner:kivu-media")
WIRE_A = source("courier", independence="wire:afp", wire="AFP")
WIRE_B = source("gazette", independence="wire:afp", wire="AFP")
AFP = source("afp", independence="wire:afp")
STATE_TV = source("state-tv", kind=PublisherKind.PARTISAN, partisan_of="the army")


def said(by: Any, status: Status = Status.REPORTED, **fields: Any) -> dict[str, Any]:
    return {"source": by, "status": status, **fields}


def claimed(by: Any, claimant: str | None = "M23") -> dict[str, Any]:
    return said(by, Status.CLAIMED, claimant=claimant)


def witnesses(*rows: dict[str, Any]) -> list[Witness]:
    return [make_witness(n, published=NOW + minutes(n), **row) for n, row in enumerate(rows, 1)]


@dataclass(frozen=True)
class Rung:
    name: str
    said: list[dict[str, Any]]
    certainty: Certainty
    status: Status
    independent: int = 0
    disputed: bool = False
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


LADDER = [
    Rung("a claim", [claimed(ECHO)], Certainty.POSSIBLE, Status.CLAIMED, names={"claimants": ("M23",)}),
    Rung(
        "a claim that four repeat",
        [claimed(ECHO), claimed(TIMES), claimed(HERALD), claimed(WIRE_A)],
        Certainty.POSSIBLE,
        Status.CLAIMED,
        names={"claimants": ("M23",)},
    ),
    Rung(
        "the claims of both sides",
        [claimed(ECHO), claimed(TIMES, "the army")],
        Certainty.POSSIBLE,
        Status.CLAIMED,
        names={"claimants": ("M23", "the army")},
    ),
    Rung("a claim by nobody named", [claimed(ECHO, None)], Certainty.POSSIBLE, Status.CLAIMED),
    Rung(
        "a party's own outlet as fact",
        [said(STATE_TV)],
        Certainty.POSSIBLE,
        Status.CLAIMED,
        names={"claimants": ("the army",)},
    ),
    Rung(
        "a party's own outlet says it is confirmed",
        [said(STATE_TV, Status.CONFIRMED, confirmed_by="the ministry")],
        Certainty.POSSIBLE,
        Status.CLAIMED,
        names={"confirmed_by": ()},
    ),
    Rung("one outlet as fact", [said(ECHO)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("one outlet twice", [said(ECHO), said(ECHO)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("two outlets of one owner", [said(LAKES), said(SISTER)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("two copies of one wire", [said(WIRE_A), said(WIRE_B)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("a copy of a wire, and the agency itself", [said(WIRE_A), said(AFP)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("a claim and one outlet as fact", [claimed(ECHO), said(TIMES)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("one outlet as fact and a party's", [said(ECHO), said(STATE_TV)], Certainty.LIKELY, Status.REPORTED, 1),
    Rung("two independent outlets", [said(ECHO), said(TIMES)], Certainty.OBSERVED, Status.REPORTED, 2),
    Rung("an outlet and a wire copy", [said(ECHO), said(WIRE_A), said(WIRE_B)], Certainty.OBSERVED, Status.REPORTED, 2),
    Rung(
        "a confirmation by MSF",
        [claimed(ECHO), said(TIMES, Status.CONFIRMED, confirmed_by="MSF")],
        Certainty.OBSERVED,
        Status.CONFIRMED,
        1,
        names={"confirmed_by": ("MSF",)},
    ),
    Rung(
        "the losing side confirms",
        [claimed(ECHO), said(TIMES, Status.CONFIRMED, confirmed_by="Congolese army", actor="M23")],
        Certainty.OBSERVED,
        Status.CONFIRMED,
        1,
        names={"confirmed_by": ("Congolese army",)},
    ),
    Rung(
        "whoever took the town confirms it",
        [said(ECHO, Status.CONFIRMED, confirmed_by="AFC/M23", actor="M23")],
        Certainty.POSSIBLE,
        Status.CLAIMED,
        names={"confirmed_by": (), "claimants": ("AFC/M23",)},
    ),
    Rung("a warning", [said(ECHO, Status.WARNED)], Certainty.POSSIBLE, Status.WARNED),
    Rung("a warning and a claim", [said(ECHO, Status.WARNED), claimed(TIMES)], Certainty.POSSIBLE, Status.CLAIMED),
    Rung(
        "only a denial",
        [said(ECHO, Status.DENIED, disputed_by="the army")],
        Certainty.POSSIBLE,
        Status.DENIED,
        disputed=True,
        names={"disputed_by": ("the army",)},
    ),
    Rung(
        "a fact and a denial",
        [said(ECHO), said(TIMES, Status.DENIED, disputed_by="the army")],
        Certainty.LIKELY,
        Status.REPORTED,
        1,
        disputed=True,
    ),
    Rung(
        "two facts, one of them with a denial",
        [said(ECHO), said(TIMES, disputed_by="the army")],
        Certainty.OBSERVED,
        Status.REPORTED,
        2,
        disputed=True,
    ),
    Rung(
        "a denial by somebody unnamed",
        [said(ECHO, disputed_by="")],
        Certainty.LIKELY,
        Status.REPORTED,
        1,
        disputed=True,
        names={"disputed_by": ()},
    ),
    Rung("the only source takes it back", [said(ECHO, retracted=True)], Certainty.UNLIKELY, Status.REPORTED),
    Rung("one of two takes it back", [said(ECHO, retracted=True), said(TIMES)], Certainty.LIKELY, Status.REPORTED, 1),
]


@pytest.mark.parametrize("rung", LADDER, ids=lambda rung: rung.name)
def test_every_rung_of_the_ladder(rung: Rung) -> None:
    found = assess(witnesses(*rung.said), Signal.TERRITORY_CAPTURED)
    assert (found.certainty, found.status) == (rung.certainty, rung.status)
    assert found.independent == rung.independent
    assert found.disputed is rung.disputed
    for name, expected in rung.names.items():
        assert getattr(found, name) == expected


def test_reports_of_fighting_do_not_bear_out_a_claimed_capture() -> None:
    fighting = (Signal.ARMED_CLASH,)
    told = witnesses(claimed(ECHO), said(TIMES, signals=fighting), said(HERALD, signals=fighting))
    assert assess(told, Signal.TERRITORY_CAPTURED).certainty is Certainty.POSSIBLE
    assert assess(told, Signal.ARMED_CLASH).certainty is Certainty.OBSERVED


def test_the_same_words_in_another_outlet_are_a_copy() -> None:
    text = (
        "Rebels entered the town before noon, three shopkeepers said by telephone, and soldiers had left their posts "
        "on the hills in the night without a fight."
    )
    other = (
        "The mining centre changed hands on Wednesday; people hid in their homes, a priest told us, while columns of "
        "fighters marched along the main street towards the market."
    )
    same = witnesses(said(ECHO, words=plain_words(text)), said(TIMES, words=plain_words("Update. " + text)))
    own = witnesses(said(ECHO, words=plain_words(text)), said(TIMES, words=plain_words(other)))
    assert independent_witnesses(same) == 1
    assert [w.source.name for w in basis(same).copies] == ["Times"]
    assert independent_witnesses(own) == 2


def test_every_report_is_one_sort_of_basis() -> None:
    found = basis(
        witnesses(
            *(claimed(TIMES), said(LAKES), said(LAKES), said(SISTER), said(WIRE_A), said(WIRE_B), said(WIRE_B)),
            said(HERALD, Status.DENIED),
        )
    )
    sorts = {name: [w.article_id for w in getattr(found, name)] for name in found.__dataclass_fields__}
    assert sorts == {
        "claims": [1],
        "independent": [2, 5],
        "further": [3, 7],  # what an outlet adds to its own report is no copy of it
        "kin": [4],
        "copies": [6],
        "denials": [8],
    }
    assert [w.article_id for w in found.as_fact] == [2, 5, 3, 7, 4, 6]


def test_an_outlet_that_repeats_its_own_words_makes_no_copy() -> None:
    words = plain_words("Rebels entered the town before noon, three shopkeepers said by telephone on Wednesday")
    found = basis(witnesses(said(ECHO, words=words), said(ECHO, words=words), said(TIMES, words=words)))
    assert [len(found.independent), len(found.further), len(found.copies)] == [1, 1, 1]


def test_short_headlines_that_agree_are_no_copies() -> None:
    short = plain_words("M23 rebels take town in eastern Congo")
    assert independent_witnesses(witnesses(said(ECHO, words=short), said(TIMES, words=short))) == 2


def test_the_order_of_arrival_does_not_matter() -> None:
    told = witnesses(claimed(ECHO), said(WIRE_A), said(WIRE_B), said(TIMES))
    assert assess(told[::-1]) == assess(told)
