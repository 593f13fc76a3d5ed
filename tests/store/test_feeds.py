"""Feeds: following the catalogue, and what is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feeds.errors import FetchProblem
from feeds.schedule import FeedState, FeedStatus, first_state
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, make_catalogue, make_feed, minutes

ONE, TWO, THREE = (f"https://{name}.example/feed" for name in ("one", "two", "three"))


def synced(store: Store, *urls: str, **fields: object) -> list[FeedState]:
    with store.write() as tx:
        tx.feeds.sync(make_catalogue(*(make_feed(url, **fields) for url in urls)), NOW)
        return tx.feeds.all()


def polled(store: Store, url: str, **fields: object) -> FeedState:
    defaults = {"last_attempt": NOW, "last_success": NOW, "next_due": NOW + minutes(5), "etag": '"7"'}
    state = replace(first_state(url, NOW), **{**defaults, **fields})  # type: ignore[arg-type]
    with store.write() as tx:
        tx.feeds.save(state)
    return state


def test_new_feeds_are_due_at_once(store: Store) -> None:
    assert synced(store, TWO, ONE) == [first_state(ONE, NOW), first_state(TWO, NOW)]
    with store.read() as tx:
        assert tx.feeds.due(NOW, 10) == [first_state(ONE, NOW), first_state(TWO, NOW)]
        assert tx.feeds.due(NOW - minutes(1), 10) == []


def test_every_field_of_a_state_is_kept(store: Store) -> None:
    synced(store, ONE)
    state = FeedState(
        url=ONE,
        next_due=NOW + timedelta(seconds=301.25),
        interval_s=602,
        failures=3,
        etag='W/"abc"',
        last_modified="Wed, 19 Mar 2025 18:00:00 GMT",
        last_success=NOW - minutes(90),
        last_attempt=NOW,
        newest=NOW - minutes(120),
        gap_s=1204,
        status=FeedStatus.FAILING,
        problem=FetchProblem.TLS,
        detail="certificate has expired",
        moved_to="https://one.example/new",
    )
    with store.write() as tx:
        tx.feeds.save(state)
    with store.read() as tx:
        assert tx.feeds.all() == [state]


def test_the_longest_overdue_come_first(store: Store) -> None:
    synced(store, ONE, TWO, THREE)
    late = polled(store, THREE, next_due=NOW + minutes(1))
    later = polled(store, ONE, next_due=NOW + minutes(2))
    polled(store, TWO, next_due=NOW + minutes(9))
    with store.read() as tx:
        assert tx.feeds.due(NOW + minutes(5), 10) == [late, later]
        assert tx.feeds.due(NOW + minutes(5), 1) == [late]


@pytest.mark.parametrize("status", FeedStatus)
def test_retired_and_paused_feeds_rest(store: Store, status: FeedStatus) -> None:
    synced(store, ONE)
    polled(store, ONE, status=status, next_due=NOW)
    with store.read() as tx:
        due = tx.feeds.due(NOW, 10)
    assert bool(due) == (status not in (FeedStatus.RETIRED, FeedStatus.PAUSED))


def test_a_feed_that_is_no_longer_listed_rests_with_its_state(store: Store) -> None:
    synced(store, ONE, TWO)
    state = polled(store, ONE, next_due=NOW)

    gone, _ = synced(store, TWO)
    assert gone == replace(state, status=FeedStatus.RETIRED)
    with store.read() as tx:
        assert [feed.url for feed in tx.feeds.due(NOW, 10)] == [TWO]

    polled(store, ONE, next_due=NOW)  # the end of a poll that was under way
    with store.read() as tx:
        assert [feed.url for feed in tx.feeds.due(NOW, 10)] == [TWO]

    back, _ = synced(store, ONE, TWO)
    assert back == state


def test_a_feed_that_has_gone_stays_so_until_it_is_listed_anew(store: Store) -> None:
    synced(store, ONE)
    gone = polled(store, ONE, status=FeedStatus.RETIRED, failures=1, next_due=NOW + minutes(600))

    assert synced(store, ONE) == [gone]
    synced(store, TWO)
    again, _ = synced(store, ONE, TWO)

    assert again == replace(gone, status=FeedStatus.HEALTHY, failures=0, next_due=NOW)


def test_a_paused_feed_stays_paused_when_it_is_listed_anew(store: Store) -> None:
    synced(store, ONE)
    polled(store, ONE, status=FeedStatus.PAUSED)
    synced(store, TWO)
    assert synced(store, ONE, TWO)[0].status is FeedStatus.PAUSED


def test_syncing_the_same_catalogue_changes_nothing(store: Store) -> None:
    synced(store, ONE, interval_s=60)
    state = polled(store, ONE, interval_s=60, next_due=NOW + minutes(1))
    assert synced(store, ONE, interval_s=60) == [state]


def test_a_changed_interval_holds_from_the_last_poll_on(store: Store) -> None:
    synced(store, ONE)
    state = polled(store, ONE, interval_s=900, next_due=NOW + minutes(15))

    (often,) = synced(store, ONE, interval_s=60)
    assert often == replace(state, interval_s=60, next_due=NOW + minutes(1))
    (seldom,) = synced(store, ONE, interval_s=7200)
    assert seldom == replace(state, interval_s=7200, next_due=NOW + minutes(120))
    (free,) = synced(store, ONE)
    assert free == seldom


def test_a_changed_interval_does_not_end_the_wait_after_failures(store: Store) -> None:
    synced(store, ONE)
    state = polled(store, ONE, failures=4, next_due=NOW + minutes(80))
    assert synced(store, ONE, interval_s=60) == [replace(state, interval_s=60)]


def test_an_unlisted_feed_cannot_be_saved(store: Store) -> None:
    with pytest.raises(NotStored), store.write() as tx:
        tx.feeds.save(first_state(ONE, NOW))
