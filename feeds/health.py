"""What is wrong with the feeds, beyond a poll that failed once. Pure: states and the catalogue in, troubles out.

How a feed is follows from its own polls, not from the present moment: after this program has stood still for a week
every feed is a week old, and none of them is to blame.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feeds.errors import NETWORK_PROBLEMS
from feeds.schedule import FeedState, FeedStatus, is_silent
from feeds.types import Catalogue, Publisher

FAILED_FOR_GOOD = 3  # failures in a row before a feed counts as dead
FAILED_LONG = timedelta(hours=6)  # and since its last success
DEAF = timedelta(minutes=15)  # polls without any answer for so long mean that our own network is down
POLLED = 3  # feeds that must have been asked for that: fewer prove nothing


class TroubleKind(StrEnum):
    FEED = "feed"  # silent beyond its habit, or failing for long
    COUNTRY = "country"  # every feed of the publishers that have their home there
    NETWORK = "network"  # our own


@dataclass(frozen=True, slots=True)
class Trouble:
    """`subject`: the feed's address or the country's code, "" of the network. `name`: the publisher, `home` its
    country. `feeds`: how many are concerned. `failing`: a feed that cannot be read, else one that has nothing new.
    `last`: when it last published or answered, None: never."""

    kind: TroubleKind
    subject: str
    name: str = ""
    home: str | None = None
    feeds: int = 1
    failing: bool = False
    last: datetime | None = None

    @property
    def key(self) -> str:
        """What makes two troubles the same."""
        return f"{self.kind}:{self.subject}"


def troubles(states: Iterable[FeedState], catalogue: Catalogue) -> list[Trouble]:
    """Countries of which every feed is dead, then the dead feeds. Paused feeds are no trouble: a person wants it so."""
    by_url = {state.url: state for state in states}
    publishers = {publisher.id: publisher for publisher in catalogue.publishers}
    homes: defaultdict[str, list[FeedState]] = defaultdict(list)
    dead: list[Trouble] = []
    for feed in catalogue.feeds:
        state = by_url.get(feed.url)
        if state is None or state.status is FeedStatus.PAUSED:
            continue
        publisher = publishers[feed.publisher_id]
        homes[publisher.home or ""].append(state)
        if is_dead(state):
            dead.append(_feed_trouble(state, publisher))
    countries = [
        Trouble(TroubleKind.COUNTRY, home, home=home, feeds=len(theirs), last=_latest(theirs))
        for home, theirs in sorted(homes.items())
        if home and all(map(is_dead, theirs))
    ]
    return countries + dead


def _feed_trouble(state: FeedState, publisher: Publisher) -> Trouble:
    silent = state.status is FeedStatus.SILENT
    last = state.newest if silent else state.last_success
    return Trouble(TroubleKind.FEED, state.url, name=publisher.name, home=publisher.home, failing=not silent, last=last)


def is_dead(state: FeedState) -> bool:
    """Whether nothing is to be heard from a feed: silent far beyond its habit, withdrawn, or failing for long."""
    if state.status in (FeedStatus.SILENT, FeedStatus.RETIRED):
        return True
    if state.status is not FeedStatus.FAILING or state.last_attempt is None:
        return False
    if state.last_success and is_silent(state.newest, state.gap_s, state.last_success):
        return True  # it was silent when it began to fail
    if state.failures < FAILED_FOR_GOOD:
        return False
    long = state.last_success is None or state.last_attempt - state.last_success >= FAILED_LONG
    return long or is_silent(state.newest, state.gap_s, state.last_attempt)


def network_trouble(states: Sequence[FeedState], now: datetime) -> Trouble | None:
    """Our own network, when polls of DEAF and longer went without an answer of anybody; None: it is well.

    A server that refuses answers too. A program that was just started has asked nobody yet.
    """
    asked = [state for state in states if state.last_attempt and now - state.last_attempt <= DEAF]
    answered = [moment for state in states if (moment := _answered(state))]
    if len(asked) < POLLED or any(now - moment <= DEAF for moment in answered):
        return None
    return Trouble(TroubleKind.NETWORK, "", feeds=len(asked), last=max(answered, default=None))


def silent_publishers(states: Iterable[FeedState], catalogue: Catalogue) -> frozenset[str]:
    """Publishers of whom nothing is heard: each of their feeds is dead, or was paused by an operator."""
    by_url = {state.url: state for state in states}
    feeds: defaultdict[str, list[FeedState]] = defaultdict(list)
    for feed in catalogue.feeds:
        if feed.url in by_url:
            feeds[feed.publisher_id].append(by_url[feed.url])
    return frozenset(id for id, theirs in feeds.items() if all(map(_is_mute, theirs)))


def changes(before: Mapping[str, Trouble], found: Collection[Trouble]) -> tuple[list[Trouble], list[Trouble]]:
    """What began, and what is over: troubles that were not open before (by key), and open ones not found any more."""
    now = {trouble.key for trouble in found}
    begun = [trouble for trouble in found if trouble.key not in before]
    return begun, [trouble for key, trouble in before.items() if key not in now]


def _is_mute(state: FeedState) -> bool:
    return state.status is FeedStatus.PAUSED or is_dead(state)


def _answered(state: FeedState) -> datetime | None:
    """When somebody last answered at the feed's address."""
    refused = state.status is FeedStatus.FAILING and state.problem not in NETWORK_PROBLEMS
    return state.last_attempt if refused or state.status is FeedStatus.RETIRED else state.last_success


def _latest(states: Iterable[FeedState]) -> datetime | None:
    return max((state.newest for state in states if state.newest), default=None)
