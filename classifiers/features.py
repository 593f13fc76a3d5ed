"""Texts as sparse rows of hashed features: words, letter groups and concepts of title and summary.

Words: each, each in the title, each with its neighbour. Letter groups: of three to five letters, within words.
Concepts: what the lexicon finds, so that what is learnt in one language serves in all.

The hash is MurmurHash3 (32 bits), as in scikit-learn's HashingVectorizer; no vocabulary is kept, so any word of any
language has a place. What a word gives is computed once and kept, and the letter groups are those of single
words, which makes reading several times faster than a general vectoriser.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils import murmurhash3_32

from classifiers.hashing import Strings
from classifiers.lexicon import Concept, Lexicon
from classifiers.text import Cut, clip, cut, fold
from classifiers.types import ArticleText

Indices = NDArray[np.int32]

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
_BATCH = 256  # texts whose words are worked out together
_WORD_MASK = np.uint32((1 << WORD_BITS) - 1)
_LETTER_MASK = np.uint32((1 << LETTER_BITS) - 1)
_CONCEPT_MASK = (1 << CONCEPT_BITS) - 1
_TITLE, _PAIR = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # odd constants that send fields and pairs to other slots
_HALF = np.uint32(15)


@dataclass(frozen=True, slots=True, eq=False)
class WordFeatures:
    """`key`: the word's hash; `own`: the columns it fills by itself wherever it stands, perhaps repeated."""

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
        found = [
            columns for start in range(0, len(texts), _BATCH) for columns in self._batch(texts[start : start + _BATCH])
        ]
        ends = np.concatenate([[0], np.cumsum([len(f) for f in found], dtype=np.int64)])
        columns = np.concatenate(found) if found else np.zeros(0, dtype=np.int32)
        return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(texts), WIDTH))

    def features(self, words: Sequence[str]) -> list[WordFeatures]:
        """What each of the words gives."""
        return self._all([words])[0]

    def _all(self, said: Sequence[Sequence[str]]) -> list[list[WordFeatures]]:
        """What each word of some texts gives; those not seen before are worked out together."""
        known = self._known
        found = [list(map(known.get, words)) for words in said]
        lacking = [number for number, features in enumerate(found) if None in features]
        if lacking:
            if len(known) >= _MAX_KEPT:
                known = self._known = {}
            new = list({word: None for number in lacking for word in said[number] if word not in known})
            known.update(zip(new, _read(new), strict=True))
            for number in lacking:
                found[number] = list(map(known.get, said[number]))
        return cast(list[list[WordFeatures]], found)

    def _batch(self, texts: Sequence[ArticleText]) -> Iterator[Indices]:
        shown = [ArticleText(clip(t.title, MAX_TITLE), clip(t.summary, MAX_SUMMARY), t.language) for t in texts]
        cuts = [cut(text.joined) for text in shown]
        return map(self._columns, shown, cuts, self._all([parts.words for parts in cuts]))

    def _columns(self, text: ArticleText, parts: Cut, features: Sequence[WordFeatures]) -> Indices:
        if not features:
            return np.zeros(0, dtype=np.int32)
        keys = np.array([word.key for word in features], dtype=np.uint32)
        concepts = np.array(self._concept_columns(text), dtype=np.int32)
        in_title = bisect_left(parts.starts, len(text.title))
        return _distinct(np.concatenate([*_tokens(keys, in_title), concepts, *(word.own for word in set(features))]))

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


def _read(words: Sequence[str]) -> list[WordFeatures]:
    folded = [fold(word[:_MAX_WORD]) for word in words]
    keys = Strings(folded).hashes(seed=0)
    framed = Strings([f"<{word}>" for word in folded])
    groups = [framed.groups(size, seed=1) for size in GROUP_SIZES]
    columns = np.concatenate([keys & _WORD_MASK, *(LETTERS_START + (hashes & _LETTER_MASK) for hashes, _ in groups)])
    counts = np.array([np.ones(len(words), np.int64), *(of_size for _, of_size in groups)])
    owner = np.concatenate([np.repeat(np.arange(len(words)), of_kind) for of_kind in counts])
    sorted_ = columns[np.argsort(owner, kind="stable")].astype(np.int32)
    ends = np.cumsum(counts.sum(axis=0)).tolist()
    own = [sorted_[start:end] for start, end in pairwise([0, *ends])]
    return list(map(WordFeatures, keys.tolist(), own))


def _tokens(keys: NDArray[np.uint32], in_title: int) -> tuple[Indices, Indices]:
    """The columns of the words in the title, of which there are `in_title`, and of all pairs of neighbours."""
    titled = keys[:in_title] ^ _TITLE
    pairs = keys[:-1] * _PAIR + keys[1:]
    # the upper bits of a product folded into the lower ones, which alone are kept
    return _words(titled), _words(pairs ^ (pairs >> _HALF))


def _words(hashes: NDArray[np.uint32]) -> Indices:
    return (hashes & _WORD_MASK).astype(np.int32)


def _distinct(columns: Indices) -> Indices:
    """Sorted, each once; faster here than numpy.unique."""
    columns.sort()
    first = np.empty(len(columns), dtype=bool)
    first[0] = True
    np.not_equal(columns[1:], columns[:-1], out=first[1:])
    return columns[first]
