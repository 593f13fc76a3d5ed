"""Incidents are merged, split and relieved of reports as later reports show what they are."""

import itertools
import random

import pytest

from classifiers.taxonomy import Signal
from incidents.fuse import fuse
from incidents.types import Cause, Incident, Link, Relation, Report
from tests.incidents.stories import MUBI, PINGA, groups, report, told

STRIKE = (Signal.REMOTE_VIOLENCE,)

# Two reports that share too little to be taken for one event, and a third that tells what both tell.
CLINIC = report(
    1, "Shells hit clinic in Walikale", "Two nurses were hurt in the maternity ward.", labels=STRIKE, actor=None
)
SCHOOL = report(
    2,
    "Artillery fire damages school near Walikale airstrip",
    "Lessons were suspended.",
    labels=STRIKE,
    actor="army",
    after=20,
)
BOTH = report(
    3,
    "Artillery shells hit clinic and school near Walikale airstrip",
    "Two nurses were hurt in the maternity ward and lessons were suspended.",
    labels=STRIKE,
    after=21,
)


def test_a_report_that_tells_what_two_incidents_tell_makes_them_one() -> None:
    apart = told(CLINIC, SCHOOL)
    assert groups(apart) == {frozenset({1}), frozenset({2})}
    fusion = fuse(BOTH, apart, BOTH.article.published)
    assert fusion is not None
    assert fusion.previous in apart
    [gone] = fusion.others
    assert groups([fusion.incident]) == {frozenset({1, 2, 3})}
    assert gone.incident.merged_into == fusion.incident.id
    assert gone.incident.cause is Cause.MERGE
    assert gone.previous is not None
    assert gone.incident.revision == gone.previous.revision + 1
    assert gone.incident.witnesses == gone.previous.witnesses
    assert fusion.incident.linked(Relation.ABSORBED) == (gone.incident.id,)


@pytest.mark.parametrize(
    "order", list(itertools.permutations((CLINIC, SCHOOL, BOTH))), ids=lambda o: str([r.article.id for r in o])
)
def test_whatever_the_order_they_end_as_one(order: tuple[Report, ...]) -> None:
    assert groups(told(*order)) == {frozenset({1, 2, 3})}


def test_what_was_merged_takes_no_more_reports() -> None:
    [standing, *_] = told(CLINIC, SCHOOL, BOTH)
    gone = told(CLINIC)[0]
    later = report(4, "Shells hit clinic in Walikale, two nurses hurt", labels=STRIKE, after=3)
    pointing = Incident(
        **{f: getattr(gone, f) for f in gone.__slots__ if f != "links"}, links=(Link(Relation.MERGED_INTO, 9),)
    )
    fusion = fuse(later, [pointing], later.article.published)
    assert fusion is not None
    assert fusion.previous is None
    assert standing.merged_into is None


def attack(number: int, after: float, title: str, summary: str = "", **fields: object) -> Report:
    return report(number, title, summary, labels=(Signal.CIVILIANS_ATTACKED,), actor=None, after=after, **fields)  # type: ignore[arg-type]


TEMPLE = [
    attack(1, 0, "Gunman kills seven worshippers outside a temple in Walikale", killed=7),
    attack(2, 1, "Seven shot dead leaving temple in Walikale", "Worshippers were leaving evening prayers.", killed=7),
    attack(3, 2, "Temple shooting in Walikale leaves seven worshippers dead", killed=7),
]
MARKET = [
    attack(4, 13, "Boy of thirteen wounds two traders with a pistol in Walikale", injured=2),
    attack(5, 14, "Two traders wounded as thirteen-year-old opens fire in Walikale", injured=2),
    attack(6, 15, "Thirteen-year-old held after pistol attack on traders in Walikale", injured=2),
]


@pytest.mark.parametrize("seed", range(6))
def test_two_attacks_in_one_town_stay_two_whatever_the_order(seed: int) -> None:
    reports = [*TEMPLE, *MARKET]
    random.Random(seed).shuffle(reports)
    assert groups(told(*reports)) == {frozenset({1, 2, 3}), frozenset({4, 5, 6})}


def mixed() -> Incident:
    """One incident that wrongly holds both attacks."""
    [incident] = told(*TEMPLE)
    [other] = told(*MARKET[:2])
    fields = {f: getattr(incident, f) for f in incident.__slots__}
    witnesses = (*incident.witnesses, *other.witnesses)
    return Incident(**{**fields, "witnesses": witnesses, "last_seen": other.last_seen})


def test_an_incident_that_turns_out_to_be_two_is_split() -> None:
    known = mixed()
    fusion = fuse(MARKET[2], [known], MARKET[2].article.published)
    assert fusion is not None
    [parted] = fusion.others
    assert groups([fusion.incident]) == {frozenset({1, 2, 3})}
    assert groups([parted.incident]) == {frozenset({4, 5, 6})}
    assert (fusion.incident.id, fusion.incident.revision) == (known.id, known.revision + 1)
    assert (parted.incident.id, parted.incident.revision, parted.previous) == (0, 1, None)
    assert fusion.incident.cause is parted.incident.cause is Cause.SPLIT
    assert parted.incident.linked(Relation.SPLIT_FROM) == (known.id,)
    assert parted.incident.killed is None
    assert parted.incident.injured == 2


def test_a_report_moves_to_the_incident_that_it_is_more_like() -> None:
    """An early report of Mubi was taken for the story of Walikale next to it, until more was told of Mubi."""
    stray = report(
        7, "Drone burns fuel depot at Mubi airstrip", "Flames were seen for hours.", place=MUBI, labels=STRIKE
    )
    walikale = told(*TEMPLE)[0]
    fields = {f: getattr(walikale, f) for f in walikale.__slots__}
    holding = Incident(**{**fields, "witnesses": (*walikale.witnesses, *told(stray)[0].witnesses)})
    later = report(
        8,
        "Fuel depot at Mubi airstrip burns after drone attack",
        "Flames were seen for hours.",
        place=MUBI,
        labels=STRIKE,
        after=2,
    )
    fusion = fuse(later, [holding], later.article.published)
    assert fusion is not None
    found = [fusion.incident, *(change.incident for change in fusion.others)]
    assert frozenset({7, 8}) in groups(found)


def test_incidents_of_two_towns_are_not_one_though_a_report_names_both() -> None:
    one, other = told(
        report(1, "Rebels loot pharmacy in Mubi", place=MUBI),
        report(2, "Bridge blown up at Pinga", place=PINGA, labels=STRIKE, after=1),
    )
    both = report(
        3, "Pharmacy in Mubi looted, bridge at Pinga blown up", place=MUBI, others=[("Pinga", PINGA)], after=2
    )
    assert len(told(both, known=[one, other])) == 2
