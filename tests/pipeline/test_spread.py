"""Spreading an alert: those who watch the place, those told before, in batches that survive a crash."""

import pytest

from alerts.types import Bar, Reason, Severity
from incidents.types import Incident
from pipeline import spread as spreading
from pipeline.spread import spread, spread_all
from places.types import AreaKind
from store.store import Store
from tests.builders import (
    NOW,
    make_alert,
    make_area,
    make_article,
    make_chat,
    make_incident,
    make_located,
    make_reading,
    make_watch,
    make_witness,
)

WORLD = make_area(kind=AreaKind.WORLD, name="World", lat=None, lon=None, radius_km=None)
UKRAINE = make_area(kind=AreaKind.COUNTRY, name="Ukraine", country="UA", lat=None, lon=None, radius_km=None)


@pytest.fixture
def incident(store: Store) -> Incident:
    with store.write() as tx:
        article = tx.articles.add(make_article(), "hash")
        tx.articles.add_reading(article, make_reading(), make_located())
        return tx.incidents.add(make_incident(make_witness(article.id)))


def told(store: Store, incident: Incident, chats: range) -> list[int]:
    with store.read() as tx:
        return [chat for chat in chats if tx.outbox.told(chat, incident.id)]


def test_it_reaches_those_who_watch_the_place(store: Store, incident: Incident) -> None:
    with store.write() as tx:
        for chat_id, area in ((1, make_area()), (2, UKRAINE), (3, WORLD), (4, make_area(lat=10.0))):
            tx.chats.put(make_chat(chat_id))
            tx.chats.add_watch(make_watch(chat_id, area=area))
        tx.chats.put(make_chat(5))
        tx.chats.add_watch(make_watch(5, min_severity=Severity.EXTREME))
        tx.alerts.add(make_alert(incident))
    spread_all(store, NOW)
    assert told(store, incident, range(1, 6)) == [1, 3]


def test_the_hour_decides_which_bar_counts(store: Store, incident: Incident) -> None:
    """Chat 1 asks for more by night than by day: 18:04 is day in London and night in Tokyo."""
    strict = {"min_severity": Severity.EXTREME, "night": Bar(Severity.SEVERE)}
    with store.write() as tx:
        for chat_id, zone in ((1, "Europe/London"), (2, "Asia/Tokyo")):
            tx.chats.put(make_chat(chat_id, time_zone=zone))
            tx.chats.add_watch(make_watch(chat_id, **strict))
        tx.alerts.add(make_alert(incident))
    spread_all(store, NOW)
    assert told(store, incident, range(1, 3)) == [2]


def test_batches_go_on_from_the_stored_cursor(
    store: Store, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "BATCH", 2)
    with store.write() as tx:
        for chat_id in range(1, 6):
            tx.chats.put(make_chat(chat_id))
            tx.chats.add_watch(make_watch(chat_id))
        tx.alerts.add(make_alert(incident))
    assert spread(store, NOW)
    assert told(store, incident, range(1, 6)) == [1, 2]
    spread_all(store, NOW)
    assert told(store, incident, range(1, 6)) == [1, 2, 3, 4, 5]
    assert not spread(store, NOW)


def test_a_withdrawal_reaches_those_told_before_and_no_one_else(store: Store, incident: Incident) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        watch = tx.chats.add_watch(make_watch(1))
        tx.alerts.add(make_alert(incident))
    spread_all(store, NOW)
    with store.write() as tx:
        tx.chats.remove_watch(1, watch.id)
        tx.chats.put(make_chat(2))
        tx.chats.add_watch(make_watch(2))
        tx.outbox.sent(1, incident.id, revision=1, message_id=9, now=NOW)
        tx.alerts.add(make_alert(incident, revision=1, reason=Reason.UPDATED))
    with store.write() as tx:
        from dataclasses import replace

        revised = tx.incidents.revise(replace(incident, revision=2, withdrawn=True))
        tx.alerts.add(make_alert(revised, reason=Reason.WITHDRAWN))
        for pending in tx.alerts.pending(9):
            if pending.alert.reason is Reason.UPDATED:
                tx.alerts.finish(pending.alert.id)
    spread_all(store, NOW)
    with store.read() as tx:
        row = tx.outbox.told(1, incident.id)
        assert row is not None
        assert row.pending_reason is Reason.WITHDRAWN
        assert tx.outbox.told(2, incident.id) is None
