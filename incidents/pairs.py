"""Pairs of reports that are one event or two, taken from labelled items without anybody having paired them.

An item is labelled with its place, country, signals, source and day. What follows about pairs is mostly right:
- one event: the same place, leading signal and day or the next, of a place that is in the news only then;
- two events: other places of one country, neither text naming the other's place, a day apart at most;
- two events: the same place weeks apart; the later is then taken for one of the following days, so that the words
  have to tell the two apart.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from classifiers.taxonomy import Signal
from incidents.types import Witness

DAY = timedelta(days=1)
RARE = 8  # reports of a place within three days either way; in a siege with more, a place and a day are many events
NEARBY = 60  # neighbours in time among which the reports of a place are counted
WEEKS = (6, 400)  # days between two reports of a place that surely are two events
ONE_IN = {"elsewhere": 0.3, "other day": 0.01}  # such pairs abound


@dataclass(frozen=True, slots=True)
class Labelled:
    """A report with its labels. `chronicle`: of a source that tells each event once."""

    witness: Witness
    place: str | None
    country: str
    lead: Signal
    text: str
    chronicle: bool

    @property
    def published(self) -> datetime:
        return self.witness.published


@dataclass(frozen=True, slots=True)
class Pair:
    """`one`: whether both are one event."""

    left: Witness
    right: Witness
    one: bool


def pairs(items: Sequence[Labelled], seed: int = 1) -> Iterator[Pair]:
    """Every pair that says something, of the kinds that abound a random share."""
    chance = random.Random(seed)
    countries: defaultdict[str, list[Labelled]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.published):
        countries[item.country].append(item)
    for told in countries.values():
        for at, left in enumerate(told):
            for place in range(at + 1, len(told)):
                if told[place].published - left.published > WEEKS[1] * DAY:
                    break
                pair = _pair(told, at, place, chance)
                if pair is not None:
                    yield pair


def _pair(told: Sequence[Labelled], at: int, then: int, chance: random.Random) -> Pair | None:
    left, right = told[at], told[then]
    days = (right.published - left.published).days
    same = left.place is not None and left.place == right.place
    if same and days <= 1:
        if (left.chronicle and right.chronicle) or left.lead is not right.lead or not _rare(told, at, then):
            return None
        return Pair(left.witness, _after(left, right, chance.random() * (days + 0.6)), True)
    if same:
        known = days >= WEEKS[0] and chance.random() < ONE_IN["other day"]
        return Pair(left.witness, _after(left, right, chance.random() * 3), False) if known else None
    if days > 1 or not left.place or not right.place or left.place in right.text or right.place in left.text:
        return None
    known = chance.random() < ONE_IN["elsewhere"]
    return Pair(left.witness, _after(left, right, chance.random() * 1.6), False) if known else None


def _rare(told: Sequence[Labelled], at: int, then: int) -> bool:
    here = told[at]
    near = told[max(0, at - NEARBY) : then + NEARBY]
    return sum(n.place == here.place and abs(n.published - here.published) <= 3 * DAY for n in near) <= RARE


def _after(left: Labelled, right: Labelled, days: float) -> Witness:
    """The later report as published so many days after the earlier: labels only know the day."""
    return replace(right.witness, published=left.published + days * DAY)
