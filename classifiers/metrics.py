"""Figures with bootstrap intervals. Pure.

Every figure is computed for many weightings of the same items at once: `weights` is (draws, items), its first row all
ones. The first result is the figure, the others give its 95 % interval (percentile bootstrap, Efron 1979).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, the bounds of its 95 % interval, and how many items it rests on; nan where undefined."""

    value: float
    low: float
    high: float
    items: int


def draw_weights(groups: Sequence[str], draws: int, seed: int) -> Array:
    """(1 + draws, items): ones, then how often each item is drawn. Items of one group are drawn together."""
    _, numbers = np.unique(np.asarray(groups), return_inverse=True)
    count = int(numbers.max()) + 1
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), size=draws)
    return np.vstack([np.ones(len(groups)), drawn[:, numbers]])


def interval(values: Array, items: int) -> Interval:
    """The figure and interval of one value per draw."""
    defined = values[1:][~np.isnan(values[1:])]
    if not len(defined):
        return Interval(float(values[0]), float("nan"), float("nan"), items)
    low, high = np.percentile(defined, [2.5, 97.5])
    return Interval(float(values[0]), float(low), float(high), items)


def precision(weights: Array, truth: Flags, found: Flags) -> Array:
    return _ratio(weights @ (truth & found), weights @ found)


def recall(weights: Array, truth: Flags, found: Flags) -> Array:
    return _ratio(weights @ (truth & found), weights @ truth)


def f1(weights: Array, truth: Flags, found: Flags) -> Array:
    return _ratio(2 * (weights @ (truth & found)), weights @ truth + weights @ found)


def accuracy(weights: Array, right: Flags) -> Array:
    return _ratio(weights @ right, weights.sum(axis=1))


def average_precision(weights: Array, truth: Flags, scores: Array) -> Array:
    """Mean of the precision at each true item, items in order of falling score."""
    order = np.argsort(-scores, kind="stable")
    ordered = weights[:, order]
    hits = ordered * truth[order]
    running = _ratio(np.cumsum(hits, axis=1), np.cumsum(ordered, axis=1))
    return _ratio(np.nansum(running * hits, axis=1), hits.sum(axis=1))


def calibration_error(weights: Array, truth: Flags, probabilities: Array, bins: int = 10) -> Array:
    """Expected calibration error over equally wide bins (Naeini et al. 2015)."""
    numbers = np.minimum((probabilities * bins).astype(int), bins - 1)
    gaps = [np.abs(weights[:, numbers == b] @ (truth - probabilities)[numbers == b]) for b in range(bins)]
    return _ratio(np.sum(gaps, axis=0), weights.sum(axis=1))


def mean_of(parts: Sequence[Array]) -> Array:
    """The mean of several figures, draw by draw; undefined ones are left out."""
    stacked = np.stack(parts)
    known = ~np.isnan(stacked)
    return _ratio(np.where(known, stacked, 0).sum(axis=0), known.sum(axis=0))


def _ratio(above: Array, below: Array) -> Array:
    result: Array = np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0)
    return result
