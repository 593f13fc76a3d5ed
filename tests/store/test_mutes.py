"""Mutes are kept until their end, one of each matter for a chat."""

from dataclasses import replace
from datetime import timedelta

from alerts.mutes import MuteScope, mute_of
from store.store import Store
from tests.builders import NOW, make_chat, make_incident

UNTIL = NOW + timedelta(hours=6)
MUTES = [mute_of(scope, make_incident(id=17), 1, UNTIL + timedelta(hours=n)) for n, scope in enumerate(MuteScope)]


def test_mutes_come_back_as_they_were_until_they_end(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        stored = [tx.mutes.put(mute) for mute in MUTES]
    with store.read() as tx:
        assert tx.mutes.of_chat(1, NOW) == stored
        assert [replace(mute, id=0) for mute in tx.mutes.of_chats([1, 2], NOW)[1]] == MUTES
        assert tx.mutes.of_chat(1, UNTIL) == stored[1:]
        assert tx.mutes.of_chat(2, NOW) == []


def test_the_same_matter_again_only_moves_its_end(store: Store) -> None:
    longer = replace(MUTES[0], until=UNTIL + timedelta(days=7))
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        first, again = tx.mutes.put(MUTES[0]), tx.mutes.put(longer)
        assert first is not None
        assert again == replace(longer, id=first.id)
        assert tx.mutes.of_chat(1, NOW) == [again]


def test_mutes_are_ended_by_their_own_chat_and_removed_when_over(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        for mute in MUTES:
            tx.mutes.put(mute)
        assert not tx.mutes.end(2, MUTES[0].scope, MUTES[0].key)
        assert tx.mutes.end(1, MUTES[0].scope, MUTES[0].key)
        assert not tx.mutes.end(1, MUTES[0].scope, MUTES[0].key)
        tx.mutes.remove_ended(MUTES[1].until)
        assert [mute.scope for mute in tx.mutes.of_chat(1, NOW)] == [MuteScope.INCIDENT]


def test_an_unknown_chat_mutes_nothing_and_a_forgotten_one_leaves_nothing(store: Store) -> None:
    with store.write() as tx:
        assert tx.mutes.put(MUTES[0]) is None
        tx.chats.put(make_chat(1))
        tx.mutes.put(MUTES[0])
        tx.chats.erase(1)
        tx.chats.put(make_chat(1))
        assert tx.mutes.of_chat(1, NOW) == []


def test_the_mutes_of_a_group_follow_it(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        tx.mutes.put(MUTES[0])
        tx.chats.migrate(1, 2)
        assert len(tx.mutes.of_chat(2, NOW)) == 1
