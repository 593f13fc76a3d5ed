"""Texts as sparse rows of hashed features: words, word pairs and letter groups of title and summary.

The hash is MurmurHash3 (32 bits), as in scikit-learn's HashingVectorizer; no vocabulary is kept, so any word of any
language has a place. What a word gives is computed once and kept, which makes reading several times faster than a
general vectoriser.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils import murmurhash3_32

from classifiers.text import fold, words
from classifiers.types import ArticleText

Indices = NDArray[np.int64]

FEATURES_VERSION = 1  # any change of what a text gives makes trained weights useless: count up
WORD_BITS = 18
LETTER_BITS = 18
WIDTH = (1 << WORD_BITS) + (1 << LETTER_BITS)
GROUP_SIZES = (3, 4, 5)
MAX_TITLE = 400  # characters read; a feed's longest honest titles and summaries are shorter
MAX_SUMMARY = 1500
_MAX_WORD = 24
_MAX_KEPT = 200_000
_WORD_MASK = (1 << WORD_BITS) - 1
_LETTER_MASK = (1 << LETTER_BITS) - 1
_TITLE, _PAIR = 0x9E3779B1, 0x85EBCA6B  # odd constants that send fields and pairs to other slots


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """`key`: the word's hash; `own`: the columns it fills by itself wherever it stands."""

    key: int
    own: Indices


class Extractor:
    """Turns texts into rows. Keeps what words give; apart from speed, calls do not influence each other."""

    def __init__(self) -> None:
        self._known: dict[str, WordFeatures] = {}

    def rows(self, texts: Sequence[ArticleText]) -> csr_matrix:
        """One row of WIDTH columns for each text: 1 where a feature occurs, columns in order."""
        found = [self._columns(text) for text in texts]
        ends = np.concatenate([[0], np.cumsum([len(f) for f in found], dtype=np.int64)])
        columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(texts), WIDTH))

    def word(self, word: str) -> WordFeatures:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MAX_KEPT:
                self._known.clear()
            known = self._known[word] = _read(word)
        return known

    def _columns(self, text: ArticleText) -> Indices:
        title = [self.word(w) for w in words(text.title[:MAX_TITLE])]
        both = title + [self.word(w) for w in words(text.summary[:MAX_SUMMARY])]
        if not both:
            return np.zeros(0, dtype=np.int64)
        keys = np.array([w.key for w in both], dtype=np.int64)
        pairs = _mix(keys[:-1] * _PAIR + keys[1:])
        tokens = np.concatenate([keys[: len(title)] ^ _TITLE, pairs]) & _WORD_MASK
        return np.unique(np.concatenate([tokens, *(w.own for w in both)]))


def _read(word: str) -> WordFeatures:
    folded = fold(word[:_MAX_WORD])
    key = int(murmurhash3_32(folded, seed=0, positive=True))
    framed = f"<{folded}>"
    groups = {framed[i : i + n] for n in GROUP_SIZES for i in range(len(framed) - n + 1)}
    hashes = {int(murmurhash3_32(group, seed=1, positive=True)) & _LETTER_MASK for group in groups}
    own = [key & _WORD_MASK, *((1 << WORD_BITS) + h for h in sorted(hashes))]
    return WordFeatures(key, np.array(own, dtype=np.int64))


def _mix(keys: Indices) -> Indices:
    """The upper bits of a product folded into the lower ones, which alone are kept."""
    low = keys & 0xFFFFFFFF
    return low ^ (low >> 15)
