"""The tables of running Tocsin: what operators decided beside feeds.yaml, and what is told to many chats at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from alerts.reviews import ReviewDecision
from feeds.choices import FeedChoiceKind
from feeds.types import Reliability
from store.columns import enum_of
from store.tables import NEVER_REUSED, Table, partial_index


class FeedChoiceRow(Table):
    """A feed that an operator added to those of feeds.yaml, or took out; `language` of an added one."""

    __tablename__ = "feed_choices"

    url: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[FeedChoiceKind] = mapped_column(enum_of(FeedChoiceKind))
    language: Mapped[str | None]
    at: Mapped[datetime]


class PublisherGradeRow(Table):
    """A publisher's reliability by an operator's word."""

    __tablename__ = "publisher_grades"

    publisher_id: Mapped[str] = mapped_column(primary_key=True)
    reliability: Mapped[Reliability] = mapped_column(enum_of(Reliability))


class DraftRow(Table):
    """What an operator wrote and has not confirmed yet; it is more than a button can carry."""

    __tablename__ = "operator_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (NEVER_REUSED,)


class NoticeRow(Table):
    """Something told to many chats that is about no incident; `cursor` and `finished` as of an alert."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    finished: Mapped[bool]

    __table_args__ = (partial_index("ix_notices_pending", "id", where="NOT finished"), NEVER_REUSED)


class NoticeTellingRow(Table):
    """What one chat is told of one notice. `told_at`: the service took it; `dropped`: it will be told no more."""

    __tablename__ = "notice_tellings"

    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id", ondelete="CASCADE"), primary_key=True)
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    dropped: Mapped[bool]
    problem: Mapped[str | None]

    __table_args__ = (
        partial_index("ix_notice_tellings_due", "next_at", where="told_at IS NULL AND NOT dropped"),
        Index("ix_notice_tellings_notice_id", "notice_id"),
    )


class TroubleRow(Table):
    """A trouble with feeds that lasts and was told of. `notice_id`: the notice that told it."""

    __tablename__ = "troubles"

    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    body: Mapped[dict[str, Any]]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id", ondelete="SET NULL"))


class ReviewRow(Table):
    """What an operator decided of an incident that chats found wrong."""

    __tablename__ = "reviews"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    decision: Mapped[ReviewDecision] = mapped_column(enum_of(ReviewDecision))
    at: Mapped[datetime]


class InviteRow(Table):
    """A code that lets one chat in. Only its hash is kept. `chat_id`: the chat that it let in."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    chat_id: Mapped[int | None] = mapped_column(BigInteger)

    __table_args__ = (Index("ix_invites_chat_id", "chat_id"), NEVER_REUSED)
