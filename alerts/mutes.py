"""What a chat does not want to hear of for a while. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.types import Reason
from classifiers.taxonomy import Signal
from incidents.types import Incident
from places.areas import AreaMatch, area_of, matches
from places.types import Area, Place, Precision

LENGTHS = (timedelta(hours=6), timedelta(hours=24), timedelta(days=7))

# What a chat was told was wrong: it hears that, whatever it muted.
SPEAKS = frozenset({Reason.WITHDRAWN, Reason.CORRECTED})


class MuteScope(StrEnum):
    PLACE = "place"
    KIND = "kind"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Mute:
    """Until `until` the chat is told nothing of a place, a kind or an incident: of which, says the field named so.

    `id` is 0 before it is stored; incidents are those of the store that it is kept in.
    """

    id: int
    chat_id: int
    scope: MuteScope
    until: datetime
    place: Place | None = None
    kind: Signal | None = None
    incident_id: int | None = None

    @property
    def key(self) -> str:
        """What tells it from the chat's other mutes of this scope."""
        match self.scope:
            case MuteScope.PLACE:
                return self.place.id if self.place else ""
            case MuteScope.KIND:
                return self.kind.value if self.kind else ""
            case MuteScope.INCIDENT:
                return str(self.incident_id)

    def covers(self, incident: Incident) -> bool:
        """A town covers what is placed in it; a province, territory or country all that lies in it; a kind the
        incidents that it names."""
        match self.scope:
            case MuteScope.INCIDENT:
                return incident.id == self.incident_id
            case MuteScope.KIND:
                return incident.kind is self.kind
            case MuteScope.PLACE:
                return self.place is not None and _within(incident.place, self.place)


def _within(place: Place, muted: Place) -> bool:
    if place.id == muted.id:
        return True
    return muted.precision is not Precision.PLACE and matches(area_of(muted), place) is AreaMatch.INSIDE


def mute_of(scope: MuteScope, incident: Incident, chat_id: int, until: datetime) -> Mute:
    """The mute of this incident, its place or its kind."""
    match scope:
        case MuteScope.PLACE:
            return Mute(0, chat_id, scope, until, place=incident.place)
        case MuteScope.KIND:
            return Mute(0, chat_id, scope, until, kind=incident.kind)
        case MuteScope.INCIDENT:
            return Mute(0, chat_id, scope, until, incident_id=incident.id)


def silenced(mutes: Iterable[Mute], incident: Incident, reason: Reason | None, now: datetime) -> bool:
    """Whether a chat with these mutes is not to be rung for this; `reason` None: it would be told for the first time.

    What was told and was wrong is taken back or corrected all the same.
    """
    return reason not in SPEAKS and any(mute.until > now and mute.covers(incident) for mute in mutes)


def silences_region(mutes: Iterable[Mute], area: Area, now: datetime) -> bool:
    """Whether a chat with these mutes is not to hear that the level of this very region rises."""
    places = [mute.place for mute in mutes if mute.until > now and mute.place is not None]
    return any(place.precision is not Precision.PLACE and area_of(place) == area for place in places)
