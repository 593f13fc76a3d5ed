"""What chats are told one by one of something that concerns many: a row for each chat, marked after the sending."""

from collections.abc import Iterable
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from store.errors import NotStored
from store.level_tables import RiseTellingRow
from store.operating_tables import NoticeTellingRow
from store.tables import ChatRow

R = TypeVar("R", RiseTellingRow, NoticeTellingRow)


class Tellings(Generic[R]):
    """Methods that name a telling which is not there raise NotStored: its chat was erased meanwhile.

    `row`: the table; `what` they are told of, as the column is named that holds its id ("rise": `rise_id`).
    """

    def __init__(self, session: Session, row: type[R], what: str) -> None:
        self._session = session
        self._telling: type[R] = row
        self._what = what

    def want(self, chat_ids: Iterable[int], about_id: int, next_at: datetime) -> None:
        """These chats should be told; those that are gone, or have a row already, are passed over."""
        for chat_id in chat_ids:
            known = self._session.get(self._telling, (chat_id, about_id))
            if known is None and self._session.get(ChatRow, chat_id) is not None:
                about = {f"{self._what}_id": about_id}
                fresh = {"attempts": 0, "next_at": next_at, "told_at": None, "dropped": False, "problem": None}
                self._session.add(self._telling(chat_id=chat_id, **about, **fresh))
        self._session.flush()

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

    def _row(self, chat_id: int, about_id: int) -> R:
        row = self._session.get(self._telling, (chat_id, about_id))
        if row is None:
            raise NotStored(f"chat {chat_id} has no telling of {self._what} {about_id}")
        return row
