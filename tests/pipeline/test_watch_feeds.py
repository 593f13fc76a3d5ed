"""Who lives by the feeds hears once when they fall silent, and once when they are back."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from alerts.types import Chat, Language
from feeds.schedule import FeedStatus, first_state
from feeds.types import Catalogue, Feed, Publisher, PublisherKind
from pipeline.channel import ChannelError, ChatGone, Unreachable, Urgency
from pipeline.tell_notices import NoticeTeller, broadcast
from pipeline.watch_feeds import FeedWatch
from pipeline.watched_regions import WatchedRegions
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind
from store.store import Store
from tests.builders import (
    NOW,
    make_area,
    make_article,
    make_chat,
    make_incident,
    make_source,
    make_watch,
    make_witness,
    minutes,
)

OPERATOR = 1
PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
NAMES = ("Okapi", "Actualite", "Echo", "Herald")


@dataclass
class Told:
    """A NoticeChannel that keeps what it is given; `failures` are raised first, one each."""

    said: list[tuple[int, str, bool]] = field(default_factory=list)
    failures: list[ChannelError] = field(default_factory=list)

    async def send_notice(self, chat_id: int, text: str, *, urgency: Urgency, silent: bool) -> int:
        if self.failures:
            raise self.failures.pop(0)
        self.said.append((chat_id, text, silent))
        return len(self.said)


@dataclass
class Desk:
    """Feeds of four outlets of one country, on a clock that a test moves."""

    store: Store
    gazetteer: Gazetteer
    channel: Told = field(default_factory=Told)
    now: datetime = NOW

    def __post_init__(self) -> None:
        publishers = [Publisher(n.lower(), n, PublisherKind.LOCAL, home="CD") for n in NAMES]
        self.catalogue = Catalogue(
            tuple(publishers), tuple(Feed(f"https://{p.id}.example/rss", p.id) for p in publishers)
        )
        regions = WatchedRegions(self.gazetteer)
        self.watch = FeedWatch(self.store, lambda: self.catalogue, regions, lambda: self.now)
        self.teller = NoticeTeller(self.store, self.channel, [OPERATOR], regions, lambda: self.now, lambda: 0.0)
        with self.store.write() as tx:
            tx.feeds.sync(self.catalogue, NOW)
        self.set()

    def set(self, **statuses: FeedStatus) -> None:
        """Every feed was polled now; those named so are as given, the others well."""
        self.put(**{name: {"status": status} for name, status in statuses.items()})

    def put(self, **fields: dict[str, Any]) -> None:
        with self.store.write() as tx:
            for feed in self.catalogue.feeds:
                well = {"last_attempt": self.now, "last_success": self.now, "newest": self.now, "gap_s": 3600}
                state = replace(first_state(feed.url, self.now), **well)
                tx.feeds.save(replace(state, **fields.get(feed.publisher_id, {})))

    async def round(self, after: float = 10) -> list[tuple[int, str, bool]]:
        """What is told in this round."""
        self.now += minutes(after)
        before = len(self.channel.said)
        self.watch.tick()
        await self.teller.tick()
        return self.channel.said[before:]

    def chat(self, chat_id: int, *areas: Area, **fields: Any) -> Chat:
        with self.store.write() as tx:
            tx.chats.put(make_chat(chat_id, **fields))
            for area in areas:
                tx.chats.add_watch(make_watch(chat_id, area=area))
        return make_chat(chat_id, **fields)

    def reports(self, publisher: str, number: int = 3) -> None:
        """Reports of North Kivu by this outlet."""
        for _ in range(number):
            with self.store.write() as tx:
                source = make_source(publisher_id=publisher, name=publisher)
                article = tx.articles.add(make_article(source=source), "h")
                tx.incidents.add(make_incident(make_witness(article.id, source=source)))


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def desk(sqlite_store: Store, gazetteer: Gazetteer) -> Desk:
    made = Desk(sqlite_store, gazetteer)
    made.chat(OPERATOR)
    return made


MUTE = FeedStatus.SILENT


async def test_a_silent_feed_is_told_to_operators_once_and_again_when_it_is_over(desk: Desk) -> None:
    desk.chat(2, PROVINCE)
    assert await desk.round() == []
    desk.put(okapi={"status": MUTE, "newest": NOW - timedelta(days=3)})
    ((chat_id, text, silent),) = await desk.round()
    assert (chat_id, silent) == (OPERATOR, False)
    assert text.startswith(
        "Okapi (https://okapi.example/rss) has been silent for longer than is its habit, since 16 March"
    )
    assert await desk.round() == []
    desk.set()
    ((_, text, _),) = await desk.round()
    assert text.startswith("Okapi (https://okapi.example/rss) is well again.")
    assert await desk.round() == []


async def test_a_dead_country_is_told_as_one(desk: Desk) -> None:
    desk.set(okapi=MUTE, actualite=MUTE, echo=MUTE, herald=MUTE)
    ((_, text, _),) = await desk.round()
    assert text.splitlines() == [
        "DR Congo: all 4 feeds are silent or fail. I would not hear of anything told there.",
        "/feeds shows how all of them are.",
    ]
    desk.set(actualite=MUTE, echo=MUTE, herald=MUTE)
    ((_, text, _),) = await desk.round()
    assert text.splitlines()[0] == "DR Congo: not all feeds are silent any more."


async def test_our_own_network_is_told_once_and_no_feed_is_blamed(desk: Desk) -> None:
    deaf = {name.lower(): {"last_attempt": NOW + minutes(20), "last_success": NOW} for name in NAMES}
    desk.put(**deaf)
    ((_, text, _),) = await desk.round(20)
    assert text.startswith("No feed answers since 19 March, 18:04: my own network seems to be down.")
    assert await desk.round(1) == []
    desk.set()
    ((_, text, _),) = await desk.round(1)
    assert text.startswith("Feeds answer again; none did since 19 March, 18:04.")


async def test_who_could_not_be_told_of_an_outage_hears_of_it_once_afterwards(desk: Desk) -> None:
    desk.put(**{name.lower(): {"last_attempt": NOW + minutes(20), "last_success": NOW} for name in NAMES})
    desk.channel.failures.append(Unreachable("no network"))
    assert await desk.round(20) == []
    desk.set()
    ((_, text, _),) = await desk.round(30)
    assert text.startswith("Feeds answer again")


async def test_who_watches_a_region_hears_once_that_its_sources_are_silent(desk: Desk) -> None:
    for publisher in ("okapi", "actualite", "echo", "herald"):
        desk.reports(publisher)
    desk.chat(2, PROVINCE)
    desk.chat(3, make_area())  # 200 km around Walikale, by its coordinates alone
    desk.chat(4, Area(AreaKind.COUNTRY, "DR Congo", "CD"), language=Language.FR)
    desk.chat(5, Area(AreaKind.ADMIN1, "Ituri", "CD", "Ituri"))
    desk.chat(6, Area(AreaKind.WORLD, "world"))
    desk.set(okapi=MUTE, actualite=MUTE)
    assert [chat for chat, _, _ in await desk.round()] == [OPERATOR]  # two of four still speak
    desk.set(okapi=MUTE, actualite=MUTE, echo=FeedStatus.PAUSED)
    told = {chat: (text, silent) for chat, text, silent in await desk.round()}
    assert told.keys() == {2, 3, 4}
    text, silent = told[2]
    assert silent
    assert text.startswith("3 of 4 usual sources for North Kivu (DR Congo) are silent: Actualite, Echo")
    assert "Silence is not safety" in text
    assert told[3] == told[2]
    assert told[4][0].startswith("3 des 4 sources habituelles sur RD Congo")
    assert await desk.round() == []
    desk.set(okapi=MUTE)  # and Echo is still paused
    back = {chat: text for chat, text, _ in await desk.round()}
    assert back.keys() == {OPERATOR, 2, 3, 4}
    assert back[2].startswith("The usual sources for North Kivu (DR Congo) publish again: Actualite.")


async def test_who_was_not_told_of_a_silence_does_not_hear_of_its_end(desk: Desk) -> None:
    desk.reports("okapi")
    desk.chat(2, PROVINCE)
    desk.set(okapi=MUTE)
    assert [chat for chat, _, _ in await desk.round()] == [OPERATOR, 2]
    desk.chat(7, PROVINCE)
    desk.set()
    assert [chat for chat, _, _ in await desk.round()] == [OPERATOR, 2]


async def test_a_night_holds_back_what_rings(desk: Desk) -> None:
    night = {"quiet_from": (NOW - minutes(60)).time(), "quiet_until": (NOW + minutes(120)).time()}
    desk.chat(OPERATOR, **night)
    desk.set(okapi=MUTE)
    assert await desk.round() == []
    assert [chat for chat, _, _ in await desk.round(120)] == [OPERATOR]


async def test_a_broadcast_reaches_every_active_chat_once_and_waits_for_pauses(desk: Desk) -> None:
    desk.chat(2)
    desk.chat(3, paused_until=NOW + minutes(300))
    with desk.store.write() as tx:
        draft = tx.operating.add_draft("We move to a new server tonight.", NOW)
    assert broadcast(desk.store, draft, NOW)
    assert not broadcast(desk.store, draft, NOW)
    desk.channel.failures.append(Unreachable("lost"))
    told = await desk.round()
    assert len(told) == 1
    told += await desk.round()
    assert sorted(chat for chat, _, _ in told) == [OPERATOR, 2]
    assert told[0][1] == "From those who run this bot: We move to a new server tonight."
    assert [chat for chat, _, _ in await desk.round(300)] == [3]
    assert await desk.round() == []


async def test_a_chat_that_is_gone_is_retired(desk: Desk) -> None:
    with desk.store.write() as tx:
        draft = tx.operating.add_draft("Hello", NOW)
    broadcast(desk.store, draft, NOW)
    desk.channel.failures.append(ChatGone("blocked"))
    assert await desk.round() == []
    with desk.store.read() as tx:
        assert tx.chats.active(None, 9) == []
