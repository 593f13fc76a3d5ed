"""How the feeds are, and who holds a town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.types import Edition
from classifiers.taxonomy import Signal
from feeds.schedule import FeedState, FeedStatus
from incidents.control import Holding, holdings
from incidents.lookup import sought_under_town
from places.types import Place
from store.store import Store

WORST = 5
REMEMBERED = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """A feed that fails or is silent. `since`: its last success, None: it never had one. `newest`: its newest entry."""

    url: str
    status: FeedStatus
    since: datetime | None
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """Counts of the feeds that are read, by how they are. `waiting`: not read yet, and not known to fail; so are all
    while this machine is offline. `last_poll`: the last attempt, `last_read`: the last that was answered. `worst`:
    those in trouble, the longest first, a few of them."""

    healthy: int
    failing: int
    silent: int
    waiting: int
    last_poll: datetime | None
    last_read: datetime | None
    worst: tuple[FeedTrouble, ...]


def status(store: Store) -> SystemStatus:
    with store.read() as tx:
        return summarise(tx.feeds.all())


def summarise(states: list[FeedState]) -> SystemStatus:
    waiting = sum(state.waiting for state in states)
    counts = {kind: sum(state.status is kind for state in states) for kind in FeedStatus}
    trouble = [state for state in states if state.status in (FeedStatus.FAILING, FeedStatus.SILENT)]
    trouble.sort(key=lambda state: (state.status is not FeedStatus.FAILING, _since(state), state.url))
    return SystemStatus(
        healthy=counts[FeedStatus.HEALTHY] - waiting,
        failing=counts[FeedStatus.FAILING],
        silent=counts[FeedStatus.SILENT],
        waiting=waiting,
        last_poll=max((state.last_attempt for state in states if state.last_attempt), default=None),
        last_read=max((state.last_success for state in states if state.last_success), default=None),
        worst=tuple(
            FeedTrouble(state.url, state.status, state.last_success, state.newest) for state in trouble[:WORST]
        ),
    )


def control(stores: Sequence[Store], town: Place, now: datetime) -> list[tuple[Edition, Holding]]:
    """Each time that the town was told to change hands within REMEMBERED, the latest first."""
    found: list[tuple[Edition, Holding]] = []
    for store in stores:
        with store.read() as tx:
            near = tx.incidents.open(sought_under_town(town), [Signal.TERRITORY_CAPTURED], now - REMEMBERED)
        found += [(store.edition, holding) for holding in holdings(town, near)]
    return sorted(found, key=lambda row: row[1].since, reverse=True)


def _since(state: FeedState) -> float:
    """When the trouble began, as a timestamp; a feed that never worked comes first."""
    began = state.last_success if state.status is FeedStatus.FAILING else state.newest
    return began.timestamp() if began else 0.0
