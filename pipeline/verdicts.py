"""Use cases of judging: a chat says what is wrong with an incident it was told of, changes its mind, takes it back."""

from collections.abc import Sequence
from datetime import datetime

from alerts.types import Edition, Verdict
from classifiers.taxonomy import Fault
from errors import TocsinError
from pipeline.history import shown, store_of
from store.store import Store


class NotTold(TocsinError):
    """The chat was never shown this incident, or it is not stored."""


def voted(stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int) -> Fault | None:
    """What the chat said is wrong with it; None: nothing. Raises NotTold."""
    store = _store_of(stores, edition)
    with store.read() as tx:
        if shown(tx, incident_id, chat_id) is None:
            raise NotTold(f"chat {chat_id} was not told of incident {incident_id}")
        verdict = tx.verdicts.get(chat_id, incident_id)
    return verdict.fault if verdict else None


def vote(
    stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int, fault: Fault | None, now: datetime
) -> None:
    """Store the chat's one vote on what it was last shown, in place of an earlier one; None takes it back.

    Raises NotTold.
    """
    store = _store_of(stores, edition)
    with store.write() as tx:
        told = shown(tx, incident_id, chat_id)
        if told is None:
            raise NotTold(f"chat {chat_id} was not told of incident {incident_id}")
        if fault is None:
            tx.verdicts.remove(chat_id, incident_id)
        else:
            tx.verdicts.put(Verdict(chat_id, incident_id, fault, told.sent_revision, now))


def _store_of(stores: Sequence[Store], edition: Edition) -> Store:
    store = store_of(stores, edition)
    if store is None:
        raise NotTold(f"there is no edition {edition}")
    return store
