"""A store as it is after months of use, made up: what benchmarks.replies asks of it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alerts.types import Alert, Chat, ChatKind, Language, Reason, Severity, Watch
from classifiers.taxonomy import Signal, Status
from classifiers.types import Reading
from feeds.types import Article, PublisherKind, Reliability, Source
from incidents.types import Cause, Certainty, Incident, Witness
from places.areas import area_of
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind, Located, Mention, Place, Precision, Resolution
from store.store import Store, Transaction

NOW = datetime(2025, 3, 19, 18, 4, tzinfo=UTC)
SPAN = timedelta(days=85)
COUNTRIES = ("CD", "SD", "UA", "MM", "SY", "YE", "ML", "BF", "NG", "SO")
KINDS = (Signal.ARMED_CLASH, Signal.REMOTE_VIOLENCE, Signal.CIVILIANS_ATTACKED, Signal.TERRITORY_CAPTURED)
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("ra", "lo", "mi", "tu", "ne", "sk")]
TELLING = ("rebels", "army", "hospital", "strike", "civilians", "fighting", "drone", "village", "displaced", "truce")
READER = 7  # the chat that asks
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Size:
    """`reports`: of each incident; one, the last, has LONG_STORY."""

    articles: int = 100_000
    incidents: int = 5_000
    watches: int = 20_000
    watches_each: int = 5
    told: int = 3_000  # incidents that the asking chat was shown
    told_each: int = 10  # and the others
    reports: int = 3


LONG_STORY = 250


def fill(store: Store, gazetteer: Gazetteer, size: Size) -> None:
    """Put so much into an empty store."""
    chance = random.Random(1)
    towns = _towns(gazetteer)
    incidents = _events(store, size, towns, chance)
    _noise(store, size.articles - (len(incidents) - 1) * size.reports - LONG_STORY, towns, chance)
    chats = _chats(store, size, towns, chance)
    _receipts(store, size, incidents, chats, chance)


def _towns(gazetteer: Gazetteer) -> list[Place]:
    """The larger places of countries at war, Walikale and its province among them."""
    found: list[Place] = []
    for code in COUNTRIES:
        places = gazetteer.within(Area(AreaKind.COUNTRY, code, country=code))
        towns = sorted((p for p in places if p.precision is Precision.PLACE), key=lambda place: -place.population)
        found += [p for p in towns if p.name == "Walikale"] + towns[:300]
    return found


def _events(store: Store, size: Size, towns: Sequence[Place], chance: random.Random) -> list[Incident]:
    incidents: list[Incident] = []
    for start in range(0, size.incidents, BATCH):
        with store.write() as tx:
            for number in range(start, min(start + BATCH, size.incidents)):
                seen = NOW - SPAN + SPAN * (number / size.incidents)
                reports = LONG_STORY if number == size.incidents - 1 else size.reports
                place = chance.choice(towns)
                incidents.append(_event(tx, place, seen, reports, chance))
    return incidents


def _event(tx: Transaction, place: Place, seen: datetime, reports: int, chance: random.Random) -> Incident:
    kind = chance.choice(KINDS)
    witnesses = tuple(_report(tx, place, kind, seen + timedelta(minutes=number), chance) for number in range(reports))
    incident = Incident(
        id=0,
        revision=1,
        cause=Cause.FIRST_REPORT,
        cause_text="made up",
        kind=kind,
        signals=(kind,),
        facility=None,
        place=place,
        place_confidence=0.9,
        actors=("M23",),
        status=Status.REPORTED,
        certainty=Certainty.OBSERVED,
        disputed=False,
        disputed_by=(),
        claimants=(),
        confirmed_by=(),
        killed=None,
        injured=None,
        displaced=None,
        withdrawn=False,
        first_seen=seen,
        last_seen=seen + timedelta(minutes=reports),
        witnesses=witnesses,
    )
    stored = tx.incidents.add(incident)
    alert = tx.alerts.add(Alert(0, stored.id, 1, Reason.NEW, Severity.SEVERE, stored.certainty, seen))
    tx.alerts.finish(alert.id)
    return stored


def _report(tx: Transaction, place: Place, kind: Signal, at: datetime, chance: random.Random) -> Witness:
    article = tx.articles.add(_article(place, at, chance), "")
    main = Resolution(Mention(0, len(place.name), place.name), place, 0.9, "made up")
    tx.articles.add_reading(article, _reading(kind), Located(main))
    return Witness(
        article_id=article.id,
        source=article.source,
        status=Status.REPORTED,
        signals=(kind,),
        claimant=None,
        confirmed_by=None,
        disputed_by=None,
        killed=None,
        injured=None,
        displaced=None,
        title=article.title,
        link=article.link,
        published=at,
        language="en",
        evidence=("fighting",),
    )


def _article(place: Place, at: datetime, chance: random.Random) -> Article:
    outlet = f"outlet-{chance.randrange(200)}"
    source = Source(outlet, outlet, PublisherKind.NATIONAL, Reliability.C, f"publisher:{outlet}", home=place.country)
    title = " ".join([*chance.choices(TELLING, k=2), place.name, *chance.choices(WORDS, k=7)])
    summary = " ".join(chance.choices(WORDS, k=35))
    key = f"https://{outlet}.example/{chance.getrandbits(60)}"
    return Article(0, key, 1, f"https://{outlet}.example", source, title, summary, key, at, at, "en")


def _reading(kind: Signal) -> Reading:
    return Reading(
        relevance=0.97,
        probabilities={kind: 0.9},
        labels=(kind,),
        facility=None,
        status=Status.REPORTED,
        disputed=False,
        actor="M23",
        claimant=None,
        confirmed_by=None,
        disputed_by=None,
        killed=None,
        injured=None,
        displaced=None,
        language="en",
        evidence=("fighting",),
        background=(),
        model="benchmark",
    )


def _noise(store: Store, count: int, towns: Sequence[Place], chance: random.Random) -> None:
    """Articles that no incident rests on: most of what is read."""
    for start in range(0, count, BATCH):
        with store.write() as tx:
            for number in range(start, min(start + BATCH, count)):
                tx.articles.add(_article(chance.choice(towns), NOW - SPAN * (number / count), chance), "")


def _chats(store: Store, size: Size, towns: Sequence[Place], chance: random.Random) -> list[int]:
    """Chats with so many watches in all; READER is the first, and watches a wide circle and its province too."""
    ids = [READER + number for number in range(size.watches // size.watches_each)]
    walikale = next(place for place in towns if place.name == "Walikale")
    own = [area_of(walikale, 200.0), Area(AreaKind.ADMIN1, "North Kivu", country="CD", admin1=walikale.admin1)]
    with store.write() as tx:
        for chat_id in ids:
            tx.chats.put(Chat(chat_id, ChatKind.PRIVATE, Language.EN))
            areas = [area_of(chance.choice(towns), chance.choice((25.0, 50.0, 100.0, 200.0))) for _ in own]
            countries = [Area(AreaKind.COUNTRY, code, country=code) for code in chance.sample(COUNTRIES, 3)]
            for area in [*(own if chat_id == READER else areas), *countries][: size.watches_each]:
                tx.chats.add_watch(Watch(0, chat_id, area))
    return ids


def _receipts(
    store: Store, size: Size, incidents: Sequence[Incident], chats: Sequence[int], chance: random.Random
) -> None:
    shown = [(READER, incident) for incident in incidents[-size.told :]]
    shown += [(chat_id, incident) for chat_id in chats[1:] for incident in chance.sample(incidents, size.told_each)]
    for start in range(0, len(shown), BATCH):
        with store.write() as tx:
            for number, (chat_id, incident) in enumerate(shown[start : start + BATCH]):
                _tell(tx, chat_id, incident, message_id=start + number + 1)


def _tell(tx: Transaction, chat_id: int, incident: Incident, message_id: int) -> None:
    at = incident.last_seen
    tx.outbox.want(
        chat_id,
        incident.id,
        revision=1,
        reason=Reason.NEW,
        severity=Severity.SEVERE,
        watch_ids=[],
        now=at,
        next_at=at,
    )
    tx.outbox.sent(chat_id, incident.id, revision=1, message_id=message_id, now=at)
