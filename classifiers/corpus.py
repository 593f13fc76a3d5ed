"""Labelled items, as training and evaluation read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import jsonl
from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import ArticleText
from errors import InvalidInput

_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class LabelledItem:
    """One news item and what a careful reader says of it.

    `original`: the id of the item that this one translates, its own id otherwise. `place` and `actor` are as written
    in the item; None where a translation gives only the original's.
    """

    id: str
    original: str
    translated: bool
    source: str
    text: ArticleText
    relevant: bool
    signals: tuple[Signal, ...]  # most important first
    facility: Facility | None
    status: Status | None
    place: str | None
    country: str | None
    actor: str | None

    @property
    def language(self) -> str:
        return self.text.language or "und"


def read_corpus(path: Path) -> list[LabelledItem]:
    """Every item of a JSON lines file, in order.

    Raises InvalidInput naming file, line and field of the first row that does not hold, and when there is no row.
    """
    items = [labelled_item(where, row) for where, row in jsonl.read(path)]
    if not items:
        raise InvalidInput(str(path), "holds no items", "labelled items, one JSON object a line")
    return items


def labelled_item(where: str, row: Mapping[str, Any]) -> LabelledItem:
    """One row of such a file, found at `where` ("file:line"); raises InvalidInput as `read_corpus` does."""
    return _item(_Row(where, row))


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    fields: Mapping[str, Any]

    def value(self, name: str) -> Any:
        if name not in self.fields:
            raise InvalidInput(self.where, f"field {name!r} is missing", "a labelled item")
        return self.fields[name]

    def wrong(self, name: str, expected: str) -> InvalidInput:
        return InvalidInput(self.where, f"field {name!r} is {self.fields[name]!r}", expected)

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise self.wrong(name, "text")
        return value

    def text_or_null(self, name: str) -> str | None:
        value = self.value(name)
        if value is not None and not isinstance(value, str):
            raise self.wrong(name, "text or null")
        return value

    def member(self, name: str, kind: type[_E]) -> _E | None:
        value = self.value(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError as error:
            raise self.wrong(name, f"null or one of {', '.join(kind)}") from error

    def boolean(self, name: str) -> bool:
        value = self.value(name)
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false")
        return value


def _item(row: _Row) -> LabelledItem:
    language = row.text("lang")
    row.text_or_null("date")
    identity = row.text("id")
    relevant, signals = row.boolean("relevant"), _signals(row)
    if relevant != bool(signals):
        raise row.wrong("signals", "at least one signal exactly when the item is relevant")
    translated = bool(row.fields.get("translated", False))
    return LabelledItem(
        id=identity,
        original=identity.split("@")[0] if translated else identity,
        translated=translated,
        source=row.text("source"),
        text=ArticleText(row.text("title"), row.text_or_null("summary") or "", language),
        relevant=relevant,
        signals=signals,
        facility=row.member("facility", Facility),
        status=row.member("status", Status),
        place=None if "place_original" in row.fields else row.text_or_null("place"),
        country=row.text_or_null("country"),
        actor=None if "actor_original" in row.fields else row.text_or_null("actor"),
    )


def _signals(row: _Row) -> tuple[Signal, ...]:
    value = row.value("signals")
    expected = f"a list of {', '.join(Signal)}"
    if not isinstance(value, list):
        raise row.wrong("signals", expected)
    try:
        return tuple(dict.fromkeys(Signal(name) for name in value))
    except ValueError as error:
        raise row.wrong("signals", expected) from error
