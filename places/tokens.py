"""Cutting a text into words, with what their shape and place in the sentence say."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from places.text import fold
from places.words import ABBREVIATED

_MAX_KEPT = 1 << 16
MIN_HEADLINE = 3  # words; in fewer nothing can be seen
SMALL = frozenset(
    ["and", "the", "for", "with", "from", "near", "over", "into", "after", "says", "amid", "its", "was", "are", "but"]
)
_PARTING = re.compile(r"((?:[^\W\d_]\.){2,}|\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*)")
_ELISION = re.compile(r"^(?:d|l|qu|n|s|j|m|t|c)['’](?=\w)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;•|»”\"\n]|(?:^|\s)[-–—]\s")


class Token(NamedTuple):
    """A word as written, with its folded form and what its shape and place say. Named tuples are made fastest."""

    start: int
    end: int
    text: str
    key: str
    capital: bool  # upper-case initial, or a script without case
    caps: bool  # all upper-case
    opens: bool  # first of a sentence
    headline: bool  # in a passage where most words are capitalised
    gap: str  # between the previous token and this one


class _Shape(NamedTuple):
    """What a word shows wherever it stands. `head` and `tail`: what is cut off it ("d'", "'s")."""

    head: str
    text: str
    tail: str
    key: str
    capital: bool
    caps: bool
    tells: bool  # counts where a line is judged to be a headline or none
    upper: bool


def tokenise(text: str) -> list[Token]:
    """The words of a text; possessive endings and elided articles ("d'Ituri") are cut off."""
    parts = _PARTING.split(text)  # takes a fraction of the time of finding one word after the other
    ends = list(accumulate(map(len, parts)))
    gaps, shapes = parts[:-1:2], list(map(_shape, parts[1::2]))
    headlines = _headlines(gaps, shapes)
    tokens: list[Token] = []
    new, tail, before = tuple.__new__, "", ""
    for shape, gap, start, end, headline in zip(shapes, gaps, ends[::2], ends[1::2], headlines, strict=False):
        head, word, behind, key, capital, caps, _, _ = shape
        if tail or head or behind:
            gap, start, end = tail + gap + head, start + len(head), end - len(behind)
        opens = gap != " " and (not tokens or _opens_sentence(gap, before))
        tokens.append(new(Token, (start, end, word, key, capital, caps, opens, headline, gap)))
        tail, before = behind, key
    return tokens


@lru_cache(maxsize=_MAX_KEPT)
def _shape(written: str) -> _Shape:
    start, end = (0, len(written)) if written.isalpha() else _trimmed(written)
    word = written[start:end]
    capital = not word[0].islower() and (word[0].isupper() or word[0].isalpha())
    return _Shape(
        head=written[:start],
        text=word,
        tail=written[end:],
        key=fold(word),
        capital=capital,
        caps=capital and len(word) > 1 and word.isupper(),
        tells=len(word) > 2 and word not in SMALL,
        upper=word[0].isupper(),
    )


def _trimmed(word: str) -> tuple[int, int]:
    start, end = 0, len(word)
    if end > 2 and word[-2] in "'’" and word[-1] in "sS":
        end -= 2
    elision = _ELISION.match(word, 0, end)
    if elision and end > elision.end() + 1 and word[elision.end()].isupper():
        start = elision.end()
    return start, end


def _headlines(gaps: Sequence[str], shapes: Sequence[_Shape]) -> list[bool]:
    """For each word whether all words of its line are capitalised but the small ones of titles."""
    lines = [number for number, gap in enumerate(gaps) if gap != " " and "\n" in gap]
    found: list[bool] = []
    for first, last in pairwise([0, *lines, len(shapes)]):
        upper = [shape.upper for shape in shapes[first:last] if shape.tells]
        headline = len(upper) >= MIN_HEADLINE and sum(upper) > 0.8 * len(upper)
        found += [headline] * (last - first)
    return found


def _opens_sentence(gap: str, before: str) -> bool:
    """`before`: the key of the word before the gap."""
    if not _ends_sentence(gap):
        return False
    return not (gap[0] == "." and len(gap) > 1 and before in ABBREVIATED)


@lru_cache(maxsize=_MAX_KEPT)
def _ends_sentence(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is not None
