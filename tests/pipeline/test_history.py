"""Looking back over the live store and the sample's."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.types import Edition
from classifiers.taxonomy import Signal
from incidents.types import Report
from pipeline import history
from pipeline.subscriptions import Subscriptions
from places.types import Area, AreaKind
from store.migrations import migrate
from store.store import Store
from store.types import HistoryFilter
from tests.builders import NOW, make_article, make_chat, make_incident, make_located, make_reading, make_witness
from tests.telling import tell

CHAT = make_chat(7)
ALL = HistoryFilter()


@pytest.fixture
def stores(sqlite_store: Store, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    url = f"sqlite:///{tmp_path}/sample.sqlite"
    migrate(url)
    sample = Store.open(url, Edition.SAMPLE)
    with sqlite_store.write() as tx:
        tx.chats.put(CHAT)
    with sample.write() as tx:
        tx.chats.put(CHAT)
    yield sqlite_store, sample
    sample.close()


def test_nothing_told_is_one_empty_page(stores: tuple[Store, Store]) -> None:
    page = history.page(stores, 7, ALL, 3, 5)
    assert (page.rows, page.total, page.page, page.pages) == ((), 0, 0, 1)


def test_pages_run_over_both_stores_newest_first(stores: tuple[Store, Store]) -> None:
    for hour in range(7):
        tell(stores[hour % 2], 7, at=NOW + timedelta(hours=hour))
    tell(stores[0], 7, message_id=None, at=NOW + timedelta(hours=9))
    first, second = (history.page(stores, 7, ALL, number, 5) for number in (0, 1))
    assert (first.total, first.pages) == (7, 2)
    assert [told.told_at for told in first.rows + second.rows] == [NOW + timedelta(hours=h) for h in range(6, -1, -1)]
    assert {told.edition for told in first.rows} == {Edition.LIVE, Edition.SAMPLE}
    assert history.page(stores, 7, ALL, 99, 5) == second


def test_filters_by_kind_words_and_time(stores: tuple[Store, Store]) -> None:
    tell(stores[0], 7, title="Clinic looted", kind=Signal.FACILITY_ATTACKED, signals=(Signal.FACILITY_ATTACKED,))
    tell(stores[1], 7, at=NOW - timedelta(days=3))
    for wanted, filter in (
        (1, HistoryFilter(kind=Signal.FACILITY_ATTACKED)),
        (1, HistoryFilter(words=("CLINIC",))),
        (0, HistoryFilter(words=("clinic", "burned"))),
        (1, HistoryFilter(since=NOW - timedelta(days=1))),
        (1, HistoryFilter(until=NOW - timedelta(days=1))),
    ):
        assert history.page(stores, 7, filter, 0, 5).total == wanted, filter


def test_the_filter_by_watch_finds_the_same_area_in_the_sample(stores: tuple[Store, Store]) -> None:
    subscriptions = Subscriptions(*stores)
    with stores[1].write() as tx:  # ids of the two stores must not agree by chance
        tx.chats.put(make_chat(9))
    Subscriptions(stores[1]).add_watch(make_chat(9), Area(AreaKind.WORLD, "World"))
    ukraine = subscriptions.add_watch(CHAT, Area(AreaKind.COUNTRY, "Ukraine", country="UA")).watch
    subscriptions.add_watch(CHAT, Area(AreaKind.COUNTRY, "Sudan", country="SD"))
    with stores[1].read() as tx:
        own, other = tx.chats.watches(7)
    assert own.id != ukraine.id
    told = tell(stores[1], 7, watch_ids=[own.id])
    tell(stores[1], 7, watch_ids=[other.id])
    page = history.page(stores, 7, HistoryFilter(watch_id=ukraine.id), 0, 5)
    assert [row.incident.id for row in page.rows] == [told.id]
    assert history.page(stores, 7, HistoryFilter(watch_id=4711), 0, 5).total == 0


def test_detail_says_what_of_it_the_chat_was_told(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[1], 7)
    found = history.detail(stores, Edition.SAMPLE, incident.id, 7)
    assert found is not None
    assert found.incident == incident
    assert found.revisions == (incident,)
    assert [alert.incident_id for alert in found.alerts] == [incident.id]
    assert found.told is not None
    assert (found.told.told_at, found.told.sent_revision) == (NOW, 1)
    other = history.detail(stores, Edition.SAMPLE, incident.id, 8)
    assert other is not None
    assert other.told is None
    assert history.detail(stores, Edition.LIVE, incident.id, 7) is None
    assert history.detail(stores, Edition.SAMPLE, 4711, 7) is None
    assert history.detail(stores[:1], Edition.SAMPLE, incident.id, 7) is None


def test_what_is_not_sent_yet_is_not_told(stores: tuple[Store, Store]) -> None:
    waiting = tell(stores[0], 7, message_id=None)
    found = history.detail(stores, Edition.LIVE, waiting.id, 7)
    assert found is not None
    assert found.told is None


def test_an_operator_sees_incidents_without_having_been_told(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[0], 7)
    found = history.detail(stores, Edition.LIVE, incident.id, 1234, operator=True)
    assert found is not None
    assert found.told is None
    assert history.detail(stores, Edition.LIVE, 4711, 1234, operator=True) is None


def test_how_the_sources_were_read(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[1], 7)
    (witness,) = incident.witnesses
    unread = history.readings(stores, Edition.SAMPLE, incident.id, 7)
    assert unread is not None
    assert (unread.reports, unread.more) == ((), 1)
    with stores[1].write() as tx:
        article = tx.articles.get(witness.article_id).article
        tx.articles.add_reading(article, make_reading(rule="told as fact"), make_located())
    found = history.readings(stores, Edition.SAMPLE, incident.id, 7)
    assert found is not None
    assert found.reports == (Report(article, make_reading(rule="told as fact"), make_located()),)
    assert found.more == 0
    assert found.told is not None


def test_readings_of_what_is_not_stored_are_none(stores: tuple[Store, Store]) -> None:
    incident = tell(stores[0], 7)
    assert history.readings(stores, Edition.LIVE, 4711, 7) is None
    assert history.readings(stores[:1], Edition.SAMPLE, incident.id, 7) is None
    seen = history.readings(stores, Edition.LIVE, incident.id, 8)
    assert seen is not None
    assert seen.told is None


def test_of_a_long_story_some_readings_are_enough(stores: tuple[Store, Store]) -> None:
    with stores[0].write() as tx:
        articles = [tx.articles.add(make_article(), "0") for _ in range(history.MOST_READ + 3)]
        for article in articles:
            tx.articles.add_reading(article, make_reading(), make_located())
        incident = tx.incidents.add(make_incident(*(make_witness(article.id) for article in articles)))
    found = history.readings(stores, Edition.LIVE, incident.id, 7)
    assert found is not None
    assert [report.article for report in found.reports] == articles[: history.MOST_READ]
    assert found.more == 3
