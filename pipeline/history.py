"""Use cases of looking back: what a chat was told, all that is known of one incident, and how it was read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alerts.types import Alert, Edition
from classifiers.taxonomy import Fault
from incidents.types import Incident, Report
from store.store import Store, Transaction
from store.types import Delivery, HistoryFilter, Told

MOST_READ = 20  # sources of one incident whose readings are looked up: more than one message can show


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`page` counts from 0 and is within 0 to pages - 1; `pages` is at least 1."""

    rows: tuple[Told, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class IncidentDetail:
    """`told`: what the chat was shown of it; None: nothing.

    `votes`: how many chats find what wrong with it, most first; empty for all but operators.
    """

    edition: Edition
    incident: Incident
    revisions: tuple[Incident, ...]
    alerts: tuple[Alert, ...]
    told: Delivery | None
    votes: Mapping[Fault, int]


@dataclass(frozen=True, slots=True)
class IncidentReadings:
    """How an incident's sources were last read, in its order; `more`: how many sources beside these."""

    incident: Incident
    reports: tuple[Report, ...]
    more: int
    told: Delivery | None


def page(stores: Sequence[Store], chat_id: int, filter: HistoryFilter, page: int, size: int) -> HistoryPage:
    """One page of what the chat was told, of all stores together, in the filter's order. A page beyond is the last.

    `filter.watch_id` is a watch of the first store; the others find the one of the same area.
    """
    found, total = _newest(stores, chat_id, filter, (page + 1) * size)
    pages = max(1, -(-total // size))
    if page >= pages:
        page = pages - 1
        found, total = _newest(stores, chat_id, filter, (page + 1) * size)
    found.sort(key=lambda told: (told.severity.rank if filter.gravest_first else 0, told.told_at), reverse=True)
    return HistoryPage(tuple(found[page * size : (page + 1) * size]), total, page, pages)


def _newest(stores: Sequence[Store], chat_id: int, filter: HistoryFilter, limit: int) -> tuple[list[Told], int]:
    found: list[Told] = []
    total = 0
    for store in stores:
        own = _own_filter(stores[0], store, chat_id, filter)
        if own is None:
            continue
        with store.read() as tx:
            rows, count = tx.history.told(chat_id, own, 0, limit)
        found += rows
        total += count
    return found, total


def _own_filter(first: Store, store: Store, chat_id: int, filter: HistoryFilter) -> HistoryFilter | None:
    """The filter with the id that the watch has in this store; None: it has no such watch, so nothing matches."""
    if filter.watch_id is None or store is first:
        return filter
    with first.read() as tx:
        watch = tx.chats.watch(chat_id, filter.watch_id)
    if watch is None:
        return None
    with store.read() as tx:
        own = next((other for other in tx.chats.watches(chat_id) if other.area == watch.area), None)
    return replace(filter, watch_id=own.id) if own else None


def detail(
    stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int, operator: bool = False
) -> IncidentDetail | None:
    """All that is known of an incident; None where there is none of that id.

    What outlets reported is for all to read, and its number is named to many (as the earlier fall of a town, behind a
    level); which chats were told of it is nowhere said. `operator`: with what chats find wrong with it.
    """
    store = store_of(stores, edition)
    if store is None:
        return None
    with store.read() as tx:
        incident, told = _standing(tx, incident_id, chat_id)
        if incident is None:
            return None
        revisions, alerts = tx.incidents.revisions(incident.id), tx.alerts.of_incident(incident.id)
        votes = tx.verdicts.tally(incident.id) if operator else {}
    return IncidentDetail(edition, incident, tuple(revisions), tuple(alerts), told, votes)


def readings(stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int) -> IncidentReadings | None:
    """How the sources of an incident were read; None as `detail` gives it."""
    store = store_of(stores, edition)
    if store is None:
        return None
    with store.read() as tx:
        incident, told = _standing(tx, incident_id, chat_id)
        if incident is None:
            return None
        stored = [tx.articles.get(witness.article_id) for witness in incident.witnesses[:MOST_READ]]
    reports = [Report(s.article, s.reading, s.located) for s in stored if s.reading and s.located]
    return IncidentReadings(incident, tuple(reports), len(incident.witnesses) - len(reports), told)


def store_of(stores: Sequence[Store], edition: Edition) -> Store | None:
    return next((store for store in stores if store.edition is edition), None)


def _standing(tx: Transaction, incident_id: int, chat_id: int) -> tuple[Incident | None, Delivery | None]:
    """The incident to show, and what the chat was shown of it; as `standing`."""
    incident_id, told = standing(tx, incident_id, chat_id)
    return tx.incidents.get(incident_id), told


def standing(tx: Transaction, incident_id: int, chat_id: int) -> tuple[int, Delivery | None]:
    """The incident to show and what the chat was shown of it: where a chat's message became that of the incident into
    which this one was merged, that one."""
    told = shown(tx, incident_id, chat_id)
    while told is None and (incident := tx.incidents.get(incident_id)) and incident.merged_into is not None:
        incident_id = incident.merged_into
        told = shown(tx, incident_id, chat_id)
    return incident_id, told


def shown(tx: Transaction, incident_id: int, chat_id: int) -> Delivery | None:
    """What the chat was shown of the incident; None: nothing yet."""
    told = tx.outbox.told(chat_id, incident_id)
    return told if told and told.sent_revision else None
