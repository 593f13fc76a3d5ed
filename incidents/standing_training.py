"""Train the standing risk: `python -m incidents.standing_training --chronicle F --landmarks F [--readings CACHE]`.

Trains on moments of every second week of TUNE, every country and every province of a country that had a report in the
year before; the label is whether a town fell there in the thirty days after. The calibration is fitted on scores of two
years that the model which gave them had not seen; how well these rank is printed.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from errors import InvalidInput
from incidents.activity import Floats
from incidents.chronicle import TUNE, Past, RegionPast, past, span
from incidents.standing import COUNTRY, DEFAULT_PATH, HORIZON_DAYS, PROVINCE, Forest, directions, inputs, save

STEP_DAYS = 14
FOLD_DAYS = 731
TREES, RATE, LEAVES, LEAST, SHARE = 100, 0.05, 6, 400, 0.15
LOOSE = 0.01  # inverse strength of the regression's penalty
WITH_TREES = {COUNTRY: True, PROVINCE: False}  # this and the next: chosen by cross-validation on TUNE
WITH_ISOTONIC = {COUNTRY: False, PROVINCE: True}
GRID = 200  # steps of the calibration


def rows(past: Past, days: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64], NDArray[np.bool_]]:
    """Inputs, labels, days, and whether a town ever fell there, of all regions at `days`, without regions of countries
    quiet for a year."""
    found = [_rows_of(region, days) for region in past.regions]
    xs, ys, ats = zip(*found, strict=True)
    watched = [np.full(len(y), len(region.falls) > 0) for region, y in zip(past.regions, ys, strict=True)]
    return np.vstack(xs), np.concatenate(ys), np.concatenate(ats), np.concatenate(watched)


def _rows_of(region: RegionPast, days: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_], NDArray[np.int64]]:
    series = region.series()
    everything = (series.own + series.rest).sum(axis=1)
    total = np.concatenate([[0.0], np.cumsum(everything)])
    at = days[total[days + 1] - total[np.maximum(days - 364, 0)] > 0]
    fell = np.array([np.any((region.falls > day) & (region.falls <= day + HORIZON_DAYS)) for day in at], dtype=bool)
    return inputs(series, at), fell, at


def fit(
    x: Floats, y: NDArray[np.bool_], at: NDArray[np.int64], *, trees: bool, isotonic: bool
) -> tuple[Forest, Floats]:
    """A model of all rows, calibrated on what models of the other folds say of each; and that, as log-odds."""
    fold = (at - at.min()) // FOLD_DAYS
    unseen = np.zeros(len(y))
    for number in np.unique(fold):
        out = fold == number
        unseen[out] = _uncalibrated(x[~out], y[~out], trees).log_odds(x[out])
    steps, shares = calibration(unseen, y, isotonic=isotonic)
    return replace(_uncalibrated(x, y, trees), steps=steps, shares=shares), unseen


def calibration(scores: Floats, y: NDArray[np.bool_], *, isotonic: bool) -> tuple[Floats, Floats]:
    """Scores and the shares they stand for, both ascending: a logistic regression (Platt 1999) whose slope may change
    once, at the mean score of the falls; with `isotonic` its mean with isotonic regression, which follows every bend
    of the few falls there are."""
    free = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(scores, y)
    steps = np.unique(np.concatenate([free.X_thresholds_, np.linspace(scores.min(), scores.max(), GRID)]))
    bend = float(scores[y].mean())
    logistic = LogisticRegression(C=1e6, max_iter=1000).fit(_bent(scores, bend), y)
    smooth = logistic.predict_proba(_bent(steps, bend))[:, 1]
    return steps, np.maximum.accumulate((free.predict(steps) + smooth) / 2 if isotonic else smooth)


def _bent(scores: Floats, bend: float) -> Floats:
    return np.stack([scores, np.maximum(scores - bend, 0.0)], axis=1)


def _uncalibrated(x: Floats, y: NDArray[np.bool_], trees: bool) -> Forest:
    weights, bias = _linear(x, y)
    return _forest(_trees(x, y), weights, bias) if trees else _treeless(weights, bias)


def _linear(x: Floats, y: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression on standardised inputs, none against its trait's direction."""
    centre, width = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    rows, truth = (x - centre) / width, y.astype(np.float64)

    def loss(point: Floats) -> tuple[float, Floats]:
        odds = rows @ point[:-1] + point[-1]
        penalty = point[:-1] / (2 * LOOSE)
        miss = expit(odds) - truth
        value = float(np.logaddexp(0, odds).sum() - odds @ truth + penalty @ point[:-1])
        return value, np.append(rows.T @ miss + 2 * penalty, miss.sum())

    signs = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
    bounds = [*(signs[direction] for direction in directions()), (None, None)]
    start = np.append(np.zeros(x.shape[1]), np.log(max(truth.mean(), 1e-6)))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    weights = found[:-1] / width
    return weights, float(found[-1] - weights @ centre)


def _trees(x: Floats, y: NDArray[np.bool_]) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=TREES,
        learning_rate=RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=LEAST,
        l2_regularization=5.0,
        max_features=SHARE,
        monotonic_cst=directions(),
        early_stopping=False,
        random_state=0,
    ).fit(x, y)


def _forest(model: HistGradientBoostingClassifier, weights: Floats, bias: float) -> Forest:
    """The fitted trees as plain arrays, beside the linear score."""
    nodes = [tree.nodes for (tree,) in model._predictors]
    size = max(len(n) for n in nodes)

    def padded(column: str, kind: str) -> NDArray[np.float64]:
        table = np.zeros((len(nodes), size), dtype=kind)
        for row, tree in enumerate(nodes):
            table[row, : len(tree)] = tree[column]
        return table

    leaf = padded("is_leaf", "i2") == 1
    size_of = np.array([[len(tree)] for tree in nodes])
    leaf |= np.arange(size) >= size_of
    return Forest(
        bias=bias,
        weights=weights,
        start=float(np.asarray(model._baseline_prediction).ravel()[0]),
        asks=np.where(leaf, -1, padded("feature_idx", "i2")).astype(np.int16),
        thresholds=padded("num_threshold", "f8"),
        left=padded("left", "i2").astype(np.int16),
        right=padded("right", "i2").astype(np.int16),
        values=np.where(leaf, padded("value", "f8"), 0.0),
        steps=np.array([0.0]),
        shares=np.array([0.0]),
    )


def _treeless(weights: Floats, bias: float) -> Forest:
    none, nowhere, unknown = np.zeros((0, 1)), np.zeros((0, 1), dtype=np.int16), np.array([0.0])
    return Forest(bias, weights, 0.0, nowhere, none, nowhere, nowhere, none, unknown, unknown)


def train(pasts: Sequence[tuple[str, Past]]) -> Iterator[tuple[str, Forest]]:
    for name, known in pasts:
        first, last = span(TUNE)
        x, y, at, watched = rows(known, np.arange(first, last - HORIZON_DAYS, STEP_DAYS))
        forest, unseen = fit(x, y, at, trees=WITH_TREES[name], isotonic=WITH_ISOTONIC[name])
        ranks = roc_auc_score(y[watched], unseen[watched]), roc_auc_score(y, unseen)
        sys.stdout.write(
            f"{name}: {len(y)} moments, {int(y.sum())} with a fall within {HORIZON_DAYS} days; AUC in cross-validation "
            f"{ranks[0]:.3f} (regions with a fall), {ranks[1]:.3f} (all)\n"
        )
        yield name, forest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chronicle", type=Path, required=True)
    parser.add_argument("--landmarks", type=Path, required=True)
    parser.add_argument("--readings", type=Path, help="where the chronicle's readings are kept between runs")
    parser.add_argument("--out", type=Path, default=DEFAULT_PATH)
    arguments = parser.parse_args()
    try:
        countries, provinces = past(arguments.chronicle, arguments.landmarks, arguments.readings)
        save(dict(train([(COUNTRY, countries), (PROVINCE, provinces)])), arguments.out)
    except InvalidInput as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
