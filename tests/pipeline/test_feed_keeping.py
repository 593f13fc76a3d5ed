"""Feeds by command: seen before they are read, kept beside feeds.yaml, there again after a restart."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from feeds.errors import FetchError, FetchProblem
from feeds.fetch import Fetcher, Limits
from feeds.schedule import FeedStatus
from feeds.types import Reliability
from pipeline.feed_keeping import AlreadyRead, FeedKeeper, NotAnAddress
from store.store import Store
from tests.builders import NOW, make_catalogue, make_feed
from tests.site import Site

HERALD = "https://herald.example/feed"
Start = Callable[[], FeedKeeper]


@pytest.fixture
async def start(sqlite_store: Store) -> AsyncIterator[Start]:
    """Starts a keeper of one written feed, as a new process would."""
    async with Fetcher(allow_private=True, limits=Limits(total_s=5.0)) as fetcher:
        written = make_catalogue(make_feed(HERALD))
        yield lambda: FeedKeeper(sqlite_store, written, fetcher, lambda: NOW)


def urls(keeper: FeedKeeper) -> list[str]:
    return [feed.url for feed in keeper.catalogue().feeds]


async def test_what_an_address_holds_is_shown_before_it_is_read(start: Start, site: Site, sqlite_store: Store) -> None:
    site.put("1", "Rebels enter Walikale", "…", NOW - timedelta(hours=3))
    site.put("2", "Choir wins a prize", "…", NOW - timedelta(hours=1))
    keeper = start()
    shown = await keeper.preview(f" {site.url} ", "fr")
    assert (shown.entries, shown.newest, shown.language) == (2, NOW - timedelta(hours=1), "fr")
    assert shown.titles == ("Rebels enter Walikale", "Choir wins a prize")
    assert shown.publisher.id == "domain:127.0.0.1"
    assert urls(keeper) == [HERALD]
    with sqlite_store.read() as tx:
        assert [state.url for state in tx.feeds.all()] == [HERALD]


async def test_an_added_feed_is_read_from_then_on_and_after_a_restart(
    start: Start, site: Site, sqlite_store: Store
) -> None:
    keeper = start()
    shown = await keeper.preview(site.url)
    assert keeper.add(shown.draft_id) == site.url
    assert keeper.add(shown.draft_id) is None  # pressed twice
    assert urls(keeper) == urls(start()) == [HERALD, site.url]
    with sqlite_store.read() as tx:
        assert site.url in [state.url for state in tx.feeds.due(NOW, 5)]


async def test_what_is_read_already_or_no_feed_is_refused(start: Start, site: Site) -> None:
    keeper = start()
    with pytest.raises(AlreadyRead):
        await keeper.preview(HERALD)
    for wrong in ("", "ftp://herald.example/feed", "herald", "http://a b.example/"):
        with pytest.raises(NotAnAddress):
            await keeper.preview(wrong)
    with pytest.raises(FetchError) as refused:
        await keeper.preview(site.url.replace("/rss", "/page"))
    assert refused.value.problem is FetchProblem.NOT_A_FEED


async def test_private_addresses_are_refused_as_for_every_feed(sqlite_store: Store, site: Site) -> None:
    async with Fetcher(allow_private=False) as fetcher:
        keeper = FeedKeeper(sqlite_store, make_catalogue(), fetcher, lambda: NOW)
        with pytest.raises(FetchError) as refused:
            await keeper.preview(site.url)
    assert refused.value.problem is FetchProblem.PRIVATE_ADDRESS
    assert site.requests == []


async def test_a_removed_feed_stays_out_until_it_is_added_again(start: Start, site: Site, sqlite_store: Store) -> None:
    keeper = start()
    shown = await keeper.preview(site.url)
    keeper.add(shown.draft_id)
    keeper.remove(HERALD)
    assert urls(keeper) == urls(start()) == [site.url]
    with sqlite_store.read() as tx:
        assert [state.url for state in tx.feeds.due(NOW, 5)] == [site.url]
    with sqlite_store.write() as tx:
        again = tx.operating.add_draft(f"{HERALD}\n", NOW)
    keeper.add(again)
    keeper.remove(site.url)
    assert urls(keeper) == [HERALD]
    with sqlite_store.read() as tx:
        assert tx.operating.choices() == []


async def test_a_paused_feed_is_not_polled_until_it_is_resumed(start: Start, sqlite_store: Store) -> None:
    keeper = start()
    keeper.pause(HERALD)
    assert [kept.state.status for kept in start().feeds()] == [FeedStatus.PAUSED]
    with sqlite_store.read() as tx:
        assert tx.feeds.due(NOW, 5) == []
    keeper.resume(HERALD)
    with sqlite_store.read() as tx:
        assert [state.url for state in tx.feeds.due(NOW, 5)] == [HERALD]


async def test_a_grade_counts_from_then_on(start: Start) -> None:
    keeper = start()
    keeper.grade("lakes-herald", Reliability.E)
    assert keeper.catalogue().publisher("lakes-herald").reliability is Reliability.E
    assert start().feeds()[0].publisher.reliability is Reliability.E
    assert keeper.written_grade("lakes-herald") is Reliability.B
    keeper.grade("lakes-herald", None)
    assert keeper.catalogue().publisher("lakes-herald").reliability is Reliability.B
