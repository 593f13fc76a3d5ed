"""One event, one incident; another event, another incident."""

import itertools
from dataclasses import replace

import pytest

from classifiers.taxonomy import Signal, Status
from incidents.fuse import fuse, takes_back
from incidents.types import Cause, Certainty, Report
from tests.builders import NOW
from tests.incidents.stories import (
    CLASH,
    CONGO,
    KHARTOUM,
    MASISI,
    MUBI,
    NORTH_KIVU,
    PINGA,
    WALIKALE,
    hours,
    outlet,
    report,
    told,
)

FIRST = report(
    1, "M23 rebels march into Walikale", "Residents of the mining centre in North Kivu hid in their homes on Wednesday."
)

SAME_EVENT = {
    "another outlet": report(
        2, "Walikale falls to M23 fighters", "The group took the mining centre, residents said.", after=2
    ),
    "a synonym for everything": report(
        2, "Congo insurgents seize strategic Walikale", "Soldiers abandoned the mineral hub.", after=3, actor="M23"
    ),
    "another language": report(
        2,
        "RDC : les rebelles du M23 s'emparent de Walikale",
        "Les habitants du centre minier se terrent chez eux.",
        after=3,
        language="fr",
    ),
    "a third language": report(
        2, "Waasi wa M23 wauteka mji wa Walikale", "Wakazi walijificha majumbani.", after=4, language="sw"
    ),
    "another spelling of the place": report(
        2, "M23 takes Walikalé mining town", "Residents hid at home.", named="Walikalé", after=1
    ),
    "the province only": report(
        2,
        "M23 rebels march into mining centre in North Kivu",
        "Residents hid in their homes on Wednesday.",
        place=NORTH_KIVU,
        after=1,
    ),
    "people who flee from it": report(
        2, "Thousands flee Walikale as rebels march in", "Families left the mining centre on foot.",
        labels=(Signal.DISPLACEMENT, Signal.TERRITORY_CAPTURED), after=5,
    ),
    "a reaction that names it": report(
        2, "UN chief condemns the capture of Walikale", "He called on the rebels to leave the mining centre.", after=9,
        actor=None,
    ),
    "a denial": report(
        2,
        "Army denies loss of Walikale to M23 rebels",
        "A spokesman said soldiers still hold the mining centre.",
        after=6,
        status=Status.DENIED,
        disputed=True,
        disputed_by="the army",
    ),
}  # fmt: skip

ANOTHER_EVENT = {
    "the next town down the road": report(
        2, "M23 rebels march into Pinga", "Residents of the trading centre in North Kivu hid.", place=PINGA, after=5
    ),
    "the same town four days later": report(
        2, "Bomb wounds three at a market in Walikale", "The device went off at noon.", after=96,
        labels=(Signal.REMOTE_VIOLENCE,), actor=None,
    ),
    "another country": report(
        2, "Paramilitaries march into Khartoum suburb", "Residents hid.", place=KHARTOUM, actor="RSF", after=1
    ),
    "another kind": report(
        2, "Walikale: M23 announces a withdrawal", "The talks go on.", labels=(Signal.DEESCALATION,), after=60
    ),
    "a vague word about the country": report(
        2, "Fighting goes on in DR Congo", "Analysts see no end.", place=CONGO, labels=CLASH, actor=None, after=8
    ),
}  # fmt: skip


@pytest.mark.parametrize("second", SAME_EVENT.values(), ids=SAME_EVENT)
def test_reports_of_one_event_become_one_incident(second: Report) -> None:
    (incident,) = told(FIRST, second)
    assert [w.article_id for w in incident.witnesses] == [1, 2]
    assert incident.revision == 2
    assert incident.place == WALIKALE


@pytest.mark.parametrize("second", SAME_EVENT.values(), ids=SAME_EVENT)
def test_so_they_do_in_the_other_order(second: Report) -> None:
    assert len(told(second, FIRST)) == 1


@pytest.mark.parametrize("second", ANOTHER_EVENT.values(), ids=ANOTHER_EVENT)
def test_reports_of_two_events_stay_apart(second: Report) -> None:
    assert [len(i.witnesses) for i in told(FIRST, second)] == [1, 1]


def test_a_later_toll_joins_and_another_toll_in_the_same_town_does_not() -> None:
    strike = (Signal.REMOTE_VIOLENCE,)
    first = report(1, "Shell kills 12 at Walikale market", labels=strike, killed=12, actor=None)
    later = report(
        2, "Death toll in Walikale market shelling rises to 15", labels=strike, killed=15, actor=None, after=9
    )
    other = report(3, "Drone kills 2 soldiers near Walikale", labels=strike, killed=2, actor="M23", after=26)
    assert [[w.article_id for w in i.witnesses] for i in told(first, later, other)] == [[1, 2], [3]]


def test_the_same_town_again_is_another_incident() -> None:
    strike = (Signal.REMOTE_VIOLENCE,)
    first = report(1, "Drone strike hits Walikale", "Two houses burned.", labels=strike, actor="the army")
    again = report(
        2, "Walikale hit again", "A second drone strike in two days.", labels=strike, actor="the army", after=30
    )
    assert len(told(first, again)) == 2


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
def test_the_order_of_arrival_does_not_matter(order: tuple[int, ...]) -> None:
    reports = [
        FIRST,
        SAME_EVENT["another outlet"],
        replace(SAME_EVENT["another language"], article=replace(SAME_EVENT["another language"].article, id=3)),
        report(4, "Clashes near Masisi", "Militia and rebels fought for hours.", place=MASISI, labels=CLASH, after=1),
    ]
    groups = {frozenset(w.article_id for w in i.witnesses) for i in told(*(reports[n] for n in order))}
    assert groups == {frozenset({1, 2, 3}), frozenset({4})}


def test_the_better_candidate_wins() -> None:
    near = report(2, "M23 fighters attack Mubi", "Shots were heard at the airstrip.", place=MUBI, labels=CLASH, after=1)
    third = report(3, "Fighting at Mubi airstrip", "Shots were heard for an hour.", place=MUBI, labels=CLASH, after=2)
    groups = [[w.article_id for w in i.witnesses] for i in told(FIRST, near, third)]
    assert [2, 3] in groups


NO_NEWS = {
    "not relevant": report(9, "Walikale win the cup", labels=()),
    "without a place": report(9, "Rebels advance", place=None),
    "background": report(9, "Talks on minerals", "Walikale fell in March.", background=((18, 41),)),
}


@pytest.mark.parametrize("nothing", NO_NEWS.values(), ids=NO_NEWS)
def test_what_tells_of_no_located_event_makes_no_incident(nothing: Report) -> None:
    assert fuse(nothing, told(FIRST), NOW) is None


CAUSES = [
    (report(2, "Walikale falls to M23", after=1), Cause.INDEPENDENT_REPORT, "Second independent outlet: outlet 2"),
    (
        report(2, "Walikale in rebel hands", after=1, by="outlet 1"),
        Cause.DEPENDENT_REPORT,
        "Further report by outlet 1: no further witness",
    ),
    (
        report(
            2,
            "Walikale falls",
            after=1,
            article={"source": outlet("L'Avenir", independence="publisher:outlet 1", wire="AFP")},
        ),
        Cause.DEPENDENT_REPORT,
        "AFP copy in L'Avenir: no further witness",
    ),
    (
        report(
            2,
            "Walikale falls",
            after=1,
            article={"source": outlet("Sister", independence="publisher:outlet 1")},
        ),
        Cause.DEPENDENT_REPORT,
        "Report by Sister, of an owner already counted: no further witness",
    ),
    (
        report(2, "M23 says it holds Walikale", after=1, status=Status.CLAIMED, claimant="M23"),
        Cause.CLAIM_REPEATED,
        "Claim of M23 in outlet 2",
    ),
    (
        report(2, "UN confirms fall of Walikale", after=1, status=Status.CONFIRMED, confirmed_by="UN"),
        Cause.CONFIRMATION,
        "UN confirms (outlet 2)",
    ),
    (
        report(2, "Army denies loss of Walikale", after=1, disputed=True, disputed_by="Army", status=Status.DENIED),
        Cause.DENIAL,
        "Army denies (outlet 2)",
    ),
    (
        report(2, "Walikale may fall, UN warns", after=1, status=Status.WARNED),
        Cause.CLAIM_REPEATED,
        "Warning in outlet 2",
    ),
]


@pytest.mark.parametrize(("second", "cause", "text"), CAUSES, ids=[text for *_, text in CAUSES])
def test_every_revision_says_its_cause(second: Report, cause: Cause, text: str) -> None:
    (incident,) = told(FIRST, second)
    assert (incident.cause, incident.cause_text) == (cause, text)


def edited(**changes: object) -> Report:
    reading = {k: v for k, v in changes.items() if hasattr(FIRST.reading, k)}
    article = {k: v for k, v in changes.items() if k not in reading}
    return Report(
        replace(FIRST.article, version=2, **article),  # type: ignore[arg-type]
        replace(FIRST.reading, **reading),  # type: ignore[arg-type]
        FIRST.located,
    )


def test_an_edited_article_replaces_its_witness() -> None:
    (known,) = told(FIRST)
    fusion = fuse(edited(killed=7), [known], NOW + hours(1))
    assert fusion is not None
    assert fusion.previous == known
    assert (fusion.incident.cause, fusion.incident.revision) == (Cause.REVISED_REPORT, 2)
    assert fusion.incident.cause_text == "outlet 1 changed its report"
    assert [w.killed for w in fusion.incident.witnesses] == [7]


@pytest.mark.parametrize(
    "edit",
    [edited(summary="Nothing that counts."), edited(labels=(), title="Rebels in town")],
    ids=["a word", "no longer understood"],
)
def test_an_edit_that_changes_nothing_leaves_the_incident_as_it_was(edit: Report) -> None:
    (known,) = told(FIRST)
    fusion = fuse(edit, [known], NOW + hours(1))
    assert fusion is not None
    assert fusion.incident == fusion.previous == known


def test_a_source_that_takes_its_report_back_makes_it_unlikely() -> None:
    (known,) = told(FIRST)
    fusion = fuse(edited(title="RETRACTED: M23 rebels march into Walikale"), [known], NOW + hours(1))
    assert fusion is not None
    assert fusion.incident.cause is Cause.RETRACTION
    assert fusion.incident.certainty is Certainty.UNLIKELY


@pytest.mark.parametrize(
    ("title", "back"),
    [
        ("Retraction: strike on the bridge", True),
        ("Rétractation : la prise de Mubi", True),
        ("Troops withdrawn from Mubi", False),
        ("M23 retracts its threat", False),
    ],
)
def test_only_a_headline_that_opens_with_it_is_a_retraction(title: str, back: bool) -> None:
    assert takes_back(title) is back


def test_a_withdrawn_incident_takes_no_further_reports() -> None:
    (known,) = told(FIRST)
    fusion = fuse(SAME_EVENT["another outlet"], [replace(known, withdrawn=True)], NOW + hours(1))
    assert fusion is not None
    assert fusion.previous is None


def test_a_report_dated_ahead_of_the_clock_counts_from_now() -> None:
    ahead = replace(FIRST, article=replace(FIRST.article, published=NOW + hours(30)))
    fusion = fuse(ahead, [], NOW)
    assert fusion is not None
    assert fusion.incident.first_seen == NOW
