"""Rows in, rows out: what `bot.py classify` and `bot.py geoparse` do between standard input and output."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from classifiers.reader import Reader
from classifiers.types import ArticleText
from errors import InvalidInput
from feeds.parse import SUMMARY_LIMIT, TITLE_LIMIT
from feeds.text import plain
from jsonl import parse_time
from pipeline.entries import text
from pipeline.rows import mention_row, reading_row, unresolved_row
from places.locate import Locator

BATCH = 256

Rows = Iterable[tuple[str, dict[str, Any]]]


def classify(rows: Rows, reader: Reader, locator: Locator) -> Iterator[dict[str, Any]]:
    """One reading row for each {id, title, summary, language?, published?, home?}, in order; their texts are cleaned
    and cut as a feed's are."""
    for batch in _batches(rows):
        texts = [_text(where, row) for where, row in batch]
        for (_, row), item, reading in zip(batch, texts, reader.read(texts), strict=True):
            located = locator.locate(item, reading.language, reading.background)
            yield reading_row(row.get("id"), reading, located)


def geoparse(rows: Rows, locator: Locator) -> Iterator[dict[str, Any]]:
    """One {id, mentions} row for each {id, text, language?, mentions?}: those given, or else those recognised."""
    for where, row in rows:
        body = text(where, row, "text")
        spans = _spans(where, row.get("mentions"), len(body))
        found = locator.geoparse(body, _language(where, row), spans)
        yield {
            "id": row.get("id"),
            "mentions": [
                mention_row(resolution) if resolution else unresolved_row(start, end, body[start:end])
                for resolution, (start, end) in zip(found, spans, strict=True)
            ]
            if spans is not None
            else [mention_row(resolution) for resolution in found if resolution],
        }


def _text(where: str, row: dict[str, Any]) -> ArticleText:
    if "id" not in row:
        raise InvalidInput(f"{where}, field id", "is missing", "{id, title, summary, language?, published?, home?}")
    published = parse_time(row.get("published", row.get("date")), f"{where}, field published")
    home = text(where, row, "home").upper() or None
    title, summary = plain(text(where, row, "title"), TITLE_LIMIT), plain(text(where, row, "summary"), SUMMARY_LIMIT)
    return ArticleText(title, summary, _language(where, row), published, home)


def _language(where: str, row: dict[str, Any]) -> str | None:
    return text(where, row, "language") or text(where, row, "lang") or None


def _spans(where: str, mentions: object, length: int) -> list[tuple[int, int]] | None:
    if mentions is None:
        return None
    if not isinstance(mentions, list):
        raise InvalidInput(f"{where}, field mentions", f"found {type(mentions).__name__}", "a list of {start, end}")
    return [_span(f"{where}, field mentions[{n}]", mention, length) for n, mention in enumerate(mentions)]


def _span(where: str, mention: object, length: int) -> tuple[int, int]:
    if isinstance(mention, dict):
        start, end = mention.get("start"), mention.get("end")
        if type(start) is int and type(end) is int and 0 <= start <= end <= length:
            return start, end
    raise InvalidInput(where, f"found {mention!r}", f"start and end with 0 <= start <= end <= {length}")


def _batches(rows: Rows) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
