"""The digests that chats wait for. What they tell is in the outbox: rows that are held, marked when they were told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.orm import Session

from alerts.digest import Wait, Why
from alerts.types import Chat, ChatState
from store.chats import chat_of
from store.digest_tables import DigestRow
from store.outbox import Outbox
from store.tables import ChatRow, OutboxRow


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest that a chat waits for. `opened`: when the first thing was kept for it; `attempts`: failed so far."""

    chat: Chat
    why: Why
    opened: datetime
    next_at: datetime
    attempts: int


class Digests:
    """Methods that name a chat without a digest change nothing: it was erased meanwhile."""

    def __init__(self, session: Session, outbox: Outbox) -> None:
        self._session = session
        self._outbox = outbox

    def hold(self, chat_id: int, incident_id: int, until: datetime, why: Why, now: datetime) -> None:
        """Keep what is owed of an incident for the chat's digest: the one it waits for already, else one `until`.

        Raises NotStored where nothing is owed any more.
        """
        self._outbox.hold(chat_id, incident_id)
        self.open(chat_id, until, why, now)

    def open(self, chat_id: int, until: datetime, why: Why, now: datetime) -> None:
        """The chat waits for a digest: the one it waits for already, else one `until`."""
        if self._session.get(DigestRow, chat_id) is None:
            row = DigestRow(chat_id=chat_id, why=why, opened=now, next_at=until, attempts=0, problem=None)
            self._session.add(row)
            self._session.flush()

    def of(self, chat_id: int) -> Digest | None:
        """The digest that the chat waits for."""
        found = self._session.execute(_joined().where(DigestRow.chat_id == chat_id)).first()
        return None if found is None else _digest(*found)

    def due(self, now: datetime, limit: int) -> list[Digest]:
        """Digests of active chats that are to be sent now, the longest waiting first."""
        statement = (
            _joined()
            .where(DigestRow.next_at <= now, ChatRow.state == ChatState.ACTIVE)
            .order_by(DigestRow.next_at, DigestRow.chat_id)
            .limit(limit)
        )
        return [_digest(row, chat) for row, chat in self._session.execute(statement)]

    def retry(self, chat_id: int, *, attempts: int, next_at: datetime, problem: str) -> None:
        """Sending failed for now; `attempts` so far."""
        values = {"attempts": attempts, "next_at": next_at, "problem": problem}
        self._session.execute(update(DigestRow).where(DigestRow.chat_id == chat_id).values(**values))

    def move(self, chat_id: int, wait: Wait | None, now: datetime) -> None:
        """The chat's settings changed: its digest comes as they are now, at once where nothing waits any more."""
        row = self._session.get(DigestRow, chat_id)
        if row is None:
            return
        row.next_at = wait.until if wait else now
        row.why = (wait.why if wait else None) or row.why
        self._session.flush()

    def finish(self, chat_id: int, wait: Wait | None, now: datetime) -> None:
        """All was told that the digest had; what was held since waits for the next one."""
        if not self._session.scalar(select(exists().where(OutboxRow.chat_id == chat_id, OutboxRow.held))):
            self._session.execute(delete(DigestRow).where(DigestRow.chat_id == chat_id))
            return
        values = {"opened": now, "attempts": 0, "problem": None}
        self._session.execute(update(DigestRow).where(DigestRow.chat_id == chat_id).values(**values))
        self._session.expire_all()
        self.move(chat_id, wait, now)

    def release(self, chat_id: int) -> None:
        """No digest: what was held comes by itself, as far as it is still news."""
        self._outbox.release(chat_id)
        self._session.execute(delete(DigestRow).where(DigestRow.chat_id == chat_id))
        self._session.expire_all()


def _joined() -> Select[DigestRow, ChatRow]:
    return select(DigestRow, ChatRow).join(ChatRow, ChatRow.id == DigestRow.chat_id)


def _digest(row: DigestRow, chat: ChatRow) -> Digest:
    return Digest(chat_of(chat), row.why, row.opened, row.next_at, row.attempts)
