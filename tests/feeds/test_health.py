"""Dead feeds, dead countries, a dead network: told from a poll that failed once."""

from datetime import timedelta
from typing import Any

import pytest

from feeds.errors import FetchProblem
from feeds.health import TroubleKind, changes, is_dead, network_trouble, silent_publishers, troubles
from feeds.schedule import FeedState, FeedStatus
from feeds.types import Catalogue, Feed, Publisher, PublisherKind
from tests.builders import NOW, minutes

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def state(url: str = "https://a.example/rss", **fields: Any) -> FeedState:
    defaults: dict[str, Any] = {
        "next_due": NOW,
        "last_attempt": NOW,
        "last_success": NOW,
        "newest": NOW - HOUR,
        "gap_s": 3600,
    }
    return FeedState(url=url, **{**defaults, **fields})


def failing(failures: int, **fields: Any) -> FeedState:
    defaults = {"status": FeedStatus.FAILING, "failures": failures, "problem": FetchProblem.HTTP_STATUS}
    return state(**{**defaults, **fields})


def catalogue(*feeds: tuple[str, str, str | None]) -> Catalogue:
    """Of (address, publisher, home)."""
    publishers = {id: Publisher(id, id.title(), PublisherKind.LOCAL, home=home) for _, id, home in feeds}
    return Catalogue(tuple(publishers.values()), tuple(Feed(url, id) for url, id, _ in feeds))


@pytest.mark.parametrize(
    ("found", "dead"),
    [
        (state(), False),
        (state(status=FeedStatus.SILENT), True),
        (state(status=FeedStatus.RETIRED), True),
        (state(status=FeedStatus.PAUSED), False),
        (failing(1), False),
        (failing(2, last_success=NOW - DAY), False),
        (failing(3, last_success=NOW - HOUR), False),
        (failing(3, last_success=NOW - 7 * HOUR), True),
        (failing(3, last_success=None, newest=None), True),
        (failing(3, last_success=NOW - HOUR, newest=NOW - 2 * DAY), True),
        (failing(1, last_success=NOW - HOUR, newest=NOW - 2 * DAY), True),  # was silent before it failed
        (failing(1, last_success=NOW - 3 * DAY, newest=NOW - 3 * DAY), False),  # we stood still meanwhile
    ],
)
def test_dead_is_more_than_a_poll_that_failed(found: FeedState, dead: bool) -> None:
    assert is_dead(found) is dead


def test_a_country_is_dead_when_every_feed_of_it_is() -> None:
    listed = catalogue(("u1", "kivu", "CD"), ("u2", "kivu", "CD"), ("u3", "lakes", "CD"), ("u4", "nile", "SD"))
    mute = [state(url, status=FeedStatus.SILENT) for url in ("u1", "u2", "u3")]
    found = troubles([*mute, state("u4")], listed)
    assert [(t.kind, t.subject, t.feeds) for t in found[:1]] == [(TroubleKind.COUNTRY, "CD", 3)]
    assert [(t.subject, t.name) for t in found[1:]] == [("u1", "Kivu"), ("u2", "Kivu"), ("u3", "Lakes")]
    alive = troubles([*mute[:2], state("u3"), state("u4")], listed)
    assert [t.kind for t in alive] == [TroubleKind.FEED] * 2


def test_what_a_person_paused_or_nobody_lists_is_no_trouble() -> None:
    listed = catalogue(("u1", "kivu", "CD"), ("u2", "kivu", "CD"))
    states = [state("u1", status=FeedStatus.PAUSED), state("u2"), state("gone", status=FeedStatus.RETIRED)]
    assert troubles(states, listed) == []


def test_a_publisher_is_silent_when_no_feed_of_it_speaks() -> None:
    listed = catalogue(("u1", "kivu", "CD"), ("u2", "kivu", "CD"), ("u3", "lakes", "CD"), ("u4", "nile", "SD"))
    states = [
        state("u1", status=FeedStatus.SILENT),
        state("u2"),
        state("u3", status=FeedStatus.PAUSED),
        failing(1, url="u4"),
    ]
    assert silent_publishers(states, listed) == {"lakes"}


def offline(minutes_ago: float, **fields: Any) -> list[FeedState]:
    """Three feeds that were asked just now, and last answered so long ago."""
    answered = NOW - minutes(minutes_ago)
    return [state(f"u{number}", last_success=answered, **fields) for number in range(3)]


def test_nobody_answering_for_long_is_our_own_network() -> None:
    down = network_trouble(offline(20), NOW)
    assert down is not None
    assert (down.kind, down.last, down.feeds) == (TroubleKind.NETWORK, NOW - minutes(20), 3)
    never = network_trouble([*offline(20)[:2], state("u3", last_success=None)], NOW)
    assert never is not None


@pytest.mark.parametrize(
    "states",
    [
        offline(10),
        offline(20)[:2],
        [*offline(20), state("u9")],
        [*offline(20), failing(5, url="u9", last_success=None)],  # it refuses, so it was reached
        [state(f"u{n}", last_success=NOW - DAY, last_attempt=NOW - DAY) for n in range(5)],  # just started
    ],
)
def test_the_network_is_not_blamed_for_less(states: list[FeedState]) -> None:
    assert network_trouble(states, NOW) is None


def test_each_trouble_begins_once_and_ends_once() -> None:
    listed = catalogue(("u1", "kivu", "CD"), ("u2", "lakes", "SD"), ("u3", "nile", "SD"))
    mute = {url: state(url, status=FeedStatus.SILENT) for url in ("u1", "u2", "u3")}
    first = troubles([mute["u1"], state("u2"), state("u3")], listed)
    begun, over = changes({}, first)
    assert ([t.key for t in begun], over) == (["country:CD", "feed:u1"], [])
    open_now = {t.key: t for t in first}
    assert changes(open_now, first) == ([], [])
    later = troubles([state("u1"), mute["u2"], state("u3")], listed)
    begun, over = changes(open_now, later)
    assert ([t.key for t in begun], [t.key for t in over]) == (["feed:u2"], ["country:CD", "feed:u1"])
