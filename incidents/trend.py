"""How many incidents of which kind a region had in each week, against its own past. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from classifiers.taxonomy import Signal
from incidents.types import Incident

WEEK = timedelta(days=7)
PAST_WEEKS = 52
LEAST_PAST = 8  # weeks below which there is no usual yet
MOST_WEEKS = 53


@dataclass(frozen=True, slots=True)
class Usual:
    """A week of the past: the median of all incidents, the bounds that eight of ten weeks kept within, and the mean of
    each kind. `weeks`: how many were looked at."""

    median: float
    low: float
    high: float
    by_kind: Mapping[Signal, float]
    weeks: int


@dataclass(frozen=True, slots=True)
class Trend:
    """`starts`: the beginning of each week, the earliest first; `until`: the end of the last. `counts`: kind -> one
    number a week, the kind that is most frequent first. `usual`: None where too little of the past is known."""

    starts: tuple[datetime, ...]
    until: datetime
    counts: Mapping[Signal, tuple[int, ...]]
    usual: Usual | None

    @property
    def totals(self) -> tuple[int, ...]:
        return tuple(map(sum, zip(*self.counts.values(), strict=True))) or (0,) * len(self.starts)

    @property
    def total(self) -> int:
        return sum(self.totals)


def week_starts(since: datetime, until: datetime) -> tuple[datetime, ...]:
    """Weeks that end at `until` and together cover what lies after `since`: one at least, MOST_WEEKS at most."""
    count = max(1, min(MOST_WEEKS, -(-(until - since) // WEEK)))
    return tuple(until - WEEK * n for n in range(count, 0, -1))


def past_since(starts: Sequence[datetime], known: datetime) -> datetime:
    """From when on the past is compared with: PAST_WEEKS before the first week, as far as it is known."""
    weeks = max(0, (starts[0] - known) // WEEK)
    return starts[0] - WEEK * min(weeks, PAST_WEEKS)


def trend(incidents: Iterable[Incident], starts: Sequence[datetime], until: datetime, known: datetime) -> Trend:
    """Count incidents by their kind and by the week they were first reported in; `known`: since when news is read."""
    first = past_since(starts, known)
    past_weeks = (starts[0] - first) // WEEK
    seen: dict[Signal, Counter[int]] = {}
    for incident in incidents:
        week = (incident.first_seen - starts[0]) // WEEK
        if first <= incident.first_seen < until:
            seen.setdefault(incident.kind, Counter())[week] += 1
    counts = {kind: tuple(weeks[n] for n in range(len(starts))) for kind, weeks in seen.items()}
    frequent = sorted((kind for kind in counts if any(counts[kind])), key=lambda kind: (-sum(counts[kind]), kind))
    return Trend(tuple(starts), until, {kind: counts[kind] for kind in frequent}, _usual(seen, past_weeks))


def _usual(seen: Mapping[Signal, Counter[int]], weeks: int) -> Usual | None:
    if weeks < LEAST_PAST:
        return None
    totals = [sum(kind[-n] for kind in seen.values()) for n in range(1, weeks + 1)]
    low, median, high = (float(value) for value in np.percentile(totals, (10, 50, 90)))
    by_kind = {kind: sum(n for week, n in counts.items() if week < 0) / weeks for kind, counts in seen.items()}
    return Usual(median, low, high, by_kind, weeks)
