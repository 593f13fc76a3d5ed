"""How often alarms came before what they are to warn of, and how often they would have by chance. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from incidents.activity import Floats
from incidents.alarms import alarms

Days = NDArray[np.int64]

HORIZONS = (14, 30)
FOLLOWED_DAYS = 14
RESAMPLES = 2000
YEAR = 365.25
GRID = 4000  # bounds to choose from: within a hundredth of each other where few alarms come


@dataclass(frozen=True, slots=True)
class Watched:
    """One region's score a day, the days of its falls, and those of them that an alarm could have announced."""

    scores: Floats
    falls: Days
    targets: Days


@dataclass(frozen=True, slots=True)
class Reach:
    """Of the targets: the share with an alarm in the days before, the share that the same alarms on shifted dates
    would have had, their difference, and its 95 % bootstrap interval over targets."""

    days: int
    hits: float
    by_chance: float
    excess: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """`rate`: alarms a region and year. `followed`: share of alarms with a fall in the FOLLOWED_DAYS after. `lead`:
    median days from the latest alarm to the target, of those with one in the longest horizon."""

    bound: float
    rate: float
    targets: int
    reach: tuple[Reach, ...]
    followed: float
    lead: float


def outcome(regions: Sequence[Watched], bound: float, span: tuple[int, int], lost: int = 0) -> Outcome:
    """What alarms at `bound` would have done within `span` (first day, and the one after the last).

    An alarm of a day counts for targets of later days only. `lost`: targets outside all regions, which count as missed.
    """
    found = [_within(alarms(region.scores, bound), span) for region in regions]
    reach = tuple(_reach(regions, found, span, days, lost) for days in HORIZONS)
    years = len(regions) * (span[1] - span[0]) / YEAR
    followed = [
        bool(np.any((region.falls > day) & (region.falls <= day + FOLLOWED_DAYS)))
        for region, own in zip(regions, found, strict=True)
        for day in own
    ]
    leads = [lead for region, own in zip(regions, found, strict=True) for lead in _leads(region, own, span)]
    count = sum(len(_within(region.targets, span)) for region in regions) + lost
    total = sum(len(own) for own in found)
    return Outcome(
        bound,
        total / years if years else 0.0,
        count,
        reach,
        float(np.mean(followed)) if followed else 0.0,
        float(np.median(leads)) if leads else 0.0,
    )


def bound_for(regions: Sequence[Watched], rate: float, span: tuple[int, int]) -> float:
    """The lowest bound (of GRID quantiles of the positive scores) from which no more than `rate` alarms a region and
    year come within `span`; found by halving, since a higher bound gives fewer alarms."""
    scores = np.concatenate([region.scores[span[0] : span[1]] for region in regions])
    grid = np.unique(np.quantile(scores[scores > 0], np.linspace(0.3, 0.9999, GRID)))
    most = rate * len(regions) * (span[1] - span[0]) / YEAR
    low, high = 0, len(grid) - 1
    while low < high:
        middle = (low + high) // 2
        if sum(len(_within(alarms(region.scores, float(grid[middle])), span)) for region in regions) > most:
            low = middle + 1
        else:
            high = middle
    return float(grid[high])


def _within(days: Days, span: tuple[int, int]) -> Days:
    return days[(days >= span[0]) & (days < span[1])]


def _reach(regions: Sequence[Watched], found: Sequence[Days], span: tuple[int, int], days: int, lost: int) -> Reach:
    hits, chances = [0.0] * lost, [0.0] * lost
    for region, own in zip(regions, found, strict=True):
        targets = _within(region.targets, span)
        if len(targets):
            chance = _covered(own, span, days)
            chances += [chance] * len(targets)
            hits += [float(np.any((own < day) & (own >= day - days))) for day in targets]
    gain = np.array(hits) - np.array(chances)
    if not len(gain):
        return Reach(days, 0.0, 0.0, 0.0, 0.0, 0.0)
    picks = np.random.default_rng(0).integers(0, len(gain), (RESAMPLES, len(gain)))
    low, high = np.quantile(gain[picks].mean(axis=1), (0.025, 0.975))
    return Reach(days, float(np.mean(hits)), float(np.mean(chances)), float(gain.mean()), float(low), float(high))


def _covered(own: Days, span: tuple[int, int], days: int) -> float:
    """The share of days with an alarm in the `days` before: what all shifts of the alarms' dates give on average."""
    length = span[1] - span[0]
    covered = np.zeros(length, dtype=bool)
    for ahead in range(1, days + 1):
        covered[(own - span[0] + ahead) % length] = True
    return float(covered.mean())


def _leads(region: Watched, own: Days, span: tuple[int, int]) -> list[int]:
    leads = []
    for day in _within(region.targets, span):
        before = own[(own < day) & (own >= day - HORIZONS[-1])]
        if len(before):
            leads.append(int(day - before[-1]))
    return leads
