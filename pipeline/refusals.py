"""What becomes of what a chat was to be told when the service did not take it."""

from datetime import datetime
from typing import Protocol

from pipeline.channel import ChannelError, ChatGone, ChatMoved, Refused
from pipeline.retry import retry_at
from store.store import Transaction


class Owed(Protocol):
    """What is owed to chats, by chat and by what it is about: alerts, rises, notices."""

    def drop(self, chat_id: int, about_id: int, /, problem: str) -> None:
        """Nobody tries again."""
        ...

    def retry(self, chat_id: int, about_id: int, /, *, attempts: int, next_at: datetime, problem: str) -> None:
        """It is tried again at `next_at`, after `attempts` that failed."""
        ...


def not_taken(
    tx: Transaction,
    owed: Owed,
    key: tuple[int, int],
    error: ChannelError,
    *,
    attempts: int,
    now: datetime,
    jitter: float,
) -> None:
    """`key`: the chat, and what it is about. `attempts`: so far, this one included; `jitter` as in retry_at."""
    match error:
        case ChatGone():
            tx.chats.retire(key[0])
        case ChatMoved():
            tx.chats.migrate(key[0], error.new_chat_id)
        case Refused():
            owed.drop(*key, problem=error.description)
        case _:
            next_at = retry_at(attempts, error, now, jitter)
            owed.retry(*key, attempts=attempts, next_at=next_at, problem=type(error).__name__)
