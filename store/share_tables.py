"""The tables of what a chat gives to others, and of the topics in which it wants to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from store.tables import Table


class ShareRow(Table):
    """A set of watches that can be opened with a token. `digest`: SHA-256 of the token, which is kept nowhere;
    `watches`: copies as they were when they were shared, without chat and id."""

    __tablename__ = "shares"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made: Mapped[datetime]
    expires: Mapped[datetime]
    watches: Mapped[list[dict[str, Any]]] = mapped_column(JSON)

    __table_args__ = ({"sqlite_autoincrement": True},)  # a button of an old list never comes to mean another share


class WatchTopicRow(Table):
    """The forum topic in which a chat is told what a watch matches. `closed`: Telegram takes nothing there any more,
    and the chat is still to be told so."""

    __tablename__ = "watch_topics"

    watch_id: Mapped[int] = mapped_column(
        ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    thread_id: Mapped[int] = mapped_column(BigInteger)
    closed: Mapped[bool]
