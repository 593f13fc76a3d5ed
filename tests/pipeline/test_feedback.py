"""What readers found wrong, as training reads it."""

from dataclasses import replace
from datetime import timedelta

from alerts.reviews import ReviewDecision
from alerts.types import Verdict
from classifiers.taxonomy import Facility, Fault, Signal, Status
from incidents.types import Incident
from pipeline.feedback import VOTES_A_DAY, counted, feedback, tallied
from pipeline.reviewing import decide
from store.store import Store
from tests.builders import (
    NOW,
    make_article,
    make_chat,
    make_incident,
    make_located,
    make_reading,
    make_witness,
    minutes,
)

LABELS = (Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT)


def vote(
    chat_id: int, incident_id: int, fault: Fault = Fault.NOT_AN_EVENT, revision: int = 1, after: float = 0
) -> Verdict:
    return Verdict(chat_id, incident_id, fault, revision, NOW + minutes(after))


def judged(store: Store, *votes: Verdict) -> None:
    with store.write() as tx:
        for verdict in votes:
            tx.chats.put(make_chat(verdict.chat_id))
            tx.verdicts.put(verdict)


def add_incident(store: Store, articles: int = 1) -> Incident:
    with store.write() as tx:
        ids = []
        for _ in range(articles):
            article = tx.articles.add(make_article(), "0")
            reading = make_reading(labels=LABELS, facility=Facility.HEALTH, status=Status.CLAIMED)
            tx.articles.add_reading(article, reading, make_located())
            ids.append(article.id)
        return tx.incidents.add(make_incident(*map(make_witness, ids)))


def test_a_row_is_a_labelled_item_with_votes_and_no_chat(sqlite_store: Store) -> None:
    incident = add_incident(sqlite_store)
    judged(sqlite_store, vote(71, 1), vote(72, 1), vote(73, 1, Fault.WRONG_PLACE))
    assert list(feedback(sqlite_store)) == [
        {
            "id": f"T-0001:{incident.witnesses[0].article_id}",
            "lang": "en",
            "date": "2025-03-19T17:54:00Z",
            "source": "Lakes Herald",
            "title": "Rebels enter Walikale",
            "summary": "Fighters were seen in the centre of the town on Wednesday.",
            "relevant": True,
            "signals": ["facility_attacked", "displacement"],
            "facility": "health",
            "status": "claimed",
            "place": "Walikale",
            "country": "CD",
            "actor": "M23",
            "translated": False,
            "votes": {"not_an_event": 2, "wrong_place": 1},
            "chats": 3,
            "reviewed": False,
        }
    ]


def test_what_nobody_judged_gives_no_row(sqlite_store: Store) -> None:
    add_incident(sqlite_store)
    assert list(feedback(sqlite_store)) == []


def test_a_vote_counts_for_the_articles_that_its_chat_was_shown(sqlite_store: Store) -> None:
    incident = add_incident(sqlite_store, articles=2)
    first, second = (witness.article_id for witness in incident.witnesses)
    with sqlite_store.write() as tx:
        third = tx.articles.add(make_article(), "0")
        tx.articles.add_reading(third, make_reading(), make_located())
        tx.incidents.revise(replace(incident, revision=2, witnesses=(incident.witnesses[0], make_witness(third.id))))
    judged(sqlite_store, vote(1, 1, revision=1), vote(2, 1, Fault.OLD_NEWS, revision=2))
    votes = {int(row["id"].rsplit(":")[1]): row["votes"] for row in feedback(sqlite_store)}
    assert votes == {
        first: {"not_an_event": 1, "old_news": 1},
        second: {"not_an_event": 1},
        third.id: {"old_news": 1},
    }


def test_an_article_without_a_reading_of_its_newest_text_is_left_out(sqlite_store: Store) -> None:
    incident = add_incident(sqlite_store)
    with sqlite_store.write() as tx:
        tx.articles.revise(incident.witnesses[0].article_id, make_article(title="Edited"), "1")
    judged(sqlite_store, vote(1, 1))
    assert list(feedback(sqlite_store)) == []


def test_no_chat_counts_more_than_so_often_a_day() -> None:
    zealot = [vote(1, number, after=number) for number in range(VOTES_A_DAY + 5)]
    others = [vote(2, number, after=number) for number in range(3)]
    next_day = [replace(zealot[-1], at=NOW + timedelta(days=1))]
    counting = counted(sorted([*zealot, *others, *next_day], key=lambda verdict: verdict.at))
    assert [v for v in counting if v.chat_id == 1] == [*zealot[:VOTES_A_DAY], *next_day]
    assert [v for v in counting if v.chat_id == 2] == others


def test_a_vote_on_a_revision_that_is_not_kept_counts_for_nothing() -> None:
    incident = replace(make_incident(make_witness(5)), id=1)
    assert tallied([incident], [vote(1, 1, revision=3)]) == {}
    assert tallied([incident], [vote(1, 1), vote(2, 1)]) == {5: {Fault.NOT_AN_EVENT: 2}}


def test_an_operators_word_is_heard(sqlite_store: Store) -> None:
    kept, marked, gone, open_ = (add_incident(sqlite_store) for _ in range(4))
    judged(sqlite_store, *(vote(71, incident.id) for incident in (kept, marked, gone, open_)))
    decide(sqlite_store, kept.id, ReviewDecision.KEPT, NOW)
    decide(sqlite_store, marked.id, ReviewDecision.MARKED, NOW)
    decide(sqlite_store, gone.id, ReviewDecision.WITHDRAWN, NOW)
    assert [(row["id"].partition(":")[0], row["reviewed"]) for row in feedback(sqlite_store)] == [
        ("T-0002", True),
        ("T-0003", True),
        ("T-0004", False),
    ]
