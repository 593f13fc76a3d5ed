"""What becomes of what was not taken, whatever it is about."""

from datetime import datetime, timedelta

import pytest

from alerts.types import ChatState
from pipeline.channel import ChannelError, ChatGone, ChatMoved, Refused, RetryLater, Unreachable
from pipeline.refusals import not_taken
from store.store import Store
from tests.builders import NOW, make_chat

CHAT, ABOUT = 7, 41


class Book:
    """Keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def drop(self, chat_id: int, about_id: int, /, problem: str) -> None:
        self.asked.append((chat_id, about_id, problem))

    def retry(self, chat_id: int, about_id: int, /, *, attempts: int, next_at: datetime, problem: str) -> None:
        self.asked.append((chat_id, about_id, attempts, next_at, problem))


def given(store: Store, error: ChannelError) -> list[tuple[object, ...]]:
    book = Book()
    with store.write() as tx:
        tx.chats.put(make_chat(CHAT))
        not_taken(tx, book, (CHAT, ABOUT), error, attempts=3, now=NOW, jitter=0.0)
    return book.asked


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (Refused("too long"), (CHAT, ABOUT, "too long")),
        (RetryLater("flood", 30.0), (CHAT, ABOUT, 3, NOW + timedelta(seconds=30), "RetryLater")),
        (Unreachable("no answer"), (CHAT, ABOUT, 3, NOW + timedelta(seconds=8), "Unreachable")),
    ],
)
def test_it_is_dropped_or_tried_again(sqlite_store: Store, error: ChannelError, asked: tuple[object, ...]) -> None:
    assert given(sqlite_store, error) == [asked]


def test_a_chat_that_is_gone_is_retired_and_one_that_moved_is_followed(sqlite_store: Store) -> None:
    assert given(sqlite_store, ChatGone("blocked")) == []
    with sqlite_store.read() as tx:
        chat = tx.chats.get(CHAT)
        assert chat is not None
        assert chat.state is ChatState.RETIRED
    assert given(sqlite_store, ChatMoved("upgraded", -100)) == []
    with sqlite_store.read() as tx:
        assert tx.chats.get(CHAT) is None
        assert tx.chats.get(-100) is not None
