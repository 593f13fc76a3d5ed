"""How far a region's daily count stands above its own past: one number a day, by several methods. Pure.

`ewma` is what the level uses; the others are measured beside it by incidents.backtest. Every method takes non-negative
counts of shape (days,) and looks only at that day and those before it; more means more unusual.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from incidents.activity import GROUND_VECTOR, Floats, Series

NEAR_SHARE, REST_SHARE = 0.3, 0.05

FAST_DAYS = 2.0  # half-life of the present
SLOW_DAYS = 365.0  # half-life of the past
GUARD_DAYS = 14  # the newest days that are no past yet, so that a rise is not its own baseline
CAP = 3.0  # a day counts in the past as at most so many times the usual, plus one: the down-weighting
CALM = 0.3  # added to the usual, so that one clash in a quiet region is not beyond measure

EARS_DAYS, EARS_OUTLIER, EARS_DECAY = 7, 1.6, 4.0
CUSUM_SLACK = 1.0


def heat(series: Series) -> Floats:
    """A day's ground fighting (activity.GROUND), with a share of what is around the region and in its country."""
    whole = series.own + NEAR_SHARE * series.near + REST_SHARE * series.rest
    return np.asarray(whole @ GROUND_VECTOR, dtype=np.float64)


def present(counts: Floats) -> Floats:
    """The exponentially weighted rate a day as of each day."""
    step = 1 - 0.5 ** (1 / FAST_DAYS)
    rate, out = 0.0, np.empty(len(counts))
    for day, count in enumerate(counts):
        rate += step * (count - rate)
        out[day] = rate
    return out


def usual(counts: Floats) -> Floats:
    """The exponentially weighted rate a day of the past as of each day, outbreaks in it down-weighted (CAP).

    While history is short it is the plain weighted mean of what there is; 0 before there is any.
    """
    step = 1 - 0.5 ** (1 / SLOW_DAYS)
    total = weight = 0.0
    out = np.zeros(len(counts))
    for day in range(GUARD_DAYS, len(counts)):
        known = total / weight if weight else 0.0
        total += step * (min(counts[day - GUARD_DAYS], CAP * known + 1) - total)
        weight += step * (1 - weight)
        out[day] = total / weight
    return out


def ewma(counts: Floats) -> Floats:
    """A control chart of exponentially weighted rates with the variance of a Poisson count: (present - usual) / sqrt
    (usual + CALM). After Lucas and Saccucci 1990; the capped past after Farrington et al. 1996."""
    past = usual(counts)
    return np.asarray((present(counts) - past) / np.sqrt(past + CALM))


def week(counts: Floats) -> Floats:
    """The plain count of seven days: the baseline that needs no method."""
    total = np.concatenate([[0.0], np.cumsum(counts)])
    days = np.arange(1, len(counts) + 1)
    return np.asarray(total[days] - total[np.maximum(days - 7, 0)])


def ears(counts: Floats) -> Floats:
    """EARS C2 over weekly counts with outliers of the baseline down-weighted, as in epitweetr (Höhle,
    ears_t_reweighted): standardised distance to the weighted mean of the seven weeks before."""
    weekly = week(counts)
    out = np.zeros(len(counts))
    for day in range(7 * (EARS_DAYS + 1), len(counts)):
        before = weekly[day - 7 * EARS_DAYS : day : 7]
        mean, spread = float(before.mean()), float(before.std(ddof=1))
        if spread:
            away = np.abs(before - mean) / spread
            weights = np.where(away > EARS_OUTLIER, (EARS_OUTLIER / np.maximum(away, 1e-9)) ** EARS_DECAY, 1.0)
            mean = float(weights @ before / weights.sum())
            spread = math.sqrt(float(weights @ (before - mean) ** 2 / weights.sum()) * EARS_DAYS / (EARS_DAYS - 1))
        out[day] = (weekly[day] - mean) / math.sqrt(spread**2 * (1 + 1 / EARS_DAYS) + 1.0)
    return out


def cusum(counts: Floats) -> Floats:
    """A one-sided Poisson cumulative sum against the down-weighted past (Lucas 1985), each day's excess scaled as in
    `ewma`, reset where it reaches zero."""
    past = usual(counts)
    excess = (counts - past) / np.sqrt(past + CALM) - CUSUM_SLACK
    total, out = 0.0, np.empty(len(counts))
    for day, more in enumerate(excess):
        total = max(0.0, 0.9 * total + more)
        out[day] = total
    return out


METHODS: Mapping[str, Callable[[Floats], Floats]] = {"ewma": ewma, "ears": ears, "cusum": cusum, "week": week}
