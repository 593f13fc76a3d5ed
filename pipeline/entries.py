"""Recorded entries, as replay and the sample read them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from errors import InvalidInput
from feeds.types import Entry
from jsonl import parse_time

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """An entry with the id that its file gives it; `entry.published` is set."""

    id: str
    entry: Entry


def recordings(rows: Iterable[tuple[str, dict[str, Any]]]) -> list[Recording]:
    """The entries of (where, row) pairs, oldest first; one without a time comes right after the one before it.

    Raises InvalidInput naming file, line and field.
    """
    found: list[Recording] = []
    last = BEFORE_ALL
    for where, row in rows:
        recording = _recording(where, row)
        last = recording.entry.published or last + timedelta(microseconds=1)
        found.append(replace(recording, entry=replace(recording.entry, published=last)))
    return sorted(found, key=lambda r: r.entry.published or BEFORE_ALL)


def _recording(where: str, row: dict[str, Any]) -> Recording:
    id = row.get("id")
    if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
        raise InvalidInput(f"{where}, field id", f"found {id!r}", "the entry's id")
    title, summary = text(where, row, "title"), text(where, row, "summary")
    if not title and not summary:
        raise InvalidInput(f"{where}, field title", "title and summary are both empty", "a text to read")
    published = parse_time(row.get("published", row.get("date")), f"{where}, field published")
    link = text(where, row, "link")
    return Recording(
        str(id),
        Entry(
            feed_url=text(where, row, "feed") or link,
            guid=None,
            link=link if link.startswith(("http://", "https://")) else None,
            title=title,
            summary=summary,
            published=published,
            language=text(where, row, "language") or text(where, row, "lang") or None,
        ),
    )


def text(where: str, row: dict[str, Any], field: str) -> str:
    """A text field; missing and null are empty. Raises InvalidInput when it is something else."""
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput(f"{where}, field {field}", f"found {type(value).__name__}", "a text or null")
    return value
