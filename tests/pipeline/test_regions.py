"""What happened in a region, for maps and trends."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from alerts.types import Edition, Severity
from classifiers.taxonomy import Signal
from incidents.trend import WEEK
from incidents.types import Certainty, Incident
from pipeline.regions import LISTED, sights, weeks
from places.types import Area, AreaKind, Precision
from store.store import Store
from tests.builders import NOW, make_alert, make_article, make_chat, make_incident, make_place, make_witness
from tests.telling import tell

DAY = timedelta(days=1)
CHAT = 7
KIVU = Area(AreaKind.ADMIN1, "North Kivu, DR Congo", "CD", "North Kivu")
AROUND = Area(AreaKind.CIRCLE, "50 km around Walikale", lat=-1.4, lon=28.1, radius_km=50.0)
PROVINCE = make_place(id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, uncertainty_km=150.0)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    with sqlite_store.write() as tx:
        tx.chats.put(make_chat(CHAT))
    return sqlite_store


@pytest.fixture
def sample(sqlite_url: str) -> Iterator[Store]:
    store = Store.open(sqlite_url, Edition.SAMPLE)
    yield store
    store.close()


def happened(store: Store, days: float = 1, **fields: Any) -> Incident:
    """Store an incident that was worth an alert and that nobody was told of."""
    with store.write() as tx:
        article = tx.articles.add(make_article(fetched=NOW - days * DAY), "h")
        at = NOW - days * DAY
        incident = tx.incidents.add(make_incident(make_witness(article.id), first_seen=at, last_seen=at, **fields))
        tx.alerts.add(make_alert(incident))
    return incident


def shown(store: Store, area: Area = KIVU, since: float = 30, until: float = 0) -> list[int]:
    return [s.incident.id for s in sights([store], CHAT, area, NOW - since * DAY, NOW - until * DAY)]


def test_what_lies_or_may_lie_in_the_area_the_gravest_first(store: Store) -> None:
    clash = happened(store, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,))
    fall = happened(store)
    loose = happened(store, place=PROVINCE, kind=Signal.MOBILISATION, signals=(Signal.MOBILISATION,))
    happened(store, place=make_place(id="gn:706483", name="Kharkiv", country="UA", lat=50.0, lon=36.2))
    assert shown(store)[0] == fall.id
    assert set(shown(store)) == {fall.id, clash.id, loose.id}
    assert set(shown(store, AROUND)) == {fall.id, clash.id, loose.id}


def test_only_what_was_first_reported_in_the_period(store: Store) -> None:
    old, new = happened(store, days=40), happened(store, days=2)
    assert shown(store) == [new.id]
    assert shown(store, since=60, until=30) == [old.id]
    assert {s.incident.id for s in sights([store], CHAT, KIVU, None, NOW)} == {old.id, new.id}


def test_what_its_source_took_back_is_left_out(store: Store) -> None:
    happened(store, certainty=Certainty.UNLIKELY)
    assert shown(store) == []


def test_the_gravest_have_their_witnesses_and_say_whether_the_chat_was_told(store: Store) -> None:
    told = tell(store, CHAT, killed=80, first_seen=NOW - DAY)
    waiting = tell(store, CHAT, message_id=None, killed=60, first_seen=NOW - DAY)
    for _ in range(LISTED):
        happened(store, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,))
    found = sights([store], CHAT, KIVU, None, NOW)
    opens = {s.incident.id: s.told for s in found}
    assert opens[told.id]
    assert not opens[waiting.id]
    assert all(s.incident.witnesses for s in found[:LISTED])
    assert [len(s.incident.witnesses) for s in found[LISTED:]] == [0, 0]
    assert found[0].severity is Severity.EXTREME


def test_weeks_count_what_may_lie_in_the_area_too(store: Store) -> None:
    happened(store, days=1)
    happened(store, days=8, place=PROVINCE)
    happened(store, days=100, kind=Signal.UNREST, signals=(Signal.UNREST,))
    found = weeks([store], AROUND, NOW - 4 * WEEK, NOW)
    assert found.trend.totals == (0, 0, 1, 1)
    assert found.trend.usual is not None
    assert found.trend.usual.weeks == 10  # since the first article, in whole weeks
    assert found.editions == {Edition.LIVE}


def test_a_store_without_news_has_no_past(store: Store) -> None:
    found = weeks([store], KIVU, NOW - 4 * WEEK, NOW)
    assert found.trend.usual is None
    assert found.trend.total == 0
    assert found.editions == frozenset()


def test_the_sample_is_counted_and_named(store: Store, sample: Store) -> None:
    happened(store, days=40)
    happened(sample, days=1)
    assert weeks([store, sample], KIVU, NOW - WEEK, NOW).editions >= {Edition.SAMPLE}
    assert {s.edition for s in sights([store, sample], CHAT, KIVU, NOW - 2 * DAY, NOW)} >= {Edition.SAMPLE}
