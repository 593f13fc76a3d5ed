"""What falls short of taking a town: it is only neared, its attackers are thrown back, a withdrawal is only promised,
people come home, or somebody says that the situation is under control. The words stand in `untaken.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from classifiers.required import Sought, plain
from classifiers.wordfile import read_words
from errors import InvalidInput

_FILE = Path(__file__).parent / "untaken.yaml"
_HELD, _TAKEN = "held", "taken"
_BLANKS = r"\s+"

Span = tuple[int, int]


class Short(StrEnum):
    """How a text falls short of telling that a town was taken; the values are the sections of `untaken.yaml`."""

    REASSURED = "reassured"
    NEARED = "neared"
    REPELLED = "repelled"
    PROMISED = "promised"
    STAYED = "stayed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Words:
    """`short`: what falls short, by kind; `held`: who holds a town, as a state; `taken`: that a town was taken."""

    short: Mapping[Short, Sought]
    held: Sought
    taken: Sought

    def found(self, text: str) -> dict[Short, list[Span]]:
        """Where the text falls short, by kind, in order; empty where it tells elsewhere that a town was taken."""
        spelled = plain(text)
        found = {kind: [m.span() for m in sought.found(text, spelled)] for kind, sought in self.short.items()}
        found = {kind: spans for kind, spans in found.items() if spans}
        if not found:
            return {}
        every = [span for spans in found.values() for span in spans]
        taken = (m.span() for m in self.taken.found(text, spelled))
        return {} if any(not overlaps(every, *span) for span in taken) else found

    def neared(self, text: str) -> list[Span]:
        """Where a text says that a town is neared, whatever was taken: the town's name follows."""
        return [match.span() for match in self.short[Short.NEARED].found(text, plain(text))]

    def says_held(self, text: str) -> bool:
        """Whether a text says who holds a town, and not that anybody took it."""
        spelled = plain(text)
        held = [match.span() for match in self.held.found(text, spelled)]
        taken = [match.span() for match in self.taken.found(text, spelled)]
        return bool(held) and all(any(low <= start and end <= high for low, high in held) for start, end in taken)


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether text[start:end] has something of one of `spans`."""
    return any(first < end and start < last for first, last in spans)


@cache
def default_words() -> Words:
    """The words of `untaken.yaml`, read once."""
    return load_words()


def load_words(path: Path = _FILE) -> Words:
    """Raises InvalidInput naming the file and the section that does not hold."""
    names = (*Short, _HELD, _TAKEN)
    content = read_words(path, *names)
    sections = {name: _sought(path, name, content[name]) for name in names}
    return Words({kind: sections[kind] for kind in Short}, sections[_HELD], sections[_TAKEN])


def _sought(path: Path, section: str, languages: Mapping[str, Sequence[str]]) -> Sought:
    every = "|".join(pattern for patterns in languages.values() for pattern in patterns)
    try:
        return Sought.of(re.compile(rf"\b(?:{every.replace(' ', _BLANKS)})", re.IGNORECASE))
    except re.error as error:
        raise InvalidInput(f"{path}, {section}", f"no regular expression: {error}", "patterns by language") from error
