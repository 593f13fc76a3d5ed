"""Whose watch it concerns, and until when a chat sleeps."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from alerts.types import Chat, ChatKind, Language, Severity, Watch
from alerts.watches import matching, quiet
from classifiers.taxonomy import Signal
from places.areas import AreaMatch
from places.types import Area, AreaKind
from tests.builders import make_incident
from tests.incidents.stories import CONGO, KHARTOUM, MASISI, NORTH_KIVU

AROUND = Area(AreaKind.CIRCLE, "Walikale", "CD", lat=-1.42, lon=28.07, radius_km=200.0)
PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
COUNTRY = Area(AreaKind.COUNTRY, "DR Congo", "CD")
WORLD = Area(AreaKind.WORLD, "World")
WATCHES = [Watch(n, 1, area) for n, area in enumerate((AROUND, PROVINCE, COUNTRY, WORLD), 1)]

PLACES = [
    (MASISI, [(1, AreaMatch.INSIDE), (2, AreaMatch.INSIDE), (3, AreaMatch.INSIDE), (4, AreaMatch.INSIDE)]),
    (NORTH_KIVU, [(1, AreaMatch.MAY_BE), (2, AreaMatch.INSIDE), (3, AreaMatch.INSIDE), (4, AreaMatch.INSIDE)]),
    (CONGO, [(3, AreaMatch.INSIDE), (4, AreaMatch.INSIDE)]),
    (KHARTOUM, [(4, AreaMatch.INSIDE)]),
]


@pytest.mark.parametrize(("place", "expected"), PLACES, ids=lambda v: getattr(v, "name", ""))
def test_watches_match_by_area(place: object, expected: list[tuple[int, AreaMatch]]) -> None:
    incident = make_incident(place=place)
    assert [(w.id, match) for w, match in matching(WATCHES, incident, Severity.SEVERE)] == expected


@pytest.mark.parametrize(
    ("minimum", "severity", "expected"),
    [
        (Severity.MODERATE, Severity.MINOR, False),
        (Severity.MODERATE, Severity.MODERATE, True),
        (Severity.EXTREME, Severity.SEVERE, False),
        (Severity.MINOR, Severity.EXTREME, True),
    ],
)
def test_watches_ask_for_a_severity(minimum: Severity, severity: Severity, expected: bool) -> None:
    watch = Watch(1, 1, WORLD, min_severity=minimum)
    assert bool(matching([watch], make_incident(), severity)) is expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (frozenset(), True),
        (frozenset({Signal.TERRITORY_CAPTURED}), True),
        (frozenset({Signal.DISPLACEMENT, Signal.UNREST}), True),
        (frozenset({Signal.DEESCALATION}), False),
    ],
)
def test_watches_ask_for_kinds(kinds: frozenset[Signal], expected: bool) -> None:
    incident = make_incident(signals=(Signal.TERRITORY_CAPTURED, Signal.DISPLACEMENT))
    assert bool(matching([Watch(1, 1, WORLD, kinds=kinds)], incident, Severity.SEVERE)) is expected


CHAT = Chat(1, ChatKind.PRIVATE, Language.EN, "Africa/Kinshasa", quiet_from=time(22), quiet_until=time(6))


def at(hour: int, minute: int = 0, day: int = 19) -> datetime:
    return datetime(2025, 3, day, hour, minute, tzinfo=UTC)


NIGHTS = [
    (at(20, 59), None),  # 21:59 in Kinshasa
    (at(21), at(5, day=20)),
    (at(23, 30), at(5, day=20)),
    (at(4, 59, 20), at(5, day=20)),
    (at(5, 0, 20), None),
    (at(12), None),
]


@pytest.mark.parametrize(("now", "until"), NIGHTS, ids=[f"{now:%H:%M}" for now, _ in NIGHTS])
def test_the_night_is_quiet_in_the_chat_s_own_time(now: datetime, until: datetime | None) -> None:
    assert quiet(CHAT, Severity.SEVERE, now) == until


@pytest.mark.parametrize("now", [now for now, _ in NIGHTS])
def test_extreme_is_never_held_back(now: datetime) -> None:
    assert quiet(CHAT, Severity.EXTREME, now) is None


def test_quiet_hours_within_one_day() -> None:
    noon = replace(CHAT, quiet_from=time(12), quiet_until=time(14), time_zone="UTC")
    assert quiet(noon, Severity.MINOR, at(13)) == at(14)
    assert quiet(noon, Severity.MINOR, at(14)) is None


@pytest.mark.parametrize(
    "chat",
    [
        replace(CHAT, quiet_from=None),
        replace(CHAT, quiet_until=None),
        replace(CHAT, quiet_from=time(6), quiet_until=time(6)),
    ],
    ids=["no start", "no end", "both the same"],
)
def test_without_quiet_hours_nothing_is_held_back(chat: Chat) -> None:
    assert quiet(chat, Severity.MINOR, at(23)) is None


def test_when_the_clocks_change_the_night_ends_by_the_clock_on_the_wall() -> None:
    berlin = replace(CHAT, time_zone="Europe/Berlin")
    held = quiet(berlin, Severity.SEVERE, datetime(2025, 3, 29, 23, 0, tzinfo=UTC))
    assert held == datetime(2025, 3, 30, 4, 0, tzinfo=UTC)  # 06:00 of summer time, an hour earlier than the day before
