"""Levels from stored incidents: a rise is found once, told once to those who watch there, and never to others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from alerts.levels import LevelView, render_rise
from alerts.mutes import Mute, MuteScope
from alerts.types import ChatState, Rhythm
from classifiers.taxonomy import Signal
from incidents.alarms import APART_DAYS
from incidents.level import Level, assess
from incidents.standing import default_forests
from incidents.types import Incident
from pipeline import levels as use_cases
from pipeline.channel import ChannelError, ChatGone, ChatMoved, Refused, Unreachable, Urgency
from pipeline.deliver import Deliverer
from pipeline.levels import KEPT, Levels, Situation
from pipeline.tell_levels import STALE, LevelTeller
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind, Place, Precision
from store.store import Store
from tests.builders import NOW, make_area, make_article, make_chat, make_incident, make_place, make_watch, make_witness
from tests.pipeline.channels import Memory

PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
COUNTRY = Area(AreaKind.COUNTRY, "DR Congo", "CD")
MASISI = make_place(id="sup:CD/masisi", name="Masisi", admin2="Masisi", lat=-1.40, lon=28.81)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Told:
    """A LevelChannel that keeps what it is given; `failures` are raised first, one each."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str, Urgency]] = []
        self.failures: list[ChannelError] = []

    async def send_rise(self, chat_id: int, view: LevelView, urgency: Urgency, *, pictures: bool) -> int:
        if self.failures:
            raise self.failures.pop(0)
        self.said.append((chat_id, render_rise(view), urgency))
        return len(self.said)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def levels(sqlite_store: Store, gazetteer: Gazetteer, clock: Clock) -> Levels:
    """Of a stream that is known for 200 days."""
    with sqlite_store.write() as tx:
        tx.articles.add(make_article(fetched=NOW - timedelta(days=200)), "h")
    return Levels(sqlite_store, gazetteer, clock)


@pytest.fixture
def channel() -> Told:
    return Told()


@pytest.fixture
def teller(sqlite_store: Store, channel: Told, clock: Clock) -> LevelTeller:
    return LevelTeller(sqlite_store, channel, clock, jitter=lambda: 0.0)


Happen = Callable[..., Incident]


@pytest.fixture
def happen(sqlite_store: Store) -> Happen:
    """Stores an incident that was first reported so many days ago."""

    def build(days_ago: float, place: Place | None = None, *signals: Signal, **fields: object) -> Incident:
        seen = NOW - timedelta(days=days_ago)
        signals = signals or (Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH)
        with sqlite_store.write() as tx:
            article = tx.articles.add(make_article(fetched=seen, published=seen), "h")
            kept = {"first_seen": seen, "last_seen": seen, "place": place or make_place(), "signals": signals, **fields}
            return tx.incidents.add(make_incident(make_witness(article.id), kind=signals[0], **kept))

    return build


def watch(store: Store, chat_id: int, area: Area, **fields: object) -> None:
    with store.write() as tx:
        tx.chats.put(make_chat(chat_id, **fields))
        tx.chats.add_watch(make_watch(chat_id, area=area))


async def test_those_who_watch_a_region_are_told_once_that_it_rises(
    sqlite_store: Store, levels: Levels, teller: LevelTeller, channel: Told, happen: Happen
) -> None:
    watch(sqlite_store, 1, PROVINCE)
    watch(sqlite_store, 2, make_area())
    watch(sqlite_store, 3, Area(AreaKind.COUNTRY, "Ukraine", "UA"))
    watch(sqlite_store, 4, PROVINCE, state=ChatState.PAUSED)
    watch(sqlite_store, 5, PROVINCE)
    province = make_place(id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None)
    with sqlite_store.write() as tx:
        tx.mutes.put(Mute(0, 5, MuteScope.PLACE, NOW + timedelta(days=9), place=province))
    fallen = happen(0), happen(1, MASISI)
    assert levels.tick() == 3  # the country, the province, the circle
    assert levels.tick() == 0
    await teller.tick()
    await teller.tick()
    assert [chat_id for chat_id, *_ in channel.said] == [1, 2]
    text, urgency = channel.said[0][1:]
    assert text.startswith("LEVEL RISING: North Kivu (DR Congo), now ")
    assert "Taken or lost: Walikale and Masisi." in text
    assert f"T-{fallen[0].id:04d}" in text
    assert urgency in (Urgency.MODERATE, Urgency.SEVERE)


def test_many_circles_are_looked_at_in_turn(
    sqlite_store: Store, levels: Levels, happen: Happen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_cases, "CIRCLES_A_TICK", 2)
    monkeypatch.setattr(use_cases, "TICKS", 9)
    for number in range(5):
        watch(sqlite_store, number + 1, make_area(radius_km=50.0 + number))
    happen(0)
    assert [levels.tick() for _ in range(5)] == [4, 2, 1, 0, 0]  # the country and the province with the first two


def test_a_circle_rises_by_what_is_near_it_and_far_ones_are_not_looked_at(
    sqlite_store: Store, gazetteer: Gazetteer, levels: Levels, happen: Happen
) -> None:
    circle, far = make_area(radius_km=30.0), make_area(lat=50.0, lon=36.2, country="UA", radius_km=30.0)
    happen(0, MASISI, Signal.TERRITORY_CAPTURED)
    happen(0, make_place(id="gn:9", country="RW", admin1="Western", name="Gisenyi", lat=-1.70, lon=29.26))
    happen(9, make_place(id="gn:8", country="UA", admin1="Kharkiv", name="Kharkiv", lat=50.0, lon=36.2))
    with sqlite_store.read() as tx:
        found = tx.levels.events_of(tx.levels.revisions(NOW - timedelta(days=99)))
    events = [event for event in found.values() if event]
    situation = Situation.of(events, NOW.date(), NOW.date() - timedelta(days=200))
    assert situation.stirring([circle, far]) == [circle]
    arguments = (None, events, situation.day, situation.first, situation.scale, default_forests())
    assert situation.standing(circle, gazetteer) == assess(circle, *arguments)


def test_the_regions_above_calm_are_those_of_the_last_look(levels: Levels, happen: Happen, clock: Clock) -> None:
    happen(0)
    assert levels.tick() == 2
    above = levels.above_calm()
    assert {standing.area.country for standing in above} == {"CD"}
    happen(0, make_place(id="gn:9", country="SD", admin1="Gezira", name="Wad Madani"))
    assert levels.above_calm() == above
    clock.now = NOW + KEPT + timedelta(minutes=1)
    assert {standing.area.country for standing in levels.above_calm()} == {"CD", "SD"}


def test_a_region_rises_again_only_after_a_while(levels: Levels, happen: Happen, clock: Clock) -> None:
    happen(0)
    assert levels.tick() == 2
    for days, rises in ((APART_DAYS - 1, 0), (3 * APART_DAYS, 2)):
        clock.now = NOW + timedelta(days=days)
        happen(-days)
        assert levels.tick() == rises


def test_a_rise_is_found_by_the_next_look_but_not_days_later(levels: Levels, happen: Happen, clock: Clock) -> None:
    happen(3)
    assert levels.tick() == 0
    happen(1, make_place(id="gn:9", country="SD", admin1="Gezira", name="Wad Madani"))
    assert levels.tick() == 2


def test_a_wars_daily_noise_raises_nothing(levels: Levels, happen: Happen) -> None:
    for day in range(190):
        happen(day, None, Signal.ARMED_CLASH)
    assert levels.tick() == 0


def test_nothing_rises_in_the_first_weeks(
    sqlite_store: Store, gazetteer: Gazetteer, clock: Clock, happen: Happen
) -> None:
    for _ in range(5):
        happen(0)
    young = Levels(sqlite_store, gazetteer, clock)
    assert young.tick() == 0
    assert young.standing(PROVINCE).level is Level.CALM
    assert young.above_calm() == []


def test_what_is_withdrawn_or_of_unsure_place_raises_nothing(levels: Levels, happen: Happen) -> None:
    happen(0, withdrawn=True)
    happen(0, place_confidence=0.2)
    assert levels.tick() == 0


def test_spreading_goes_in_batches(
    sqlite_store: Store, levels: Levels, happen: Happen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(use_cases, "BATCH", 2)
    for chat_id in range(1, 6):
        watch(sqlite_store, chat_id, PROVINCE)
    happen(0)
    levels.tick()
    with sqlite_store.read() as tx:
        assert [telling.chat.id for telling in tx.levels.due(NOW, 10)] == [1, 2, 3, 4, 5]
        assert tx.levels.pending() is None


async def test_quiet_hours_hold_a_rise_back_until_they_end(
    sqlite_store: Store, levels: Levels, teller: LevelTeller, channel: Told, happen: Happen, clock: Clock
) -> None:
    watch(sqlite_store, 1, PROVINCE, quiet_from=time(18), quiet_until=time(20))
    happen(0)
    levels.tick()
    assert await teller.tick() == 0
    clock.now = datetime(2025, 3, 19, 20, 0, tzinfo=UTC)
    assert await teller.tick() == 1
    assert len(channel.said) == 1


@pytest.mark.parametrize(
    ("chat", "due"),
    [
        ({"rhythm": Rhythm.DAILY, "digest_at": time(7)}, NOW.replace(day=20, hour=7, minute=0)),
        ({"paused_until": NOW + timedelta(days=3)}, NOW + timedelta(days=3)),
    ],
    ids=["daily", "paused"],
)
async def test_a_rise_is_told_with_the_digest_of_who_chose_one(
    sqlite_store: Store,
    levels: Levels,
    teller: LevelTeller,
    channel: Told,
    happen: Happen,
    clock: Clock,
    chat: dict[str, object],
    due: datetime,
) -> None:
    watch(sqlite_store, 1, PROVINCE, **chat)
    happen(0)
    happen(1, MASISI)
    levels.tick()
    await teller.tick()
    memory = Memory()
    deliverer = Deliverer(sqlite_store, memory, clock, lambda: 0.0)
    clock.now = due - timedelta(minutes=1)
    await teller.tick()
    await deliverer.drain()
    assert memory.digests == []
    clock.now = due
    await teller.tick()
    await deliverer.drain()
    clock.now = due + timedelta(hours=2)
    await teller.tick()
    await deliverer.drain()
    [(_, text, _)] = memory.digests
    assert "LEVEL RISING: North Kivu (DR Congo), now " in text
    assert "Taken or lost: Walikale and Masisi." in text
    assert channel.said == [], "not a second time by itself"


async def test_a_digest_that_is_not_taken_loses_no_rise(
    sqlite_store: Store, levels: Levels, teller: LevelTeller, happen: Happen, clock: Clock
) -> None:
    watch(sqlite_store, 1, PROVINCE, rhythm=Rhythm.HOURLY)
    happen(0)
    happen(1, MASISI)
    levels.tick()
    await teller.tick()
    memory = Memory()
    deliverer = Deliverer(sqlite_store, memory, clock, lambda: 0.0)
    memory.failures.append(Unreachable("no network"))
    clock.now = NOW.replace(hour=19, minute=0)
    await deliverer.drain()
    assert memory.digests == []
    clock.now += timedelta(minutes=30)
    await deliverer.drain()
    assert ["LEVEL RISING" in text for _, text, _ in memory.digests] == [True]


async def test_a_rise_that_could_not_be_told_is_dropped_when_it_is_old(
    sqlite_store: Store, levels: Levels, teller: LevelTeller, channel: Told, happen: Happen, clock: Clock
) -> None:
    watch(sqlite_store, 1, PROVINCE)
    happen(0)
    levels.tick()
    clock.now = NOW + STALE + timedelta(minutes=1)
    assert await teller.tick() == 0
    clock.now = NOW
    assert await teller.tick() == 0
    assert channel.said == []


async def test_failures_are_tried_again(
    sqlite_store: Store, levels: Levels, teller: LevelTeller, channel: Told, happen: Happen, clock: Clock
) -> None:
    watch(sqlite_store, 1, PROVINCE)
    happen(0)
    levels.tick()
    channel.failures = [Unreachable("no answer")]
    assert await teller.tick() == 0
    assert await teller.tick() == 0  # it waits
    clock.now = NOW + timedelta(seconds=3)
    assert await teller.tick() == 1


@pytest.mark.parametrize(
    ("failure", "told"),
    [(ChatGone("blocked"), []), (Refused("too long"), []), (ChatMoved("upgraded", -100), [-100])],
)
async def test_chats_that_are_gone_or_moved(
    sqlite_store: Store,
    levels: Levels,
    teller: LevelTeller,
    channel: Told,
    happen: Happen,
    clock: Clock,
    failure: ChannelError,
    told: list[int],
) -> None:
    watch(sqlite_store, 1, PROVINCE)
    happen(0)
    levels.tick()
    channel.failures = [failure]
    await teller.tick()
    clock.now = NOW + timedelta(minutes=30)
    await teller.tick()
    assert [chat_id for chat_id, *_ in channel.said] == told


def test_what_is_revised_and_what_is_new_counts_at_the_next_question(
    sqlite_store: Store, levels: Levels, happen: Happen
) -> None:
    first = happen(0)
    assert levels.standing(PROVINCE).grounds.week == 1
    second = happen(1, MASISI)
    assert levels.standing(PROVINCE).grounds.week == 2
    with sqlite_store.write() as tx:
        tx.incidents.revise(replace(first, revision=2, withdrawn=True))
    assert [levels.standing(PROVINCE).grounds.week for _ in range(2)] == [1, 1]
    with sqlite_store.write() as tx:
        tx.incidents.revise(replace(second, revision=2, place=make_place(country="UA", admin1="Kharkiv Oblast")))
    assert levels.standing(PROVINCE).grounds.week == 0


def test_areas_stand_as_asked(levels: Levels, happen: Happen) -> None:
    happen(0)
    happen(2, MASISI)
    territory = Area(AreaKind.ADMIN2, "Walikale", "CD", "North Kivu", "Walikale")
    assert levels.standing(territory).area == PROVINCE
    province, circle = levels.standings([PROVINCE, make_area(radius_km=20.0)])
    assert (province.grounds.week, circle.grounds.week) == (2, 1)
    assert levels.standing(COUNTRY).learned_days == 201


def test_all_that_is_above_calm_is_listed_highest_first(levels: Levels, happen: Happen) -> None:
    happen(0)
    happen(0, MASISI)
    found = levels.above_calm()
    assert {standing.area for standing in found} == {COUNTRY, PROVINCE}
    ranks = [standing.level.rank for standing in found]
    assert ranks == sorted(ranks, reverse=True)
