"""Spread alerts to the chats that watch the place: alert rows become outbox rows, in batches from a stored cursor."""

from datetime import datetime

from alerts.types import Severity
from alerts.watches import FOR_THE_TOLD, matching, night_ends
from incidents.types import Incident
from store.store import Store, Transaction
from store.types import FanOut, Subscriber

BATCH = 500


def spread(store: Store, now: datetime) -> bool:
    """Deal with one batch of chats of the alert that is first in line; False when none is pending."""
    with store.read() as tx:
        if not tx.alerts.pending(1):
            return False  # found out without keeping writers waiting
    with store.write() as tx:
        for fan_out in tx.alerts.pending(1):
            _spread_batch(tx, fan_out, now)
            return True
    return False


def spread_all(store: Store, now: datetime) -> None:
    while spread(store, now):
        pass


def _spread_batch(tx: Transaction, fan_out: FanOut, now: datetime) -> None:
    alert = fan_out.alert
    subscribers = tx.chats.subscribers(fan_out.cursor, BATCH)
    audience = tx.outbox.audience(alert.incident_id, fan_out.cursor, BATCH)
    # Both lists are ordered by chat; beyond the end of a full one, the next batch has to look.
    ends = [s[-1].chat.id for s in (subscribers, audience) if len(s) == BATCH]
    wanted: dict[int, list[int]] = {delivery.chat.id: [] for delivery in audience}
    for subscriber in subscribers:
        watches = _asking(subscriber, fan_out.incident, alert.severity, now)
        if subscriber.chat.id in wanted or (watches and alert.reason not in FOR_THE_TOLD):
            wanted[subscriber.chat.id] = watches
    for chat_id in sorted(id for id in wanted if not ends or id <= min(ends)):
        tx.outbox.want(
            chat_id,
            alert.incident_id,
            revision=alert.revision,
            reason=alert.reason,
            severity=alert.severity,
            watch_ids=wanted[chat_id],
            now=now,
            next_at=now,
        )
    if ends:
        tx.alerts.advance(alert.id, min(ends))
    else:
        tx.alerts.finish(alert.id)


def _asking(subscriber: Subscriber, incident: Incident, severity: Severity, now: datetime) -> list[int]:
    """The ids of the watches that ask for the incident at this hour of the chat's day."""
    nightly = any(watch.night for watch in subscriber.watches)
    by_night = nightly and night_ends(subscriber.chat, now) is not None
    return [watch.id for watch, _ in matching(subscriber.watches, incident, severity, by_night=by_night)]
