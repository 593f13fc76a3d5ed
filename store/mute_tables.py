"""The table of mutes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from alerts.mutes import MuteScope
from store.columns import enum_of
from store.tables import NEVER_REUSED, Table


class MuteRow(Table):
    """What a chat does not want to hear of until `until`. `key`: the id of a place or incident, the name of a kind."""

    __tablename__ = "mutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"))
    scope: Mapped[MuteScope] = mapped_column(enum_of(MuteScope))
    key: Mapped[str]
    place: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    until: Mapped[datetime]

    __table_args__ = (UniqueConstraint("chat_id", "scope", "key", name="uq_mutes_chat_id_scope_key"), NEVER_REUSED)
