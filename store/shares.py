"""Sets of watches that a chat shares by a token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from alerts.types import Watch
from store.codec import Codec
from store.share_tables import ShareRow

WATCH = Codec(Watch, "id", "chat_id")


@dataclass(frozen=True, slots=True)
class Share:
    """`watches`: as they were when they were shared, belonging to no chat (ids 0)."""

    id: int
    made: datetime
    expires: datetime
    watches: tuple[Watch, ...]


class Shares:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, chat_id: int, digest: str, watches: Sequence[Watch], made: datetime, expires: datetime) -> Share:
        """Store a set under the digest of its token; the chat must be stored."""
        bodies = [WATCH.encode(watch) for watch in watches]
        row = ShareRow(id=None, chat_id=chat_id, digest=digest, made=made, expires=expires, watches=bodies)
        self._session.add(row)
        self._session.flush()
        return _share(row)

    def find(self, digest: str, now: datetime) -> Share | None:
        """The set of a token that still lives."""
        row = self._session.scalar(select(ShareRow).where(ShareRow.digest == digest, ShareRow.expires > now))
        return None if row is None else _share(row)

    def of_chat(self, chat_id: int, now: datetime) -> list[Share]:
        """Those that still live, the oldest first."""
        rows = select(ShareRow).where(ShareRow.chat_id == chat_id, ShareRow.expires > now).order_by(ShareRow.id)
        return [_share(row) for row in self._session.scalars(rows)]

    def count(self, chat_id: int) -> int:
        return self._session.scalar(select(func.count()).where(ShareRow.chat_id == chat_id)) or 0

    def revoke(self, chat_id: int, share_id: int) -> bool:
        """Whether there was such a share of this chat."""
        row = self._session.get(ShareRow, share_id)
        if row is None or row.chat_id != chat_id:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def remove_dead(self, now: datetime) -> int:
        """Remove what has expired, of all chats; how many."""
        dead = list(self._session.scalars(select(ShareRow.id).where(ShareRow.expires <= now)))
        self._session.execute(delete(ShareRow).where(ShareRow.id.in_(dead)))
        return len(dead)


def _share(row: ShareRow) -> Share:
    watches = tuple(WATCH.decode(body, id=0, chat_id=0) for body in row.watches)
    return Share(row.id, row.made, row.expires, watches)
