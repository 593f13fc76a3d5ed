"""Contradictory dates, floods of articles, publishers that vanish: nothing is lost, nobody is told the same twice."""

import asyncio
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from alerts.types import Chat, ChatKind, Language, Reason, Watch
from classifiers.taxonomy import Status
from feeds.fetch import Fetcher
from feeds.types import Catalogue, Feed, Publisher, PublisherKind
from incidents.certainty import independent_witnesses
from incidents.fuse import witness_of
from incidents.regroup import FULL, adds
from incidents.types import Certainty, Report
from pipeline.assess import Assessor
from pipeline.collect import Collector
from pipeline.deliver import Deliverer
from pipeline.fuse import AT_ONCE, Recorded, Taken, record, record_all
from pipeline.history import detail
from places.types import Area, AreaKind
from store.store import Store
from tests.builders import NOW
from tests.incidents.stories import MUBI, hours, outlet, report, told
from tests.pipeline.test_merging import Phone
from tests.site import serving

FLOOD = 10_000
ECHO = Publisher("echo", "Kivu Echo", PublisherKind.LOCAL, home="CD")
HERALD = Publisher("herald", "Lakes Herald", PublisherKind.NATIONAL, home="UG")
FIRST = report(1, "M23 rebels capture Walikale", by="Echo")


def take(store: Store, one: Report, at: float = 0.0) -> Recorded:
    return record(store, one, "hash", NOW + hours(at))


def rumour(number: int, **fields: object) -> Report:
    return report(number, "M23 rebels capture Walikale", f"Dispatch {number}.", **fields)  # type: ignore[arg-type]


async def test_ten_thousand_articles_in_one_minute_about_one_event_are_one_message(sqlite_store: Store) -> None:
    """Through the store, in transactions as the collector's, while what was found is being sent."""
    store, phone, now = sqlite_store, Phone(), NOW
    with store.write() as tx:
        tx.chats.put(Chat(7, ChatKind.PRIVATE, Language.EN))
        tx.chats.add_watch(Watch(0, 7, Area(AreaKind.WORLD, "World")))
    deliverer = Deliverer(store, phone, lambda: now, jitter=lambda: 0.0)
    incidents, blocks = set(), []
    for start in range(0, FLOOD, AT_ONCE):
        now = NOW + timedelta(minutes=start / FLOOD)
        dispatches = [Taken(dispatch(start + number, now), "hash") for number in range(AT_ONCE)]
        incidents |= {recorded.incident.id for recorded in record_all(store, dispatches, now) if recorded.incident}
        if start % 1000 == 0:
            await deliverer.drain()
            blocks.append(sys.getallocatedblocks())
    await deliverer.drain()
    with store.read() as tx:
        assert tx.counts.since(NOW).articles == FLOOD
        [incident] = tx.incidents.all()
        alerts = [alert.reason for alert in tx.alerts.of_incident(incident.id) if alert.reason is not Reason.UPDATED]
    assert incidents == {incident.id}
    assert len(incident.witnesses) == incident.revision == FULL
    assert alerts == [Reason.NEW, Reason.CORROBORATED]
    assert len(phone.of(7)) == 1
    assert len(phone.rings) == len(set(phone.rings)) <= 2
    assert blocks[-1] - blocks[len(blocks) // 2] < (blocks[0] + blocks[-1]) / 20


def dispatch(number: int, at: datetime) -> Report:
    """One outlet's word of the same town's fall."""
    source, title = outlet(f"outlet {number}"), f"M23 rebels capture Walikale, outlet {number} says"
    article = replace(FIRST.article, key=f"dispatch {number}", source=source, title=title, published=at, fetched=at)
    return replace(FIRST, article=article)


async def test_a_flood_that_was_told_already_rings_again_for_what_is_new_in_it(store: Store) -> None:
    with store.write() as tx:
        tx.chats.put(Chat(7, ChatKind.PRIVATE, Language.EN))
        tx.chats.add_watch(Watch(0, 7, Area(AreaKind.WORLD, "World")))
    phone = Phone()
    for number in range(1, 30):
        take(store, rumour(number))
    deliverer = Deliverer(store, phone, lambda: NOW, jitter=lambda: 0.0)
    await deliverer.drain()
    assert len(phone.of(7)) == len(phone.rings) == 1
    take(store, rumour(41, status=Status.DENIED, disputed=True, disputed_by="FARDC"))
    await deliverer.drain()
    assert len(phone.of(7)) == 1
    [(_, reply)] = phone.rings[1:]
    assert reply.startswith("DISPUTED")


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


async def test_a_publisher_removed_from_the_catalogue_while_its_feed_is_read_stays_one_outlet(
    sqlite_store: Store, assessor: Assessor, caplog: pytest.LogCaptureFixture
) -> None:
    """What it reported before and in that very poll is told under its name and counts as one independent outlet."""
    store, now = sqlite_store, NOW
    async with serving() as echo, serving() as herald, Fetcher(allow_private=True) as fetcher:
        both = Catalogue((ECHO, HERALD), (Feed(echo.url, "echo", "en", 10), Feed(herald.url, "herald", "en", 10)))
        listed = both

        def list_only(catalogue: Catalogue) -> None:
            nonlocal listed
            listed = catalogue
            with store.write() as tx:
                tx.feeds.sync(catalogue, now)

        list_only(both)
        collector = Collector(store, fetcher, lambda: listed, assessor, lambda: now, lambda: 0.0)
        echo.put("1", "M23 rebels capture Walikale", "Fighters took the town at dawn, a teacher said.", NOW)
        await collector.tick()
        await collector.finish()
        now += timedelta(hours=1)
        echo.put("2", "Walikale falls to M23 rebels", "Soldiers left by the road to the west before noon.", now)
        echo.gate = asyncio.Event()
        echo.asked.clear()
        await collector.tick()
        await echo.asked.wait()
        list_only(Catalogue((HERALD,), both.feeds[1:]))
        echo.gate.set()
        await collector.finish()
        asked = len(echo.requests)
        now += timedelta(hours=1)
        herald.put(
            "3", "Rebels of the M23 seize Walikale", "The market stayed shut and shots were heard by night.", now
        )
        await collector.tick()
        await collector.finish()
    with store.read() as tx:
        [incident] = tx.incidents.all()
    assert [w.source.name for w in incident.witnesses] == ["Kivu Echo", "Kivu Echo", "Lakes Herald"]
    assert len({w.source.independence for w in incident.witnesses}) == independent_witnesses(incident.witnesses) == 2
    assert incident.certainty is Certainty.OBSERVED
    assert len(echo.requests) == asked
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    known = detail([store], store.edition, incident.id, 7)
    assert known is not None
    assert "Kivu Echo" in known.revisions[0].cause_text
