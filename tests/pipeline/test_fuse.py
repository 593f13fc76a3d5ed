"""Recording a report: all or nothing, and whether people are told."""

from dataclasses import replace

import pytest

from alerts.types import Reason
from classifiers.taxonomy import Signal
from incidents.types import Cause, Report
from pipeline.fuse import Recorded, Taken, record, record_all
from places.types import Located
from store.errors import StoreError
from store.store import Store
from tests.builders import NOW, make_article, make_incident, make_located, make_reading, make_source, make_witness
from tests.incidents.stories import MUBI, PINGA, WALIKALE, hours
from tests.incidents.test_regroup import BOTH, CLINIC, MARKET, SCHOOL, TEMPLE


def report(**article: object) -> Report:
    return Report(make_article(**article), make_reading(), make_located())


def other_paper() -> dict[str, object]:
    return {
        "source": make_source(publisher_id="echo", name="Echo", independence="publisher:echo"),
        "title": "M23 rebels capture Walikale town",
        "summary": "The fighters took the centre on Wednesday.",
        "link": "https://echo.example/1",
    }


def test_a_first_report_makes_an_incident_and_an_alert(store: Store) -> None:
    recorded = record(store, report(), "hash", NOW)
    assert recorded.incident is not None
    assert recorded.alert is not None
    assert recorded.alert.reason is Reason.NEW
    with store.read() as tx:
        assert tx.incidents.get(recorded.incident.id) == recorded.incident
        assert tx.articles.get(recorded.article_id).reading == make_reading()


def test_an_independent_report_corroborates(store: Store) -> None:
    first = record(store, report(), "hash", NOW)
    second = record(store, report(**other_paper()), "hash", NOW)
    assert second.incident is not None
    assert first.incident is not None
    assert (second.incident.id, second.incident.revision) == (first.incident.id, 2)
    assert second.alert is not None
    assert second.alert.reason is Reason.CORROBORATED


@pytest.mark.parametrize(
    "silent", [replace(report(), reading=make_reading(labels=())), replace(report(), located=Located(None))]
)
def test_what_is_no_news_or_nowhere_is_only_stored(store: Store, silent: Report) -> None:
    recorded = record(store, silent, "hash", NOW)
    assert (recorded.incident, recorded.alert) == (None, None)
    with store.read() as tx:
        assert tx.articles.get(recorded.article_id).article.title == silent.article.title


def test_an_edit_that_changes_nothing_makes_no_revision(store: Store) -> None:
    first = record(store, report(), "hash", NOW)
    with store.read() as tx:
        [known] = tx.articles.known([tx.articles.get(first.article_id).article.key]).values()
        article = tx.articles.get(first.article_id).article
    again = record(store, Report(article, make_reading(), make_located()), "hash2", NOW, known)
    assert again == Recorded(first.article_id, first.incident, None)


def test_a_failure_leaves_nothing(store: Store) -> None:
    first = report()
    record(store, first, "hash", NOW)
    with pytest.raises(StoreError):
        record(store, replace(first, article=replace(first.article, title="Again")), "hash", NOW)
    with store.read() as tx:
        assert len(list(tx.incidents.all())) == 1


def test_reports_of_one_poll_make_what_they_make_one_by_one(store: Store, sqlite_store: Store) -> None:
    """With incidents that are merged, and reports that join what the same transaction began."""
    reports, now = [CLINIC, *TEMPLE, SCHOOL, *MARKET, BOTH], NOW + hours(72)
    together = record_all(store, [Taken(one, "hash") for one in reports], now)
    singly = [record(sqlite_store, one, "hash", now) for one in reports]
    assert together == singly
    assert any(recorded.incident and recorded.incident.cause is Cause.MERGE for recorded in together)
    assert stored(store) == stored(sqlite_store)


def stored(store: Store) -> list[object]:
    with store.read() as tx:
        incidents = [tx.incidents.revisions(number) for number in range(1, 20)]
        articles = [tx.articles.get(number) for number in range(1, 5)]
        hits, _ = tx.search.find("temple", None, 0, 10)  # in an order that each database ranks in its own way
        near = tx.incidents.open([CLINIC.located.main.place.id], list(Signal), NOW) if CLINIC.located.main else []
        return [incidents, articles, {*hits}, near, list(tx.alerts.all())]


def test_what_one_transaction_changed_is_found_in_it(store: Store) -> None:
    found = []
    with store.write() as tx:
        for place in (WALIKALE, PINGA):
            article = tx.articles.add(make_article(), "hash")
            found.append(tx.incidents.add(make_incident(make_witness(article.id, place=place), place=place)))
        first, second = found
        moved = tx.incidents.revise(replace(second, revision=2, place=MUBI, last_seen=NOW + hours(1)))
        assert tx.incidents.open([WALIKALE.id, MUBI.id], list(Signal), NOW - hours(1)) == [moved, first]
        assert tx.incidents.open([MUBI.id], [Signal.UNREST], NOW - hours(1)) == []
        assert tx.incidents.open([MUBI.id], list(Signal), NOW + hours(2)) == []
        tx.incidents.revise(replace(moved, revision=3, withdrawn=True))
        assert tx.incidents.open([WALIKALE.id, MUBI.id], list(Signal), NOW - hours(1)) == [first]


def test_a_failure_leaves_nothing_of_the_reports_recorded_with_it(store: Store) -> None:
    record(store, report(key="known"), "hash", NOW)
    with pytest.raises(StoreError):
        record_all(store, [Taken(report(**other_paper()), "hash"), Taken(report(key="known"), "hash")], NOW)
    with store.read() as tx:
        [incident] = tx.incidents.all()
        assert len(incident.witnesses) == 1
        assert tx.counts.since(NOW - hours(1)).articles == 1
