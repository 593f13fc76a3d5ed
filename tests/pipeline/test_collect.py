"""Collecting: from a real feed over HTTP to stored articles, incidents and the feed's health."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from feeds.fetch import Fetcher, Limits
from feeds.schedule import FeedState, FeedStatus
from feeds.types import Catalogue, Feed, Publisher, PublisherKind
from pipeline.assess import Assessor
from pipeline.collect import Collector
from store.store import Store
from tests.builders import NOW
from tests.site import Site

CAPTURE = ("M23 rebels capture Walikale", "Fighters took the town in North Kivu on Wednesday, residents said.")


@dataclass
class Desk:
    """A collector on a clock that a test moves."""

    store: Store
    collector: Collector
    now: datetime = NOW

    async def round(self) -> None:
        await self.collector.tick()
        await self.collector.finish()
        self.now += timedelta(seconds=10)

    def states(self) -> dict[str, FeedState]:
        with self.store.read() as tx:
            return {state.url: state for state in tx.feeds.all()}


async def make_desk(store: Store, assessor: Assessor, *urls: str) -> AsyncIterator[Desk]:
    publisher = Publisher("kivu-echo", "Kivu Echo", PublisherKind.LOCAL, home="CD")
    feeds = tuple(Feed(url, "kivu-echo", "en", 10) for url in urls)
    catalogue = Catalogue((publisher,), feeds)
    with store.write() as tx:
        tx.feeds.sync(catalogue, NOW)
    async with Fetcher(allow_private=True, limits=Limits(total_s=5.0)) as fetcher:
        desk: Desk

        def clock() -> datetime:
            return desk.now

        desk = Desk(store, Collector(store, fetcher, lambda: catalogue, assessor, clock, lambda: 0.0))
        yield desk


@pytest.fixture
async def desk(sqlite_store: Store, assessor: Assessor, site: Site) -> AsyncIterator[Desk]:
    async for found in make_desk(sqlite_store, assessor, site.url):
        yield found


async def test_what_is_new_is_read_once(desk: Desk, site: Site) -> None:
    site.put("1", *CAPTURE, NOW - timedelta(minutes=5))
    site.put("2", "Choir wins a prize in Goma", "The singers were cheered.", NOW - timedelta(minutes=4))
    await desk.round()
    await desk.round()
    with desk.store.read() as tx:
        [incident] = list(tx.incidents.all())
        [alert] = list(tx.alerts.all())
    assert [w.title for w in incident.witnesses] == [CAPTURE[0]]
    assert alert.incident_id == incident.id
    assert "If-None-Match" in site.requests[1]
    assert desk.states()[site.url].status is FeedStatus.HEALTHY


async def test_an_edited_entry_is_a_new_version_of_its_article(desk: Desk, site: Site) -> None:
    site.put("1", *CAPTURE, NOW - timedelta(minutes=5))
    await desk.round()
    site.put("1", "M23 rebels capture Walikale town centre", CAPTURE[1], NOW - timedelta(minutes=5))
    await desk.round()
    with desk.store.read() as tx:
        [incident] = list(tx.incidents.all())
        stored = tx.articles.get(incident.witnesses[0].article_id)
    assert stored.article.version == 2
    assert stored.article.title == "M23 rebels capture Walikale town centre"
    assert len(incident.witnesses) == 1


async def test_old_news_is_stored_silently(desk: Desk, site: Site) -> None:
    site.put("1", *CAPTURE, NOW - timedelta(days=3))
    await desk.round()
    with desk.store.read() as tx:
        assert len(list(tx.incidents.all())) == 1
        assert list(tx.alerts.all()) == []


async def test_news_from_the_future_counts_as_now(desk: Desk, site: Site) -> None:
    site.put("1", *CAPTURE, NOW + timedelta(days=3))
    await desk.round()
    with desk.store.read() as tx:
        [incident] = list(tx.incidents.all())
    assert incident.first_seen == NOW


async def test_a_broken_feed_is_its_own_health_entry(desk: Desk, site: Site) -> None:
    site.status = 503
    await desk.round()
    state = desk.states()[site.url]
    assert (state.status, state.failures) == (FeedStatus.FAILING, 1)
    assert state.next_due > NOW
    site.status = 200
    desk.now = state.next_due
    site.put("1", *CAPTURE, desk.now)
    await desk.round()
    assert desk.states()[site.url].status is FeedStatus.HEALTHY


async def test_when_nobody_answers_no_feed_is_punished(sqlite_store: Store, assessor: Assessor) -> None:
    dead = [f"http://127.0.0.1:{port}/rss" for port in (1, 2, 3, 4)]
    async for desk in make_desk(sqlite_store, assessor, *dead):
        await desk.round()
        assert [(state.failures, state.status) for state in desk.states().values()] == [(0, FeedStatus.HEALTHY)] * 4
        assert all(state.next_due > NOW for state in desk.states().values())


async def test_an_error_of_ours_loses_no_feed(
    desk: Desk, site: Site, monkeypatch: pytest.MonkeyPatch, assessor: Assessor, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    site.put("1", *CAPTURE, NOW)
    with monkeypatch.context() as patched:
        patched.setattr(Assessor, "assess", fails)
        await desk.round()
    assert "ZeroDivisionError" in caplog.text
    state = desk.states()[site.url]
    assert (state.failures, state.etag) == (0, None)
    desk.now = state.next_due
    await desk.round()
    with desk.store.read() as tx:
        assert len(list(tx.incidents.all())) == 1
