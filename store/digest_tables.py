"""The table of digests: what waits to be told together."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from alerts.digest import Why
from store.columns import enum_of
from store.tables import Table


class DigestRow(Table):
    """The one digest that a chat waits for; what it will tell are the chat's outbox rows that are `held`.

    `opened`: when the first of them was held. `next_at`: when it is sent, or tried again.
    """

    __tablename__ = "digests"

    chat_id: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    why: Mapped[Why] = mapped_column(enum_of(Why))
    opened: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int]
    problem: Mapped[str | None]

    __table_args__ = (Index("ix_digests_next_at", "next_at"),)
