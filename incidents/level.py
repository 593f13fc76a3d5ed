"""The level of a region from the stream of its incidents: how far above its own past, and how it stands. Pure.

A level measures what is reported of ground fighting; it foretells nothing. Its methods, and how often falls of towns
came with and without a rise, are in docs/decisions/0007-level.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from classifiers.taxonomy import Signal
from incidents.activity import COLUMN, GROUND, Event, Floats, Series, series
from incidents.alarms import QUIET_DAYS, alarms
from incidents.detectors import ewma, heat
from incidents.standing import COUNTRY, PROVINCE, WINDOWS, Forest, inputs
from places.areas import AreaMatch, matches
from places.types import Area, AreaKind, Place, Precision

SHOWN_DAYS = 365
NEEDED_DAYS = WINDOWS[-1] + SHOWN_DAYS  # of history, to draw a year whose first day has a year behind it
LEARNED_DAYS = 28  # of the stream during which all is Calm and nothing rises: there is no usual yet
WEEK = 7
NEW_AFTER_DAYS = 90  # a signal is new in a week where the days before it had none
THIN = 6  # events a year below which few report from a region
MOST_TAKEN = 3
MOST_BEHIND = 5


class Level(StrEnum):
    CALM = "calm"
    GUARDED = "guarded"
    ELEVATED = "elevated"
    HIGH = "high"
    SEVERE = "severe"

    @property
    def rank(self) -> int:
        """0 for Calm to 4 for Severe."""
        return _LEVELS.index(self)


_LEVELS = tuple(Level)

# The score from which the reporting rises, chosen by the backtest on the years before 2022.
RISE: Mapping[str, float] = {COUNTRY: 0.97, PROVINCE: 0.99}
STRONG = 2.0  # times RISE: the rise counts double

# What the backtest saw of rises from 2022 to August 2025: the share that a fall followed within fourteen days, and the
# share of falls that had one in the fourteen days before.
FOLLOWED: Mapping[str, float] = {COUNTRY: 0.07, PROVINCE: 0.09}
PRECEDED: Mapping[str, float] = {COUNTRY: 0.41, PROVINCE: 0.44}

# The standing risk (share of such moments with a fall within 30 days) from which a region is Guarded, and Elevated.
EDGES: Mapping[str, tuple[float, float]] = {COUNTRY: (0.01, 0.05), PROVINCE: (0.005, 0.02)}
STAY = 0.7  # a level is left only below this share of the bounds that led to it, for QUIET_DAYS on end

# Signals a day worldwide in the chronicle that the standing risk was learned from (2012 to 2021).
REFERENCE_A_DAY = 3.6


@dataclass(frozen=True, slots=True)
class Point:
    """One day of the chart. `score` over `bound` is what rises."""

    day: date
    incidents: float  # of ground fighting in the seven days up to it
    score: float
    level: Level


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a level is what it is. Incidents are those with a signal of ground fighting; `usual` for seven days, over the
    year before. `new`: signals of this week that the NEW_AFTER_DAYS before it had none of. `taken`: names of places
    captured or lost this week, the latest first. `behind`: ids of the incidents of this week that weigh most."""

    week: int
    usual: float
    new: tuple[Signal, ...]
    taken: tuple[str, ...]
    behind: tuple[int, ...]
    thin: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A region's level as of `day`. `since`: the first day of this level, within the year shown. `rose`: days on which
    it rose. `share`: how many of such moments had a fall within 30 days. `points`: the year up to `day`, oldest first.
    `learned_days`: since when the stream is known."""

    area: Area
    day: date
    level: Level
    since: date
    rose: tuple[date, ...]
    share: float
    bound: float
    grounds: Grounds
    points: tuple[Point, ...]
    learned_days: int

    @property
    def learned(self) -> bool:
        """Whether the stream is known for long enough to say what is usual."""
        return self.learned_days > LEARNED_DAYS


def assess(
    area: Area,
    centre: Place | None,
    events: Sequence[Event],
    day: date,
    first: date,
    scale: float,
    forests: Mapping[str, Forest],
) -> Standing:
    """The level of `area` as of `day` from the events of its country (for a circle: of all countries around).

    `first`: since when the stream is known; `scale` as `scale_of` gives it; `centre` as in activity.series.
    """
    start = max(first, day - timedelta(NEEDED_DAYS - 1))
    days = max(1, (day - start).days + 1)
    known = series(area, centre, events, start, days)
    name = COUNTRY if area.kind is AreaKind.COUNTRY else PROVINCE
    shown = np.arange(max(0, days - SHOWN_DAYS), days)
    scores = ewma(heat(known))
    shares = forests[name].share(inputs(known, shown, scale))
    learned = (start - first).days + shown >= LEARNED_DAYS
    found = levels(np.where(learned, scores[shown], 0.0), np.where(learned, shares, 0.0), RISE[name], EDGES[name])
    own = [event for event in events if matches(area, event.place) is AreaMatch.INSIDE]
    points = _points(known, scores, shown, found)
    changed = [point.day for before, point in pairwise(points) if point.level is not before.level]
    return Standing(
        area=area,
        day=day,
        level=found[-1],
        since=changed[-1] if changed else points[0].day,
        rose=tuple(
            start + timedelta(int(at)) for at in alarms(scores, RISE[name]) if at >= shown[0] and learned[at - shown[0]]
        ),
        share=float(shares[-1]),
        bound=RISE[name],
        grounds=grounds(own, day, first),
        points=points,
        learned_days=(day - first).days + 1,
    )


def scale_of(events: Sequence[Event], day: date, first: date) -> float:
    """What counts are multiplied by before the standing risk looks at them: the chronicle it was learned from tells of
    fewer events than a full stream. `events`: of all the world."""
    days = min(SHOWN_DAYS, (day - first).days + 1)
    signals = sum(len(event.signals) * event.weight for event in events if 0 <= (day - event.day).days < days)
    return min(1.0, REFERENCE_A_DAY * max(days, 1) / signals) if signals else 1.0


def levels(scores: Floats, shares: Floats, rise: float, edges: tuple[float, float]) -> list[Level]:
    """One level a day. It goes up at once, and down when the bounds lowered by STAY were not reached for QUIET_DAYS on
    end, to the highest of what those days reached."""
    current, below, highest = 0, 0, 0
    found = []
    for score, share in zip(scores, shares, strict=True):
        up = _rank(score, share, rise, edges)
        stay = _rank(score / STAY, share / STAY, rise, edges)
        if stay >= current:
            current, below, highest = max(current, up), 0, 0
        else:
            below, highest = below + 1, max(highest, stay)
            if below >= QUIET_DAYS:
                current, below, highest = highest, 0, 0
        found.append(_LEVELS[current])
    return found


def _rank(score: float, share: float, rise: float, edges: tuple[float, float]) -> int:
    standing = sum(share >= edge for edge in edges)
    if score >= STRONG * rise:
        return max(standing + 2, Level.HIGH.rank)
    if score >= rise:
        return max(standing + 1, Level.ELEVATED.rank)
    return standing


def _points(known: Series, scores: Floats, shown: NDArray[np.int64], found: Sequence[Level]) -> tuple[Point, ...]:
    ground = known.own[:, [COLUMN[signal] for signal in GROUND]].max(axis=1)
    total = np.concatenate([[0.0], np.cumsum(ground)])
    return tuple(
        Point(
            known.start + timedelta(int(at)),
            float(total[at + 1] - total[max(0, at + 1 - WEEK)]),
            float(scores[at]),
            level,
        )
        for at, level in zip(shown, found, strict=True)
    )


def grounds(own: Sequence[Event], day: date, first: date) -> Grounds:
    """What stands behind the level, from the events within the region."""
    ground = [event for event in own if not GROUND.keys().isdisjoint(event.signals)]
    age = {id(event): (day - event.day).days for event in own}
    week = [event for event in ground if 0 <= age[id(event)] < WEEK]
    past_days = min(SHOWN_DAYS, (day - first).days + 1 - WEEK)
    past = [event for event in ground if WEEK <= age[id(event)] < WEEK + past_days]
    before = {s for e in ground if WEEK <= age[id(e)] < WEEK + NEW_AFTER_DAYS for s in e.signals}
    new = [signal for signal in GROUND if any(signal in event.signals for event in week) and signal not in before]
    captures = [e for e in week if Signal.TERRITORY_CAPTURED in e.signals and e.place.precision is Precision.PLACE]
    taken = dict.fromkeys(e.place.name for e in sorted(captures, key=lambda e: e.day, reverse=True))
    year = sum(0 <= age[id(event)] < SHOWN_DAYS for event in own)
    return Grounds(
        week=len(week),
        usual=len(past) * WEEK / past_days if past_days > 0 else 0.0,
        new=tuple(new),
        taken=tuple(taken)[:MOST_TAKEN],
        behind=tuple(e.incident for e in sorted(week, key=_heaviest_first) if e.incident)[:MOST_BEHIND],
        thin=year < THIN,
    )


def _heaviest_first(event: Event) -> tuple[float, int]:
    return -event.weight * sum(GROUND.get(signal, 0.0) for signal in event.signals), -event.day.toordinal()
