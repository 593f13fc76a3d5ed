"""One row for each incident, as CSV."""

from collections.abc import Sequence

from alerts.exports.cells import Cell, written
from alerts.exports.items import (
    NAME,
    ExportItem,
    Reader,
    country_of,
    link_of,
    outlets,
    point,
    radius_km,
    status_of,
)
from alerts.phrases import plain
from incidents.certainty import basis
from jsonl import format_time
from places.pcodes import pcode_of

COLUMNS = (
    "id", "revision", "status", "disputed", "eased", "merged_into", "severity", "certainty", "kind", "signals",
    "facility", "title", "first_report", "last_report", "country", "admin1", "admin2", "place", "pcode",
    "precision", "latitude", "longitude", "uncertainty_km", "actors", "claimed_by", "confirmed_by", "disputed_by",
    "killed", "injured", "displaced", "missing", "independent_outlets", "sources", "links",
)  # fmt: skip


def render(items: Sequence[ExportItem], reader: Reader) -> bytes:
    """Names of columns and values are the same in every language; `title` is in the reader's. Times are UTC.

    Several values in a cell are parted by "; ". An empty figure is one that nobody states, not none.
    """
    return written(COLUMNS, (_row(item, reader) for item in items))


def _row(item: ExportItem, reader: Reader) -> dict[str, Cell]:
    incident = item.incident
    return {
        "id": item.id,
        "revision": incident.revision,
        "status": status_of(incident),
        "disputed": incident.disputed,
        "eased": incident.eased,
        "merged_into": incident.merged_into,
        "severity": item.severity,
        "certainty": incident.certainty,
        "kind": incident.kind,
        "signals": "; ".join(incident.signals),
        "facility": incident.facility,
        "title": reader.title(item, incident),
        "first_report": format_time(incident.first_seen),
        "last_report": format_time(incident.last_seen),
        **_where(item),
        "actors": _names(incident.actors),
        "claimed_by": _names(incident.claimants),
        "confirmed_by": _names(incident.confirmed_by),
        "disputed_by": _names(incident.disputed_by),
        "killed": incident.killed,
        "injured": incident.injured,
        "displaced": incident.displaced,
        "missing": incident.missing,
        "independent_outlets": len(basis(incident.witnesses).independent),
        "sources": _names(outlets(incident)),
        "links": "; ".join(dict.fromkeys(link for w in incident.witnesses if (link := link_of(w)))),
    }


def _where(item: ExportItem) -> dict[str, Cell]:
    place = item.incident.place
    lat, lon = point(place) or (None, None)
    return {
        "country": country_of(place),
        "admin1": place.admin1,
        "admin2": place.admin2,
        "place": plain(place.name, NAME),
        "pcode": pcode_of(place),
        "precision": place.precision,
        "latitude": lat,
        "longitude": lon,
        "uncertainty_km": radius_km(place),
    }


def _names(names: Sequence[str]) -> str:
    return "; ".join(plain(name, NAME) for name in names if name)
