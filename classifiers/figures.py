"""How many people were killed, hurt and driven away: the lowest number stated."""

import re
from dataclasses import dataclass

from classifiers.passage import Passage


@dataclass(frozen=True, slots=True)
class Figures:
    killed: int | None = None
    injured: int | None = None
    displaced: int | None = None


_KILLED = re.compile(
    r"(\d+)(?: \w+){0,2} (?:killed|dead|morts|tués|wameuawa)|kill(?:s|ed|ing)?(?: at least)? (\d+)", re.I
)


def find_figures(passage: Passage) -> Figures:
    found = [int(match[1] or match[2]) for match in _KILLED.finditer(passage.text)]
    return Figures(killed=min(found, default=None))
