"""Invitations: who may use a bot that is closed to others."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from store.operating_tables import InviteRow


@dataclass(frozen=True, slots=True)
class Invite:
    """`used`: it let a chat in; which one is nobody's business."""

    id: int
    made_at: datetime
    expires_at: datetime
    used: bool


class Invites:
    """They follow their chats: store.chats moves and erases them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, code_hash: str, now: datetime, expires_at: datetime) -> Invite:
        row = InviteRow(id=None, code_hash=code_hash, made_at=now, expires_at=expires_at, chat_id=None)
        self._session.add(row)
        self._session.flush()
        return _invite(row)

    def use(self, code_hash: str, chat_id: int, now: datetime) -> bool:
        """Let a chat in by a code that nobody has used and that has not died; whether it did."""
        row = self._session.scalar(
            select(InviteRow).where(
                InviteRow.code_hash == code_hash, InviteRow.chat_id.is_(None), InviteRow.expires_at > now
            )
        )
        if row is None:
            return False
        row.chat_id = chat_id
        self._session.flush()
        return True

    def admitted(self, chat_id: int) -> bool:
        return self._session.scalar(select(InviteRow.id).where(InviteRow.chat_id == chat_id).limit(1)) is not None

    def chats(self) -> set[int]:
        """The chats that were let in."""
        return set(self._session.scalars(select(InviteRow.chat_id).where(InviteRow.chat_id.is_not(None))))

    def all(self, now: datetime) -> list[Invite]:
        """Those that were used or still can be, the newest first."""
        rows = select(InviteRow).where(or_(InviteRow.chat_id.is_not(None), InviteRow.expires_at > now))
        return [_invite(row) for row in self._session.scalars(rows.order_by(InviteRow.id.desc()))]

    def revoke(self, invite_id: int) -> tuple[bool, int | None]:
        """Remove an invitation: whether there was one, and the chat that it had let in."""
        row = self._session.get(InviteRow, invite_id)
        if row is None:
            return False, None
        self._session.delete(row)
        self._session.flush()
        return True, row.chat_id

    def cleanup(self, now: datetime) -> None:
        """Remove codes that died unused."""
        self._session.execute(delete(InviteRow).where(InviteRow.chat_id.is_(None), InviteRow.expires_at <= now))


def _invite(row: InviteRow) -> Invite:
    return Invite(row.id, row.made_at, row.expires_at, row.chat_id is not None)
