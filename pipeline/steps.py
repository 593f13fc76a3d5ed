"""What an outbox row needs next, and what stands in its way. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum, auto

from alerts.digest import Wait, wait
from alerts.mutes import SPEAKS, Mute, silenced
from alerts.types import Reason
from alerts.watches import held
from store.types import Delivery

STALE = timedelta(hours=48)  # who resumes after a month, or comes back online, is not told last month's war as news


class Step(Enum):
    SEND = auto()
    EDIT = auto()
    REPLY = auto()


def next_step(delivery: Delivery) -> Step | None:
    """What a row needs next: the message first, then its newest text, then the reply that rings.

    What a digest told has no message: an error in it is replied to, whatever else cannot wait for the next digest is
    told in whole.
    """
    if delivery.message_id is None:
        if not delivery.sent_revision:
            return Step.SEND
        if delivery.pending_reason is None:
            return None
        return Step.REPLY if delivery.pending_reason in SPEAKS else Step.SEND
    if delivery.sent_revision < delivery.wanted_revision:
        return Step.EDIT
    return Step.REPLY if delivery.pending_reason else None


def waits(delivery: Delivery, now: datetime) -> Wait | None:
    """How long the next step waits for the chat's night, pause or digest; None: it may go. Silent edits always may."""
    if next_step(delivery) is Step.EDIT:
        return None
    night = held(delivery.chat, delivery.watches, delivery.severity, delivery.incident.certainty, now)
    return wait(delivery.chat, delivery.severity, delivery.pending_reason, night, now)


def is_stale(delivery: Delivery, now: datetime) -> bool:
    """Whether what is owed would ring for old news: it is then left to /alerts. Silent edits are never stale, nor is
    the word that what was told is wrong, however old that is. That it has become quiet is news as of when that was
    found: the quiet itself may have taken longer than what goes stale."""
    step = next_step(delivery)
    if step is Step.EDIT or (step is Step.REPLY and delivery.pending_reason in SPEAKS):
        return False
    news = [delivery.incident.last_seen, delivery.first_wanted]
    if delivery.pending_reason is Reason.EASED and delivery.owed_since is not None:
        news.append(delivery.owed_since)
    return now - max(news) > STALE


def is_muted(delivery: Delivery, mutes: Iterable[Mute], now: datetime) -> bool:
    """Whether what is owed would ring in spite of the chat's mutes. Silent edits never do."""
    return next_step(delivery) is not Step.EDIT and silenced(mutes, delivery.incident, delivery.pending_reason, now)
