"""How the feeds are, in a few figures."""

from datetime import timedelta

from feeds.schedule import FeedState, FeedStatus
from pipeline.status import WORST, status, summarise
from store.store import Store
from tests.builders import NOW, make_catalogue, make_feed


def state(name: str, status: FeedStatus = FeedStatus.HEALTHY, hours: float | None = 1.0) -> FeedState:
    """Polled now; its last success and newest entry so many hours ago, None: never."""
    last = None if hours is None else NOW - timedelta(hours=hours)
    return FeedState(
        f"https://{name}.example/feed", NOW, status=status, last_attempt=NOW, last_success=last, newest=last
    )


def test_feeds_are_counted_by_how_they_are() -> None:
    states = [
        state("a"),
        state("b", FeedStatus.FAILING),
        state("c", FeedStatus.SILENT),
        state("d", FeedStatus.RETIRED),
        state("e", FeedStatus.PAUSED),
        FeedState("https://new.example/feed", NOW),
    ]
    summary = summarise(states)
    assert (summary.healthy, summary.failing, summary.silent, summary.waiting) == (1, 1, 1, 1)
    assert summary.last_poll == NOW


def test_offline_nothing_counts_as_healthy_that_was_never_read() -> None:
    summary = summarise([state("a", hours=None), state("b", hours=5)])
    assert (summary.healthy, summary.waiting) == (1, 1)
    assert summary.last_read == NOW - timedelta(hours=5)


def test_the_worst_are_those_in_trouble_the_longest() -> None:
    states = [
        state("silent", FeedStatus.SILENT, 100),
        state("recent", FeedStatus.FAILING, 1),
        state("never", FeedStatus.FAILING, None),
        state("long", FeedStatus.FAILING, 30),
        state("well"),
    ]
    worst = [trouble.url for trouble in summarise(states).worst]
    assert worst == [f"https://{name}.example/feed" for name in ("never", "long", "recent", "silent")]
    assert len(summarise([state(f"f{n}", FeedStatus.FAILING) for n in range(20)]).worst) == WORST


def test_nothing_was_polled_yet(sqlite_store: Store) -> None:
    with sqlite_store.write() as tx:
        tx.feeds.sync(make_catalogue(make_feed()), NOW)
    summary = status(sqlite_store)
    assert (summary.healthy, summary.waiting, summary.last_poll, summary.worst) == (0, 1, None, ())
