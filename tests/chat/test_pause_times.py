"""Until when to pause, as people write it."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.types import Language
from chat.pause_times import parse_pause

WEDNESDAY = datetime(2025, 3, 19, 18, 4, tzinfo=UTC)  # 19:04 in Kinshasa
EN, FR = Language.EN, Language.FR


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Of Kinshasa's clock, an hour before UTC."""
    return datetime(2025, 3, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


@pytest.mark.parametrize(
    ("written", "language", "length"),
    [
        ("3 days", EN, timedelta(days=3)),
        ("for 3 days", EN, timedelta(days=3)),
        ("3d", EN, timedelta(days=3)),
        ("90 min", EN, timedelta(minutes=90)),
        ("8h", EN, timedelta(hours=8)),
        ("2 heures", FR, timedelta(hours=2)),
        ("pendant 1 semaine", FR, timedelta(weeks=1)),
        ("10 JOURS", FR, timedelta(days=10)),
        ("siku 3", EN, timedelta(days=3)),
        ("saa 2", EN, timedelta(hours=2)),
        ("2 semanas", EN, timedelta(weeks=2)),
        ("3 أيام", EN, timedelta(days=3)),
    ],
)
def test_lengths(written: str, language: Language, length: timedelta) -> None:
    assert parse_pause(written, WEDNESDAY, "Africa/Kinshasa", language) == WEDNESDAY + length


@pytest.mark.parametrize(
    ("written", "language", "end"),
    [
        ("until Monday 08:00", EN, march(24, 8)),
        ("until monday", EN, march(24, 8)),
        ("until Monday at 6:30", EN, march(24, 6, 30)),
        ("until Wed 20:00", EN, march(19, 20)),
        ("until Wednesday 19:04", EN, march(26, 19, 4)),
        ("jusqu’à lundi 8h", FR, march(24, 8)),
        ("jusqu'à lundi à 8h30", FR, march(24, 8, 30)),
        ("jusqu'au 24/03", FR, march(24, 8)),
        ("jusqu'à 8h", FR, march(20, 8)),
        ("until 20:00", EN, march(19, 20)),
        ("until 18:00", EN, march(20, 18)),
        ("until tomorrow", EN, march(20, 8)),
        ("until tomorrow 12:00", EN, march(20, 12)),
        ("jusqu'à demain", FR, march(20, 8)),
        ("until today 22:00", EN, march(19, 22)),
        ("until 2025-03-30 09:15", EN, march(30, 9, 15)),
        ("24.3.", EN, None),
        ("until 24.3", EN, march(24, 8)),
    ],
)
def test_moments(written: str, language: Language, end: datetime | None) -> None:
    assert parse_pause(written, WEDNESDAY, "Africa/Kinshasa", language) == end


def test_a_day_that_has_passed_is_next_year_s() -> None:
    assert parse_pause("until 1/3", WEDNESDAY, "UTC", EN) == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_the_clock_on_the_wall_counts_when_clocks_change() -> None:
    saturday = datetime(2025, 3, 29, 20, 0, tzinfo=UTC)
    assert parse_pause("until tomorrow 08:00", saturday, "Europe/Berlin", EN) == datetime(2025, 3, 30, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a while",
        "0 days",
        "3",
        "3 moons",
        "until",
        "until Someday",
        "until 25:00",
        "until 2025-02-30",
        "until 2025-03-01",
        "until today 08:00",
        "until Monday Tuesday",
        "until 32/13",
    ],
)
def test_what_names_no_end(written: str) -> None:
    assert parse_pause(written, WEDNESDAY, "Africa/Kinshasa", EN) is None
