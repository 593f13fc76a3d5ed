"""Notices: what is told to many chats and is about no incident, and the troubles with feeds that were told of."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from alerts.notices import Notice
from store.codec import Codec
from store.operating_tables import NoticeRow, NoticeTellingRow, TroubleRow
from store.tellings import Tellings

NOTICE = Codec(Notice)


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """All chats up to `cursor` have been dealt with."""

    id: int
    at: datetime
    notice: Notice
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class OpenTrouble:
    """A trouble that lasts, with the notice that told of it (None: it is gone)."""

    key: str
    since: datetime
    notice: Notice
    notice_id: int | None


class Notices(Tellings[NoticeRow, NoticeTellingRow, StoredNotice]):
    """Notices, and the troubles with feeds that they told of."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, NoticeRow, NoticeTellingRow, _notice)

    def add(self, notice: Notice, now: datetime) -> int:
        """Store a notice, which waits to be spread; its id."""
        row = NoticeRow(id=None, at=now, body=NOTICE.encode(notice), cursor=None, finished=False)
        self._session.add(row)
        self._session.flush()
        return row.id

    def told_of(self, notice_id: int, after: int | None, limit: int) -> list[int]:
        """The chats that were told of a notice, by id above `after`."""
        row = NoticeTellingRow
        told = select(row.chat_id).where(row.about_id == notice_id, row.told_at.is_not(None))
        if after is not None:
            told = told.where(row.chat_id > after)
        return list(self._session.scalars(told.order_by(row.chat_id).limit(limit)))

    def outdated(self, notice_id: int) -> None:
        """What the notice says holds no more: whoever was not told of it will not be."""
        row = NoticeTellingRow
        waiting = (row.about_id == notice_id, row.told_at.is_(None))
        self._session.execute(update(row).where(*waiting).values(dropped=True, problem="holds no more"))
        self._session.execute(update(NoticeRow).where(NoticeRow.id == notice_id).values(finished=True))
        self._session.expire_all()

    def cleanup(self, before: datetime) -> int:
        """Remove notices that were made before, with all that is kept of whom they were told; how many."""
        old = delete(NoticeRow).where(NoticeRow.at < before, NoticeRow.finished).returning(NoticeRow.id)
        removed = self._session.scalars(old).all()
        self._session.expire_all()
        return len(removed)

    def troubles(self) -> dict[str, OpenTrouble]:
        """The troubles that last, by key."""
        rows = self._session.scalars(select(TroubleRow).order_by(TroubleRow.key))
        return {row.key: OpenTrouble(row.key, row.since, NOTICE.decode(row.body), row.notice_id) for row in rows}

    def open_trouble(self, key: str, notice: Notice, notice_id: int, now: datetime) -> None:
        """Keep that a trouble was told of, so that it is told once."""
        self._session.merge(TroubleRow(key=key, since=now, body=NOTICE.encode(notice), notice_id=notice_id))
        self._session.flush()

    def close_trouble(self, key: str) -> None:
        self._session.execute(delete(TroubleRow).where(TroubleRow.key == key))


def _notice(row: NoticeRow) -> StoredNotice:
    return StoredNotice(row.id, row.at, NOTICE.decode(row.body), row.cursor)
