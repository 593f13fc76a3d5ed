from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import FetchError, FetchProblem, HttpStatusError
from feeds.fetch import FetchResult
from feeds.parse import ParsedFeed
from feeds.schedule import (
    BACKOFF_CAP_S,
    LONGEST_S,
    SHORTEST_S,
    START_S,
    FeedState,
    FeedStatus,
    after_failure,
    after_success,
    first_state,
    is_silent,
    network_down,
    postponed,
    usual_gap_s,
)
from feeds.types import Entry

NOW = datetime(2025, 3, 20, 14, 0, tzinfo=UTC)
URL = "https://a.example/rss"
STATE = first_state(URL, NOW)
TIMEOUT = FetchError(FetchProblem.TIMEOUT, URL, "too slow")
EVEN = 0.5  # the jitter that leaves an adapted interval as it is


def answer(**facts: object) -> FetchResult:
    plain = FetchResult(200, b"x", '"v1"', "yesterday", None, URL, None, None, None, 0.1)
    return replace(plain, **facts)  # type: ignore[arg-type]


def feed_of(*minutes_ago: float, ttl_s: int | None = None, problem: str | None = None) -> ParsedFeed:
    entries = (Entry(URL, str(m), None, "x", "", NOW - timedelta(minutes=m)) for m in minutes_ago)
    return ParsedFeed(tuple(entries), None, ttl_s, None, problem)


def wait_s(state: FeedState) -> float:
    return (state.next_due - NOW).total_seconds()


def test_a_new_feed_is_due_at_once() -> None:
    assert (STATE.next_due, STATE.interval_s, first_state(URL, NOW, 7).interval_s) == (NOW, START_S, 7)


@pytest.mark.parametrize(
    ("gap_minutes", "interval_s"),
    [(0, SHORTEST_S), (2, SHORTEST_S), (10, 300), (60, 1_800), (120, LONGEST_S), (2_000, LONGEST_S)],
)
def test_a_feed_is_polled_twice_as_often_as_it_publishes(gap_minutes: int, interval_s: int) -> None:
    parsed = feed_of(*(gap_minutes * n + 1 for n in range(8)))
    state = after_success(STATE, answer(), parsed, NOW, EVEN)
    assert (state.interval_s, wait_s(state)) == (interval_s, interval_s)


def test_too_few_dates_change_nothing() -> None:
    assert after_success(STATE, answer(), feed_of(1, 2), NOW, EVEN).interval_s == START_S
    assert after_success(STATE, answer(), feed_of(), NOW, EVEN).interval_s == START_S


def test_one_old_entry_among_new_ones_does_not_slow_a_feed() -> None:
    assert usual_gap_s([NOW - timedelta(minutes=m) for m in (0, 10, 20, 30, 100_000)], NOW) == 600


@pytest.mark.parametrize(
    ("max_age_s", "ttl_s", "interval_s"),
    [
        (None, None, 300),
        (60, 60, 300),
        (900, None, 900),
        (None, 1_200, 1_200),
        (900, 1_200, 1_200),
        (86_400, None, 3_600),
    ],
)
def test_caching_makes_it_rarer_within_the_bounds(max_age_s: int | None, ttl_s: int | None, interval_s: int) -> None:
    parsed = feed_of(1, 11, 21, 31, ttl_s=ttl_s)
    assert after_success(STATE, answer(cache_max_age_s=max_age_s), parsed, NOW, EVEN).interval_s == interval_s


@pytest.mark.parametrize(("jitter", "factor"), [(0.0, 0.9), (0.5, 1.0), (0.999, 1.1)])
def test_jitter_spreads_the_polls(jitter: float, factor: float) -> None:
    state = after_success(STATE, answer(), feed_of(), NOW, jitter)
    assert wait_s(state) == pytest.approx(START_S * factor, rel=0.01)


@pytest.mark.parametrize("declared_s", [1, 45, 100_000])
@pytest.mark.parametrize("jitter", [0.0, 0.999])
def test_a_declared_interval_is_kept_to_the_second(declared_s: int, jitter: float) -> None:
    parsed = feed_of(1, 11, 21, ttl_s=3_600)
    state = after_success(STATE, answer(cache_max_age_s=600), parsed, NOW, jitter, declared_s)
    assert (state.interval_s, wait_s(state)) == (declared_s, declared_s)


@pytest.mark.parametrize(("asked_s", "waits_s"), [(10, 300), (5_000, 5_000), (10**8, 86_400)])
def test_retry_after_is_honoured_up_to_a_day(asked_s: int, waits_s: int) -> None:
    assert wait_s(after_success(STATE, answer(retry_after_s=asked_s), feed_of(), NOW, EVEN)) == waits_s
    failed = after_failure(STATE, HttpStatusError(URL, 429, asked_s), NOW, 0.0)
    assert wait_s(failed) == waits_s


def test_an_answer_is_remembered() -> None:
    failing = after_failure(STATE, TIMEOUT, NOW - timedelta(hours=1), 0.0)
    state = after_success(failing, answer(), feed_of(5, 3, 90, problem="odd"), NOW, EVEN)
    assert (state.etag, state.last_modified, state.failures, state.problem) == ('"v1"', "yesterday", 0, None)
    assert (state.last_success, state.last_attempt, state.newest) == (NOW, NOW, NOW - timedelta(minutes=3))
    assert (state.status, state.detail) == (FeedStatus.HEALTHY, "odd")


def test_an_unchanged_feed_keeps_what_is_known() -> None:
    known = after_success(STATE, answer(), feed_of(1, 21, 41), NOW - timedelta(hours=1), EVEN)
    state = after_success(known, answer(status=304, body=None), None, NOW, EVEN)
    assert (state.newest, state.gap_s, state.interval_s) == (known.newest, known.gap_s, known.interval_s)


def test_the_newest_entry_is_never_in_the_future() -> None:
    assert after_success(STATE, answer(), feed_of(-600, 5), NOW, EVEN).newest == NOW


def test_failures_double_the_wait_and_never_stop() -> None:
    state, waits = STATE, []
    for _ in range(40):
        state = after_failure(state, TIMEOUT, NOW, 0.0)
        waits.append(wait_s(state))
    assert waits[:4] == [300, 600, 1_200, 2_400]
    assert waits[-1] == BACKOFF_CAP_S
    assert (state.status, state.problem, state.detail) == (FeedStatus.FAILING, FetchProblem.TIMEOUT, "too slow")


def test_a_failing_feed_with_a_declared_interval_backs_off_from_it() -> None:
    state = after_failure(after_failure(first_state(URL, NOW, 1), TIMEOUT, NOW, 0.0, 1), TIMEOUT, NOW, 0.0, 1)
    assert wait_s(state) == 2


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True), st.integers(1, 10**6))
def test_a_backoff_is_always_later_and_bounded(failures: int, jitter: float, interval_s: int) -> None:
    state = after_failure(replace(STATE, failures=failures, interval_s=interval_s), TIMEOUT, NOW, jitter)
    assert 0 < wait_s(state) <= BACKOFF_CAP_S


def test_gone_retires() -> None:
    state = after_failure(STATE, HttpStatusError(URL, 410), NOW, 0.0)
    assert state.status is FeedStatus.RETIRED


def test_a_permanent_move_is_kept_and_doubted_when_it_fails() -> None:
    new = "https://b.example/rss"
    moved = after_success(STATE, answer(permanent_url=new), feed_of(), NOW, EVEN)
    assert (moved.url, moved.address) == (URL, new)
    assert after_success(moved, answer(), feed_of(), NOW, EVEN).address == new
    assert after_success(moved, answer(permanent_url=URL), feed_of(), NOW, EVEN).moved_to is None
    state = moved
    for _ in range(4):
        state = after_failure(state, TIMEOUT, NOW, 0.0)
    assert state.address == new
    state = after_failure(state, TIMEOUT, NOW, 0.0)
    assert (state.address, state.etag, state.status) == (URL, None, FeedStatus.FAILING)


def test_gone_at_a_new_address_sends_it_back_to_the_old_one() -> None:
    state = after_failure(replace(STATE, moved_to="https://b.example/rss"), HttpStatusError(URL, 410), NOW, 0.0)
    assert (state.address, state.status) == (URL, FeedStatus.FAILING)


@pytest.mark.parametrize(
    ("newest_hours", "gap_minutes", "silent"),
    [(1, 10, False), (23, 1, False), (25, 1, True), (25, 600, False), (201, 600, True), (10_000, None, False)],
)
def test_silence_is_measured_by_habit(newest_hours: int, gap_minutes: int | None, silent: bool) -> None:
    gap_s = None if gap_minutes is None else gap_minutes * 60
    assert is_silent(NOW - timedelta(hours=newest_hours), gap_s, NOW) is silent
    assert not is_silent(None, gap_s, NOW)


def test_a_silent_feed_says_so_even_when_it_answers_unchanged() -> None:
    habit = replace(STATE, gap_s=600, newest=NOW - timedelta(days=2))
    state = after_success(habit, answer(status=304, body=None), None, NOW, EVEN)
    assert state.status is FeedStatus.SILENT
    assert after_success(state, answer(), feed_of(1), NOW, EVEN).status is FeedStatus.HEALTHY


D, C, T = FetchProblem.DNS, FetchProblem.CONNECT, FetchProblem.TIMEOUT


@pytest.mark.parametrize(
    ("outcomes", "down"),
    [
        ([D, C, T], True),
        ([D] * 30, True),
        ([D, D], False),
        ([], False),
        ([D, C, None], False),
        ([D, C, FetchProblem.HTTP_STATUS], False),
        ([D, C, FetchProblem.TLS], False),
        ([FetchProblem.NOT_A_FEED] * 5, False),
        ([None] * 5, False),
    ],
)
def test_it_is_our_own_network_when_nobody_answers(outcomes: list[FetchProblem | None], down: bool) -> None:
    assert network_down(outcomes) is down


def test_our_own_network_is_no_feed_s_fault() -> None:
    state = postponed(replace(STATE, etag='"v1"'), NOW, 0.0)
    assert (state.failures, state.status, state.etag) == (0, FeedStatus.HEALTHY, '"v1"')
    assert 0 < wait_s(state) <= 60
