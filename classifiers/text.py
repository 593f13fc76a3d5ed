"""Words of a text as the model reads them: one spelling for all the ways to write a word."""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate, filterfalse
from typing import NamedTuple

# A word may carry combining accents and Arabic vowel signs, which are no letters to `re`.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+[^\W_]*)*")
_PARTING = re.compile(f"({_WORD.pattern})")
_PARTING_ASCII = re.compile(r"([A-Za-z0-9]+)")  # the same for most texts, in half the time
_TEXTS_KEPT = 512  # several ask for the words of the same texts, a batch at a time
_DIGIT = re.compile(r"\d")
_ARABIC = str.maketrans({"ـ": None, "ى": "ي", "ة": "ه"})  # tatweel; final ya and ta as most keyboards give them


def words(text: str) -> list[str]:
    """The words of `text` as written, in order. An apostrophe ends a word: "l'hôpital" is two."""
    return _WORD.findall(text)


class Cut(NamedTuple):
    """The words of a text as written, where each starts and ends, and what stands before each."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=_TEXTS_KEPT)
def cut(text: str) -> Cut:
    """As `words`, with places. Splitting at the words takes a fraction of the time of finding one after the other."""
    parts = tuple((_PARTING_ASCII if text.isascii() else _PARTING).split(text))
    ends = tuple(accumulate(map(len, parts)))
    return Cut(parts[1::2], ends[:-1:2], ends[1::2], parts[:-1:2])


def fold(word: str) -> str:
    """Lower case without accents and vowel signs, every digit as 0: "Évacués" and "EVACUES" are one word."""
    if word.isascii():
        folded = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        folded = "".join(filterfalse(unicodedata.combining, decomposed)).translate(_ARABIC)
    return folded if folded.isalpha() else _DIGIT.sub("0", folded)


def clip(text: str, limit: int) -> str:
    """At most the first `limit` characters, without a word cut in two."""
    if len(text) <= limit:
        return text
    end = limit
    while end and text[end - 1].isalnum():
        end -= 1
    return text[:end]
