"""How grave an incident is, by one table: TABLE. To change what a looted clinic is worth, change its row.

An incident is as grave as the gravest row that fits it, Minor where none does. Minor is what nobody who kept the
default threshold is told of. Then two caps: what is only warned of, and what eases a conflict, is never above Moderate.
"""

from dataclasses import dataclass

from alerts.types import Severity
from classifiers.taxonomy import Facility, Signal, Status
from incidents.types import Incident
from places.types import Precision

EXTREME, SEVERE, MODERATE, MINOR = Severity.EXTREME, Severity.SEVERE, Severity.MODERATE, Severity.MINOR


@dataclass(frozen=True, slots=True)
class Row:
    """Fits an incident that has the signal and whatever else is asked; figures are "at least", population of the place.

    `town`: the place is known to the town and has at least so many inhabitants. `placed`: it is known to the province
    or finer; "fighting goes on in the country" is no news to those who live there. `leading`: the signal is the
    incident's kind, not one that some report adds.
    """

    severity: Severity
    signal: Signal
    facility: frozenset[Facility] = frozenset()
    killed: int = 0
    injured: int = 0
    displaced: int = 0
    town: int = 0
    placed: bool = False
    leading: bool = False


_LIFELINES = frozenset({Facility.HEALTH, Facility.CAMP, Facility.AID, Facility.UN, Facility.SCHOOL, Facility.WORSHIP})
_SUPPLY = frozenset({Facility.UTILITY, Facility.MARKET, Facility.TRANSPORT})

TABLE: tuple[Row, ...] = (
    Row(EXTREME, Signal.TERRITORY_CAPTURED, town=20_000, leading=True),
    Row(SEVERE, Signal.TERRITORY_CAPTURED),
    Row(EXTREME, Signal.CIVILIANS_ATTACKED, killed=50),
    Row(SEVERE, Signal.CIVILIANS_ATTACKED, killed=10),
    Row(SEVERE, Signal.CIVILIANS_ATTACKED, injured=50),
    Row(MODERATE, Signal.CIVILIANS_ATTACKED),
    Row(EXTREME, Signal.FACILITY_ATTACKED, killed=50),
    Row(SEVERE, Signal.FACILITY_ATTACKED, killed=10),
    Row(SEVERE, Signal.FACILITY_ATTACKED, facility=_LIFELINES),
    Row(MODERATE, Signal.FACILITY_ATTACKED, facility=_SUPPLY),
    Row(MODERATE, Signal.FACILITY_ATTACKED),
    Row(EXTREME, Signal.REMOTE_VIOLENCE, killed=50),
    Row(SEVERE, Signal.REMOTE_VIOLENCE, killed=10),
    Row(SEVERE, Signal.REMOTE_VIOLENCE, injured=50),
    Row(MODERATE, Signal.REMOTE_VIOLENCE),
    Row(EXTREME, Signal.ARMED_CLASH, killed=100),
    Row(SEVERE, Signal.ARMED_CLASH, killed=20),
    Row(MODERATE, Signal.ARMED_CLASH, killed=1),
    Row(MODERATE, Signal.ARMED_CLASH, placed=True),
    Row(EXTREME, Signal.DISPLACEMENT, displaced=100_000),
    Row(SEVERE, Signal.DISPLACEMENT, displaced=10_000),
    Row(MODERATE, Signal.DISPLACEMENT, displaced=1_000),
    Row(MODERATE, Signal.DISPLACEMENT, placed=True),
    Row(SEVERE, Signal.FOREIGN_INTERVENTION, killed=10),
    Row(MODERATE, Signal.FOREIGN_INTERVENTION),
    Row(EXTREME, Signal.UNREST, killed=50),
    Row(SEVERE, Signal.UNREST, killed=10),
    Row(MODERATE, Signal.UNREST),
    Row(MODERATE, Signal.ACCESS_BLOCKED, placed=True),
    Row(MODERATE, Signal.CEASEFIRE_BROKEN),
    Row(MODERATE, Signal.MOBILISATION, placed=True),
    Row(MODERATE, Signal.DEESCALATION),
)


def severity(incident: Incident) -> Severity:
    """The severity of an incident as known now."""
    fitting = [row.severity for row in TABLE if fits(row, incident)]
    gravest = max(fitting, key=lambda s: s.rank, default=MINOR)
    return min(gravest, MODERATE, key=lambda s: s.rank) if _capped(incident) else gravest


def fits(row: Row, incident: Incident) -> bool:
    """Whether a row of the table is about this incident."""
    place = incident.place
    return (
        (row.signal is incident.kind if row.leading else row.signal in incident.signals)
        and (not row.facility or incident.facility in row.facility)
        and (incident.killed or 0) >= row.killed
        and (incident.injured or 0) >= row.injured
        and (incident.displaced or 0) >= row.displaced
        and (not row.placed or place.precision is not Precision.COUNTRY)
        and (not row.town or (place.precision is Precision.PLACE and place.population >= row.town))
    )


def _capped(incident: Incident) -> bool:
    return incident.status is Status.WARNED or incident.kind is Signal.DEESCALATION
