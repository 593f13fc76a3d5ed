"""Who holds a town, as a view over the incidents in which it changed hands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from classifiers.taxonomy import Signal
from incidents.certainty import basis, claimant_of
from incidents.similarity import TOWN_KM
from incidents.types import Certainty, Incident
from places.areas import distance_km
from places.types import Place, Precision


@dataclass(frozen=True, slots=True)
class Holding:
    """`held_by`: who took the town, None where no report says; `since`: the first report of it. `incident_id`: where it
    is told. `according_to`: the independent outlets, else the parties, that say so; `disputed_by`: who denies it."""

    held_by: str | None
    since: datetime
    according_to: tuple[str, ...]
    disputed_by: tuple[str, ...]
    certainty: Certainty
    incident_id: int


def holdings(town: Place, incidents: Iterable[Incident]) -> list[Holding]:
    """Each time that the town changed hands, the latest first; what was withdrawn or taken back left out."""
    falls = [i for i in incidents if is_fall_of(town, i)]
    return [_holding(i) for i in sorted(falls, key=lambda i: (i.first_seen, i.id), reverse=True)]


def is_fall_of(town: Place, incident: Incident) -> bool:
    """Whether the incident tells that this town changed hands."""
    if incident.kind is not Signal.TERRITORY_CAPTURED or incident.place.precision is not Precision.PLACE:
        return False
    if incident.withdrawn or incident.merged_into is not None or incident.certainty is Certainty.UNLIKELY:
        return False
    return incident.place.id == town.id or distance_km(town, incident.place) <= TOWN_KM


def _holding(incident: Incident) -> Holding:
    stands = basis(incident.witnesses)
    outlets = tuple(w.source.name for w in stands.independent)
    parties = tuple(dict.fromkeys(party for w in stands.claims if (party := claimant_of(w))))
    return Holding(
        held_by=next(iter(incident.actors), None),
        since=incident.first_seen,
        according_to=outlets or parties,
        disputed_by=incident.disputed_by,
        certainty=incident.certainty,
        incident_id=incident.id,
    )
