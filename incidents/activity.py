"""What is counted of a region: events by day and signal, its own and those around it. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from classifiers.taxonomy import Signal
from incidents.types import Certainty, Incident
from places.areas import AreaMatch, matches
from places.geometry import distance_km
from places.types import Area, AreaKind, Place, Precision

Floats = NDArray[np.float64]

SIGNALS = tuple(Signal)
COLUMN = {signal: column for column, signal in enumerate(SIGNALS)}

# How much of ground fighting a signal speaks. Chosen before all else on the years before 2022; scaling any of them by
# two or a half changes little (docs/decisions/0007-level.md).
GROUND: Mapping[Signal, float] = {
    Signal.TERRITORY_CAPTURED: 4.0,
    Signal.ARMED_CLASH: 2.0,
    Signal.DISPLACEMENT: 1.0,
    Signal.ACCESS_BLOCKED: 1.0,
    Signal.CEASEFIRE_BROKEN: 1.0,
    Signal.MOBILISATION: 1.0,
}
GROUND_VECTOR: Floats = np.array([GROUND.get(signal, 0.0) for signal in SIGNALS])

# A claim that nobody else bears out counts half; what its source took back does not count.
CERTAINTY_WEIGHT: Mapping[Certainty, float] = {
    Certainty.OBSERVED: 1.0,
    Certainty.LIKELY: 1.0,
    Certainty.POSSIBLE: 0.5,
    Certainty.UNLIKELY: 0.0,
}

PLACE_FLOOR = 0.4  # confidence in the place below which an event counts nowhere
NEAR_KM = 350.0
FADE_KM = 200.0  # what lies around counts less by e for every so many kilometres


@dataclass(frozen=True, slots=True)
class Event:
    """One event as the level counts it; `weight` 0 to 1. `incident`: its id where it is stored, else 0."""

    day: date
    place: Place
    signals: tuple[Signal, ...]
    weight: float = 1.0
    incident: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """Weighted events by day (rows, from `start`) and signal (columns, in the order of SIGNALS).

    `own` lies in the region; `near` around it within the same country, each event fading with distance; `rest` is the
    country without the region. Both are zero for a country.
    """

    start: date
    own: Floats
    near: Floats
    rest: Floats

    @property
    def days(self) -> int:
        return len(self.own)


def event_of(incident: Incident) -> Event | None:
    """An incident as it counts: on the day of its first report; None: withdrawn, taken back, or of unsure place."""
    weight = CERTAINTY_WEIGHT[incident.certainty]
    if incident.withdrawn or not weight or incident.place_confidence < PLACE_FLOOR:
        return None
    return Event(incident.first_seen.date(), incident.place, incident.signals, weight, incident.id)


def by_country(events: Iterable[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(event.place.country, []).append(event)
    return found


def reaches(circle: Area, place: Place) -> bool:
    """Whether an event at the place can count as a circle's own or as near it."""
    if place.precision is Precision.COUNTRY or circle.lat is None or circle.lon is None:
        return False
    away = distance_km(circle.lat, circle.lon, place.lat, place.lon)
    return away <= max(NEAR_KM, circle.radius_km or 0.0)


def series(area: Area, centre: Place | None, events: Sequence[Event], start: date, days: int) -> Series:
    """The series of an area from `events` of its country (of all countries around it, for a circle); events before
    `start` or after the last day are left out. `centre`: the area's place, from whose point distances count."""
    relations: dict[str, tuple[float, float, float]] = {}
    where, what, shares = [], [], []
    for event in events:
        at = (event.day - start).days
        if not 0 <= at < days:
            continue
        place = event.place
        if (relation := relations.get(place.id)) is None:
            relation = relations[place.id] = _relation(area, centre, place)
        for signal in event.signals:
            where.append(at)
            what.append(COLUMN[signal])
            shares.append((event.weight, *relation))
    tables = np.zeros((3, days, len(SIGNALS)))
    if shares:
        weights = np.array(shares)
        for table in range(3):
            np.add.at(tables[table], (where, what), weights[:, 0] * weights[:, 1 + table])
    return Series(start, *tables)


def _relation(area: Area, centre: Place | None, place: Place) -> tuple[float, float, float]:
    """How much an event at the place counts as the area's own, as near it, and as of the rest of its country."""
    if matches(area, place) is AreaMatch.INSIDE:
        return 1.0, 0.0, 0.0
    rest = area.kind is not AreaKind.COUNTRY and place.country == area.country
    return 0.0, _nearness(area, centre, place), float(rest)


def _nearness(area: Area, centre: Place | None, place: Place) -> float:
    """1 at the area's point, falling to 0 beyond NEAR_KM; 0 for a country, and for what is known by country only."""
    if area.kind is AreaKind.COUNTRY or place.precision is Precision.COUNTRY:
        return 0.0
    lat, lon = (area.lat, area.lon) if centre is None else (centre.lat, centre.lon)
    if lat is None or lon is None:
        return 0.0
    away = distance_km(lat, lon, place.lat, place.lon)
    return math.exp(-away / FADE_KM) if away <= NEAR_KM else 0.0
