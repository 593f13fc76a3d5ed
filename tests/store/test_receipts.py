"""Receipts go when they are of no use any more."""

from datetime import timedelta

from alerts.types import Reason, Severity, Verdict
from classifiers.taxonomy import Fault
from incidents.types import Incident
from store.store import Store
from tests.builders import NOW, NewIncident, make_chat

LONG_AGO = NOW - timedelta(days=91)
CUT = NOW - timedelta(days=90)


def tell(store: Store, incident: Incident, at_once: bool = True) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        wanted = {"revision": 1, "reason": Reason.NEW, "severity": Severity.SEVERE}
        tx.outbox.want(1, incident.id, **wanted, watch_ids=[], now=LONG_AGO, next_at=LONG_AGO)  # type: ignore[arg-type]
        if at_once:
            tx.outbox.sent(1, incident.id, revision=1, message_id=7, now=LONG_AGO)
        tx.verdicts.put(Verdict(1, incident.id, Fault.OLD_NEWS, 1, LONG_AGO if at_once else NOW))


def test_receipts_of_what_ended_go_and_those_of_what_goes_on_stay(store: Store, new_incident: NewIncident) -> None:
    ended, unsent = (new_incident(first_seen=LONG_AGO, last_seen=LONG_AGO) for _ in range(2))
    lasting = new_incident(first_seen=LONG_AGO, last_seen=NOW)
    for incident in (ended, lasting):
        tell(store, incident)
    tell(store, unsent, at_once=False)
    with store.write() as tx:
        assert tx.receipts.cleanup(CUT) == 2 + 2
        assert tx.receipts.cleanup(CUT) == 0
        assert tx.outbox.told(1, ended.id) is None
        assert tx.outbox.told(1, unsent.id) is None
        assert tx.outbox.told(1, lasting.id) is not None
        assert [verdict.incident_id for verdict in tx.verdicts.all()] == [unsent.id]
        assert tx.chats.get(1) is not None


def test_many_go_in_short_transactions(store: Store, new_incident: NewIncident) -> None:
    for _ in range(3):
        tell(store, new_incident(first_seen=LONG_AGO, last_seen=LONG_AGO))
    with store.write() as tx:
        tx.verdicts.remove(1, 1)
        assert tx.receipts.cleanup(CUT, limit=2) == 2 + 2
    with store.write() as tx:
        assert tx.receipts.cleanup(CUT, limit=2) == 1
