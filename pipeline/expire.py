"""On a timer: those who were told of an event see, without a sound, that nothing renews it any more."""

from datetime import datetime, timedelta

from alerts.severity import severity
from alerts.types import Alert, Reason
from incidents.expiry import SOONEST, expired, has_expired
from store.batches import batches
from store.store import Store

RECENT = timedelta(days=14)  # older alerts are history
BATCH = 50


def expire(store: Store, now: datetime) -> int:
    """Let the incidents expire whose time has passed; how many."""
    with store.read() as tx:
        waiting = [i.id for i in tx.incidents.silent(now - RECENT, now - SOONEST) if has_expired(i, now)]
        told = [id for id in waiting if tx.alerts.of_incident(id)]
    return sum(_expire(store, ids, now) for ids in batches(told, BATCH))


def _expire(store: Store, ids: list[int], now: datetime) -> int:
    done = 0
    with store.write() as tx:
        for incident in tx.incidents.newest(ids):
            if not has_expired(incident, now):  # a report came meanwhile
                continue
            after = tx.incidents.revise(expired(incident))
            tx.alerts.add(Alert(0, after.id, after.revision, Reason.EXPIRED, severity(after), after.certainty, now))
            done += 1
    return done
