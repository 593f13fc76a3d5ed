"""The second stage: from first-stage scores to calibrated probabilities, by a regression and small trees upon it."""

from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from classifiers.scoring import DEPTH, Floats, Mixer, Trees

SEED = 20250319
STRENGTH = 0.5  # inverse penalty of the regression
TREES = 50
RATE = 0.06
_LEAST_ITEMS = 40  # in a leaf


def fit_mixer(scores: Floats, lengths: Floats, targets: Floats, importance: Floats) -> Mixer:
    """`scores` must come from first stages that did not see the items. Deterministic."""
    inputs = np.hstack([scores, lengths]).astype(np.float32)
    mix, bias, trees = [], [], []
    for target in targets.T.astype(int):
        model = GradientBoostingClassifier(
            init=_Regression(scores.shape[1]),
            n_estimators=TREES,
            learning_rate=RATE,
            max_depth=DEPTH,
            min_samples_leaf=_LEAST_ITEMS,
            max_features=0.5,
            subsample=0.6,
            random_state=SEED,
        ).fit(inputs, target, sample_weight=importance)
        mix.append(model.init_.regression_.coef_[0])
        bias.append(model.init_.regression_.intercept_[0])
        trees.append([_complete(stage[0].tree_) for stage in model.estimators_])
    return Mixer(np.array(mix, dtype=np.float32).T, np.array(bias, dtype=np.float32), _stack(trees))


def fit_lead(scores: Floats, leading: NDArray[np.int64], importance: Floats) -> tuple[Floats, Floats]:
    """(outputs, signals) weights and (signals,) bias that tell which signal is the most important one.

    `leading`: index of the first labelled signal, of relevant items alone.
    """
    model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(scores, leading, sample_weight=importance)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


class _Regression(ClassifierMixin, BaseEstimator):
    """Logistic regression on the first `width` inputs, for the trees to start from."""

    def __init__(self, width: int) -> None:
        self.width = width

    def fit(self, inputs: Floats, target: NDArray[np.int64], sample_weight: Floats | None = None) -> Self:
        self.regression_ = LogisticRegression(C=STRENGTH, max_iter=2000)
        self.regression_.fit(inputs[:, : self.width], target, sample_weight=sample_weight)
        self.classes_ = self.regression_.classes_
        return self

    def predict_proba(self, inputs: Floats) -> Any:
        return self.regression_.predict_proba(inputs[:, : self.width])


def _complete(tree: Any) -> tuple[list[int], list[float], list[float]]:
    """A tree as inputs and thresholds of all inner nodes and values of all leaves, level by level.

    Where it stops early, the same leaf is reached whichever way one turns.
    """
    nodes, inputs, thresholds = [0], [], []
    for _ in range(DEPTH):
        below = []
        for node in nodes:
            inner = tree.children_left[node] >= 0
            inputs.append(int(tree.feature[node]) if inner else 0)
            thresholds.append(float(tree.threshold[node]) if inner else 0.0)
            below += [tree.children_left[node], tree.children_right[node]] if inner else [node, node]
        nodes = below
    return inputs, thresholds, [RATE * float(tree.value[node][0, 0]) for node in nodes]


def _stack(trees: list[list[tuple[list[int], list[float], list[float]]]]) -> Trees:
    inputs, thresholds, leaves = (np.array([[tree[part] for tree in output] for output in trees]) for part in range(3))
    return Trees(inputs.astype(np.uint8), thresholds.astype(np.float32), leaves.astype(np.float32))
