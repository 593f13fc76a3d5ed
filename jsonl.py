"""JSON lines in UTF-8, the one format of all files and pipes; `.gz` is read too."""

import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from errors import InvalidInput


def read(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (where, object) for each non-empty line of `path` ("-": standard input); where is "file:line".

    Raises InvalidInput naming file and line when the file cannot be read or a line is not a JSON object.
    """
    if str(path) == "-":
        yield from _rows(sys.stdin.buffer, "standard input")
        return
    try:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rb") as stream:
            yield from _rows(stream, str(path))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(str(path), f"cannot be read: {reason}", "a JSON lines file, plain or .gz") from error


def _rows(stream: Iterable[bytes], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(stream, 1):
        where = f"{name}:{number}"
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if not text:
                continue
            row = json.loads(text)
        except UnicodeDecodeError as error:
            raise InvalidInput(where, f"not UTF-8 at byte {error.start}", "JSON lines in UTF-8") from error
        except (json.JSONDecodeError, RecursionError) as error:
            raise InvalidInput(where, f"not JSON ({error})", "one JSON object a line") from error
        if not isinstance(row, dict):
            raise InvalidInput(where, f"found {type(row).__name__}", "one JSON object a line")
        yield where, row


def dump(row: Mapping[str, Any]) -> str:
    """One line of JSON, without the newline; datetimes as RFC 3339."""
    return json.dumps(row, ensure_ascii=False, default=_encode)


def write(rows: Iterable[Mapping[str, Any]], stream: IO[str]) -> None:
    for row in rows:
        stream.write(dump(row) + "\n")


def parse_time(value: object, where: str) -> datetime | None:
    """An RFC 3339 time or date as an aware UTC datetime; naive ones are UTC; None and "" are unknown (None)."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InvalidInput(where, f"found {value!r} for a time", "an RFC 3339 time such as 2025-03-19T18:04:00Z")
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        expected = "an RFC 3339 time such as 2025-03-19T18:04:00Z"
        raise InvalidInput(where, f"found {value!r} for a time", expected) from error


def _encode(value: object) -> str:
    if isinstance(value, datetime):
        return format_time(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")


def format_time(moment: datetime) -> str:
    """An aware datetime as RFC 3339 in UTC, to the second: 2025-03-19T18:04:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
