"""The forum topics in which chats are told what their watches match."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.errors import NotStored
from store.share_tables import WatchTopicRow
from store.tables import WatchRow


@dataclass(frozen=True, slots=True)
class Topic:
    """`thread_id`: as Telegram numbers it. `closed`: it takes nothing any more, and the chat was not told so yet."""

    watch_id: int
    thread_id: int
    closed: bool = False


class Topics:
    def __init__(self, session: Session) -> None:
        self._session = session

    def bind(self, chat_id: int, watch_id: int, thread_id: int) -> None:
        """Tell what the watch matches in this topic. Raises NotStored for a watch that the chat does not have."""
        watch = self._session.get(WatchRow, watch_id)
        if watch is None or watch.chat_id != chat_id:
            raise NotStored(f"chat {chat_id} has no watch {watch_id}")
        self._session.merge(WatchTopicRow(watch_id=watch_id, thread_id=thread_id, closed=False))
        self._session.flush()

    def unbind(self, chat_id: int, watch_id: int) -> None:
        """Tell what the watch matches in the General topic again."""
        mine = select(WatchRow.id).where(WatchRow.chat_id == chat_id, WatchRow.id == watch_id)
        self._session.execute(delete(WatchTopicRow).where(WatchTopicRow.watch_id.in_(mine)))

    def of_watches(self, watch_ids: Collection[int]) -> dict[int, Topic]:
        """The topics of those watches that have one, by watch."""
        rows = select(WatchTopicRow).where(WatchTopicRow.watch_id.in_(watch_ids))
        return {row.watch_id: Topic(row.watch_id, row.thread_id, row.closed) for row in self._session.scalars(rows)}

    def of_chat(self, chat_id: int) -> dict[int, Topic]:
        """The topics of a chat's watches, by watch."""
        return self.of_watches(list(self._session.scalars(select(WatchRow.id).where(WatchRow.chat_id == chat_id))))

    def close(self, chat_id: int, thread_id: int) -> None:
        """Telegram takes nothing in this topic any more: its watches are told of in General from now on."""
        mine = select(WatchRow.id).where(WatchRow.chat_id == chat_id)
        there = (WatchTopicRow.watch_id.in_(mine), WatchTopicRow.thread_id == thread_id)
        self._session.execute(update(WatchTopicRow).where(*there).values(closed=True))
