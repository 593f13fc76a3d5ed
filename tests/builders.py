"""Sample values for tests: valid defaults, each field replaceable by keyword."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from alerts.types import Alert, Chat, ChatKind, Language, Reason, Severity, Watch
from classifiers.taxonomy import Signal, Status
from classifiers.types import Reading
from feeds.types import Article, Catalogue, Feed, Publisher, PublisherKind, Reliability, Source
from incidents.types import Cause, Certainty, Incident, Witness
from places.types import Area, AreaKind, Located, Mention, Place, Precision, Resolution

NewIncident = Callable[..., Incident]  # what the fixtures of that name in tests/store give
NewWatch = Callable[..., Watch]

NOW = datetime(2025, 3, 19, 18, 4, tzinfo=UTC)
_numbers = count(1)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def make_source(**fields: Any) -> Source:
    defaults: dict[str, Any] = {
        "publisher_id": "lakes-herald",
        "name": "Lakes Herald",
        "kind": PublisherKind.NATIONAL,
        "reliability": Reliability.B,
        "independence": "publisher:lakes-herald",
        "home": "CD",
    }
    return Source(**{**defaults, **fields})


def make_article(**fields: Any) -> Article:
    """An article not stored yet; every call gives another key."""
    defaults: dict[str, Any] = {
        "id": 0,
        "key": f"https://herald.example/feed {next(_numbers)}",
        "version": 1,
        "feed_url": "https://herald.example/feed",
        "source": make_source(),
        "title": "Rebels enter Walikale",
        "summary": "Fighters were seen in the centre of the town on Wednesday.",
        "link": "https://herald.example/walikale",
        "published": NOW - minutes(10),
        "fetched": NOW,
        "language": "en",
    }
    return Article(**{**defaults, **fields})


def make_reading(**fields: Any) -> Reading:
    defaults: dict[str, Any] = {
        "relevance": 0.97,
        "probabilities": {Signal.TERRITORY_CAPTURED: 0.94, Signal.ARMED_CLASH: 0.2},
        "labels": (Signal.TERRITORY_CAPTURED,),
        "facility": None,
        "status": Status.REPORTED,
        "disputed": False,
        "actor": "M23",
        "claimant": None,
        "confirmed_by": None,
        "disputed_by": None,
        "killed": None,
        "injured": None,
        "displaced": None,
        "language": "en",
        "evidence": ("enter", "rebels"),
        "background": (),
        "model": "test-1",
    }
    return Reading(**{**defaults, **fields})


def make_place(**fields: Any) -> Place:
    defaults: dict[str, Any] = {
        "id": "sup:CD/walikale",
        "name": "Walikale",
        "precision": Precision.PLACE,
        "country": "CD",
        "admin1": "North Kivu",
        "admin2": "Walikale",
        "lat": -1.4211,
        "lon": 28.0703,
        "uncertainty_km": 5.0,
        "population": 60_000,
    }
    return Place(**{**defaults, **fields})


def make_located(place: Place | None = None, confidence: float = 0.9) -> Located:
    resolution = Resolution(Mention(14, 22, "Walikale"), place or make_place(), confidence, "the only one in DR Congo")
    return Located(main=resolution)


def make_witness(article_id: int, **fields: Any) -> Witness:
    defaults: dict[str, Any] = {
        "article_id": article_id,
        "source": make_source(),
        "status": Status.REPORTED,
        "signals": (Signal.TERRITORY_CAPTURED,),
        "claimant": None,
        "confirmed_by": None,
        "disputed_by": None,
        "killed": None,
        "injured": None,
        "displaced": None,
        "title": "Rebels enter Walikale",
        "link": "https://herald.example/walikale",
        "published": NOW - minutes(10),
        "language": "en",
        "evidence": ("enter", "rebels"),
    }
    return Witness(**{**defaults, **fields})


def make_incident(*witnesses: Witness, **fields: Any) -> Incident:
    """An incident not stored yet. Its witnesses' articles must be stored before it is."""
    defaults: dict[str, Any] = {
        "id": 0,
        "revision": 1,
        "cause": Cause.FIRST_REPORT,
        "cause_text": "Lakes Herald reports it",
        "kind": Signal.TERRITORY_CAPTURED,
        "signals": (Signal.TERRITORY_CAPTURED,),
        "facility": None,
        "place": make_place(),
        "place_confidence": 0.9,
        "actors": ("M23",),
        "status": Status.REPORTED,
        "certainty": Certainty.LIKELY,
        "disputed": False,
        "disputed_by": (),
        "claimants": (),
        "confirmed_by": (),
        "killed": None,
        "injured": None,
        "displaced": None,
        "withdrawn": False,
        "first_seen": NOW - minutes(10),
        "last_seen": NOW - minutes(10),
        "witnesses": witnesses,
    }
    return Incident(**{**defaults, **fields})


def make_alert(incident: Incident, **fields: Any) -> Alert:
    """The alert of a stored incident's newest revision."""
    defaults: dict[str, Any] = {
        "id": 0,
        "incident_id": incident.id,
        "revision": incident.revision,
        "reason": Reason.NEW,
        "severity": Severity.SEVERE,
        "certainty": incident.certainty,
        "at": NOW,
    }
    return Alert(**{**defaults, **fields})


def make_chat(chat_id: int = 1001, **fields: Any) -> Chat:
    return Chat(**{"id": chat_id, "kind": ChatKind.PRIVATE, "language": Language.EN, **fields})


def make_area(**fields: Any) -> Area:
    """200 km around Walikale."""
    defaults: dict[str, Any] = {
        "kind": AreaKind.CIRCLE,
        "name": "Walikale",
        "lat": -1.4211,
        "lon": 28.0703,
        "radius_km": 200.0,
    }
    return Area(**{**defaults, **fields})


def make_watch(chat_id: int = 1001, **fields: Any) -> Watch:
    return Watch(**{"id": 0, "chat_id": chat_id, "area": make_area(), **fields})


def make_catalogue(*feeds: Feed) -> Catalogue:
    """A catalogue of one publisher and these feeds."""
    publisher = Publisher("lakes-herald", "Lakes Herald", PublisherKind.NATIONAL, home="CD", reliability=Reliability.B)
    return Catalogue((publisher,), feeds or (make_feed(),))


def make_feed(url: str = "https://herald.example/feed", **fields: Any) -> Feed:
    return Feed(**{"url": url, "publisher_id": "lakes-herald", **fields})
