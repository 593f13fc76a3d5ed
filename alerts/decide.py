"""Whether people are told of a revision, and why: a pure decision."""

from datetime import datetime

from alerts.policy import (
    FRESH,
    MOVED_KM,
    PLACE_FLOOR,
    RELEVANCE_FLOOR,
    RELEVANCE_FLOOR_AID_ATTACKED,
    RELEVANCE_FLOOR_ARMED_GROUP,
    RELEVANCE_FLOOR_AT_HOME,
    RELEVANCE_FLOOR_CAPTURED,
    RELEVANCE_FLOOR_CORROBORATED,
)
from alerts.severity import severity
from alerts.types import Reason, Severity
from classifiers.combatants import Kind
from classifiers.parties import party
from classifiers.taxonomy import Signal, Status
from feeds.types import PublisherKind
from incidents.types import Cause, Certainty, Change, Incident, Witness
from places.geometry import distance_km
from places.types import Place, Precision


def decide(change: Change, before: Severity | None, now: datetime) -> tuple[Reason, Severity] | None:
    """Why people are told of what a report did to an incident, and how grave it is; None: nobody is told.

    `before` is the severity that people know, None where they were never told of the incident: then it is new to
    them, provided that it is fresh and sure enough by now (policy.py).
    """
    incident, previous = change.incident, change.previous
    grave = severity(incident)
    if before is None or previous is None:
        return (Reason.NEW, grave) if worth_telling(incident, now) else None
    reason = reason_for(previous, incident, before, grave)
    return None if reason is None else (reason, grave)


def worth_telling(incident: Incident, now: datetime) -> bool:
    """Whether an incident that nobody was told of is fresh, relevant and located surely enough."""
    if incident.withdrawn or incident.certainty is Certainty.UNLIKELY or now - incident.last_seen > FRESH:
        return False
    standing = [w for w in incident.witnesses if not w.retracted]
    sure = any(w.relevance >= relevance_floor(incident, w) for w in standing)
    return sure and incident.place_confidence >= PLACE_FLOOR[incident.place.precision]


def relevance_floor(incident: Incident, witness: Witness) -> float:
    """How relevant this report of the incident has to be."""
    if Signal.TERRITORY_CAPTURED is incident.kind:
        return RELEVANCE_FLOOR_CAPTURED
    if _at_home(incident.place, witness):
        return RELEVANCE_FLOOR_AT_HOME
    if incident.kind is Signal.FACILITY_ATTACKED and witness.source.kind is PublisherKind.NGO:
        return RELEVANCE_FLOOR_AID_ATTACKED
    if _of_armed_group_at_home(incident.place, witness):
        return RELEVANCE_FLOOR_ARMED_GROUP
    return RELEVANCE_FLOOR_CORROBORATED if incident.certainty is Certainty.OBSERVED else RELEVANCE_FLOOR


def _at_home(place: Place, witness: Witness) -> bool:
    """Whether an outlet that is no world desk tells of a town or territory of its own country."""
    source = witness.source
    placed = place.precision in (Precision.PLACE, Precision.ADMIN2)
    return placed and source.home == place.country and source.kind is not PublisherKind.INTERNATIONAL


def _of_armed_group_at_home(place: Place, witness: Witness) -> bool:
    """Whether what is told is the deed of an armed group with a name, in the country where it is at home."""
    who = party(witness.actor) if witness.actor else None
    return who is not None and who.kind is Kind.GROUP and who.country == place.country


def reason_for(previous: Incident, incident: Incident, before: Severity, after: Severity) -> Reason | None:
    """The weightiest of what changed between two revisions; None: nothing that people see."""
    reasons = (
        (Reason.WITHDRAWN, _taken_back(incident) and not _taken_back(previous)),
        (Reason.CORRECTED, incident.cause is Cause.SPLIT or moved(previous.place, incident.place)),
        (Reason.DISPUTED, incident.disputed and not previous.disputed),
        (Reason.ESCALATED, after.rank > before.rank or _fell(previous, incident)),
        (Reason.CONFIRMED, incident.status is Status.CONFIRMED and previous.status is not Status.CONFIRMED),
        (
            Reason.CORROBORATED,
            incident.certainty is Certainty.OBSERVED and previous.certainty is not Certainty.OBSERVED,
        ),
        (Reason.UPDATED, _seen(previous) != _seen(incident) or before is not after),
    )
    return next((reason for reason, holds in reasons if holds), None)


def moved(old: Place, new: Place) -> bool:
    """Whether the new place says that the old one was wrong; a finer place within the old one does not."""
    if old.id == new.id:
        return False
    if Precision.COUNTRY in (old.precision, new.precision):
        return old.country != new.country
    apart = distance_km(old.lat, old.lon, new.lat, new.lon)
    return apart > old.uncertainty_km + new.uncertainty_km + MOVED_KM


def _taken_back(incident: Incident) -> bool:
    return incident.withdrawn or incident.certainty is Certainty.UNLIKELY


def _fell(previous: Incident, incident: Incident) -> bool:
    """A town that was fought for has been taken: news to everybody, however grave the fighting was."""
    captured = Signal.TERRITORY_CAPTURED
    return incident.kind is captured and previous.kind is not captured


def _seen(incident: Incident) -> tuple[object, ...]:
    """What a text shows of an incident."""
    return (
        incident.signals,
        incident.facility,
        incident.place,
        incident.actors,
        incident.status,
        incident.certainty,
        incident.disputed_by,
        incident.claimants,
        incident.confirmed_by,
        (incident.killed, incident.injured, incident.displaced, incident.missing),
        tuple((w.title, w.link, w.source.name) for w in incident.witnesses),
    )
