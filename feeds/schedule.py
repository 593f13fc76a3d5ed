"""When a feed is polled next, and how it is. Pure: values and `now` in, the next state out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from feeds.errors import NETWORK_PROBLEMS, FetchError, FetchProblem, HttpStatusError
from feeds.fetch import FetchResult
from feeds.parse import ParsedFeed

START_S = 300
SHORTEST_S, LONGEST_S = 120, 3_600  # of the interval that adapts; a declared one is kept exactly
BACKOFF_CAP_S = 6 * 3_600
RETRY_AFTER_CAP_S = 24 * 3_600
OFFLINE_RETRY_S = 60
HABIT = timedelta(days=14)  # how far back the publishing rhythm is read
HABIT_ENTRIES = 30
SILENT_AFTER_GAPS = 20  # so many times its usual gap without news, and at least SILENT_FLOOR
SILENT_FLOOR = timedelta(hours=24)
DOUBT_MOVE_AFTER = 5  # failures at a new address before the old one is tried again


class FeedStatus(StrEnum):
    HEALTHY = "healthy"
    FAILING = "failing"  # the last poll failed
    SILENT = "silent"  # answers, and has published nothing for far longer than is its habit
    RETIRED = "retired"  # withdrawn by its server (410); polled again only when the catalogue changes
    PAUSED = "paused"  # by a person


@dataclass(frozen=True, slots=True)
class FeedState:
    url: str  # the catalogue's: the feed's identity, wherever it has moved
    next_due: datetime
    interval_s: int = START_S
    failures: int = 0  # in a row
    etag: str | None = None
    last_modified: str | None = None
    last_success: datetime | None = None
    last_attempt: datetime | None = None
    newest: datetime | None = None  # publication time of the newest entry, never in the future
    gap_s: int | None = None  # usual time between two entries
    status: FeedStatus = FeedStatus.HEALTHY
    problem: FetchProblem | None = None
    detail: str | None = None  # one line for people: the problem, or what is odd about a feed that works
    moved_to: str | None = None  # where permanent redirects lead

    @property
    def address(self) -> str:
        """Where to ask: the new address of a feed that has moved for good."""
        return self.moved_to or self.url

    @property
    def waiting(self) -> bool:
        """Not read yet, and not known to fail, as all feeds are where the first polls found this machine offline."""
        return self.status is FeedStatus.HEALTHY and self.last_success is None


def first_state(url: str, now: datetime, declared_s: int | None = None) -> FeedState:
    """A feed never polled: due at once."""
    return FeedState(url=url, next_due=now, interval_s=declared_s or START_S)


def after_success(
    state: FeedState,
    result: FetchResult,
    parsed: ParsedFeed | None,
    now: datetime,
    jitter: float,
    declared_s: int | None = None,
) -> FeedState:
    """The state after an answer that was read (`parsed`) or had not changed (None, for 304).

    `jitter` is in [0, 1) and spreads the next poll over 0.9 to 1.1 intervals; a `declared_s` is kept to the second.
    """
    newest, gap_s = state.newest, state.gap_s
    if parsed is not None:
        times = sorted((min(entry.published, now) for entry in parsed.entries if entry.published), reverse=True)
        newest = max(filter(None, (state.newest, *times[:1])), default=None)
        measured_s = usual_gap_s(times, now)
        gap_s = state.gap_s if measured_s is None else measured_s
    interval_s = declared_s or _interval_s(gap_s, result.cache_max_age_s, parsed.ttl_s if parsed else None, state)
    wait_s = float(interval_s) if declared_s else interval_s * (0.9 + 0.2 * jitter)
    asked_s = min(result.retry_after_s or 0, RETRY_AFTER_CAP_S)
    return FeedState(
        url=state.url,
        next_due=now + timedelta(seconds=max(wait_s, asked_s)),
        interval_s=interval_s,
        etag=result.etag,
        last_modified=result.last_modified,
        last_success=now,
        last_attempt=now,
        newest=newest,
        gap_s=gap_s,
        status=FeedStatus.SILENT if is_silent(newest, gap_s, now) else FeedStatus.HEALTHY,
        detail=parsed.problem if parsed else state.detail if not state.failures else None,
        moved_to=_moved_to(state, result),
    )


def after_failure(
    state: FeedState, error: FetchError, now: datetime, jitter: float, declared_s: int | None = None
) -> FeedState:
    """The state after a failed poll: the wait doubles with each failure, up to six hours and never for ever.

    `jitter` in [0, 1) takes off up to half, so that feeds that failed together do not come back together. A
    Retry-After is honoured up to a day. 410 retires.
    """
    failures = state.failures + 1
    wait_s = min(BACKOFF_CAP_S, (declared_s or state.interval_s) * 2 ** min(failures - 1, 20)) * (1 - jitter / 2)
    if isinstance(error, HttpStatusError) and error.retry_after_s:
        wait_s = max(wait_s, min(error.retry_after_s, RETRY_AFTER_CAP_S))
    failed = replace(
        state,
        next_due=now + timedelta(seconds=wait_s),
        failures=failures,
        last_attempt=now,
        status=FeedStatus.RETIRED if error.problem is FetchProblem.GONE else FeedStatus.FAILING,
        problem=error.problem,
        detail=error.detail,
    )
    if state.moved_to and (failures >= DOUBT_MOVE_AFTER or failed.status is FeedStatus.RETIRED):
        return replace(failed, moved_to=None, etag=None, last_modified=None, status=FeedStatus.FAILING)
    return failed


def postponed(state: FeedState, now: datetime, jitter: float) -> FeedState:
    """The state after a poll that failed because our own network is down: no blame, and soon again."""
    wait_s = OFFLINE_RETRY_S * (0.5 + jitter / 2)
    return replace(state, next_due=now + timedelta(seconds=wait_s), last_attempt=now)


def network_down(outcomes: Sequence[FetchProblem | None]) -> bool:
    """Whether a round of polls (None: success) says that it is our own network: nobody at all answered.

    A single feed says nothing of the sort, so at least three polls are needed.
    """
    return len(outcomes) >= 3 and all(problem in NETWORK_PROBLEMS for problem in outcomes)


def usual_gap_s(times: Sequence[datetime], now: datetime) -> int | None:
    """The median time between entries, newest first, of the last two weeks; None of fewer than three."""
    recent = [moment for moment in times if now - moment <= HABIT][:HABIT_ENTRIES]
    if len(recent) < 3:
        return None
    return int(median((later - earlier).total_seconds() for later, earlier in pairwise(recent)))


def is_silent(newest: datetime | None, gap_s: int | None, now: datetime) -> bool:
    """Whether a feed has been quiet far beyond its habit. An undated feed, or one of unknown habit, never is."""
    if newest is None or gap_s is None:
        return False
    return now - newest > max(SILENT_FLOOR, timedelta(seconds=gap_s * SILENT_AFTER_GAPS))


def _interval_s(gap_s: int | None, max_age_s: int | None, ttl_s: int | None, state: FeedState) -> int:
    """Twice as often as it publishes, no oftener than its caching allows, within the bounds."""
    wanted = state.interval_s if gap_s is None else gap_s // 2
    asked = max(max_age_s or 0, ttl_s or 0)
    return min(LONGEST_S, max(SHORTEST_S, wanted, asked))


def _moved_to(state: FeedState, result: FetchResult) -> str | None:
    moved = result.permanent_url or state.moved_to
    return None if moved == state.url else moved
