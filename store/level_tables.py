"""The tables of rising levels."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alerts.types import Severity
from store.tables import NEVER_REUSED, Table, partial_index


class RiseRow(Table):
    """A rise of a region's level. `region`: its key (alerts.levels); `body`: the standing that is told. `cursor` and
    `finished` as of an alert."""

    __tablename__ = "level_rises"

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime]
    severity: Mapped[Severity]
    body: Mapped[dict[str, Any]]
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    finished: Mapped[bool]

    __table_args__ = (
        UniqueConstraint("region", "day", name="uq_level_rises_region_day"),
        partial_index("ix_level_rises_pending", "id", where="NOT finished"),
        NEVER_REUSED,
    )


class RiseTellingRow(Table):
    """What one chat is told of one rise. `told_at`: the service took it; `dropped`: nobody will be told any more."""

    __tablename__ = "level_tellings"

    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    rise_id: Mapped[int] = mapped_column(ForeignKey("level_rises.id", ondelete="CASCADE"), primary_key=True)
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    dropped: Mapped[bool]
    problem: Mapped[str | None]

    __table_args__ = (
        partial_index("ix_level_tellings_due", "next_at", where="told_at IS NULL AND NOT dropped"),
        Index("ix_level_tellings_rise_id", "rise_id"),
    )
