"""The tables. alembic/versions builds them; `python -m tests.migrations_current` proves that both agree."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Time,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from alerts.types import ChatKind, ChatState, Language, Reason, Rhythm, Severity
from classifiers.taxonomy import Fault, Signal
from feeds.errors import FetchProblem
from feeds.schedule import FeedStatus
from incidents.types import Cause, Certainty
from places.types import AreaKind
from store.columns import OutsideText, RevisionByReason, UtcTime, enum_of

# Names for every constraint, so that later migrations can drop them on both databases.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# An id that people have seen (T-0417, a button of an old message) never comes to mean something else.
NEVER_REUSED = {"sqlite_autoincrement": True}
_ENUMS: dict[type[StrEnum], Enum] = {
    members: enum_of(members)
    for members in (
        AreaKind,
        Cause,
        Certainty,
        ChatKind,
        ChatState,
        Fault,
        FeedStatus,
        FetchProblem,
        Language,
        Reason,
        Rhythm,
        Severity,
        Signal,
    )
}


# Full text has a table that each database makes in its own way (store.search), and FTS5 further ones of its own.
SEARCH_INDEX = "search_index"


def is_compared(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic's autogenerate is to look at what is called so."""
    return not (kind == "table" and name is not None and name.startswith(SEARCH_INDEX))


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcTime,
        date: Date,
        time: Time,
        str: OutsideText,
        dict[str, Any]: JSON,
        dict[Reason, int]: RevisionByReason,
        list[str]: JSON,
        **_ENUMS,
    }


def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows that fulfil `where`: what waits for work."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class FeedRow(Table):
    """A feed's state. `listed`: the catalogue has it now; `declared_s`: the interval it asks for there."""

    __tablename__ = "feeds"

    url: Mapped[str] = mapped_column(primary_key=True)
    listed: Mapped[bool]
    declared_s: Mapped[int | None]
    status: Mapped[FeedStatus]
    next_due: Mapped[datetime]
    interval_s: Mapped[int]
    failures: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    last_success: Mapped[datetime | None]
    last_attempt: Mapped[datetime | None]
    newest: Mapped[datetime | None]
    gap_s: Mapped[int | None]
    problem: Mapped[FetchProblem | None]
    detail: Mapped[str | None]
    moved_to: Mapped[str | None]

    __table_args__ = (Index("ix_feeds_next_due", "next_due"),)


class ArticleRow(Table):
    """An article's identity, which outlives its text. `digest`: SHA-256 of the key, since keys know no bounds.

    `read_version`: the newest version that has a reading, 0 for none. `removed_at`: its texts were cleaned up.
    """

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    version: Mapped[int]
    content_hash: Mapped[str]
    read_version: Mapped[int]
    fetched: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index("ix_articles_fetched", "fetched", where="removed_at IS NULL"),
        NEVER_REUSED,
    )


class ArticleVersionRow(Table):
    __tablename__ = "article_versions"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[dict[str, Any]]


class ReadingRow(Table):
    __tablename__ = "readings"

    article_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    reading: Mapped[dict[str, Any]]
    located: Mapped[dict[str, Any]]

    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "version"], ["article_versions.article_id", "article_versions.version"], ondelete="CASCADE"
        ),
    )


class IncidentRow(Table):
    """An incident as it is now: what is searched for. What it was and is in full: its revisions.

    `merged_into`: the incident that it was found to be.
    """

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    kind: Mapped[Signal]
    withdrawn: Mapped[bool]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    search_text: Mapped[str]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"))
    eased: Mapped[bool]

    __table_args__ = (Index("ix_incidents_last_seen", "last_seen"), NEVER_REUSED)


class IncidentSignalRow(Table):
    """The signals an incident has now, its kind among them."""

    __tablename__ = "incident_signals"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    signal: Mapped[Signal] = mapped_column(primary_key=True)


class IncidentKeyRow(Table):
    """The keys under which an incident is found by place now (incidents.lookup)."""

    __tablename__ = "incident_keys"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_incident_keys_key", "key"),)


class RevisionRow(Table):
    """One immutable revision; `body` holds the incident without its witnesses."""

    __tablename__ = "incident_revisions"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[Cause]
    body: Mapped[dict[str, Any]]


class WitnessRow(Table):
    """A witness, kept once for all revisions r with since <= r < until (until None: up to now).

    A story with hundreds of reports has as many revisions: kept with each of them, witnesses would fill the disk.
    `position` orders the witnesses of a revision.
    """

    __tablename__ = "witnesses"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"))
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    since: Mapped[int]
    until: Mapped[int | None]
    position: Mapped[float]
    body: Mapped[dict[str, Any]]

    __table_args__ = (Index("ix_witnesses_incident_id", "incident_id"), Index("ix_witnesses_article_id", "article_id"))


class AlertRow(Table):
    """`cursor`: the chat up to which it has been spread; `finished`: to all."""

    __tablename__ = "alerts"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int]
    revision: Mapped[int]
    reason: Mapped[Reason]
    severity: Mapped[Severity]
    certainty: Mapped[Certainty]
    at: Mapped[datetime]
    cursor: Mapped[int | None] = mapped_column(BigInteger)
    finished: Mapped[bool]

    __table_args__ = (
        ForeignKeyConstraint(
            ["incident_id", "revision"],
            ["incident_revisions.incident_id", "incident_revisions.revision"],
            ondelete="CASCADE",
        ),
        Index("ix_alerts_incident_id", "incident_id"),
        partial_index("ix_alerts_pending", "id", where="NOT finished"),
        NEVER_REUSED,
    )


class ChatRow(Table):
    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[ChatKind]
    language: Mapped[Language]
    time_zone: Mapped[str] = mapped_column(String(64))
    state: Mapped[ChatState]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    rhythm: Mapped[Rhythm]
    digest_at: Mapped[time]
    pictures: Mapped[bool]
    paused_until: Mapped[datetime | None]


class WatchRow(Table):
    """`kinds`: names of signals, sorted; empty for all. `radii`: kilometres by name of a signal."""

    __tablename__ = "watches"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), index=True
    )
    area_kind: Mapped[AreaKind]
    area_name: Mapped[str]
    country: Mapped[str | None]
    admin1: Mapped[str | None]
    admin2: Mapped[str | None]
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    radius_km: Mapped[float | None]
    min_severity: Mapped[Severity]
    min_certainty: Mapped[Certainty]
    night_severity: Mapped[Severity | None]
    night_certainty: Mapped[Certainty | None]
    kinds: Mapped[list[str]]
    radii: Mapped[dict[str, Any]]

    __table_args__ = (NEVER_REUSED,)


class OutboxRow(Table):
    """What one chat has been shown of one incident and what it should be shown.

    `replies`: reasons whose ringing reply is owed, each with the revision that brought it. `refused_revision`: up to
    there the chat service takes nothing. `urgency`: None where nothing is owed, else the order of sending, lowest
    first; kept by store.outbox so that one index answers "what is due, the most urgent first". `held`: it waits for the
    chat's digest (store.digest_tables). What a digest told has a `sent_revision` and no `message_id`.
    """

    __tablename__ = "outbox"

    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    severity: Mapped[Severity]
    wanted_revision: Mapped[int]
    sent_revision: Mapped[int]
    refused_revision: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    replies: Mapped[dict[Reason, int]]
    urgency: Mapped[int | None]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    first_wanted: Mapped[datetime]
    told_at: Mapped[datetime | None]
    problem: Mapped[str | None]
    held: Mapped[bool]

    __table_args__ = (
        partial_index("ix_outbox_due", "urgency", "first_wanted", where="urgency IS NOT NULL AND NOT held"),
        partial_index("ix_outbox_next_at", "next_at", where="urgency IS NOT NULL AND NOT held"),
        partial_index("ix_outbox_held", "chat_id", where="held"),
        Index("ix_outbox_told", "chat_id", "told_at"),
        Index("ix_outbox_incident_id", "incident_id"),
    )


class OutboxWatchRow(Table):
    """The watches that matched."""

    __tablename__ = "outbox_watches"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    incident_id: Mapped[int] = mapped_column(primary_key=True)
    watch_id: Mapped[int] = mapped_column(ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(
            ["chat_id", "incident_id"],
            ["outbox.chat_id", "outbox.incident_id"],
            ondelete="CASCADE",
            onupdate="CASCADE",
        ),
        Index("ix_outbox_watches_watch_id", "watch_id"),
    )


class VerdictRow(Table):
    """A chat's one vote on an incident; `revision`: the one that it had been shown."""

    __tablename__ = "verdicts"

    chat_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("chats.id", ondelete="CASCADE", onupdate="CASCADE"), primary_key=True
    )
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    fault: Mapped[Fault]
    revision: Mapped[int]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_verdicts_incident_id", "incident_id"),)
