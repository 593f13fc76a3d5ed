"""Expiring on a timer: a silent edit, once, and a new report begins anew."""

from datetime import timedelta

from alerts.types import Reason
from incidents.types import Cause, Incident
from pipeline.expire import expire
from pipeline.fuse import record
from store.store import Store
from tests.builders import NOW
from tests.incidents.stories import hours, report

LATER = NOW + timedelta(days=3)


def told(store: Store, number: int = 1, after: float = 0.0) -> Incident:
    recorded = record(
        store, report(number, "M23 rebels take Walikale", by=f"outlet {number}", after=after), "h", NOW + hours(after)
    )
    assert recorded.incident is not None
    return recorded.incident


def test_what_nothing_renews_expires_once(store: Store) -> None:
    incident = told(store)
    assert expire(store, LATER - timedelta(seconds=1)) == 0
    assert expire(store, LATER) == 1
    assert expire(store, LATER + timedelta(hours=1)) == 0
    with store.read() as tx:
        now = tx.incidents.get(incident.id)
        reasons = [alert.reason for alert in tx.alerts.of_incident(incident.id)]
    assert now is not None
    assert (now.revision, now.cause, now.expired) == (2, Cause.EXPIRY, True)
    assert reasons == [Reason.NEW, Reason.EXPIRED]
    assert not Reason.EXPIRED.sounds


def test_a_further_report_renews_it(store: Store) -> None:
    told(store)
    again = told(store, 2, after=24)
    assert again.last_seen == NOW + hours(24)
    assert expire(store, LATER) == 0
    assert expire(store, LATER + timedelta(days=1)) == 1


def test_what_nobody_was_told_of_is_left_alone(store: Store) -> None:
    told(store)
    old = told_long_ago(store)
    assert expire(store, LATER) == 1
    with store.read() as tx:
        now = tx.incidents.get(old.id)
    assert now is not None
    assert not now.expired


def told_long_ago(store: Store) -> Incident:
    """A report that was old when it came: it is stored without a word."""
    recorded = record(store, report(9, "Clinic looted in Pinga", by="echo", after=-48), "h", NOW)
    assert recorded.incident is not None
    assert recorded.alert is None
    return recorded.incident
