"""When a chat is told, what waits for what, and what a digest says."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from alerts.digest import (
    FEW,
    Wait,
    Why,
    comes_together,
    gathering,
    importance,
    next_digest,
    unreachable_until,
    wait,
)
from alerts.digest_text import MOST_UNITS, Entry, Heading, page
from alerts.types import Chat, Edition, Language, Reason, Rhythm, Severity
from alerts.view import AlertView
from classifiers.taxonomy import Status
from incidents.types import Certainty, Incident
from tests.builders import NOW, make_chat, make_incident, make_witness

KINSHASA = "Africa/Kinshasa"  # an hour before UTC, no summer time
BERLIN = "Europe/Berlin"  # summer time from 30 March 2025, 02:00, to 26 October 2025, 03:00
KOLKATA = "Asia/Kolkata"  # 5:30 before UTC


def utc(month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, second, tzinfo=UTC)


def daily(at: time, zone: str = KINSHASA) -> Chat:
    return make_chat(time_zone=zone, rhythm=Rhythm.DAILY, digest_at=at)


@pytest.mark.parametrize(
    ("chat", "after", "due"),
    [
        (daily(time(7)), utc(3, 19, 5, 59), utc(3, 19, 6)),
        (daily(time(7)), utc(3, 19, 6), utc(3, 20, 6)),
        (daily(time(7)), utc(3, 19, 6, 0, 1), utc(3, 20, 6)),
        (daily(time(0)), utc(3, 19, 22, 59), utc(3, 19, 23)),
        (daily(time(23, 30)), utc(12, 31, 23), datetime(2026, 1, 1, 22, 30, tzinfo=UTC)),
        (daily(time(7, 15), KOLKATA), utc(3, 19, 1, 44), utc(3, 19, 1, 45)),
        # The clock jumps from 02:00 to 03:00 on 30 March: 02:30 is skipped, the digest comes when it would show 03:30.
        (daily(time(2, 30), BERLIN), utc(3, 29, 12), utc(3, 30, 1, 30)),
        (daily(time(2, 30), BERLIN), utc(3, 30, 1, 30), utc(3, 31, 0, 30)),
        (daily(time(7), BERLIN), utc(3, 29, 6), utc(3, 30, 5)),
        # It goes back from 03:00 to 02:00 on 26 October: 02:30 comes twice, the digest once.
        (daily(time(2, 30), BERLIN), utc(10, 25, 12), utc(10, 26, 0, 30)),
        (daily(time(2, 30), BERLIN), utc(10, 26, 0, 30), utc(10, 27, 1, 30)),
        (daily(time(2, 30), BERLIN), utc(10, 26, 1, 15), utc(10, 27, 1, 30)),
        (daily(time(7), BERLIN), utc(10, 25, 5), utc(10, 26, 6)),
    ],
)
def test_a_daily_digest_comes_when_the_chat_s_clock_says_so(chat: Chat, after: datetime, due: datetime) -> None:
    assert next_digest(chat, after) == due


@pytest.mark.parametrize(
    ("zone", "after", "due"),
    [
        (KINSHASA, utc(3, 19, 5, 59, 59), utc(3, 19, 6)),
        (KINSHASA, utc(3, 19, 6), utc(3, 19, 7)),
        (KOLKATA, utc(3, 19, 6), utc(3, 19, 6, 30)),
        (BERLIN, utc(3, 30, 0, 30), utc(3, 30, 1)),
        (BERLIN, utc(3, 30, 1), utc(3, 30, 2)),
        (BERLIN, utc(10, 26, 0, 30), utc(10, 26, 1)),
        (BERLIN, utc(10, 26, 1), utc(10, 26, 2)),
    ],
)
def test_an_hourly_digest_comes_at_the_full_hour(zone: str, after: datetime, due: datetime) -> None:
    assert next_digest(make_chat(time_zone=zone, rhythm=Rhythm.HOURLY), after) == due


def sleeping(chat: Chat, start: time = time(22), end: time = time(6)) -> Chat:
    return replace(chat, quiet_from=start, quiet_until=end)


INSTANT = make_chat()
HOURLY = make_chat(rhythm=Rhythm.HOURLY)
QUIET = sleeping(INSTANT)
PAUSED = make_chat(paused_until=utc(3, 22, 8))
LATE, MORNING, NOON = utc(3, 19, 23, 10), utc(3, 20, 6), utc(3, 19, 12, 10)
SEVERE, EXTREME = Severity.SEVERE, Severity.EXTREME


@pytest.mark.parametrize(
    ("chat", "severity", "reason", "now", "waits"),
    [
        (INSTANT, SEVERE, None, NOON, None),
        (INSTANT, SEVERE, Reason.CORROBORATED, NOON, None),
        (QUIET, SEVERE, None, NOON, None),
        (QUIET, SEVERE, None, LATE, Wait(MORNING, Why.QUIET)),
        (QUIET, EXTREME, None, LATE, None),
        (QUIET, SEVERE, Reason.WITHDRAWN, LATE, Wait(MORNING, None)),
        (QUIET, SEVERE, Reason.DISPUTED, LATE, Wait(MORNING, Why.QUIET)),
        (HOURLY, SEVERE, None, NOON, Wait(utc(3, 19, 13), Why.RHYTHM)),
        (HOURLY, SEVERE, Reason.CORROBORATED, NOON, Wait(utc(3, 19, 13), Why.RHYTHM)),
        (HOURLY, EXTREME, None, NOON, None),
        (HOURLY, SEVERE, Reason.WITHDRAWN, NOON, None),
        (HOURLY, SEVERE, Reason.CORRECTED, NOON, None),
        (sleeping(HOURLY), SEVERE, None, LATE, Wait(MORNING, Why.RHYTHM)),
        (sleeping(HOURLY), SEVERE, Reason.CORRECTED, LATE, Wait(MORNING, None)),
        (sleeping(HOURLY), EXTREME, None, LATE, None),
        (sleeping(daily(time(18), "UTC")), SEVERE, None, LATE, Wait(utc(3, 20, 18), Why.RHYTHM)),
        (sleeping(daily(time(5), "UTC")), SEVERE, None, LATE, Wait(MORNING, Why.RHYTHM)),
        (PAUSED, SEVERE, None, NOON, Wait(utc(3, 22, 8), Why.PAUSE)),
        (PAUSED, EXTREME, None, NOON, Wait(utc(3, 22, 8), Why.PAUSE)),
        (PAUSED, SEVERE, Reason.WITHDRAWN, NOON, Wait(utc(3, 22, 8), Why.PAUSE)),
        (PAUSED, SEVERE, None, utc(3, 22, 8), None),
        (sleeping(PAUSED, time(7), time(9)), SEVERE, None, NOON, Wait(utc(3, 22, 9), Why.PAUSE)),
    ],
)
def test_what_waits_for_what(
    chat: Chat, severity: Severity, reason: Reason | None, now: datetime, waits: Wait | None
) -> None:
    night = MORNING if chat.quiet_from == time(22) and severity is not EXTREME and now == LATE else None
    assert wait(chat, severity, reason, night, now) == waits


def test_what_is_extreme_waits_where_a_watch_s_own_night_says_so() -> None:
    assert wait(HOURLY, EXTREME, None, MORNING, LATE) == Wait(MORNING, None)


@pytest.mark.parametrize(
    ("chat", "now", "gathered", "unreachable"),
    [
        (INSTANT, NOON, None, None),
        (QUIET, LATE, Wait(MORNING, Why.QUIET), MORNING),
        (HOURLY, NOON, Wait(utc(3, 19, 13), Why.RHYTHM), None),
        (PAUSED, NOON, Wait(utc(3, 22, 8), Why.PAUSE), utc(3, 22, 8)),
        (PAUSED, utc(3, 22, 8), None, None),
    ],
)
def test_what_a_chat_gathers_for(
    chat: Chat, now: datetime, gathered: Wait | None, unreachable: datetime | None
) -> None:
    assert gathering(chat, now) == gathered
    assert unreachable_until(chat, now) == unreachable


@pytest.mark.parametrize(
    ("why", "held", "together"),
    [(Why.QUIET, FEW, False), (Why.QUIET, FEW + 1, True), (Why.RHYTHM, 1, True), (Why.PAUSE, 1, True)],
)
def test_a_quiet_night_s_few_come_one_by_one(why: Why, held: int, together: bool) -> None:
    assert comes_together(why, held) is together


def test_the_gravest_come_first_and_of_these_the_newest() -> None:
    ranked = sorted(
        [(SEVERE, NOON), (Severity.MINOR, LATE), (EXTREME, NOON), (SEVERE, LATE)], key=lambda row: importance(*row)
    )
    assert ranked == [(EXTREME, NOON), (SEVERE, LATE), (SEVERE, NOON), (Severity.MINOR, LATE)]


def entry(incident: Incident, reason: Reason | None = None, language: Language = Language.EN) -> Entry:
    view = AlertView(incident, SEVERE, Edition.LIVE, language, KINSHASA, NOW)
    return Entry(view, reason)


def heading(**fields: object) -> Heading:
    plain = Heading(Why.RHYTHM, NOW - timedelta(hours=1), NOW, Edition.LIVE, Language.EN, KINSHASA)
    return replace(plain, **fields)  # type: ignore[arg-type]


def incident(number: int = 17, **fields: object) -> Incident:
    return replace(make_incident(make_witness(number)), id=number, **fields)  # type: ignore[arg-type]


def test_an_entry_says_how_sure_what_where_how_grave_when_and_which() -> None:
    text, shown = page([entry(incident()), entry(incident(18, revision=3))], heading())
    assert shown == 2
    assert text.splitlines() == [
        "DIGEST: 2 events since 19 March, 18:04.",
        "1. REPORTED: Territory captured, Walikale (DR Congo). Severe, 19 March, 18:54. T-0017/1",
        "2. REPORTED: Territory captured, Walikale (DR Congo). Severe, 19 March, 18:54. T-0018/3",
        "/alert and a number shows all that is known of one of them.",
    ]


def test_what_was_told_before_says_what_changed() -> None:
    sure = incident(status=Status.CONFIRMED, certainty=Certainty.OBSERVED, confirmed_by=("MSF",))
    text, _ = page([entry(sure, Reason.CONFIRMED)], heading())
    assert "1. CONFIRMED by MSF: Territory captured, Walikale (DR Congo). T-0017/1" in text


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("language", [Language.EN, Language.FR])
def test_each_digest_says_what_it_gathered(why: Why, language: Language) -> None:
    text, _ = page([entry(incident(), language=language)], heading(why=why, language=language))
    assert text.splitlines()[0].startswith("DIGEST" if language is Language.EN else "RÉSUMÉ")


def test_a_long_digest_is_split_between_entries() -> None:
    entries = [entry(incident(number, actors=("M23",))) for number in range(1, 201)]
    text, shown = page(entries, heading())
    assert len(text.encode("utf-16-le")) // 2 <= MOST_UNITS
    assert 20 < shown < 200
    assert f"{shown}. REPORTED" in text
    assert f"T-{shown:04d}/1" in text
    assert "more" not in text

    last, shown = page(entries, heading(number=4, last=True))
    assert last.startswith("DIGEST, continued (4).")
    assert f"And {200 - shown} more, less grave or older: /alerts lists all." in last
    assert len(last.encode("utf-16-le")) // 2 <= MOST_UNITS


def test_what_comes_from_the_sample_says_so() -> None:
    text, _ = page([entry(incident())], heading(edition=Edition.SAMPLE))
    assert text.startswith("SAMPLE · DIGEST")
