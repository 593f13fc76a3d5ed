"""Choosing the weight of a further feature on folds that it is not measured on."""

import numpy as np

from benchmarks.likeness import FOLDS, WEIGHTS, with_cosine

PAIRS = 40
FOLD = np.arange(PAIRS) % FOLDS
ONE = (np.arange(PAIRS) // FOLDS % 2).astype(float)
SCORES = np.zeros(PAIRS)


def test_what_tells_events_apart_is_added_and_what_misleads_is_not() -> None:
    assert (with_cosine(SCORES + ONE, -5 * ONE, ONE, FOLD) == SCORES + ONE).all()
    told = with_cosine(SCORES, ONE, ONE, FOLD)
    assert told[ONE == 1].min() > told[ONE == 0].max()
    assert set(told[ONE == 1]) <= set(WEIGHTS)


def test_a_fold_has_no_say_in_its_own_weight() -> None:
    helps_only_here = np.where(FOLD == 0, ONE, -5 * ONE)
    found = with_cosine(SCORES + ONE, helps_only_here, ONE, FOLD)
    assert (found == SCORES + ONE).all()
