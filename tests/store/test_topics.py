"""Forum topics of watches, and shared sets, on both databases."""

from datetime import timedelta

import pytest

from store.errors import NotStored
from store.store import Store
from store.topics import Topic
from tests.builders import NOW, NewWatch, make_chat, make_watch

DAY = timedelta(days=1)


def test_a_watch_is_bound_moved_and_brought_back(store: Store, new_watch: NewWatch) -> None:
    first, second = new_watch(-1), new_watch(-1)
    with store.write() as tx:
        tx.topics.bind(-1, first.id, 40)
        tx.topics.bind(-1, second.id, 40)
        tx.topics.bind(-1, second.id, 50)
    with store.read() as tx:
        assert tx.topics.of_chat(-1) == {first.id: Topic(first.id, 40), second.id: Topic(second.id, 50)}
        assert tx.topics.of_watches([second.id]) == {second.id: Topic(second.id, 50)}
    with store.write() as tx:
        tx.topics.unbind(-1, first.id)
        assert list(tx.topics.of_chat(-1)) == [second.id]


def test_closing_a_topic_concerns_its_watches_alone(store: Store, new_watch: NewWatch) -> None:
    here, elsewhere, other_chat = new_watch(-1), new_watch(-1), new_watch(-2)
    with store.write() as tx:
        for watch, thread in ((here, 40), (elsewhere, 50), (other_chat, 40)):
            tx.topics.bind(watch.chat_id, watch.id, thread)
        tx.topics.close(-1, 40)
    with store.write() as tx:
        found = tx.topics.of_watches([here.id, elsewhere.id, other_chat.id])
        assert [topic.closed for topic in found.values()] == [True, False, False]
        tx.topics.bind(-1, here.id, 60)
        assert tx.topics.of_watches([here.id]) == {here.id: Topic(here.id, 60)}


def test_the_watches_of_others_are_left_alone(store: Store, new_watch: NewWatch) -> None:
    theirs = new_watch(-2)
    with store.write() as tx, pytest.raises(NotStored):
        tx.topics.bind(-1, theirs.id, 40)
    with store.write() as tx:
        tx.topics.bind(-2, theirs.id, 40)
        tx.topics.unbind(-1, theirs.id)
        assert tx.topics.of_chat(-2) == {theirs.id: Topic(theirs.id, 40)}


def test_a_removed_watch_and_a_forgotten_chat_leave_nothing(store: Store, new_watch: NewWatch) -> None:
    first, second = new_watch(-1), new_watch(-1)
    with store.write() as tx:
        tx.topics.bind(-1, first.id, 40)
        tx.topics.bind(-1, second.id, 40)
        tx.shares.add(-1, "d" * 64, [first], NOW, NOW + DAY)
        tx.chats.remove_watch(-1, first.id)
        assert list(tx.topics.of_chat(-1)) == [second.id]
        tx.chats.erase(-1)
    with store.read() as tx:
        assert tx.topics.of_watches([first.id, second.id]) == {}
        assert tx.shares.find("d" * 64, NOW) is None


def test_shares_die_and_are_removed(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(1))
        tx.shares.add(1, "a" * 64, [make_watch(1)], NOW, NOW + DAY)
        tx.shares.add(1, "b" * 64, [make_watch(1)], NOW, NOW + 2 * DAY)
    with store.write() as tx:
        assert tx.shares.find("a" * 64, NOW + DAY) is None
        assert len(tx.shares.of_chat(1, NOW + DAY)) == 1
        assert tx.shares.remove_dead(NOW + DAY) == 1
        assert tx.shares.find("a" * 64, NOW) is None


def test_shares_follow_a_group_that_moves(store: Store) -> None:
    with store.write() as tx:
        for chat_id in (-1, -2):
            tx.chats.put(make_chat(chat_id))
        tx.shares.add(-1, "a" * 64, [make_watch(-1)], NOW, NOW + DAY)
        tx.chats.migrate(-1, -2)
    with store.read() as tx:
        assert len(tx.shares.of_chat(-2, NOW)) == 1
