"""How a region's level stood over the months of a replay: for benchmarks.story."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import jsonl
from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.activity import CERTAINTY_WEIGHT, Event
from incidents.level import Standing, assess, scale_of
from incidents.standing import default_forests
from incidents.types import Certainty
from pipeline.entries import text
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind, Place, Precision

REGION = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")


def standing_of(
    rows: Iterable[tuple[str, dict[str, Any]]], withdrawn: frozenset[int], gazetteer: Gazetteer
) -> Standing:
    """The level of REGION at the end of a replay, from the (where, row) pairs of its incidents.jsonl, each incident as
    it was last known; the stream counts as known from its first incident on. Raises InvalidInput naming line and field.
    """
    events = [event for where, row in rows if row.get("incident") not in withdrawn for event in _event(where, row)]
    if not events:
        raise InvalidInput("incidents.jsonl", "has no incident that counts", "what `bot.py replay` wrote")
    first, last = min(event.day for event in events), max(event.day for event in events)
    centre = gazetteer.place(f"a1:{REGION.country}/{REGION.admin1}")
    own = [event for event in events if event.place.country == REGION.country]
    return assess(REGION, centre, own, last, first, scale_of(events, last, first), default_forests())


def summary(standing: Standing) -> str:
    """One English line of what the chart shows."""
    rose = ", ".join(_day(day) for day in standing.rose) or "never"
    reached: dict[str, date] = {}
    for point in standing.points:
        reached.setdefault(point.level.value, point.day)
    levels = ", ".join(f"{level} from {_day(day)}" for level, day in reached.items())
    return f"{REGION.name}: rose on {rose}; first {levels}; {standing.level.value} at the end.\n"


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _event(where: str, row: dict[str, Any]) -> Sequence[Event]:
    """The incident as the level counts it; nothing for one that its own source took back."""
    seen = jsonl.parse_time(row.get("first_seen"), f"{where}, field first_seen")
    if seen is None:
        raise InvalidInput(f"{where}, field first_seen", "is missing", "a time (RFC 3339)")
    try:
        weight = CERTAINTY_WEIGHT[Certainty(row["certainty"])]
        signals = tuple(Signal(name) for name in row["signals"])
        place = Place(
            id=f"{row['place']} {row['lat']} {row['lon']}",
            name=text(where, row, "place"),
            precision=Precision(row["precision"]),
            country=row["country"] or "XZ",
            admin1=row["admin1"],
            admin2=None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            uncertainty_km=0.0,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(where, f"found {error}", "a line of incidents.jsonl as `bot.py replay` writes it") from error
    return [Event(seen.date(), place, signals, weight)] if weight else []
