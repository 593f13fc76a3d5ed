"""Whose watch it concerns, and until when a chat sleeps."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from alerts.types import Bar, Chat, ChatKind, Language, Severity, Watch
from alerts.watches import held, matching, night_ends, quiet
from classifiers.taxonomy import Signal
from incidents.types import Certainty
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


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [(Certainty.POSSIBLE, "clo"), (Certainty.LIKELY, "lo"), (Certainty.OBSERVED, "o")],
    ids=["claims too", "reported", "corroborated"],
)
def test_watches_ask_how_sure_it_is(minimum: Certainty, expected: str) -> None:
    watch = Watch(1, 1, WORLD, min_certainty=minimum)
    told = {"u": Certainty.UNLIKELY, "c": Certainty.POSSIBLE, "l": Certainty.LIKELY, "o": Certainty.OBSERVED}
    asked = [c for c, sure in told.items() if matching([watch], make_incident(certainty=sure), Severity.SEVERE)]
    assert "".join(asked) == expected


BARS = [  # the day's and the night's bar, what happens, and whether it is asked for by day and by night
    (Bar(Severity.MODERATE), None, Severity.MODERATE, True, True),
    (Bar(Severity.MODERATE), Bar(Severity.EXTREME), Severity.MODERATE, True, True),  # told when the night is over
    (Bar(Severity.SEVERE), Bar(Severity.MODERATE), Severity.MODERATE, False, True),
    (Bar(Severity.SEVERE), Bar(Severity.SEVERE, Certainty.LIKELY), Severity.MODERATE, False, False),
]


@pytest.mark.parametrize(("day", "night", "severity", "by_day", "by_night"), BARS)
def test_the_night_may_have_a_bar_of_its_own(
    day: Bar, night: Bar | None, severity: Severity, by_day: bool, by_night: bool
) -> None:
    watch = Watch(1, 1, WORLD, day.severity, min_certainty=day.certainty, night=night)
    incident = make_incident(certainty=Certainty.POSSIBLE)
    assert bool(matching([watch], incident, severity, by_night=False)) is by_day
    assert bool(matching([watch], incident, severity, by_night=True)) is by_night


STRIKES = Signal.REMOTE_VIOLENCE
RADII = [  # what is watched, the radii of kinds, what happens 82 km away, whether it is in reach
    (frozenset(), {}, (Signal.ARMED_CLASH,), False),
    (frozenset(), {STRIKES: 100.0}, (STRIKES,), True),
    (frozenset(), {STRIKES: 100.0}, (Signal.ARMED_CLASH,), False),
    (frozenset(), {STRIKES: 100.0}, (Signal.ARMED_CLASH, STRIKES), True),
    (frozenset({Signal.ARMED_CLASH}), {STRIKES: 100.0}, (Signal.ARMED_CLASH, STRIKES), False),
    (frozenset({STRIKES}), {STRIKES: 100.0}, (Signal.ARMED_CLASH, STRIKES), True),
]


@pytest.mark.parametrize(("kinds", "radii", "signals", "expected"), RADII)
def test_a_kind_may_have_a_radius_of_its_own(
    kinds: frozenset[Signal], radii: dict[Signal, float], signals: tuple[Signal, ...], expected: bool
) -> None:
    watch = Watch(1, 1, replace(AROUND, radius_km=50.0), kinds=kinds, radii=radii)
    incident = make_incident(kind=signals[0], signals=signals, place=MASISI)
    assert bool(matching([watch], incident, Severity.SEVERE)) is expected


def test_a_province_has_no_radii() -> None:
    watch = Watch(1, 1, PROVINCE, radii={Signal.TERRITORY_CAPTURED: 1.0})
    assert matching([watch], make_incident(place=MASISI), Severity.SEVERE)


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


NO_HOURS = replace(CHAT, quiet_from=None, quiet_until=None)
PLAIN = Watch(1, 1, WORLD)
CAREFUL = Watch(2, 1, WORLD, night=Bar(Severity.SEVERE, Certainty.LIKELY))
STRICT = Watch(3, 1, WORLD, night=Bar(Severity.EXTREME, Certainty.OBSERVED))
MORNING = at(5, day=20)
HELD = [  # chat, watches, severity, certainty, until when it waits at 23:30
    (CHAT, [PLAIN], Severity.SEVERE, Certainty.OBSERVED, MORNING),
    (CHAT, [PLAIN], Severity.EXTREME, Certainty.POSSIBLE, None),
    (NO_HOURS, [PLAIN], Severity.MINOR, Certainty.POSSIBLE, None),
    (CHAT, [CAREFUL], Severity.SEVERE, Certainty.LIKELY, None),
    (CHAT, [CAREFUL], Severity.SEVERE, Certainty.POSSIBLE, MORNING),
    (CHAT, [STRICT], Severity.EXTREME, Certainty.POSSIBLE, MORNING),
    (NO_HOURS, [CAREFUL], Severity.MODERATE, Certainty.LIKELY, MORNING),
    (NO_HOURS, [CAREFUL, PLAIN], Severity.MODERATE, Certainty.LIKELY, None),
    (CHAT, [CAREFUL, PLAIN], Severity.MODERATE, Certainty.LIKELY, MORNING),
    (CHAT, [CAREFUL, STRICT], Severity.SEVERE, Certainty.LIKELY, None),
    (CHAT, [STRICT, PLAIN], Severity.EXTREME, Certainty.POSSIBLE, None),
    (CHAT, [], Severity.SEVERE, Certainty.LIKELY, MORNING),
]


@pytest.mark.parametrize(("chat", "watches", "severity", "certainty", "until"), HELD)
def test_what_the_night_holds_back(
    chat: Chat, watches: list[Watch], severity: Severity, certainty: Certainty, until: datetime | None
) -> None:
    assert held(chat, watches, severity, certainty, at(22, 30)) == until
    assert held(chat, watches, severity, certainty, at(12)) is None


def test_the_night_is_that_of_the_quiet_hours_or_from_ten_to_six() -> None:
    late = replace(CHAT, quiet_from=time(0), quiet_until=time(8))
    assert night_ends(late, at(22, 30)) is None
    assert night_ends(late, at(6)) == at(7)
    assert night_ends(NO_HOURS, at(20, 59)) is None
    assert night_ends(NO_HOURS, at(21)) == MORNING
