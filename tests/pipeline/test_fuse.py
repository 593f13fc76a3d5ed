"""Recording a report: all or nothing, and whether people are told."""

from dataclasses import replace

import pytest

from alerts.types import Reason
from incidents.types import Report
from pipeline.fuse import Recorded, record
from places.types import Located
from store.errors import StoreError
from store.store import Store
from tests.builders import NOW, make_article, make_located, make_reading, make_source


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
