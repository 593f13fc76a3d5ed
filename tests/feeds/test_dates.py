from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import parse_date

AT = datetime(2025, 3, 20, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-20T14:05:00Z",
        "2025-03-20T14:05:00+00:00",
        "2025-03-20T16:05:00+02:00",
        "2025-03-20 14:05:00",
        "2025-03-20T14:05",
        "2025-03-20 16:05:00 +0200",
        "20250320T140500Z",
        "Thu, 20 Mar 2025 14:05:00 GMT",
        "Thu, 20 Mar 2025 14:05 +0000",
        "Thu, 20 Mar 2025 10:05:00 EDT",
        "20 Mar 2025 14:05:00",
        "Thu, 20 March 2025 14:05:00 UT",
        "jeudi 20 mars 2025 à 14h05",
        "jeu., 20 mars 2025 16:05:00 +0200",
        "20 mars 2025 - 14:05",
        "jueves, 20 de marzo de 2025, 14:05",
        "20 de março de 2025 14:05:00",
        "Alhamisi 20 Machi 2025 14:05",
    ],
)
def test_one_moment_in_many_spellings(text: str) -> None:
    assert parse_date(text) == AT


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1er janvier 2025", 1),
        ("5 févr. 2025", 2),
        ("5 avril 2025", 4),
        ("5 août 2025", 8),
        ("5 aout 2025", 8),
        ("5 déc. 2025", 12),
        ("5 de enero de 2025", 1),
        ("5 de agosto del 2025", 8),
        ("5 dic 2025", 12),
        ("5 Oktoba 2025", 10),
    ],
)
def test_months_by_name(text: str, month: int) -> None:
    read = parse_date(text)
    assert read is not None
    assert (read.year, read.month) == (2025, month)


@pytest.mark.parametrize(
    "text",
    [None, "", "soon", "2025-13-40", "32 mars 2025", "20 smarch 2025", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
     "1970-01-01T00:00:00Z", "20 mars 2025 25:00", "1" * 5_000, "Mon, 1 " * 1_000],
)  # fmt: skip
def test_what_is_no_date_of_news_is_unknown(text: str | None) -> None:
    assert parse_date(text) is None


@given(
    st.integers(0, 40_000 * 86_400).map(lambda seconds: datetime(1990, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)),
    st.integers(-14 * 60, 14 * 60),
)
def test_standard_spellings_come_back_exactly(moment: datetime, offset: int) -> None:
    aware = moment.astimezone(timezone(timedelta(minutes=offset)))
    assert parse_date(aware.isoformat()) == aware
    assert parse_date(aware.strftime("%a, %d %b %Y %H:%M:%S %z")) == aware


@given(st.text(max_size=80))
def test_it_never_fails(text: str) -> None:
    read = parse_date(text)
    assert read is None or read.tzinfo is UTC
