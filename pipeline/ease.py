"""On a timer: those who were told of events in a region hear that it has been quiet for longer than is usual there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from alerts.severity import severity
from alerts.types import Alert, Reason
from classifiers.taxonomy import Signal
from feeds.types import Catalogue
from incidents.easing import LEAST, RHYTHM, eased, has_eased
from incidents.lookup import region_key
from incidents.types import Incident
from store.store import Store, Transaction

RECENT = timedelta(days=14)  # older alerts are history


def ease(store: Store, catalogue: Catalogue, now: datetime) -> int:
    """Ease the incidents of every region that has gone quiet; how many. One of each region rings, the latest."""
    with store.read() as tx:
        newest = _newest(tx, catalogue)
        waiting = [i for i in tx.incidents.silent(now - RECENT, now - LEAST) if _may_ease(tx, i)]
    regions: defaultdict[str, list[Incident]] = defaultdict(list)
    for incident in waiting:
        regions[region_key(incident.place)].append(incident)
    return sum(_ease_region(store, key, told, newest, now) for key, told in regions.items())


def _may_ease(tx: Transaction, incident: Incident) -> bool:
    return incident.kind is not Signal.DEESCALATION and bool(tx.alerts.of_incident(incident.id))


def _newest(tx: Transaction, catalogue: Catalogue) -> Mapping[str, datetime]:
    """By publisher, the newest entry of its feeds that are still listed."""
    publishers = {feed.url: feed.publisher_id for feed in catalogue.feeds}
    newest: dict[str, datetime] = {}
    for state in tx.feeds.all():
        publisher = publishers.get(state.url)
        if publisher is not None and state.newest is not None:
            newest[publisher] = max(state.newest, newest.get(publisher, state.newest))
    return newest


def _ease_region(
    store: Store, key: str, told: Sequence[Incident], newest: Mapping[str, datetime], now: datetime
) -> int:
    with store.write() as tx:
        region = tx.incidents.open([key], list(Signal), now - RHYTHM)
        if not has_eased(region, newest, now):
            return 0
        current = {incident.id: incident for incident in region}
        quiet = [current[i.id] for i in told if i.id in current and not current[i.id].eased]
        quiet.sort(key=lambda incident: incident.last_seen, reverse=True)
        for place, incident in enumerate(quiet):
            after = tx.incidents.revise(eased(incident))
            reason = Reason.UPDATED if place else Reason.EASED
            tx.alerts.add(Alert(0, after.id, after.revision, reason, severity(after), after.certainty, now))
        return len(quiet)
