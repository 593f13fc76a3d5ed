"""Chats, watches, migration of groups, and forgetting."""

from dataclasses import replace
from datetime import time

import pytest

from alerts.types import Bar, ChatKind, ChatState, Language, Reason, Severity
from classifiers.taxonomy import Signal
from incidents.types import Certainty, Incident
from places.types import Area, AreaKind
from store.errors import NotStored
from store.store import Store
from store.types import Erased, HistoryFilter, Subscriber
from tests.builders import NOW, NewIncident, NewWatch, make_alert, make_area, make_chat, make_watch

GROUP, SUPERGROUP = -4001, -1002233445566


def tell(store: Store, chat_id: int, incident: Incident, watch_ids: list[int], message_id: int = 7) -> None:
    with store.write() as tx:
        tx.outbox.want(
            chat_id,
            incident.id,
            revision=incident.revision,
            reason=Reason.NEW,
            severity=Severity.SEVERE,
            watch_ids=watch_ids,
            now=NOW,
            next_at=NOW,
        )
        tx.outbox.sent(chat_id, incident.id, revision=incident.revision, message_id=message_id, now=NOW)


def test_a_chat_is_kept_with_its_settings(store: Store) -> None:
    chat = make_chat(
        SUPERGROUP,
        kind=ChatKind.SUPERGROUP,
        language=Language.FR,
        time_zone="Africa/Lubumbashi",
        state=ChatState.PAUSED,
        quiet_from=time(22, 30),
        quiet_until=time(6),
    )
    with store.write() as tx:
        assert tx.chats.get(chat.id) is None
        tx.chats.put(chat)
    with store.write() as tx:
        assert tx.chats.get(chat.id) == chat
        tx.chats.put(make_chat(chat.id))
    with store.read() as tx:
        assert tx.chats.get(chat.id) == make_chat(chat.id)


def test_new_settings_leave_the_watches_alone(store: Store, new_watch: NewWatch) -> None:
    watch = new_watch(1)
    with store.write() as tx:
        tx.chats.put(make_chat(1, language=Language.FR))
        assert tx.chats.watches(1) == [watch]


@pytest.mark.parametrize(
    "area",
    [
        make_area(),
        Area(AreaKind.WORLD, "World"),
        Area(AreaKind.COUNTRY, "RD Congo", country="CD"),
        Area(AreaKind.ADMIN1, "Nord-Kivu", country="CD", admin1="North Kivu"),
        Area(AreaKind.ADMIN2, "Walikale", country="CD", admin1="North Kivu", admin2="Walikale"),
    ],
)
def test_a_watch_comes_back_as_it_was(store: Store, new_watch: NewWatch, area: Area) -> None:
    kinds = frozenset({Signal.UNREST, Signal.DISPLACEMENT})
    watch = new_watch(
        1,
        area=area,
        kinds=kinds,
        min_severity=Severity.EXTREME,
        min_certainty=Certainty.LIKELY,
        night=Bar(Severity.SEVERE, Certainty.OBSERVED),
        radii={Signal.UNREST: 50.0},
    )
    with store.read() as tx:
        found = tx.chats.watch(1, watch.id)
    assert found == watch
    assert found.area.name == area.name


def test_watches_are_changed_and_removed_by_their_own_chat_only(store: Store, new_watch: NewWatch) -> None:
    mine, other = new_watch(1), new_watch(2)
    edited = replace(mine, area=Area(AreaKind.WORLD, "World"), kinds=frozenset({Signal.UNREST}))
    with store.write() as tx:
        tx.chats.put_watch(edited)
        assert tx.chats.watches(1) == [edited]
        assert tx.chats.watch(1, other.id) is None
        assert not tx.chats.remove_watch(1, other.id)
        with pytest.raises(NotStored):
            tx.chats.put_watch(replace(other, chat_id=1))
        assert tx.chats.remove_watch(1, mine.id)
        assert not tx.chats.remove_watch(1, mine.id)
        assert tx.chats.watches(1) == []
        assert tx.chats.watches(2) == [other]


def test_the_id_of_a_removed_watch_is_not_used_again(store: Store, new_watch: NewWatch) -> None:
    first = new_watch(1)
    with store.write() as tx:
        tx.chats.remove_watch(1, first.id)
    assert new_watch(1).id > first.id


def test_a_watch_needs_a_chat(store: Store) -> None:
    with pytest.raises(NotStored), store.write() as tx:
        tx.chats.add_watch(make_watch(1))


def test_subscribers_are_active_chats_that_watch_something(store: Store, new_watch: NewWatch) -> None:
    first, second = new_watch(SUPERGROUP), new_watch(5)
    third, fourth = new_watch(9), new_watch(5)
    new_watch(7)
    with store.write() as tx:
        tx.chats.put(make_chat(6))
        tx.chats.put(make_chat(7, state=ChatState.PAUSED))
        tx.chats.retire(9)

    with store.read() as tx:
        assert tx.chats.subscribers(None, 10) == [
            Subscriber(make_chat(SUPERGROUP), (first,)),
            Subscriber(make_chat(5), (second, fourth)),
        ]
        assert [s.chat.id for s in tx.chats.subscribers(None, 1)] == [SUPERGROUP]
        assert [s.chat.id for s in tx.chats.subscribers(SUPERGROUP, 10)] == [5]
        assert tx.chats.subscribers(5, 10) == []
        assert tx.chats.count() == 3
        assert tx.chats.watches(9) == [third]


def test_retiring_an_unknown_chat_does_nothing(store: Store) -> None:
    with store.write() as tx:
        tx.chats.retire(77)
        assert tx.chats.get(77) is None


def test_a_group_that_becomes_a_supergroup_takes_everything_along(
    store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    incident, watch = new_incident(), new_watch(GROUP)
    tell(store, GROUP, incident, [watch.id])
    with store.write() as tx:
        tx.chats.migrate(GROUP, SUPERGROUP)
        assert tx.chats.watches(SUPERGROUP) == [replace(watch, chat_id=SUPERGROUP)]

    with store.read() as tx:
        assert tx.chats.get(GROUP) is None
        assert tx.chats.get(SUPERGROUP) == make_chat(SUPERGROUP)
        assert tx.chats.watches(GROUP) == []
        assert tx.outbox.told(GROUP, incident.id) is None
        row = tx.outbox.told(SUPERGROUP, incident.id)
    assert row is not None
    assert (row.sent_revision, row.message_id, row.watch_ids) == (1, 7, (watch.id,))


def test_a_group_joins_a_supergroup_that_is_known_already(
    store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    both, only_group = new_incident(), new_incident()
    old_watch, new = new_watch(GROUP), new_watch(SUPERGROUP, area=Area(AreaKind.WORLD, "World"))
    tell(store, GROUP, both, [old_watch.id], message_id=7)
    tell(store, GROUP, only_group, [old_watch.id], message_id=8)
    tell(store, SUPERGROUP, both, [new.id], message_id=9)
    with store.write() as tx:
        tx.chats.migrate(GROUP, SUPERGROUP)

    with store.read() as tx:
        assert tx.chats.get(GROUP) is None
        assert tx.chats.watches(SUPERGROUP) == [replace(old_watch, chat_id=SUPERGROUP), new]
        merged, moved = tx.outbox.told(SUPERGROUP, both.id), tx.outbox.told(SUPERGROUP, only_group.id)
        assert tx.history.told(SUPERGROUP, HistoryFilter(), 0, 10)[1] == 2
    assert merged is not None
    assert moved is not None
    assert (merged.message_id, merged.watch_ids) == (9, (old_watch.id, new.id))
    assert (moved.message_id, moved.watch_ids) == (8, (old_watch.id,))


def test_migrating_twice_or_an_unknown_chat_does_nothing(store: Store, new_watch: NewWatch) -> None:
    new_watch(GROUP)
    with store.write() as tx:
        tx.chats.migrate(GROUP, SUPERGROUP)
        tx.chats.migrate(GROUP, SUPERGROUP)
        tx.chats.migrate(SUPERGROUP, SUPERGROUP)
        assert len(tx.chats.watches(SUPERGROUP)) == 1


def test_a_chat_that_moves_behind_the_cursor_of_a_fan_out_is_reached(
    store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    incident = new_incident()
    new_watch(GROUP)
    with store.write() as tx:
        alert, done = tx.alerts.add(make_alert(incident)), tx.alerts.add(make_alert(incident))
        for alert_id in (alert.id, done.id):
            tx.alerts.advance(alert_id, GROUP - 1)
        tx.alerts.finish(done.id)
        tx.chats.migrate(GROUP, SUPERGROUP)

        (fan_out,) = tx.alerts.pending(10)
        assert [s.chat.id for s in tx.chats.subscribers(fan_out.cursor, 10)] == [SUPERGROUP]


def test_a_chat_that_moves_before_the_cursor_reaches_it_skips_nobody(
    store: Store, new_incident: NewIncident, new_watch: NewWatch
) -> None:
    incident = new_incident()
    new_watch(GROUP)
    with store.write() as tx:
        alert = tx.alerts.add(make_alert(incident))
        tx.alerts.advance(alert.id, SUPERGROUP - 9)
        tx.chats.migrate(GROUP, SUPERGROUP)
        assert tx.alerts.pending(10)[0].cursor == SUPERGROUP - 9


def test_forgetting_leaves_nothing_of_the_chat(store: Store, new_incident: NewIncident, new_watch: NewWatch) -> None:
    incident = new_incident()
    mine, other = [new_watch(1).id, new_watch(1).id], new_watch(2)
    tell(store, 1, incident, mine)
    tell(store, 2, incident, [other.id])

    with store.write() as tx:
        assert tx.chats.erase(1) == Erased(watches=2, deliveries=1)
        assert tx.chats.erase(1) == Erased(watches=0, deliveries=0)

    with store.read() as tx:
        assert tx.chats.get(1) is None
        assert tx.chats.watches(1) == []
        assert tx.outbox.told(1, incident.id) is None
        assert tx.history.told(1, HistoryFilter(), 0, 10) == ([], 0)
        assert tx.chats.watches(2) == [other]
        assert tx.history.told(2, HistoryFilter(), 0, 10)[1] == 1
