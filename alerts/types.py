"""The values of the alerts stage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from classifiers.taxonomy import Fault, Signal
from incidents.types import Certainty
from places.types import Area


class Severity(StrEnum):
    """Severity of the Common Alerting Protocol 1.2."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"

    @property
    def rank(self) -> int:
        """3 for Extreme down to 0 for Minor."""
        return {Severity.EXTREME: 3, Severity.SEVERE: 2, Severity.MODERATE: 1, Severity.MINOR: 0}[self]


class Reason(StrEnum):
    """Why people are told of a revision."""

    NEW = "new"
    UPDATED = "updated"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    ESCALATED = "escalated"
    DISPUTED = "disputed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    EASED = "eased"
    EXPIRED = "expired"
    LEVEL_RISING = "level_rising"

    @property
    def sounds(self) -> bool:
        """Whether the live message gets a short reply that rings, beside the silent edit."""
        return self not in (Reason.UPDATED, Reason.EXPIRED)


class Edition(StrEnum):
    """Which archive an incident belongs to; its value is the letter before a public id (T-0417/2)."""

    LIVE = "T"
    SAMPLE = "S"


class Language(StrEnum):
    """Languages of the interface and the alerts."""

    EN = "en"
    FR = "fr"
    SW = "sw"
    ES = "es"
    PT = "pt"
    AR = "ar"


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # /stop: keeps its watches, is told nothing
    RETIRED = "retired"  # blocked the bot, removed it, or was deleted


class Rhythm(StrEnum):
    """When a chat is told."""

    INSTANT = "instant"
    HOURLY = "hourly"  # a digest at each full hour
    DAILY = "daily"  # a digest at one time of each day


@dataclass(frozen=True, slots=True)
class Alert:
    """The decision to tell people about a revision. `id` is 0 before it is stored."""

    id: int
    incident_id: int
    revision: int
    reason: Reason
    severity: Severity
    certainty: Certainty
    at: datetime


@dataclass(frozen=True, slots=True)
class Chat:
    """All that is kept of a chat, beside its watches. Times of quiet and of the digest are local to `time_zone` (IANA).

    `digest_at`: when a daily digest comes. `pictures`: charts and maps are sent, else their text. `paused_until`:
    until then what there is to tell is kept for one summary; None: no such pause.
    """

    id: int
    kind: ChatKind
    language: Language
    time_zone: str = "UTC"
    state: ChatState = ChatState.ACTIVE
    quiet_from: time | None = None
    quiet_until: time | None = None
    rhythm: Rhythm = Rhythm.INSTANT
    digest_at: time = time(7)
    pictures: bool = True
    paused_until: datetime | None = None

    def is_paused(self, now: datetime) -> bool:
        """Whether nothing may be sent to it until a time that it chose."""
        return self.paused_until is not None and self.paused_until > now


@dataclass(frozen=True, slots=True)
class Bar:
    """The least that an incident must be: how grave, and how sure (Possible: a claim is enough)."""

    severity: Severity = Severity.MODERATE
    certainty: Certainty = Certainty.POSSIBLE

    def reached_by(self, severity: Severity, certainty: Certainty) -> bool:
        return severity.rank >= self.severity.rank and certainty.rank >= self.certainty.rank


@dataclass(frozen=True, slots=True)
class Watch:
    """An area a chat watches. `kinds` empty: all kinds. `id` is 0 before it is stored.

    `night`: the bar at night (alerts.watches.night_of); None: as by day. `radii`: of a circle, the kinds that are
    watched within another radius than the area's, in km.
    """

    id: int
    chat_id: int
    area: Area
    min_severity: Severity = Severity.MODERATE
    kinds: frozenset[Signal] = frozenset()
    min_certainty: Certainty = Certainty.POSSIBLE
    night: Bar | None = None
    radii: Mapping[Signal, float] = field(default_factory=dict, hash=False)

    @property
    def day(self) -> Bar:
        return Bar(self.min_severity, self.min_certainty)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A chat's one vote on an incident: what is wrong with it. `revision`: the one that the chat had been shown."""

    chat_id: int
    incident_id: int
    fault: Fault
    revision: int
    at: datetime
