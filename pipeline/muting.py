"""Use cases of muting: a chat wants to hear nothing of a place, a kind or an incident for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.mutes import Mute, MuteScope, mute_of
from alerts.types import Edition
from incidents.types import Incident
from pipeline.history import standing, store_of
from pipeline.verdicts import NotTold
from store.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Muted:
    """A mute that lasts, of an incident of `edition`: the incident; of a place or kind: None, and it is of all."""

    edition: Edition
    mute: Mute
    incident: Incident | None = None


def of_incident(
    stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int, now: datetime
) -> tuple[Incident, dict[MuteScope, Mute]]:
    """The incident, and what of it the chat has muted: itself, its place, its kind. Raises NotTold."""
    with _store(stores, edition).read() as tx:
        incident = _told(tx, incident_id, chat_id)
        lasting = {(mute.scope, mute.key): mute for mute in tx.mutes.of_chat(chat_id, now)}
    own = {scope: mute_of(scope, incident, chat_id, now).key for scope in MuteScope}
    return incident, {scope: lasting[scope, key] for scope, key in own.items() if (scope, key) in lasting}


def mute(
    stores: Sequence[Store],
    edition: Edition,
    incident_id: int,
    chat_id: int,
    scope: MuteScope,
    length: timedelta,
    now: datetime,
) -> Mute:
    """Mute the incident, its place or its kind for so long from now on. Raises NotTold."""
    with _store(stores, edition).read() as tx:
        wanted = mute_of(scope, _told(tx, incident_id, chat_id), chat_id, now + length)
    for store in _concerned(stores, edition, scope):
        with store.write() as tx:
            tx.mutes.put(wanted)
    return wanted


def listed(stores: Sequence[Store], chat_id: int, now: datetime) -> list[Muted]:
    """All that the chat has muted, the first to end first."""
    found: dict[tuple[MuteScope, str, Edition | None], Muted] = {}
    for store in stores:
        with store.read() as tx:
            for one in tx.mutes.of_chat(chat_id, now):
                own = one.scope is MuteScope.INCIDENT
                incident = tx.incidents.get(one.incident_id) if own and one.incident_id else None
                key = one.scope, one.key, store.edition if own else None
                found.setdefault(key, Muted(store.edition, one, incident))
    return sorted(found.values(), key=lambda muted: muted.mute.until)


def end(stores: Sequence[Store], edition: Edition, mute_id: int, chat_id: int, now: datetime) -> Muted | None:
    """End a mute that `listed` gave; None: it lasts no longer."""
    wanted = next((m for m in listed(stores, chat_id, now) if (m.edition, m.mute.id) == (edition, mute_id)), None)
    if wanted is not None:
        _end(stores, edition, chat_id, wanted.mute)
    return wanted


def unmute(
    stores: Sequence[Store], edition: Edition, incident_id: int, chat_id: int, scope: MuteScope, now: datetime
) -> Mute | None:
    """End the mute of the incident, its place or its kind; None: it lasts no longer. Raises NotTold."""
    _, muted = of_incident(stores, edition, incident_id, chat_id, now)
    if scope in muted:
        _end(stores, edition, chat_id, muted[scope])
    return muted.get(scope)


def _end(stores: Sequence[Store], edition: Edition, chat_id: int, wanted: Mute) -> None:
    for store in _concerned(stores, edition, wanted.scope):
        with store.write() as tx:
            tx.mutes.end(chat_id, wanted.scope, wanted.key)


def _concerned(stores: Sequence[Store], edition: Edition, scope: MuteScope) -> Sequence[Store]:
    """The stores that keep a mute: of an incident its own, of a place or kind all."""
    return [_store(stores, edition)] if scope is MuteScope.INCIDENT else stores


def _told(tx: Transaction, incident_id: int, chat_id: int) -> Incident:
    incident_id, told = standing(tx, incident_id, chat_id)
    incident = tx.incidents.get(incident_id) if told else None
    if incident is None:
        raise NotTold(f"chat {chat_id} was not told of incident {incident_id}")
    return incident


def _store(stores: Sequence[Store], edition: Edition) -> Store:
    store = store_of(stores, edition)
    if store is None:
        raise NotTold(f"there is no edition {edition}")
    return store
