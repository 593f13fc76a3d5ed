"""Texts as sparse rows of hashed features: words, letter groups and concepts of title and summary.

Words: each, each in the title, each with its neighbour. Letter groups: of three to five letters, within words.
Concepts: what the lexicon finds, so that what is learnt in one language serves in all.

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

from classifiers.lexicon import Concept, Lexicon
from classifiers.text import clip, fold, words
from classifiers.types import ArticleText

Indices = NDArray[np.int64]

FEATURES_VERSION = 2  # any change of what a text gives makes trained weights useless: count up
WORD_BITS = 18
LETTER_BITS = 18
CONCEPT_BITS = 15
LETTERS_START = 1 << WORD_BITS
CONCEPTS_START = LETTERS_START + (1 << LETTER_BITS)
WIDTH = CONCEPTS_START + (1 << CONCEPT_BITS)
BLOCK_STARTS = (0, LETTERS_START, CONCEPTS_START)  # words, letter groups, concepts
GROUP_SIZES = (3, 4, 5)
MAX_TITLE = 400  # characters read; a feed's longest honest titles and summaries are shorter
MAX_SUMMARY = 1500
_MAX_WORD = 24
_MAX_KEPT = 200_000
_PAIR_CHARACTERS = 90  # two concepts further apart tell of different things
_PAIR_FOLLOWERS = 3  # concepts after one that are paired with it
_WORD_MASK = (1 << WORD_BITS) - 1
_LETTER_MASK = (1 << LETTER_BITS) - 1
_CONCEPT_MASK = (1 << CONCEPT_BITS) - 1
_TITLE, _PAIR = 0x9E3779B1, 0x85EBCA6B  # odd constants that send fields and pairs to other slots


@dataclass(frozen=True, slots=True, eq=False)
class WordFeatures:
    """`key`: the word's hash; `own`: the columns it fills by itself wherever it stands."""

    key: int
    own: Indices


class Extractor:
    """Turns texts into rows. Keeps what words give; apart from speed, calls do not influence each other."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, WordFeatures] = {}
        self._concepts: dict[tuple[str, ...], int] = {}

    def rows(self, texts: Sequence[ArticleText]) -> csr_matrix:
        """One row of WIDTH columns for each text: 1 where a feature occurs, columns in order."""
        found = [self._columns(text) for text in texts]
        ends = np.concatenate([[0], np.cumsum([len(f) for f in found], dtype=np.int64)])
        columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
        return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(texts), WIDTH))

    def word(self, word: str) -> WordFeatures:
        return self._known.get(word) or self._learn(word)

    def _learn(self, word: str) -> WordFeatures:
        if len(self._known) >= _MAX_KEPT:
            self._known.clear()
        known = self._known[word] = _read(word)
        return known

    def _columns(self, text: ArticleText) -> Indices:
        shown = ArticleText(clip(text.title, MAX_TITLE), clip(text.summary, MAX_SUMMARY), text.language)
        known, learn = self._known, self._learn
        title = [known.get(w) or learn(w) for w in words(shown.title)]
        both = title + [known.get(w) or learn(w) for w in words(shown.summary)]
        if not both:
            return np.zeros(0, dtype=np.int64)
        keys = np.array([w.key for w in both], dtype=np.int64)
        pairs = _mix(keys[:-1] * _PAIR + keys[1:])
        tokens = np.concatenate([keys[: len(title)] ^ _TITLE, pairs]) & _WORD_MASK
        concepts = np.array(self._concept_columns(shown), dtype=np.int64)
        return _distinct(np.concatenate([tokens, concepts, *(w.own for w in set(both))]))

    def _concept_columns(self, text: ArticleText) -> list[int]:
        """Each concept, each in the title, and each with the few that follow it closely in the same field."""
        found = self._lexicon.concepts(text.joined, text.language)
        boundary = len(text.title)
        columns = []
        for place, concept in enumerate(found):
            columns.append(self._concept(concept.name))
            if concept.start < boundary:
                columns.append(self._concept("title", concept.name))
            for follower in found[place + 1 : place + 1 + _PAIR_FOLLOWERS]:
                if follower.start == concept.start:
                    continue
                if not _close(concept, follower, boundary):
                    break
                columns.append(self._concept(concept.name, follower.name))
        return columns

    def _concept(self, *names: str) -> int:
        column = self._concepts.get(names)
        if column is None:
            hashed = int(murmurhash3_32(" ".join(names), seed=2, positive=True))
            column = self._concepts[names] = CONCEPTS_START + (hashed & _CONCEPT_MASK)
        return column


def _close(concept: Concept, follower: Concept, boundary: int) -> bool:
    apart = concept.start < boundary <= follower.start
    return not apart and follower.start - concept.end <= _PAIR_CHARACTERS


def _read(word: str) -> WordFeatures:
    folded = fold(word[:_MAX_WORD])
    key = int(murmurhash3_32(folded, seed=0, positive=True))
    framed = f"<{folded}>"
    groups = {framed[i : i + n] for n in GROUP_SIZES for i in range(len(framed) - n + 1)}
    hashes = {int(murmurhash3_32(group, seed=1, positive=True)) & _LETTER_MASK for group in groups}
    return WordFeatures(key, np.array([key & _WORD_MASK, *(LETTERS_START + h for h in sorted(hashes))]))


def _distinct(columns: Indices) -> Indices:
    """Sorted, each once; faster here than numpy.unique."""
    columns.sort()
    first = np.empty(len(columns), dtype=bool)
    first[0] = True
    np.not_equal(columns[1:], columns[:-1], out=first[1:])
    return columns[first]


def _mix(keys: Indices) -> Indices:
    """The upper bits of a product folded into the lower ones, which alone are kept."""
    low = keys & 0xFFFFFFFF
    return low ^ (low >> 15)
