"""A table of the shape of ACLED's (Armed Conflict Location & Event Data), for tools that read that.

The events are reports of our feeds, not ACLED's data: nobody coded them by hand. Column names and codes are those of
the ACLED codebook of 2023, as far as what is known fits them:

- `event_date` is the day of the first report (UTC), so `time_precision` is 2, "within the week";
- `event_type` follows the signal, `sub_event_type` is empty where the signal covers several;
- `geo_precision`: 1 a town, 2 a district or about a town, 3 a province or a country; points are rounded to 0.1 degree;
- `fatalities` is the lowest figure that a source states, empty where none does: ACLED has 0 there.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC

from alerts.exports.cells import Cell, written
from alerts.exports.items import NAME, TITLE, ExportItem, Reader, outlets, point, status_of
from alerts.i18n import load
from alerts.phrases import EXACT_KM, plain
from alerts.types import Language
from classifiers.taxonomy import SIGNALS, Signal
from incidents.types import Incident
from places.types import Place, Precision

COLUMNS = (
    "event_date", "year", "time_precision", "event_type", "sub_event_type", "actor1", "country", "admin1", "admin2",
    "admin3", "location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities", "tocsin_id",
    "tocsin_revision", "tocsin_status", "tocsin_disputed", "tocsin_severity", "tocsin_certainty",
)  # fmt: skip
WITHIN_THE_WEEK = 2
_STRATEGIC = "Strategic developments"
EVENT_TYPES: Mapping[Signal, str] = {
    Signal.TERRITORY_CAPTURED: "Battles",
    Signal.ARMED_CLASH: "Battles",
    Signal.REMOTE_VIOLENCE: "Explosions/Remote violence",
    Signal.FACILITY_ATTACKED: _STRATEGIC,
    Signal.CIVILIANS_ATTACKED: "Violence against civilians",
    Signal.DISPLACEMENT: _STRATEGIC,
    Signal.ACCESS_BLOCKED: _STRATEGIC,
    Signal.CEASEFIRE_BROKEN: _STRATEGIC,
    Signal.FOREIGN_INTERVENTION: _STRATEGIC,
    Signal.MOBILISATION: _STRATEGIC,
    Signal.UNREST: "Riots",
    Signal.DEESCALATION: _STRATEGIC,
}


def render(items: Sequence[ExportItem], reader: Reader) -> bytes:
    return written(COLUMNS, (_row(item, reader) for item in items))


def _row(item: ExportItem, reader: Reader) -> dict[str, Cell]:
    incident, place = item.incident, item.incident.place
    day = incident.first_seen.astimezone(UTC).date()
    event, sub_event = event_types(incident)
    lat, lon = point(place) or (None, None)
    return {
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": WITHIN_THE_WEEK,
        "event_type": event,
        "sub_event_type": sub_event,
        "actor1": plain(incident.actors[0], NAME) if incident.actors else None,
        "country": load(Language.EN).country(place.country),
        "admin1": place.admin1,
        "admin2": place.admin2,
        "admin3": None,
        "location": plain(place.name, NAME),
        "latitude": lat,
        "longitude": lon,
        "geo_precision": _geo_precision(place),
        "source": "; ".join(outlets(incident)),
        "notes": _notes(item, reader),
        "fatalities": incident.killed,
        "tocsin_id": item.id,
        "tocsin_revision": incident.revision,
        "tocsin_status": status_of(incident),
        "tocsin_disputed": incident.disputed,
        "tocsin_severity": item.severity,
        "tocsin_certainty": incident.certainty,
    }


def event_types(incident: Incident) -> tuple[str, str]:
    """ACLED's type and sub-event type. An attacked site counts as the violence done to it, if that is said."""
    violent = (s for s in incident.signals if EVENT_TYPES[s] != _STRATEGIC)
    kind = next(violent, incident.kind) if incident.kind is Signal.FACILITY_ATTACKED else incident.kind
    covered = SIGNALS[kind].acled
    if EVENT_TYPES[kind] == _STRATEGIC and not covered:
        return _STRATEGIC, "Other"
    return EVENT_TYPES[kind], covered[0] if len(covered) == 1 else ""


def _geo_precision(place: Place) -> int:
    if place.precision is Precision.PLACE:
        return 1 if place.uncertainty_km < EXACT_KM else 2
    return 2 if place.precision is Precision.ADMIN2 else 3


def _notes(item: ExportItem, reader: Reader) -> str:
    title = reader.title(item, item.incident)
    headlines = dict.fromkeys(plain(witness.title, TITLE) for witness in item.incident.witnesses)
    return ". ".join([title, *list(headlines)[:3]])
