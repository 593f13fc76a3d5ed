"""The outbox: wanting, sending, replying, failing."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from alerts.types import Alert, ChatState, Reason, Severity
from incidents.types import Certainty, Incident
from store.errors import NotStored
from store.store import Store
from store.types import Delivery
from tests.builders import NOW, NewIncident, NewWatch, make_chat, minutes

CHAT = 1001


class Box:
    """The row of one chat and one incident, each step in a transaction of its own."""

    def __init__(self, store: Store, incident: Incident, watch_ids: Collection[int], chat_id: int = CHAT) -> None:
        self.store = store
        self.key = (chat_id, incident.id)
        self.watch_ids = watch_ids

    def want(self, revision: int = 1, reason: Reason = Reason.NEW, **fields: Any) -> None:
        defaults: dict[str, Any] = {"severity": Severity.SEVERE, "watch_ids": self.watch_ids}
        times = {"now": NOW, "next_at": NOW}
        with self.store.write() as tx:
            tx.outbox.want(*self.key, revision=revision, reason=reason, **{**defaults, **times, **fields})

    def sent(self, revision: int, message_id: int = 7, now: datetime = NOW) -> None:
        with self.store.write() as tx:
            tx.outbox.sent(*self.key, revision=revision, message_id=message_id, now=now)

    def replied(self, revision: int | None = None) -> None:
        with self.store.write() as tx:
            tx.outbox.replied(*self.key, revision)

    def row(self) -> Delivery:
        with self.store.read() as tx:
            row = tx.outbox.told(*self.key)
        assert row is not None
        return row

    def due(self, now: datetime = NOW) -> bool:
        with self.store.read() as tx:
            return any((row.chat.id, row.incident.id) == self.key for row in tx.outbox.due(now, 100))


@pytest.fixture
def box(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> Box:
    return Box(store, new_incident(), [new_watch(CHAT).id])


def revise(store: Store, incident_id: int) -> Incident:
    with store.write() as tx:
        incident = tx.incidents.get(incident_id)
        assert incident is not None
        return tx.incidents.revise(replace(incident, revision=incident.revision + 1, cause_text="more is known"))


def test_a_wanted_incident_is_due_with_its_newest_revision(store: Store, box: Box) -> None:
    box.want(next_at=NOW + minutes(1))
    newest = revise(store, box.key[1])

    expected = Delivery(
        chat=make_chat(CHAT),
        incident=newest,
        severity=Severity.SEVERE,
        wanted_revision=1,
        sent_revision=0,
        message_id=None,
        pending_reason=None,
        watch_ids=tuple(box.watch_ids),
        attempts=0,
        next_at=NOW + minutes(1),
        first_wanted=NOW,
    )
    with store.read() as tx:
        assert tx.outbox.due(NOW, 10) == []
        assert tx.outbox.due(NOW + minutes(1), 10) == [expected]
        assert tx.outbox.told(*box.key) == expected
        assert tx.outbox.told(CHAT, 77) is None
        assert tx.outbox.next_due() == NOW + minutes(1)


def test_what_was_sent_is_no_longer_owed(store: Store, box: Box) -> None:
    box.want()
    box.sent(1, message_id=2**40)

    assert not box.due()
    assert (box.row().sent_revision, box.row().message_id) == (1, 2**40)
    with store.read() as tx:
        assert tx.outbox.next_due() is None


def test_a_silent_update_owes_an_edit_and_no_reply(box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.UPDATED)

    assert box.due()
    assert box.row().pending_reason is None
    box.sent(2)
    assert not box.due()


def test_a_ringing_reason_owes_an_edit_and_a_reply(box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.CORROBORATED)
    box.sent(2)

    assert box.due()
    assert box.row().pending_reason is Reason.CORROBORATED
    box.replied(2)
    assert not box.due()
    assert box.row().pending_reason is None


def test_the_first_message_says_all(box: Box) -> None:
    box.want()
    box.want(2, Reason.CORROBORATED)
    assert box.row().pending_reason is None
    box.sent(2)

    assert not box.due()
    assert box.row().pending_reason is None


def test_a_reason_that_comes_while_the_first_message_is_under_way_rings_after_it(box: Box) -> None:
    box.want()
    box.want(2, Reason.ESCALATED)  # after the text of revision 1 was rendered
    box.sent(1)

    assert box.due()
    assert box.row().pending_reason is Reason.ESCALATED


def test_an_owed_reply_knows_when_it_was_decided(store: Store, box: Box) -> None:
    box.want()
    box.sent(1)
    assert box.row().owed_since is None
    eased = revise(store, box.key[1])
    with store.write() as tx:
        tx.alerts.add(
            Alert(0, eased.id, 2, Reason.EASED, Severity.SEVERE, Certainty.OBSERVED, NOW + minutes(9)),
        )
    box.want(2, Reason.EASED, now=NOW + minutes(10))
    assert box.row().owed_since == NOW + minutes(9)
    box.replied()
    assert box.row().owed_since is None


def test_a_reason_that_comes_while_a_reply_is_under_way_stays_owed(box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.DISPUTED)
    box.sent(2)
    box.want(3, Reason.CORROBORATED)
    assert box.row().pending_reason is Reason.DISPUTED
    box.replied(2)

    assert box.row().pending_reason is Reason.CORROBORATED


def test_without_a_revision_a_reply_settles_all_that_is_wanted(box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.DISPUTED)
    box.want(3, Reason.CORROBORATED)
    box.sent(3)
    box.replied()
    assert not box.due()


def test_wanting_again_changes_nothing(box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.DISPUTED)
    before = box.row()
    box.want(2, Reason.DISPUTED)
    assert box.row() == before

    box.sent(2)
    box.replied(2)
    box.want(2, Reason.DISPUTED)
    assert not box.due()
    assert box.row().pending_reason is None


def test_an_older_revision_that_arrives_late_lowers_nothing(box: Box) -> None:
    box.want(3, Reason.ESCALATED, severity=Severity.EXTREME)
    box.want(2, Reason.UPDATED, severity=Severity.MINOR, next_at=NOW + minutes(60))

    row = box.row()
    assert (row.wanted_revision, row.severity, row.next_at) == (3, Severity.EXTREME, NOW)


def test_watches_are_united_and_those_that_are_gone_passed_over(store: Store, box: Box, new_watch: NewWatch) -> None:
    other, foreign = new_watch(CHAT), new_watch(2002)
    box.want()
    box.want(watch_ids=[other.id, other.id, foreign.id, 77_000])
    assert box.row().watch_ids == (*box.watch_ids, other.id)

    with store.write() as tx:
        tx.chats.remove_watch(CHAT, other.id)
    assert box.row().watch_ids == tuple(box.watch_ids)


def test_a_chat_that_was_erased_meanwhile_is_passed_over(store: Store, box: Box) -> None:
    with store.write() as tx:
        tx.chats.erase(CHAT)
    box.want()

    with store.read() as tx:
        assert tx.outbox.told(*box.key) is None
    with pytest.raises(NotStored):
        box.sent(1)


def test_a_failed_attempt_waits_and_a_new_revision_does_not_shorten_it(store: Store, box: Box) -> None:
    box.want()
    with store.write() as tx:
        tx.outbox.retry(*box.key, attempts=2, next_at=NOW + minutes(5), problem="flood control")
    box.want(2, Reason.UPDATED)

    assert not box.due()
    assert box.due(NOW + minutes(5))
    assert box.row().attempts == 2
    box.sent(2)
    assert box.row().attempts == 0


def test_an_update_decides_anew_when_to_send(box: Box) -> None:
    box.want(next_at=NOW + minutes(600))
    box.want(2, Reason.ESCALATED, severity=Severity.EXTREME, next_at=NOW)
    assert box.due()
    box.want(3, Reason.CORRECTED, severity=Severity.MINOR, next_at=NOW + minutes(600))
    assert not box.due()


def test_a_lost_message_is_sent_anew(store: Store, box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.DISPUTED)
    with store.write() as tx:
        tx.outbox.lost_message(*box.key)

    row = box.row()
    assert (row.sent_revision, row.message_id, row.pending_reason) == (0, None, None)
    assert box.due()
    box.sent(2, message_id=8)
    assert not box.due()
    assert box.row().message_id == 8


def test_what_is_refused_is_not_tried_again_until_there_is_more(store: Store, box: Box) -> None:
    box.want()
    box.sent(1)
    box.want(2, Reason.DISPUTED)
    with store.write() as tx:
        tx.outbox.drop(*box.key, "message is too long")
    assert not box.due()

    box.want(3, Reason.UPDATED)
    assert box.due()
    assert box.row().pending_reason is None


def test_the_most_urgent_come_first(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    watch = new_watch(CHAT)
    boxes = [Box(store, new_incident(), [watch.id]) for _ in range(6)]
    edit, reply, late_minor, severe, early_minor, extreme = boxes
    for box in (edit, reply):
        box.want(severity=Severity.EXTREME)
        box.sent(1)
    edit.want(2, Reason.UPDATED, severity=Severity.EXTREME)
    reply.want(2, Reason.CONFIRMED, severity=Severity.SEVERE)
    late_minor.want(severity=Severity.MINOR, now=NOW + minutes(1))
    severe.want(severity=Severity.SEVERE)
    early_minor.want(severity=Severity.MINOR)
    extreme.want(severity=Severity.EXTREME, now=NOW + minutes(2))

    with store.read() as tx:
        order = [delivery.incident.id for delivery in tx.outbox.due(NOW + minutes(9), 100)]
        assert order == [box.key[1] for box in (extreme, severe, reply, early_minor, late_minor, edit)]
        assert [delivery.incident.id for delivery in tx.outbox.due(NOW + minutes(9), 2)] == order[:2]


@pytest.mark.parametrize("state", [ChatState.PAUSED, ChatState.RETIRED])
def test_chats_at_rest_get_nothing_until_they_are_back(store: Store, box: Box, state: ChatState) -> None:
    box.want()
    with store.write() as tx:
        tx.chats.put(make_chat(CHAT, state=state))
    assert not box.due()
    with store.read() as tx:
        assert tx.outbox.next_due() is None
        assert tx.outbox.audience(box.key[1], None, 10) == []

    with store.write() as tx:
        tx.chats.put(make_chat(CHAT))
    assert box.due()


def test_the_audience_is_read_in_pages(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    incident, other = new_incident(), new_incident()
    for chat_id in (-100777, 5, 9):
        Box(store, incident, [new_watch(chat_id).id], chat_id).want()
    Box(store, other, [], 5).want()

    with store.read() as tx:
        assert [row.chat.id for row in tx.outbox.audience(incident.id, None, 2)] == [-100777, 5]
        assert [row.chat.id for row in tx.outbox.audience(incident.id, 5, 2)] == [9]
        assert tx.outbox.audience(incident.id, 9, 2) == []


def test_a_row_that_is_not_there_cannot_be_marked(store: Store) -> None:
    with store.write() as tx:
        for mark in (tx.outbox.replied, tx.outbox.lost_message):
            with pytest.raises(NotStored):
                mark(CHAT, 77)
        with pytest.raises(NotStored):
            tx.outbox.drop(CHAT, 77, "gone")
        with pytest.raises(NotStored):
            tx.outbox.retry(CHAT, 77, attempts=1, next_at=NOW, problem="gone")
