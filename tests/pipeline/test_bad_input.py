"""Contradictory dates, floods of articles, publishers that vanish: nothing is lost, nobody is told the same twice."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.types import Chat, ChatKind, Language, Reason, Watch
from classifiers.taxonomy import Status
from incidents.fuse import witness_of
from incidents.regroup import FULL, adds, settle
from incidents.types import Certainty, Incident, Report
from pipeline.deliver import Deliverer
from pipeline.fuse import Recorded, record
from places.types import Area, AreaKind
from store.store import Store
from tests.builders import NOW
from tests.incidents.stories import MUBI, hours, outlet, report, told
from tests.pipeline.test_merging import Phone

FLOOD = 10_000


def take(store: Store, one: Report, at: float = 0.0) -> Recorded:
    return record(store, one, "hash", NOW + hours(at))


def rumour(number: int, **fields: object) -> Report:
    return report(number, "M23 rebels capture Walikale", f"Dispatch {number}.", **fields)  # type: ignore[arg-type]


def test_ten_thousand_articles_in_one_minute_about_one_event_are_one_incident_in_less() -> None:
    first = witness_of(rumour(1), NOW)
    incidents: list[Incident] = []
    began = time.process_time()
    for number in range(1, FLOOD + 1):
        published = NOW + timedelta(minutes=number / FLOOD)
        one = replace(first, article_id=number, source=outlet(f"outlet {number}"), published=published)
        incidents = [replace(settle(one, incidents).incident, id=1)]
    assert time.process_time() - began < 60
    [incident] = incidents
    assert len(incident.witnesses) == incident.revision == FULL
    assert incident.certainty is Certainty.OBSERVED


def test_of_a_flood_every_article_is_kept_and_one_message_is_sent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.regroup.FULL", 12)
    with store.write() as tx:
        tx.chats.put(Chat(7, ChatKind.PRIVATE, Language.EN))
        tx.chats.add_watch(Watch(0, 7, Area(AreaKind.WORLD, "World")))
    found = [take(store, rumour(number)) for number in range(1, 41)]
    assert {recorded.incident.id for recorded in found if recorded.incident} == {1}
    with store.read() as tx:
        [incident] = tx.incidents.all()
        titles = [tx.articles.get(recorded.article_id).article.title for recorded in found]
    assert len(titles) == 40
    assert len(incident.witnesses) == incident.revision == 12
    again = take(store, rumour(41, status=Status.DENIED, disputed=True, disputed_by="FARDC"))
    assert again.incident is not None
    assert again.incident.disputed_by == ("FARDC",)
    assert again.alert is not None
    assert again.alert.reason is Reason.DISPUTED


async def test_a_flood_is_one_message(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(Chat(7, ChatKind.PRIVATE, Language.EN))
        tx.chats.add_watch(Watch(0, 7, Area(AreaKind.WORLD, "World")))
    phone = Phone()
    for number in range(1, 30):
        take(store, rumour(number))
    await Deliverer(store, phone, lambda: NOW, jitter=lambda: 0.0).drain()
    assert len(phone.of(7)) == 1
    assert len(phone.rings) == 1


WHAT_ADDS = [
    (rumour(900), False),
    (rumour(900, killed=3), True),
    (rumour(900, place=MUBI), True),
    (rumour(900, status=Status.CONFIRMED, confirmed_by="UN"), True),
    (rumour(900, status=Status.CLAIMED, claimant="M23", by="outlet 1"), False),
]


@pytest.mark.parametrize(("further", "expected"), WHAT_ADDS, ids=["the same", "a toll", "a place", "a word", "an echo"])
def test_a_full_incident_still_takes_what_is_new(further: Report, expected: bool) -> None:

    [incident] = told(rumour(1), rumour(2))
    assert adds(witness_of(further, NOW), incident) is expected


def test_an_article_dated_in_the_future_counts_from_now_and_does_not_keep_its_incident_open(store: Store) -> None:
    ahead = take(store, rumour(1, after=24 * 300))
    assert ahead.incident is not None
    assert ahead.incident.last_seen == NOW
    later = take(store, rumour(2, after=24 * 20), at=24 * 20)
    assert later.incident is not None
    assert later.incident.id != ahead.incident.id


def test_contradictory_dates_an_edit_that_is_older_than_its_article_changes_no_time(store: Store) -> None:
    first = take(store, rumour(1))
    with store.read() as tx:
        article = tx.articles.get(first.article_id).article
        [known] = tx.articles.known([article.key]).values()
    back = replace(rumour(1), article=replace(article, published=NOW - timedelta(days=400), title="M23 takes Walikale"))
    again = record(store, back, "other", NOW, known)
    assert again.incident is not None
    assert first.incident is not None
    assert again.incident.id == first.incident.id
    assert again.incident.first_seen == first.incident.first_seen
    assert [w.title for w in again.incident.witnesses] == ["M23 takes Walikale"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("on Tuesday", "on Tuesday", "on Monday"), NOW.date() - timedelta(days=1)),
        (("on Tuesday", "on Monday"), None),
        (("on Monday or on Tuesday",), None),
        (("on 30 March",), None),
    ],
    ids=["two against one", "one against one", "in itself", "ahead"],
)
def test_contradictory_days_in_texts_are_weighed_and_in_doubt_publication_counts(
    store: Store, texts: tuple[str, ...], expected: date | None
) -> None:
    for number, text in enumerate(texts, 1):
        recorded = take(store, report(number, f"M23 rebels capture Walikale {text}"))
    assert recorded.incident is not None
    assert len(recorded.incident.witnesses) == len(texts)
    assert recorded.incident.happened == expected
    assert recorded.incident.first_seen == NOW


def test_an_old_report_that_comes_late_joins_without_turning_the_clock_back(store: Store) -> None:
    first = take(store, rumour(1))
    late = take(store, rumour(2, after=-30))
    assert first.incident is not None
    assert late.incident is not None
    assert late.incident.id == first.incident.id
    assert (late.incident.first_seen, late.incident.last_seen) == (NOW - hours(30), NOW)


def test_what_a_removed_publisher_reported_stands_with_its_name(store: Store) -> None:
    """Witnesses carry their source with them: feeds.yaml is not asked again."""
    source = outlet("Gone Gazette", independence="publisher:gone")
    first = take(store, rumour(1, article={"source": source}))
    second = take(store, rumour(2))
    assert first.incident is not None
    assert second.incident is not None
    assert [w.source.name for w in second.incident.witnesses] == ["Gone Gazette", "outlet 2"]
    assert second.incident.certainty is Certainty.OBSERVED
