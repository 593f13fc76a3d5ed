"""Finds phrases of a list in a text, word by word: the engine under actors, speakers, sites and figures.

A pattern is words apart by spaces, matched without case and accents. `*` at a word's end: any further letters;
`(a|b|)` inside a word: one of these; a word of capitals only (`ADF`, `UN`): in capitals in the text too. Arabic
words are also matched without the article, the particles written onto them and the object's final alef.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from classifiers.text import fold

T = TypeVar("T")

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f' ]\d{3})+(?!\d)|[^\W_]+(?:[\u0300-\u036f\u064b-\u065f\u0670]+[^\W_]*)*")
_INNERMOST = re.compile(r"\(([^()]*)\)")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_CLITICS = ("وال", "بال", "كال", "فال", "لل", "ول", "وب", "ال", "و", "ب", "ل", "ف", "ك")
_SHORTEST = 3  # letters left of an Arabic word when a particle is taken off
_MAX_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Token:
    """One word at text[start:end]; `forms`: the folded spellings under which it may be found."""

    start: int
    end: int
    written: str
    forms: tuple[str, ...]

    @property
    def folded(self) -> str:
        return self.forms[0]


class Tokenizer:
    """Splits texts into tokens, a number with its separators being one. Remembers spellings for speed alone."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[str, ...]] = {}

    def tokens(self, text: str) -> list[Token]:
        known = self._forms
        if len(known) > _MAX_KEPT:
            known.clear()
        found = []
        for match in _TOKEN.finditer(text):
            written = match.group()
            forms = known.get(written)
            if forms is None:
                forms = known[written] = _forms(written)
            found.append(Token(match.start(), match.end(), written, forms))
        return found


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase at tokens[first:last], which is text[start:end]."""

    first: int
    last: int
    start: int
    end: int
    value: T


@dataclass(slots=True)
class _Node(Generic[T]):
    exact: dict[str, "_Node[T]"] = field(default_factory=dict)
    capitals: dict[str, "_Node[T]"] = field(default_factory=dict)
    stems: dict[str, "_Node[T]"] = field(default_factory=dict)
    value: T | None = None


class PhraseBook(Generic[T]):
    """Patterns and what they stand for. Of two equal patterns the first given counts."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        self._starts: dict[str, tuple[_Node[T], ...]] = {}
        for pattern, value in patterns:
            for spelled in _expand(pattern):
                self._add(spelled.split(), value)

    def _add(self, words: Sequence[str], value: T) -> None:
        node = self._root
        for word in words:
            for part in re.split(r"[-'’./]", word):  # marks inside a word part it in texts, so here too
                if part:
                    node = _child(node, part)
        if node.value is None:
            node.value = value

    def find(self, tokens: Sequence[Token]) -> list[Found[T]]:
        """The longest phrase at each place, from left to right, none overlapping another."""
        if len(self._starts) > _MAX_KEPT:
            self._starts.clear()
        found: list[Found[T]] = []
        starts = self._starts
        free_from = 0
        for place, token in enumerate(tokens):
            nodes = starts.get(token.written)
            if nodes is None:
                nodes = starts[token.written] = _next(self._root, token)
            if not nodes or place < free_from:
                continue
            longest = _longest(tokens, place, nodes)
            if longest is not None:
                found.append(longest)
                free_from = longest.last
        return found


def _longest(tokens: Sequence[Token], place: int, nodes: tuple[_Node[T], ...]) -> Found[T] | None:
    """The longest phrase from `place` on; `nodes` are those that its first word leads to."""
    best: Found[T] | None = None
    reached = place + 1
    while nodes:
        for node in nodes:
            if node.value is not None:
                best = Found(place, reached, tokens[place].start, tokens[reached - 1].end, node.value)
                break
        if reached == len(tokens) or not joined(tokens[reached - 1], tokens[reached]):
            break
        token = tokens[reached]
        nodes = tuple(child for node in nodes for child in _next(node, token))
        reached += 1
    return best


def joined(one: Token, other: Token) -> bool:
    """Whether a phrase may go on from one token to the next: over one mark or blank, and over "U.S. forces"."""
    gap = other.start - one.end
    return gap <= 1 or (gap == 2 and len(one.written) == 1 and one.written.isupper())


def _child(node: _Node[T], part: str) -> _Node[T]:
    if part.endswith("*"):
        return node.stems.setdefault(fold(part[:-1]), _Node())
    if len(part) > 1 and part.isupper() and not _ARABIC.search(part):
        return node.capitals.setdefault(part, _Node())
    return node.exact.setdefault(fold(part), _Node())


def _next(node: _Node[T], token: Token) -> tuple[_Node[T], ...]:
    found = []
    if token.written in node.capitals:
        found.append(node.capitals[token.written])
    for form in token.forms:
        if form in node.exact:
            found.append(node.exact[form])
        if node.stems:
            found += [node.stems[form[:n]] for n in range(len(form), 1, -1) if form[:n] in node.stems]
    return tuple(found)


def _forms(written: str) -> tuple[str, ...]:
    folded = fold(written)
    if not _ARABIC.search(written):
        return (folded,)
    stripped = [folded[len(c) :] for c in _CLITICS if folded.startswith(c) and len(folded) - len(c) >= _SHORTEST]
    object_case = [form[:-1] for form in (folded, *stripped) if form.endswith("ا") and len(form) > _SHORTEST]
    return (folded, *dict.fromkeys(stripped + object_case))


def _expand(pattern: str) -> list[str]:
    inner = _INNERMOST.search(pattern)
    if inner is None:
        return [pattern]
    before, after = pattern[: inner.start()], pattern[inner.end() :]
    return [form for choice in inner.group(1).split("|") for form in _expand(before + choice + after)]
