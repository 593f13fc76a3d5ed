"""Readers' verdicts as training takes them: what `bot.py verdicts` wrote.

Only "not an event" teaches: it says which label would be right. "Wrong kind", "wrong place" and "old news" do not, and
an item with none but these is relevant by the machine's own word alone; it is left out, since a model that is taught
its own answers only grows surer of them. What an operator found wrong too counts as much as a careful reader's label,
however few chats said so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonl
from classifiers.corpus import LabelledItem, labelled_item
from classifiers.taxonomy import Fault
from errors import InvalidInput

QUORUM = 3  # chats that must agree for a verdict to weigh as much as a careful reader's label


@dataclass(frozen=True, slots=True)
class Correction:
    """An item as readers say it should be labelled; `weight`: above 0, 1 for as much as a corpus item."""

    item: LabelledItem
    weight: float


def read_feedback(path: Path) -> list[Correction]:
    """The corrections of a JSON lines file, in order; there may be none.

    Raises InvalidInput naming file, line and field of the first row that does not hold.
    """
    found = [_correction(where, row) for where, row in jsonl.read(path)]
    return [correction for correction in found if correction is not None]


def _correction(where: str, row: Mapping[str, Any]) -> Correction | None:
    item, votes = labelled_item(where, row), _votes(where, row)
    against = votes.get(Fault.NOT_AN_EVENT, 0)
    if not against:
        return None
    irrelevant = replace(item, relevant=False, signals=(), facility=None, status=None)
    return Correction(irrelevant, 1.0 if _reviewed(where, row) else min(1.0, against / QUORUM))


def _reviewed(where: str, row: Mapping[str, Any]) -> bool:
    """Whether an operator found the alert wrong as well; files of before do not say."""
    reviewed = row.get("reviewed", False)
    if not isinstance(reviewed, bool):
        raise InvalidInput(where, f"field 'reviewed' is {reviewed!r}", "true or false")
    return reviewed


def _votes(where: str, row: Mapping[str, Any]) -> dict[Fault, int]:
    votes = row.get("votes")
    expected = f"a number of chats by each of {', '.join(Fault)}"
    if not isinstance(votes, dict):
        raise InvalidInput(where, f"field 'votes' is {votes!r}", expected)
    try:
        counted = {Fault(name): count for name, count in votes.items()}
    except ValueError as error:
        raise InvalidInput(where, f"field 'votes' is {votes!r}", expected) from error
    if any(type(count) is not int or count < 0 for count in counted.values()):
        raise InvalidInput(where, f"field 'votes' is {votes!r}", expected)
    return counted
