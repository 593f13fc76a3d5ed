"""Easing on a timer: who was told hears it once, and a new report takes it back."""

from datetime import datetime, timedelta

import pytest

from alerts.types import Reason
from feeds.types import Catalogue, Feed, Publisher, PublisherKind
from incidents.types import Incident
from pipeline.ease import ease
from pipeline.fuse import record
from store.store import Store
from tests.builders import NOW
from tests.incidents.stories import CLASH, PINGA, hours, report

FEED = Feed("https://echo.example/rss", "echo")
CATALOGUE = Catalogue((Publisher("echo", "Echo", PublisherKind.LOCAL),), (FEED,))
NOBODY = Catalogue((), ())
LATER = NOW + timedelta(days=5)


def told(store: Store, newest: datetime | None = LATER) -> Incident:
    """An alert of five days ago; the feed that brought it has an entry of `newest`."""
    with store.write() as tx:
        tx.feeds.sync(CATALOGUE, NOW)
        [state] = tx.feeds.all()
        tx.feeds.save(type(state)(**{**{f: getattr(state, f) for f in state.__slots__}, "newest": newest}))
    recorded = record(store, report(1, "M23 rebels take Walikale", by="echo"), "h", NOW)
    assert recorded.incident is not None
    assert recorded.alert is not None
    return recorded.incident


def reasons(store: Store, incident: Incident) -> list[Reason]:
    with store.read() as tx:
        return [alert.reason for alert in tx.alerts.of_incident(incident.id)]


def test_a_region_that_went_quiet_is_eased_once(store: Store) -> None:
    incident = told(store)
    assert ease(store, CATALOGUE, NOW + timedelta(days=2)) == 0
    assert ease(store, CATALOGUE, LATER) == 1
    assert ease(store, CATALOGUE, LATER + timedelta(hours=1)) == 0
    assert reasons(store, incident) == [Reason.NEW, Reason.EASED]


@pytest.mark.parametrize(
    ("newest", "catalogue"),
    [(NOW, CATALOGUE), (None, CATALOGUE), (LATER, NOBODY)],
    ids=["silent", "never read", "removed from feeds.yaml"],
)
def test_it_never_is_while_its_sources_are_silent(store: Store, newest: datetime | None, catalogue: Catalogue) -> None:
    told(store, newest)
    assert ease(store, catalogue, LATER) == 0


def test_fighting_nearby_keeps_it_from_easing(store: Store) -> None:
    told(store)
    late = LATER - NOW - timedelta(hours=2)
    after = late / timedelta(hours=1)
    record(
        store, report(2, "Militia and rebels clash at Pinga", place=PINGA, labels=CLASH, after=after), "h", NOW + late
    )
    assert ease(store, CATALOGUE, LATER) == 0


def test_a_new_report_takes_it_back(store: Store) -> None:
    incident = told(store, NOW + timedelta(days=4, hours=2))
    assert ease(store, CATALOGUE, NOW + timedelta(days=4, hours=1)) == 1
    with store.read() as tx:
        known = tx.incidents.get(incident.id)
    assert known is not None
    assert known.eased
    again = report(3, "M23 rebels take Walikale town", by="times", after=70)
    recorded = record(store, again, "h", NOW + hours(70))
    assert recorded.incident is not None
    assert recorded.incident.id == incident.id
    assert not recorded.incident.eased
