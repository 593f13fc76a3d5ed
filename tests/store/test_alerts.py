"""Alerts, and how far they have been spread."""

from dataclasses import replace

import pytest

from alerts.types import Reason, Severity
from store.errors import NotStored, StoreError
from store.store import Store
from store.types import FanOut
from tests.builders import NewIncident, make_alert, make_incident


def test_an_alert_waits_until_it_has_been_spread(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    with store.write() as tx:
        alert = tx.alerts.add(make_alert(incident))

    assert alert == make_alert(incident, id=alert.id)
    with store.write() as tx:
        assert tx.alerts.pending(10) == [FanOut(alert, incident, None)]
        tx.alerts.advance(alert.id, -1001234567890)
    with store.write() as tx:
        assert tx.alerts.pending(10) == [FanOut(alert, incident, -1001234567890)]
        tx.alerts.finish(alert.id)
    with store.read() as tx:
        assert tx.alerts.pending(10) == []
        assert tx.alerts.of_incident(incident.id) == [alert]


def test_the_gravest_are_spread_first_and_show_the_newest_revision(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    with store.write() as tx:
        stored = [
            tx.alerts.add(make_alert(incident, severity=severity))
            for severity in (Severity.MINOR, Severity.SEVERE, Severity.EXTREME, Severity.SEVERE)
        ]
        revised = tx.incidents.revise(replace(incident, revision=2, disputed=True))

    minor, severe, extreme, severe_too = stored
    with store.read() as tx:
        assert [fan_out.alert for fan_out in tx.alerts.pending(10)] == [extreme, severe, severe_too, minor]
        assert tx.alerts.pending(1) == [FanOut(extreme, revised, None)]


def test_alerts_are_read_back_in_the_order_they_were_made(store: Store, new_incident: NewIncident) -> None:
    one, two = new_incident(), new_incident()
    with store.write() as tx:
        first = tx.alerts.add(make_alert(one))
        second = tx.alerts.add(make_alert(two, reason=Reason.CONFIRMED))
        third = tx.alerts.add(make_alert(one, reason=Reason.DISPUTED, severity=Severity.MODERATE))
        tx.alerts.finish(first.id)
    with store.read() as tx:
        assert list(tx.alerts.all()) == [first, second, third]
        assert tx.alerts.of_incident(one.id) == [first, third]
        assert tx.alerts.of_incident(77) == []


def test_an_alert_is_of_a_stored_revision(store: Store, new_incident: NewIncident) -> None:
    incident = new_incident()
    with pytest.raises(StoreError), store.write() as tx:
        tx.alerts.add(make_alert(incident, revision=2))
    with pytest.raises(StoreError), store.write() as tx:
        tx.alerts.add(make_alert(make_incident(id=77)))


def test_an_unknown_alert_cannot_be_spread(store: Store) -> None:
    with store.write() as tx:
        with pytest.raises(NotStored):
            tx.alerts.advance(77, 1)
        with pytest.raises(NotStored):
            tx.alerts.finish(77)
