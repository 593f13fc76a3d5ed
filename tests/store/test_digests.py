"""Digests: one a chat, which follows its settings, and rows that wait for it."""

from datetime import timedelta

import pytest

from alerts.digest import Wait, Why
from alerts.types import ChatState, Reason, Severity
from incidents.types import Incident
from store.digests import Digest
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, NewIncident, make_chat

SOON, LATER = NOW + timedelta(minutes=30), NOW + timedelta(hours=3)
GROUP, SUPERGROUP = -4001, -1002233445566


def want(store: Store, incident: Incident, chat_id: int = 1, revision: int = 1, reason: Reason = Reason.NEW) -> None:
    with store.write() as tx:
        if tx.chats.get(chat_id) is None:
            tx.chats.put(make_chat(chat_id))
        values = {"revision": revision, "reason": reason, "severity": Severity.SEVERE}
        tx.outbox.want(chat_id, incident.id, **values, watch_ids=[], now=NOW, next_at=NOW)  # type: ignore[arg-type]


def hold(store: Store, incident: Incident, chat_id: int = 1) -> None:
    with store.write() as tx:
        tx.digests.hold(chat_id, incident.id, SOON, Why.RHYTHM, NOW)


def due(store: Store) -> list[int]:
    with store.read() as tx:
        return [delivery.incident.id for delivery in tx.outbox.due(LATER, 10)]


def test_what_is_held_is_not_due_by_itself(store: Store, new_incident: NewIncident) -> None:
    first, second = new_incident(), new_incident()
    want(store, first)
    want(store, second)
    hold(store, first)
    assert due(store) == [second.id]
    with store.read() as tx:
        assert tx.digests.due(SOON - timedelta(seconds=1), 10) == []
        assert tx.digests.due(SOON, 10) == [Digest(make_chat(1), Why.RHYTHM, NOW, SOON, 0)]
        assert [(row.incident.id, row.held) for row in tx.outbox.owed_to(1)] == [(first.id, True), (second.id, False)]


def test_something_newer_is_looked_at_by_itself(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    want(store, incident)
    hold(store, incident)
    want(store, incident, reason=Reason.ESCALATED)
    assert due(store) == [incident.id]


def test_what_was_told_is_settled_and_a_silent_change_of_it_owes_nothing(
    store: Store, new_incident: NewIncident
) -> None:
    incident = new_incident()
    want(store, incident)
    hold(store, incident)
    with store.write() as tx:
        tx.outbox.digested(1, incident.id, revision=1, now=SOON)
        tx.digests.finish(1, None, SOON)
        assert tx.digests.of(1) is None
        row = tx.outbox.told(1, incident.id)
    assert row is not None
    assert (row.sent_revision, row.message_id, row.held) == (1, None, False)
    want(store, incident, revision=2, reason=Reason.UPDATED)
    assert due(store) == []
    want(store, incident, revision=3, reason=Reason.DISPUTED)
    assert due(store) == [incident.id]


def test_a_digest_that_has_more_to_tell_stays(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    want(store, incident)
    hold(store, incident)
    with store.write() as tx:
        tx.digests.retry(1, attempts=2, next_at=SOON, problem="Unreachable")
        tx.digests.finish(1, Wait(LATER, Why.RHYTHM), SOON)
        assert tx.digests.of(1) == Digest(make_chat(1), Why.RHYTHM, SOON, LATER, 0)


def test_it_follows_settings_and_can_be_given_up(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    want(store, incident)
    with store.write() as tx:
        tx.digests.move(1, None, NOW)
        assert tx.digests.of(1) is None
    hold(store, incident)
    with store.write() as tx:
        tx.digests.move(1, Wait(LATER, Why.PAUSE), NOW)
        moved = tx.digests.of(1)
        assert moved is not None
        assert (moved.next_at, moved.why) == (LATER, Why.PAUSE)
        tx.digests.move(1, None, NOW)
        [at_once] = tx.digests.due(NOW, 10)
        assert at_once.why is Why.PAUSE
        tx.digests.release(1)
        assert tx.digests.of(1) is None
    assert due(store) == [incident.id]


def test_chats_at_rest_get_none(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    want(store, incident)
    hold(store, incident)
    with store.write() as tx:
        tx.chats.put(make_chat(1, state=ChatState.PAUSED))
        assert tx.digests.due(LATER, 10) == []


def test_it_goes_with_the_chat_and_moves_with_it(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    want(store, incident, GROUP)
    hold(store, incident, GROUP)
    with store.write() as tx:
        tx.chats.put(make_chat(SUPERGROUP))
        tx.chats.migrate(GROUP, SUPERGROUP)
        assert [digest.chat.id for digest in tx.digests.due(LATER, 10)] == [SUPERGROUP]
        assert [row.held for row in tx.outbox.owed_to(SUPERGROUP)] == [True]
        tx.chats.erase(SUPERGROUP)
        assert tx.digests.of(SUPERGROUP) is None


def test_what_was_erased_meanwhile_cannot_be_marked(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    with store.write() as tx:
        with pytest.raises(NotStored):
            tx.outbox.digested(1, incident.id, revision=1, now=NOW)
        with pytest.raises(NotStored):
            tx.digests.hold(1, incident.id, SOON, Why.QUIET, NOW)


@pytest.mark.parametrize("both", [True, False])
def test_two_events_found_to_be_one_owe_no_edit_of_a_digest(
    store: Store, new_incident: NewIncident, both: bool
) -> None:
    lesser, other = new_incident(), new_incident()
    for incident in (lesser, *([other] if both else [])):
        want(store, incident)
        hold(store, incident)
        with store.write() as tx:
            tx.outbox.digested(1, incident.id, revision=1, now=SOON)
    with store.write() as tx:
        tx.outbox.merge(lesser, other, Severity.SEVERE, SOON)
    assert due(store) == []
    with store.read() as tx:
        told = tx.outbox.told(1, other.id)
    assert told is not None
    assert told.sent_revision
