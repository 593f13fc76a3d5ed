"""What a chat may set, and that the sample's store follows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from alerts.types import Bar, ChatKind, ChatState, Edition, Language, Severity, Watch
from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.types import Certainty
from pipeline.subscriptions import MAX_WATCHES, Quiet, Subscriptions, TooManyWatches, zone_name
from places.types import Area, AreaKind
from store.migrations import migrate
from store.store import Store
from tests.builders import NOW, make_area, make_chat
from tests.telling import tell

CHAT = make_chat(7)
UKRAINE = Area(AreaKind.COUNTRY, "Ukraine", country="UA")


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path}/sample.sqlite"
    migrate(url)
    store = Store.open(url, Edition.SAMPLE)
    yield store
    store.close()


@pytest.fixture
def subscriptions(sqlite_store: Store, sample: Store) -> Subscriptions:
    return Subscriptions(sqlite_store, sample)


def areas(store: Store, chat_id: int = 7) -> list[Watch]:
    """The chat's watches, without their ids, which each store counts for itself."""
    with store.read() as tx:
        return [replace(watch, id=0) for watch in tx.chats.watches(chat_id)]


def test_the_first_watch_stores_the_chat(subscriptions: Subscriptions, sqlite_store: Store, sample: Store) -> None:
    saved = subscriptions.add_watch(CHAT, UKRAINE)
    assert not saved.known
    assert saved.watch.id > 0
    assert saved.watch.min_severity is Severity.MODERATE
    assert subscriptions.chat(7) == CHAT
    assert areas(sample) == areas(sqlite_store) == [replace(saved.watch, id=0)]


def test_an_area_is_watched_once(subscriptions: Subscriptions) -> None:
    first = subscriptions.add_watch(CHAT, make_area(radius_km=200.0)).watch
    subscriptions.set_day(7, first.id, Bar(Severity.EXTREME))
    again = subscriptions.add_watch(CHAT, make_area(radius_km=50.0))
    assert again.known
    assert again.watch.id == first.id
    assert again.watch.area.radius_km == 50.0
    assert again.watch.min_severity is Severity.EXTREME
    assert len(subscriptions.watches(7)) == 1


def test_a_chat_has_fifty_watches_at_most(subscriptions: Subscriptions) -> None:
    for number in range(MAX_WATCHES):
        subscriptions.add_watch(CHAT, make_area(lat=float(number)))
    with pytest.raises(TooManyWatches):
        subscriptions.add_watch(CHAT, UKRAINE)
    assert subscriptions.add_watch(CHAT, make_area(lat=0.0, radius_km=25.0)).known
    assert len(subscriptions.watches(7)) == MAX_WATCHES


def test_editing_and_removing(subscriptions: Subscriptions, sqlite_store: Store, sample: Store) -> None:
    watch = subscriptions.add_watch(CHAT, make_area()).watch
    subscriptions.set_radius(7, watch.id, make_area(radius_km=25.0))
    subscriptions.set_kind(7, watch.id, Signal.DISPLACEMENT, True)
    for wanted in (True, True, False, False):  # pressing twice is pressing once
        subscriptions.set_kind(7, watch.id, Signal.UNREST, wanted)
    subscriptions.set_night(7, watch.id, Bar(Severity.SEVERE, Certainty.LIKELY))
    subscriptions.set_kind_radius(7, watch.id, Signal.UNREST, 10.0)
    subscriptions.set_kind_radius(7, watch.id, Signal.DISPLACEMENT, 50.0)
    changed = subscriptions.set_kind_radius(7, watch.id, Signal.UNREST, None)
    assert changed is not None
    assert changed.kinds == {Signal.DISPLACEMENT}
    assert changed.radii == {Signal.DISPLACEMENT: 50.0}
    assert changed.night == Bar(Severity.SEVERE, Certainty.LIKELY)
    assert areas(sample) == areas(sqlite_store) == [replace(changed, id=0)]
    everything = subscriptions.set_kind(7, watch.id, None, True)
    assert everything is not None
    assert everything.kinds == frozenset()
    assert subscriptions.remove_watch(7, watch.id) == everything
    assert subscriptions.remove_watch(7, watch.id) is None
    assert areas(sample) == []


def test_choosing_every_kind_is_choosing_none(subscriptions: Subscriptions) -> None:
    watch = subscriptions.add_watch(CHAT, UKRAINE).watch
    for kind in Signal:
        subscriptions.set_kind(7, watch.id, kind, True)
    assert subscriptions.watches(7)[0].kinds == frozenset()


def test_nobody_edits_the_watch_of_another_chat(subscriptions: Subscriptions) -> None:
    watch = subscriptions.add_watch(CHAT, UKRAINE).watch
    assert subscriptions.set_day(8, watch.id, Bar(Severity.MINOR)) is None
    assert subscriptions.remove_watch(8, watch.id) is None
    assert subscriptions.watch(7, watch.id) == watch


def test_pausing_keeps_the_watches_and_coming_back_resumes(subscriptions: Subscriptions) -> None:
    subscriptions.add_watch(CHAT, UKRAINE)
    paused = subscriptions.stop(7)
    assert paused is not None
    assert paused.state is ChatState.PAUSED
    assert len(subscriptions.watches(7)) == 1
    assert subscriptions.ensure(7, ChatKind.PRIVATE, Language.EN).state is ChatState.PAUSED
    assert subscriptions.resume(make_chat(7), NOW).state is ChatState.ACTIVE
    assert subscriptions.stop(99) is None


def test_a_chat_that_had_gone_is_active_when_it_speaks_again(subscriptions: Subscriptions) -> None:
    subscriptions.add_watch(CHAT, UKRAINE)
    subscriptions.chat_gone(7)
    gone = subscriptions.chat(7)
    assert gone is not None
    assert gone.state is ChatState.RETIRED
    assert subscriptions.ensure(7, ChatKind.PRIVATE, Language.FR) == CHAT


def test_language_zone_and_quiet_hours(subscriptions: Subscriptions, sample: Store) -> None:
    subscriptions.set_language(7, ChatKind.PRIVATE, Language.FR)
    subscriptions.set_time_zone(CHAT, "africa/kinshasa", NOW)
    chat = subscriptions.set_quiet(CHAT, Quiet(time(22), time(6)), NOW)
    assert (chat.language, chat.time_zone) == (Language.FR, "Africa/Kinshasa")
    assert (chat.quiet_from, chat.quiet_until) == (time(22), time(6))
    with sample.read() as tx:
        assert tx.chats.get(7) == chat
    assert subscriptions.set_quiet(CHAT, None, NOW).quiet_from is None


def test_forgetting_leaves_nothing_anywhere(subscriptions: Subscriptions, sqlite_store: Store, sample: Store) -> None:
    subscriptions.add_watch(CHAT, UKRAINE)
    tell(sqlite_store, 7)
    tell(sample, 7)
    erased = subscriptions.forget(7)
    assert (erased.watches, erased.deliveries) == (1, 2)
    assert subscriptions.chat(7) is None
    with sample.read() as tx:
        assert tx.chats.get(7) is None
    assert subscriptions.forget(7).watches == 0


def test_a_group_that_moves_takes_everything_along(
    subscriptions: Subscriptions, sqlite_store: Store, sample: Store
) -> None:
    group = make_chat(-50, kind=ChatKind.GROUP)
    subscriptions.add_watch(group, UKRAINE)
    subscriptions.chat_moved(-50, -1007)
    moved = subscriptions.chat(-1007)
    assert moved is not None
    assert moved.kind is ChatKind.SUPERGROUP
    assert subscriptions.chat(-50) is None
    assert [w.area for w in areas(sqlite_store, -1007)] == [w.area for w in areas(sample, -1007)] == [UKRAINE]


def test_without_a_sample_there_is_nothing_to_mirror(sqlite_store: Store) -> None:
    alone = Subscriptions(sqlite_store)
    alone.add_watch(CHAT, UKRAINE)
    assert alone.forget(7).watches == 1


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Africa/Kinshasa", "Africa/Kinshasa"),
        ("europe/paris", "Europe/Paris"),
        ("america/port-au-prince", "America/Port-au-Prince"),
        ("AMERICA/NEW YORK", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_time_zones_however_they_are_written(written: str, known: str) -> None:
    assert zone_name(written) == known


@pytest.mark.parametrize("written", ["", "Kinshasa time", "../etc/passwd", "Mars/Olympus", "/", "Africa"])
def test_what_is_no_time_zone(written: str) -> None:
    with pytest.raises(InvalidInput, match="Africa/Kinshasa"):
        zone_name(written)
