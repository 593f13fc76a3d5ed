"""Labels of texts that may not be kept with the project: a table of ids and labels, joined with the texts to train.

One item a line, four fields parted by tabs: id; signals parted by commas, the most important first; facility; status.
"-" where there is none; an item without signals is not relevant. docs/model-card.md says what was labelled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import jsonl
from classifiers.corpus import LabelledItem
from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import ArticleText
from errors import InvalidInput

_NONE = "-"
_FIELDS = 4
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Labels:
    signals: tuple[Signal, ...]
    facility: Facility | None
    status: Status | None


def read_labels(path: Path, texts: Sequence[Path]) -> list[LabelledItem]:
    """The items that the table labels, in its order, with their texts out of `texts` (JSON lines with `id` and either
    `title` and `summary` or `text`; English).

    Raises InvalidInput naming file and line of a row that does not hold or whose text is in none of the files.
    """
    found = {row["id"]: row for source in texts for _, row in jsonl.read(source) if isinstance(row.get("id"), str)}
    items = []
    for where, fields in _rows(path):
        if fields[0] not in found:
            raise InvalidInput(where, f"no text has the id {fields[0]!r}", "the files that hold the texts (--texts)")
        items.append(_item(where, fields, found[fields[0]]))
    return items


def read_again(path: Path, items: Sequence[LabelledItem]) -> list[LabelledItem]:
    """The items, those in the table with its labels: a second reading, which holds for their translations too.

    Raises InvalidInput naming file and line of a row that does not hold or names no item.
    """
    known = {item.original for item in items}
    again: dict[str, Labels] = {}
    for where, fields in _rows(path):
        if fields[0] not in known:
            raise InvalidInput(where, f"no item has the id {fields[0]!r}", "the corpora that hold the items (--corpus)")
        again[fields[0]] = _labels(where, fields)
    return [_relabelled(item, again[item.original]) if item.original in again else item for item in items]


def _relabelled(item: LabelledItem, labels: Labels) -> LabelledItem:
    return replace(
        item,
        relevant=bool(labels.signals),
        signals=labels.signals,
        facility=labels.facility,
        status=labels.status,
    )


def _rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", "a table of labels") from error
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        if len(fields) != _FIELDS:
            raise InvalidInput(f"{path}:{number}", f"{len(fields)} fields", "id, signals, facility and status")
        yield f"{path}:{number}", fields


def _item(where: str, fields: Sequence[str], row: Mapping[str, Any]) -> LabelledItem:
    labels = _labels(where, fields)
    return LabelledItem(
        id=fields[0],
        original=fields[0],
        translated=False,
        source=fields[0].split("-")[0],
        text=ArticleText(str(row.get("title") or row.get("text") or ""), str(row.get("summary") or ""), "en"),
        relevant=bool(labels.signals),
        signals=labels.signals,
        facility=labels.facility,
        status=labels.status,
        place=None,
        country=None,
        actor=None,
    )


def _labels(where: str, fields: Sequence[str]) -> Labels:
    _, named, facility, status = fields
    return Labels(
        () if named == _NONE else tuple(_member(where, Signal, name) for name in named.split(",")),
        None if facility == _NONE else _member(where, Facility, facility),
        None if status == _NONE else _member(where, Status, status),
    )


def _member(where: str, kind: type[_E], name: str) -> _E:
    try:
        return kind(name)
    except ValueError as error:
        raise InvalidInput(where, f"found {name!r}", f"one of {', '.join(kind)}") from error
