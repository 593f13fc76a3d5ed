"""Labels of texts that may not be kept with the project: a table of ids and labels, joined with the texts to train.

One item a line, four fields parted by tabs: id; signals parted by commas, the most important first; facility; status.
"-" where there is none; an item without signals is not relevant. docs/model-card.md says what was labelled.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    identity, named, facility, status = fields
    signals = () if named == _NONE else tuple(_member(where, Signal, name) for name in named.split(","))
    return LabelledItem(
        id=identity,
        original=identity,
        translated=False,
        source=identity.split("-")[0],
        text=ArticleText(str(row.get("title") or row.get("text") or ""), str(row.get("summary") or ""), "en"),
        relevant=bool(signals),
        signals=signals,
        facility=None if facility == _NONE else _member(where, Facility, facility),
        status=None if status == _NONE else _member(where, Status, status),
        place=None,
        country=None,
        actor=None,
    )


def _member(where: str, kind: type[_E], name: str) -> _E:
    try:
        return kind(name)
    except ValueError as error:
        raise InvalidInput(where, f"found {name!r}", f"one of {', '.join(kind)}") from error
