"""Cutting a text into words, with what their shape and place in the sentence say."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate, compress, pairwise
from operator import add
from typing import NamedTuple

from places.story_words import is_event
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
    event: bool  # tells of violence, flight or the taking of ground
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
    event: bool


def tokenise(text: str) -> list[Token]:
    """The words of a text; possessive endings and elided articles ("d'Ituri") are cut off.

    Works on columns, not on one word after the other, and so takes half the time.
    """
    if _shape.cache_info().currsize > _MAX_KEPT:
        _shape.cache_clear()
    parts = _PARTING.split(text)
    if len(parts) == 1:
        return []
    heads, words, tails, keys, capital, caps, tells, upper, event = zip(*map(_shape, parts[1::2]), strict=True)
    gaps, ends = parts[:-1:2], list(accumulate(map(len, parts)))
    starts, stops = ends[:-1:2], ends[1::2]
    for n in [n for n, cut_off in enumerate(map(add, heads, tails)) if cut_off]:
        starts[n], stops[n], gaps[n] = starts[n] + len(heads[n]), stops[n] - len(tails[n]), gaps[n] + heads[n]
        gaps[n + 1 : n + 2] = [tails[n] + gap for gap in gaps[n + 1 : n + 2]]
    opens, lines = [False] * len(gaps), [0]
    for n in [n for n, gap in enumerate(gaps) if gap != " "]:
        opens[n] = n == 0 or _opens_sentence(gaps[n], keys[n - 1])
        if "\n" in gaps[n]:
            lines.append(n)
    headline: list[bool] = []
    for first, last in pairwise([*lines, len(gaps)]):
        headline += [_is_headline(list(compress(upper[first:last], tells[first:last])))] * (last - first)
    rows = zip(starts, stops, words, keys, capital, caps, opens, headline, event, gaps, strict=True)
    return list(map(partial(tuple.__new__, Token), rows))


@cache  # without a bound of its own, whose upkeep would take longer than all else here; see tokenise
def _shape(written: str) -> _Shape:
    start, end = (0, len(written)) if written.isalpha() else _trimmed(written)
    word = written[start:end]
    key = fold(word)
    capital = not word[0].islower() and (word[0].isupper() or word[0].isalpha())
    return _Shape(
        head=written[:start],
        text=word,
        tail=written[end:],
        key=key,
        capital=capital,
        caps=capital and len(word) > 1 and word.isupper(),
        tells=len(word) > 2 and word not in SMALL,
        upper=word[0].isupper(),
        event=is_event(key),
    )


def _trimmed(word: str) -> tuple[int, int]:
    start, end = 0, len(word)
    if end > 2 and word[-2] in "'’" and word[-1] in "sS":
        end -= 2
    elision = _ELISION.match(word, 0, end)
    if elision and end > elision.end() + 1 and word[elision.end()].isupper():
        start = elision.end()
    return start, end


def _is_headline(upper: Sequence[bool]) -> bool:
    """Whether all words of a line are capitalised but the small ones of titles, which are left out."""
    return len(upper) >= MIN_HEADLINE and sum(upper) > 0.8 * len(upper)


def _opens_sentence(gap: str, before: str) -> bool:
    """`before`: the key of the word before the gap."""
    if not _ends_sentence(gap):
        return False
    return not (gap[0] == "." and len(gap) > 1 and before in ABBREVIATED)


@lru_cache(maxsize=_MAX_KEPT)
def _ends_sentence(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is not None
