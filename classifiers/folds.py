"""Cross-validation folds that keep what tells one thing together: translations, copies, near copies."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import murmurhash3_32

from classifiers.corpus import LabelledItem
from classifiers.text import fold, words

_OPENING = 7  # words: two items that open with the same seven are taken for copies


def fold_numbers(items: Sequence[LabelledItem], folds: int, seed: int) -> NDArray[np.int64]:
    """A number below `folds` for each item, equal for items of one group, the same in every run."""
    groups = _groups(items)
    return np.array([murmurhash3_32(group, seed=seed, positive=True) % folds for group in groups], dtype=np.int64)


def _groups(items: Sequence[LabelledItem]) -> list[str]:
    parents: dict[str, str] = {}
    for item in items:
        _join(parents, item.original, item.id)
        opening = [fold(word) for word in words(item.text.joined)][:_OPENING]
        if len(opening) == _OPENING:
            _join(parents, item.original, " ".join(opening))
    return [_root(parents, item.original) for item in items]


def _root(parents: dict[str, str], key: str) -> str:
    while (parent := parents.setdefault(key, key)) != key:
        parents[key] = parents[parent] = parents.setdefault(parent, parent)
        key = parents[key]
    return key


def _join(parents: dict[str, str], one: str, other: str) -> None:
    parents[_root(parents, other)] = _root(parents, one)
