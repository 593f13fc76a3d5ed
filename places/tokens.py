"""Cutting a text into words, with what their shape and place in the sentence say."""

import re
from typing import NamedTuple

from places.text import fold
from places.words import ABBREVIATED

MIN_HEADLINE = 3  # words; in fewer nothing can be seen
SMALL = frozenset(
    ["and", "the", "for", "with", "from", "near", "over", "into", "after", "says", "amid", "its", "was", "are", "but"]
)
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
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


def tokenise(text: str) -> list[Token]:
    """The words of a text; possessive endings and elided articles ("d'Ituri") are cut off."""
    tokens: list[Token] = []
    new, last, before = tuple.__new__, 0, ""
    line: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        if not word.isalpha():
            start, end, word = _trimmed(start, end, word)
        gap = text[last:start]
        if gap == " ":
            opens = False
        else:
            opens = not last or _opens_sentence(gap, before)
            if "\n" in gap:
                tokens += _with_headline(line)
                line = []
        first = word[0]
        capital = not first.islower() and (first.isupper() or first.isalpha())
        caps = capital and len(word) > 1 and word.isupper()
        line.append(new(Token, (start, end, word, fold(word), capital, caps, opens, False, gap)))
        last, before = end, word
    return tokens + _with_headline(line)


def _trimmed(start: int, end: int, word: str) -> tuple[int, int, str]:
    if len(word) > 2 and word[-2] in "'’" and word[-1] in "sS":
        word, end = word[:-2], end - 2
    elision = _ELISION.match(word)
    if elision and len(word) > elision.end() + 1 and word[elision.end()].isupper():
        start, word = start + elision.end(), word[elision.end() :]
    return start, end, word


def _with_headline(line: list[Token]) -> list[Token]:
    """The tokens of one line, marked where all its words are capitalised but the small ones of titles."""
    long = [token.text[0].isupper() for token in line if len(token.text) > 2 and token.text not in SMALL]
    if len(long) < MIN_HEADLINE or sum(long) <= 0.8 * len(long):
        return line
    return [token._replace(headline=True) for token in line]


def _opens_sentence(gap: str, before: str) -> bool:
    if not _SENTENCE_END.search(gap):
        return False
    return not (gap[0] == "." and len(gap) > 1 and fold(before) in ABBREVIATED)
