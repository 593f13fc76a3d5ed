"""What the tables of matters told to many chats share: the matter, and a row for each chat that is to hear it."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import NEVER_REUSED, Table, partial_index


class MatterRow(Table):
    """Something that many chats are told; `cursor` and `finished` as of an alert."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    finished: Mapped[bool]


class TellingRow(Table):
    """What one chat is told of one matter, that of `about_id`. `told_at`: the service took it; `dropped`: the chat will
    not be told any more."""

    __abstract__ = True

    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    about_id: Mapped[int]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    dropped: Mapped[bool]
    problem: Mapped[str | None]


def matters(table: str) -> tuple[Index, dict[str, bool]]:
    """The table arguments of a MatterRow."""
    return partial_index(f"ix_{table}_pending", "id", where="NOT finished"), NEVER_REUSED


def tellings(table: str, about: str) -> tuple[Index, Index]:
    """The table arguments of a TellingRow; `about`: its column that names the matter."""
    due = partial_index(f"ix_{table}_due", "next_at", where="told_at IS NULL AND NOT dropped")
    return due, Index(f"ix_{table}_{about}", about)


def about_id(column: str, table: str) -> Mapped[int]:
    """The column of a TellingRow that names a matter of `table`."""
    return mapped_column(column, ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=True)
