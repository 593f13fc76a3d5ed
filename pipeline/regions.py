"""Use cases of looking at a region: what happened there, on a map, and how its weeks compare with its past."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from alerts.maps import Sight
from alerts.severity import severity
from alerts.types import Edition
from incidents.trend import Trend, past_since, trend, week_starts
from incidents.types import Certainty, Incident
from pipeline.history import shown
from places.areas import AreaMatch, matches
from places.types import Area
from store.store import Store

MOST = 1000  # incidents of one map: the gravest
LISTED = 20  # of which all is looked up that a line about them says


@dataclass(frozen=True, slots=True)
class Weeks:
    """`editions`: those that had something to count in the weeks shown."""

    trend: Trend
    editions: frozenset[Edition]


def sights(
    stores: Sequence[Store], chat_id: int, area: Area, since: datetime | None, until: datetime
) -> tuple[Sight, ...]:
    """What was worth an alert, was first reported from `since` up to `until` and lies, or may lie, in the area; the
    gravest first. What its own source took back is left out. The first LISTED have their witnesses, and say whether the
    chat was told of them."""
    found: list[tuple[Store, Sight]] = []
    for store in stores:
        with store.read() as tx:
            incidents = tx.history.alerted(since, until)
        found += [(store, _sight(store, incident)) for incident in incidents if _counts(area, incident)]
    found.sort(key=lambda pair: pair[1].weight, reverse=True)
    listed = [_in_full(store, sight, chat_id) for store, sight in found[:LISTED]]
    return (*listed, *(sight for _, sight in found[LISTED:MOST]))


def _sight(store: Store, incident: Incident) -> Sight:
    return Sight(store.edition, incident, severity(incident))


def _counts(area: Area, incident: Incident) -> bool:
    return incident.certainty is not Certainty.UNLIKELY and matches(area, incident.place) is not AreaMatch.NO


def _in_full(store: Store, sight: Sight, chat_id: int) -> Sight:
    with store.read() as tx:
        incident = tx.incidents.get(sight.incident.id)
        told = shown(tx, sight.incident.id, chat_id) is not None
    return replace(sight, incident=incident or sight.incident, told=told)


def weeks(stores: Sequence[Store], area: Area, since: datetime, until: datetime) -> Weeks:
    """The weeks from `since` up to `until` of an area, against its past as far as the first store, the live one, knows
    it. What may only lie in the area counts as well."""
    starts = week_starts(since, until)
    with stores[0].read() as tx:
        day = tx.levels.first_day()
    known = datetime.combine(day, time(), UTC) if day else until
    found: list[Incident] = []
    editions = set()
    for store in stores:
        with store.read() as tx:
            own = [i for i in tx.history.alerted(past_since(starts, known), until) if _counts(area, i)]
        found += own
        if any(incident.first_seen >= starts[0] for incident in own):
            editions.add(store.edition)
    return Weeks(trend(found, starts, until, known), frozenset(editions))
