"""The tables of running Tocsin: what operators decided beside feeds.yaml, and what is told to many chats at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from alerts.reviews import ReviewDecision
from feeds.choices import FeedChoiceKind
from feeds.types import Reliability
from store.columns import enum_of
from store.tables import NEVER_REUSED, Table
from store.telling_tables import MatterRow, TellingRow, about_id, matters, tellings


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


class NoticeRow(MatterRow):
    """Something told to many chats that is about no incident."""

    __tablename__ = "notices"
    __table_args__ = matters(__tablename__)


class NoticeTellingRow(TellingRow):
    """What one chat is told of one notice."""

    __tablename__ = "notice_tellings"

    about_id: Mapped[int] = about_id("notice_id", NoticeRow.__tablename__)

    __table_args__ = tellings(__tablename__, "notice_id")


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
