"""Column types that behave alike on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

from alerts.types import Reason

_ENUM_LENGTH = 32  # one length for all, so that a longer new member needs no migration

E = TypeVar("E", bound=StrEnum)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime; SQLite keeps it as naive UTC, whose text sorts by time. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class OutsideText(TypeDecorator[str]):
    """Text of any origin: what a database cannot hold (NUL, lone surrogates) is stored as U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class RevisionByReason(TypeDecorator[dict[Reason, int]]):
    """Reasons, each with a revision, as a JSON object."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[Reason, int] | None, dialect: Dialect) -> dict[str, int] | None:
        return None if value is None else {reason.value: revision for reason, revision in value.items()}

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dict[Reason, int] | None:
        return None if value is None else {Reason(name): revision for name, revision in value.items()}


def storable(text: str) -> str:
    """`text` with NUL and lone surrogates, which PostgreSQL or UTF-8 cannot carry, replaced by U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def enum_of(members: type[E]) -> Enum:
    """Stored as the member's value, so that rows read as the project's own words."""
    return Enum(members, native_enum=False, create_constraint=False, length=_ENUM_LENGTH, values_callable=_values)


def _values(members: Any) -> list[str]:
    return [member.value for member in members]
