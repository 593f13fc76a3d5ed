"""Use cases of operators: what chats found wrong, and what is done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.reviews import REASONS, ReviewDecision
from classifiers.taxonomy import Fault
from incidents.types import Incident
from pipeline.withdraw import withdraw
from store.store import Store, Transaction

_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An incident as it is now. `votes`: how many chats say what is wrong with it, most first; `told`: how many chats
    were shown it. Which chats these are is not said."""

    incident: Incident
    votes: Mapping[Fault, int]
    told: int


def to_review(store: Store) -> list[Reviewable]:
    """What chats found wrong and nobody decided since: most votes first."""
    with store.read() as tx:
        waiting = tx.operating.to_review()
        return [found for incident_id in waiting if (found := _reviewable(tx, incident_id))]


def reviewable(store: Store, incident_id: int) -> Reviewable | None:
    """An incident that stands; None: there is none of this id, or it was withdrawn or merged."""
    with store.read() as tx:
        return _reviewable(tx, incident_id)


def _reviewable(tx: Transaction, incident_id: int) -> Reviewable | None:
    incident = tx.incidents.get(incident_id)
    if incident is None or incident.withdrawn or incident.merged_into is not None:
        return None
    return Reviewable(incident, tx.verdicts.tally(incident_id), tx.counts.told(incident_id))


def decide(store: Store, incident_id: int, decision: ReviewDecision, now: datetime) -> None:
    """Store what an operator decided; a withdrawal is told to everyone who was told, with what most chats say was
    wrong. Raises InvalidInput as `withdraw` does."""
    if decision is ReviewDecision.WITHDRAWN:
        with store.read() as tx:
            fault = next(iter(tx.verdicts.tally(incident_id)), None)
        withdraw(store, incident_id, REASONS[fault] if fault else "", now)
    with store.write() as tx:
        tx.operating.review(incident_id, decision, now)


def draft_withdrawal(store: Store, incident_id: int, reason: str, now: datetime) -> int:
    """Keep an operator's reason until the withdrawal is confirmed; the draft's id."""
    with store.write() as tx:
        return tx.operating.add_draft(f"{incident_id}{_SEPARATOR}{reason}", now)


def confirm_withdrawal(store: Store, draft_id: int, now: datetime) -> Incident | None:
    """Withdraw as drafted; None: the draft is gone, it was confirmed or dropped before. Raises InvalidInput."""
    with store.write() as tx:
        draft = tx.operating.take_draft(draft_id)
    if draft is None:
        return None
    number, _, reason = draft.partition(_SEPARATOR)
    gone = withdraw(store, int(number), reason, now)
    with store.write() as tx:
        tx.operating.review(gone.id, ReviewDecision.WITHDRAWN, now)
    return gone


def drop_draft(store: Store, draft_id: int) -> None:
    with store.write() as tx:
        tx.operating.take_draft(draft_id)


def draft(store: Store, text: str, now: datetime) -> int:
    """Keep what an operator wrote until it is confirmed; its id."""
    with store.write() as tx:
        return tx.operating.add_draft(text, now)


def told(store: Store, incident_id: int) -> int:
    """How many chats were shown an incident."""
    with store.read() as tx:
        return tx.counts.told(incident_id)
