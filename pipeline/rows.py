"""The JSON rows that scripts rely on: one function for each kind, keys in the order they are written."""

from collections.abc import Mapping, Sequence
from typing import Any

from alerts.severity import severity
from alerts.types import Alert, Edition
from alerts.view import public_id
from classifiers.taxonomy import Fault
from classifiers.types import Reading
from feeds.types import Article
from incidents.types import Incident
from jsonl import format_time
from places.types import Located, Place, Resolution


def reading_row(id: object, reading: Reading, located: Located) -> dict[str, Any]:
    """A line of `bot.py classify` and of readings.jsonl; probabilities to four decimals."""
    return {
        "id": id,
        "relevant": round(reading.relevance, 4),
        "labels": [signal.value for signal in reading.labels],
        "signals": {signal.value: round(p, 4) for signal, p in reading.probabilities.items()},
        "facility": reading.facility and reading.facility.value,
        "status": reading.status and reading.status.value,
        "actor": reading.actor,
        "disputed": reading.disputed,
        "killed": reading.killed,
        "injured": reading.injured,
        "displaced": reading.displaced,
        "missing": reading.missing,
        "language": reading.language,
        "places": [_place(r) for r in ([located.main] if located.main else []) + list(located.others)],
        "evidence": list(reading.evidence),
        "model": reading.model,
    }


def _place(found: Resolution) -> dict[str, Any]:
    place = found.place
    return {
        "name": found.mention.name,
        "resolved": place.name,
        "precision": place.precision.value,
        "country": _country(place),
        "admin1": place.admin1,
        "admin2": place.admin2,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "uncertainty_km": round(place.uncertainty_km, 1),
        "confidence": round(found.confidence, 3),
    }


def _country(place: Place) -> str | None:
    """ISO 3166-1 alpha-2; None for what lies in no country (the gazetteer's XZ, international waters)."""
    return None if place.country == "XZ" else place.country


def mention_row(found: Resolution) -> dict[str, Any]:
    """A mention of `bot.py geoparse` that was resolved."""
    mention, place = found.mention, found.place
    return {
        "start": mention.start,
        "end": mention.end,
        "name": mention.name,
        "resolved": place.name,
        "country": _country(place),
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "confidence": round(found.confidence, 3),
    }


def unresolved_row(start: int, end: int, name: str) -> dict[str, Any]:
    """A given mention of `bot.py geoparse` that the gazetteer does not know."""
    unknown = dict.fromkeys(("resolved", "country", "lat", "lon"))
    return {"start": start, "end": end, "name": name, **unknown, "confidence": 0.0}


def incident_row(incident: Incident, articles: Sequence[object]) -> dict[str, Any]:
    """A line of incidents.jsonl; `articles` are the ids of its entries."""
    place = incident.place
    return {
        "incident": incident.id,
        "kind": incident.kind.value,
        "signals": [signal.value for signal in incident.signals],
        "place": place.name,
        "precision": place.precision.value,
        "country": _country(place),
        "admin1": place.admin1,
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "severity": severity(incident).value,
        "certainty": incident.certainty.value,
        "disputed": incident.disputed,
        "first_seen": format_time(incident.first_seen),
        "articles": list(articles),
        "revision": incident.revision,
    }


def alert_row(alert: Alert, articles: Sequence[object], text: str) -> dict[str, Any]:
    """A line of alerts.jsonl."""
    return {
        "alert": alert.id,
        "incident": alert.incident_id,
        "revision": alert.revision,
        "reason": alert.reason.value,
        "severity": alert.severity.value,
        "certainty": alert.certainty.value,
        "at": format_time(alert.at),
        "articles": list(articles),
        "text": text,
    }


def feedback_row(
    edition: Edition,
    incident_id: int,
    article: Article,
    reading: Reading,
    main: Resolution | None,
    votes: Mapping[Fault, int],
) -> dict[str, Any]:
    """A line of `bot.py verdicts`: a labelled item, its labels those the machine gave, with `votes` by fault and the
    number of `chats` that voted."""
    return {
        "id": f"{public_id(edition, incident_id)}:{article.id}",
        "lang": reading.language,
        "date": format_time(article.published),
        "source": article.source.name,
        "title": article.title,
        "summary": article.summary,
        "relevant": reading.relevant,
        "signals": [signal.value for signal in reading.labels],
        "facility": reading.facility and reading.facility.value,
        "status": reading.status and reading.status.value,
        "place": main.mention.name if main else None,
        "country": main.place.country if main else None,
        "actor": reading.actor,
        "translated": False,
        "votes": {fault.value: count for fault in Fault if (count := votes.get(fault))},
        "chats": sum(votes.values()),
    }
