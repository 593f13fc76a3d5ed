"""Housekeeping: old texts that no incident rests on go, the others stay."""

from datetime import timedelta

import pytest

from alerts.mutes import MuteScope, mute_of
from pipeline.housekeeping import KEPT, UNCONFIRMED, tidy
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, make_article, make_chat, make_incident, make_located, make_reading, make_witness


def test_only_what_no_incident_rests_on_goes(sqlite_store: Store) -> None:
    with sqlite_store.write() as tx:
        idle, told, young = (
            tx.articles.add(make_article(fetched=NOW - age), "hash")
            for age in (KEPT + timedelta(days=1), KEPT + timedelta(days=1), timedelta(days=1))
        )
        for article in (idle, told, young):
            tx.articles.add_reading(article, make_reading(), make_located())
        tx.incidents.add(make_incident(make_witness(told.id)))
    assert tidy(sqlite_store, NOW) == 1
    assert tidy(sqlite_store, NOW) == 0
    with sqlite_store.read() as tx:
        assert tx.articles.get(told.id).article.id == told.id
        assert tx.articles.get(young.id).article.id == young.id
        with pytest.raises(NotStored):
            tx.articles.get(idle.id)
        assert idle.key in tx.articles.known([idle.key])


def test_what_operators_left_open_goes(sqlite_store: Store) -> None:
    with sqlite_store.write() as tx:
        draft = tx.operating.add_draft("Hello", NOW - UNCONFIRMED - timedelta(minutes=1))
        kept = tx.operating.add_draft("Hello again", NOW)
        tx.invites.add("dead", NOW - timedelta(days=8), NOW)
        tx.invites.add("alive", NOW, NOW + timedelta(days=7))
    tidy(sqlite_store, NOW)
    with sqlite_store.write() as tx:
        assert [tx.operating.take_draft(draft), tx.operating.take_draft(kept)] == [None, "Hello again"]
        assert tx.invites.use("alive", 7, NOW)
        assert len(tx.invites.all(NOW - timedelta(days=3))) == 1


def test_dead_links_go(sqlite_store: Store) -> None:
    with sqlite_store.write() as tx:
        tx.chats.put(make_chat(7))
        for digest, age in (("a" * 64, timedelta(days=8)), ("b" * 64, timedelta(days=1))):
            tx.shares.add(7, digest, [], NOW - age, NOW - age + timedelta(days=7))
    tidy(sqlite_store, NOW)
    with sqlite_store.read() as tx:
        assert tx.shares.find("a" * 64, NOW - timedelta(days=8)) is None
        assert tx.shares.find("b" * 64, NOW) is not None


def test_ended_mutes_go(sqlite_store: Store) -> None:
    incident = make_incident(id=17)
    with sqlite_store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.mutes.put(mute_of(MuteScope.PLACE, incident, 7, NOW))
        tx.mutes.put(mute_of(MuteScope.KIND, incident, 7, NOW + timedelta(hours=1)))
    tidy(sqlite_store, NOW)
    with sqlite_store.read() as tx:
        assert [mute.scope for mute in tx.mutes.of_chat(7, NOW - timedelta(days=1))] == [MuteScope.KIND]
