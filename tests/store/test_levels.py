"""Levels in the store: what counts, rises, and whom they are told to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.types import ChatState, Severity
from classifiers.taxonomy import Signal
from incidents.level import Grounds, Level, Point, Standing
from incidents.types import Certainty, Link, Relation
from places.types import Area, AreaKind
from store.errors import NotStored
from store.store import Store
from tests.builders import NOW, NewIncident, make_article, make_chat, minutes

DAY = NOW.date()
STANDING = Standing(
    area=Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu"),
    day=DAY,
    level=Level.HIGH,
    since=DAY,
    rose=(DAY - timedelta(40), DAY),
    share=0.031,
    bound=1.0,
    grounds=Grounds(9, 2.1, (Signal.TERRITORY_CAPTURED,), ("Walikale",), (17,), thin=False),
    points=(Point(DAY - timedelta(1), 2.0, 0.5, Level.CALM), Point(DAY, 9.0, 2.5, Level.HIGH)),
    learned_days=300,
)


@pytest.fixture
def rise_id(store: Store) -> int:
    """A rise; chats 1 to 3 are stored."""
    with store.write() as tx:
        for chat_id in (1, 2, 3):
            tx.chats.put(make_chat(chat_id))
        return tx.levels.add_rise("CD/North Kivu", DAY, Severity.SEVERE, STANDING, NOW).id


def test_incidents_count_as_they_are_now(store: Store, new_incident: NewIncident) -> None:
    kept = new_incident("kept", certainty=Certainty.POSSIBLE)
    new_incident("withdrawn", withdrawn=True)
    new_incident("unsure where", place_confidence=0.1)
    new_incident("old", first_seen=NOW - timedelta(days=3))
    with store.read() as tx:
        found = tx.levels.events_of(tx.levels.revisions(NOW - timedelta(days=1)))
    (event,) = filter(None, found.values())
    assert (event.incident, event.weight, event.day, event.place) == (kept.id, 0.5, DAY, kept.place)


def test_what_was_merged_counts_once(store: Store, new_incident: NewIncident) -> None:
    first, second = new_incident("one"), new_incident("the other")
    with store.write() as tx:
        tx.incidents.revise(replace(second, revision=2, links=(Link(Relation.MERGED_INTO, first.id),)))
    with store.read() as tx:
        assert tx.levels.revisions(NOW - timedelta(days=1)) == {first.id: 1}


def test_the_stream_is_known_since_its_first_article(store: Store) -> None:
    with store.read() as tx:
        assert tx.levels.first_day() is None
    with store.write() as tx:
        tx.articles.add(make_article(fetched=NOW), "h")
        tx.articles.add(make_article(fetched=NOW - timedelta(days=40)), "h")
    with store.read() as tx:
        assert tx.levels.first_day() == DAY - timedelta(40)


def test_a_rise_is_kept_whole(store: Store, rise_id: int) -> None:
    with store.read() as tx:
        rise = tx.levels.pending()
        assert rise is not None
        assert (rise.id, rise.standing, rise.severity, rise.at) == (rise_id, STANDING, Severity.SEVERE, NOW)
        assert tx.levels.last_rise("CD/North Kivu") == DAY
        assert tx.levels.last_rise("CD") is None


def test_the_last_rise_is_the_latest_day(store: Store) -> None:
    with store.write() as tx:
        for day in (date(2025, 3, 1), date(2025, 1, 1)):
            tx.levels.add_rise("CD", day, Severity.MODERATE, STANDING, NOW)
    with store.read() as tx:
        assert tx.levels.last_rise("CD") == date(2025, 3, 1)


def test_spreading_goes_on_from_its_cursor_until_all_are_dealt_with(store: Store, rise_id: int) -> None:
    with store.write() as tx:
        tx.levels.advance(rise_id, 2)
    with store.read() as tx:
        pending = tx.levels.pending()
        assert pending is not None
        assert pending.cursor == 2
    with store.write() as tx:
        tx.levels.advance(rise_id, None)
    with store.read() as tx:
        assert tx.levels.pending() is None


def test_each_chat_is_told_once(store: Store, rise_id: int) -> None:
    with store.write() as tx:
        tx.levels.want([1, 2, 4711], rise_id, NOW)
        tx.levels.want([1], rise_id, NOW + minutes(60))  # a batch that was repeated after a crash
    with store.read() as tx:
        assert [telling.chat.id for telling in tx.levels.due(NOW, 10)] == [1, 2]
    with store.write() as tx:
        tx.levels.told(1, rise_id, NOW)
        tx.levels.want([1], rise_id, NOW)
        tx.levels.drop(2, rise_id, "refused")
    with store.read() as tx:
        assert tx.levels.due(NOW + minutes(600), 10) == []


def test_a_failed_telling_waits(store: Store, rise_id: int) -> None:
    with store.write() as tx:
        tx.levels.want([1], rise_id, NOW)
        tx.levels.retry(1, rise_id, attempts=1, next_at=NOW + minutes(5), problem="Unreachable")
    with store.read() as tx:
        assert tx.levels.due(NOW, 10) == []
        (telling,) = tx.levels.due(NOW + minutes(5), 10)
    assert (telling.attempts, telling.about.standing) == (1, STANDING)


def test_a_paused_chat_is_not_due(store: Store, rise_id: int) -> None:
    with store.write() as tx:
        tx.levels.want([1], rise_id, NOW)
        tx.chats.put(make_chat(1, state=ChatState.PAUSED))
    with store.read() as tx:
        assert tx.levels.due(NOW, 10) == []


def test_what_is_told_goes_with_the_chat(store: Store, rise_id: int) -> None:
    with store.write() as tx:
        tx.levels.want([1, 2], rise_id, NOW)
        tx.chats.erase(1)
        tx.chats.migrate(2, -100)
    with store.read() as tx:
        assert [telling.chat.id for telling in tx.levels.due(NOW, 10)] == [-100]
    with store.write() as tx, pytest.raises(NotStored):
        tx.levels.told(1, rise_id, NOW)


def test_a_rise_that_is_not_there_cannot_be_advanced(store: Store) -> None:
    with store.write() as tx, pytest.raises(NotStored):
        tx.levels.advance(4711, None)
