"""What chats are told one by one of a matter that concerns many: a row for each chat, marked after the sending."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from alerts.types import Chat, ChatState
from store.chats import chat_of
from store.errors import NotStored
from store.tables import ChatRow
from store.telling_tables import MatterRow, TellingRow

T = TypeVar("T")
M = TypeVar("M", bound=MatterRow)
R = TypeVar("R", bound=TellingRow)


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """A matter that a chat is still to be told of, after `attempts` that failed."""

    chat: Chat
    about_id: int
    about: T
    attempts: int


class Tellings(Generic[M, R, T]):
    """Matters and whom they are told to. Methods that name a telling which is not there raise NotStored: its chat was
    erased meanwhile.

    `matter` and `telling`: the two tables; `read`: what a row of the former holds.
    """

    def __init__(self, session: Session, matter: type[M], telling: type[R], read: Callable[[M], T]) -> None:
        self._session = session
        self._matter = matter
        self._telling = telling
        self._read = read

    def pending(self) -> T | None:
        """The first matter that still is to be spread to chats."""
        row = self._session.scalar(
            select(self._matter).where(~self._matter.finished).order_by(self._matter.id).limit(1)
        )
        return None if row is None else self._read(row)

    def advance(self, about_id: int, cursor: int | None) -> None:
        """All chats up to `cursor` have been dealt with; None: every chat."""
        row = self._session.get(self._matter, about_id)
        if row is None:
            raise NotStored(f"{self._matter.__tablename__}: {about_id} is not stored")
        row.cursor, row.finished = cursor, cursor is None
        self._session.flush()

    def want(self, chat_ids: Iterable[int], about_id: int, next_at: datetime) -> None:
        """These chats should be told; those that are gone, or have a row already, are passed over."""
        for chat_id in chat_ids:
            known = self._find(chat_id, about_id)
            if known is None and self._session.get(ChatRow, chat_id) is not None:
                fresh = {"attempts": 0, "next_at": next_at, "told_at": None, "dropped": False, "problem": None}
                self._session.add(self._telling(chat_id=chat_id, about_id=about_id, **fresh))
        self._session.flush()

    def due(self, now: datetime, limit: int) -> list[Telling[T]]:
        """What is owed to active chats now, the longest waiting first."""
        telling, matter = self._telling, self._matter
        statement = (
            select(telling, matter, ChatRow)
            .join(matter, matter.id == telling.about_id)
            .join(ChatRow, ChatRow.id == telling.chat_id)
            .where(telling.told_at.is_(None), ~telling.dropped, telling.next_at <= now)
            .where(ChatRow.state == ChatState.ACTIVE)
            .order_by(telling.next_at, telling.about_id, telling.chat_id)
            .limit(limit)
        )
        return self._read_all(statement)

    def waiting(self, chat_id: int, now: datetime) -> list[Telling[T]]:
        """What is owed to a chat, and put off beyond `now`."""
        telling, matter = self._telling, self._matter
        statement = (
            select(telling, matter, ChatRow)
            .join(matter, matter.id == telling.about_id)
            .join(ChatRow, ChatRow.id == telling.chat_id)
            .where(telling.told_at.is_(None), ~telling.dropped, telling.next_at > now, telling.chat_id == chat_id)
            .order_by(telling.about_id)
        )
        return self._read_all(statement)

    def told(self, chat_id: int, about_id: int, now: datetime) -> None:
        """The service took it."""
        self._row(chat_id, about_id).told_at = now
        self._session.flush()

    def retry(self, chat_id: int, about_id: int, *, attempts: int, next_at: datetime, problem: str) -> None:
        row = self._row(chat_id, about_id)
        row.attempts, row.next_at, row.problem = attempts, next_at, problem
        self._session.flush()

    def drop(self, chat_id: int, about_id: int, problem: str) -> None:
        """The chat will not be told."""
        row = self._row(chat_id, about_id)
        row.dropped, row.problem = True, problem
        self._session.flush()

    def _read_all(self, statement: Select[R, M, ChatRow]) -> list[Telling[T]]:
        return [
            Telling(chat_of(chat), about.id, self._read(about), owed.attempts)
            for owed, about, chat in self._session.execute(statement)
        ]

    def _row(self, chat_id: int, about_id: int) -> R:
        row = self._find(chat_id, about_id)
        if row is None:
            raise NotStored(f"{self._telling.__tablename__}: chat {chat_id} is not told of {about_id}")
        return row

    def _find(self, chat_id: int, about_id: int) -> R | None:
        return self._session.get(self._telling, {"chat_id": chat_id, "about_id": about_id})
