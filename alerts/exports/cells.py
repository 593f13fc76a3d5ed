"""Tables as CSV that a spreadsheet opens as text."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

Cell = str | int | float | bool | None

# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def written(columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> bytes:
    """RFC 4180 with a header, UTF-8 with the mark by which spreadsheets tell it. Every row has every column."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return defused(value) if isinstance(value, str) else value


def defused(text: str) -> str:
    """Text that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
