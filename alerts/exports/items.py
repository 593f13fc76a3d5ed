"""What all formats say of an incident, and how finely they say where it was."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.message import status_words, what
from alerts.phrases import plain
from alerts.types import Alert, Edition, Language, Severity
from alerts.view import AlertView, public_id
from classifiers.taxonomy import Status
from incidents.types import Certainty, Incident, Witness
from places.types import Place, Precision

DEGREES = 1  # decimals: nothing finer than 0.1 degree leaves, least of all where facilities and people are
ROUNDING_KM = 8  # how far rounding to that moves a point at most
TITLE, NAME, LINK = 300, 120, 1000


class ExportStatus(StrEnum):
    """How sure an incident is, in one word; whether somebody denies it is said beside it."""

    CLAIMED = "claimed"
    WARNED = "warned"
    REPORTED = "reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    RETRACTED = "retracted"  # by its sources
    WITHDRAWN = "withdrawn"  # our error
    MERGED = "merged"  # the same event as another one


OVER: frozenset[ExportStatus] = frozenset({ExportStatus.RETRACTED, ExportStatus.WITHDRAWN, ExportStatus.MERGED})
_BY_CERTAINTY: Mapping[Certainty, ExportStatus] = {
    Certainty.OBSERVED: ExportStatus.CORROBORATED,
    Certainty.LIKELY: ExportStatus.REPORTED,
    Certainty.POSSIBLE: ExportStatus.CLAIMED,
    Certainty.UNLIKELY: ExportStatus.RETRACTED,
}


@dataclass(frozen=True, slots=True)
class ExportItem:
    """An incident with its revisions, the first one first, and what was told of it. `severity`: as told last."""

    edition: Edition
    revisions: tuple[Incident, ...]
    alerts: tuple[Alert, ...]
    severity: Severity

    @property
    def incident(self) -> Incident:
        """As it is now."""
        return self.revisions[-1]

    @property
    def id(self) -> str:
        """ "T-0417"."""
        return public_id(self.edition, self.incident.id)

    @property
    def changed(self) -> datetime:
        """When it was last told or reported."""
        return max([self.incident.last_seen, *(alert.at for alert in self.alerts)])


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a file is written for; `time_zone`: an IANA name."""

    language: Language
    time_zone: str
    now: datetime

    def view(self, item: ExportItem, incident: Incident) -> AlertView:
        """One revision of an item as this reader is shown it."""
        return AlertView(incident, item.severity, item.edition, self.language, self.time_zone, self.now)

    def title(self, item: ExportItem, incident: Incident) -> str:
        """ "REPORTED: Territory captured, Walikale (DR Congo)", marked where it is of the sample."""
        view = self.view(item, incident)
        t = view.translator
        text = t.text("{status}: {what}", status=status_words(view), what=what(incident, t))
        return plain(view.stamped(text), TITLE)


def status_of(incident: Incident) -> ExportStatus:
    if incident.withdrawn:
        return ExportStatus.WITHDRAWN
    if incident.certainty is not Certainty.UNLIKELY:
        if incident.merged_into is not None:
            return ExportStatus.MERGED
        if incident.status is Status.CONFIRMED:
            return ExportStatus.CONFIRMED
        if incident.certainty is Certainty.POSSIBLE and incident.status is Status.WARNED:
            return ExportStatus.WARNED
    return _BY_CERTAINTY[incident.certainty]


def point(place: Place) -> tuple[float, float] | None:
    """Latitude and longitude, rounded; None: only the country is known, and its middle is nowhere in particular."""
    if place.precision is Precision.COUNTRY:
        return None
    return round(place.lat, DEGREES) + 0.0, round(place.lon, DEGREES) + 0.0


def radius_km(place: Place) -> int:
    """The radius around `point` within which the event lies."""
    return math.ceil(place.uncertainty_km) + ROUNDING_KM


def country_of(place: Place) -> str | None:
    """ISO 3166-1 alpha-2; None for what lies in no country (the gazetteer's XZ, international waters)."""
    return None if place.country == "XZ" else place.country


def outlets(incident: Incident) -> list[str]:
    """The names of those who report it, each once, in their order."""
    return list(dict.fromkeys(plain(witness.source.name, NAME) for witness in incident.witnesses))


def first_link(incident: Incident) -> str | None:
    return next((link for witness in incident.witnesses if (link := link_of(witness))), None)


def link_of(witness: Witness) -> str | None:
    """Its address, if it is one of the web that a reader can follow."""
    link = witness.link or ""
    usable = link.startswith(("http://", "https://")) and len(link) <= LINK and not any(c.isspace() for c in link)
    return link if usable else None
