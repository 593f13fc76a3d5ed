"""GeoJSON (RFC 7946): one feature for each incident, with its revisions and its sources."""

import json
from collections.abc import Sequence
from typing import Any

from alerts.exports.items import (
    NAME,
    TITLE,
    ExportItem,
    Reader,
    country_of,
    link_of,
    point,
    radius_km,
    status_of,
)
from alerts.phrases import plain
from incidents.types import Incident, Witness
from jsonl import format_time
from places.pcodes import pcode_of

Json = dict[str, Any]


def render(items: Sequence[ExportItem], reader: Reader) -> bytes:
    """A FeatureCollection. What is only known by its country has no geometry; `uncertainty_km` is the radius around the
    point within which the event lies."""
    features = [_feature(item, reader) for item in items]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode()


def _feature(item: ExportItem, reader: Reader) -> Json:
    incident, place = item.incident, item.incident.place
    where = point(place)
    return {
        "type": "Feature",
        "id": item.id,
        "geometry": {"type": "Point", "coordinates": [where[1], where[0]]} if where else None,
        "properties": {
            "id": item.id,
            "title": reader.title(item, incident),
            **_known(incident),
            "severity": item.severity,
            "eased": incident.eased,
            "merged_into": incident.merged_into,
            "facility": incident.facility,
            "first_report": format_time(incident.first_seen),
            "last_report": format_time(incident.last_seen),
            "place": plain(place.name, NAME),
            "precision": place.precision,
            "uncertainty_km": radius_km(place),
            "country": country_of(place),
            "admin1": place.admin1,
            "admin2": place.admin2,
            "pcode": pcode_of(place),
            "actors": [plain(name, NAME) for name in incident.actors],
            "revisions": [_revision(revision) for revision in item.revisions],
            "sources": [_source(witness) for witness in incident.witnesses],
        },
    }


def _known(incident: Incident) -> Json:
    """What a revision may change."""
    return {
        "revision": incident.revision,
        "status": status_of(incident),
        "disputed": incident.disputed,
        "certainty": incident.certainty,
        "kind": incident.kind,
        "signals": list(incident.signals),
        "killed": incident.killed,
        "injured": incident.injured,
        "displaced": incident.displaced,
        "missing": incident.missing,
    }


def _revision(revision: Incident) -> Json:
    return {**_known(revision), "cause": revision.cause, "sources": len(revision.witnesses)}


def _source(witness: Witness) -> Json:
    return {
        "name": plain(witness.source.name, NAME),
        "reliability": witness.source.reliability,
        "status": witness.status,
        "title": plain(witness.title, TITLE),
        "language": witness.language,
        "link": link_of(witness),
        "published": format_time(witness.published),
        "retracted": witness.retracted,
    }
