"""Poll the feeds that are due, and take what is new in them through reading and fusing."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.errors import NETWORK_PROBLEMS, FetchError, FetchProblem, shown
from feeds.fetch import Fetcher, FetchRequest, FetchResult
from feeds.identity import article_in, content_hash
from feeds.parse import ParsedFeed, parse
from feeds.schedule import FeedState, after_failure, after_success, network_down, postponed
from feeds.types import Article, Catalogue, Entry, Feed
from pipeline.assess import Assessor
from pipeline.fuse import AT_ONCE as RECORDED_AT_ONCE
from pipeline.fuse import Taken, record_all
from store.batches import batches
from store.store import Store
from store.types import KnownArticle

log = logging.getLogger(__name__)

AT_ONCE = 40  # polls under way; the fetcher narrows it further for each host


@dataclass(frozen=True, slots=True)
class Poll:
    """A feed that is due, and how it was before. `catalogue`: as of then, in which whoever is removed meanwhile still
    has its name and owner."""

    feed: Feed
    state: FeedState
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class Failure:
    """A poll that failed; what it means for the feed depends on how the others of its round fared."""

    poll: Poll
    error: FetchError


class Collector:
    """Keeps the feeds read. What it remembers, beside the polls under way, is whether our own network is down.

    `catalogue` gives what is to be polled at the moment: operators change it.
    """

    def __init__(
        self,
        store: Store,
        fetcher: Fetcher,
        catalogue: Callable[[], Catalogue],
        assessor: Assessor,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._catalogue = catalogue
        self._assessor = assessor
        self._clock = clock
        self._jitter = jitter
        self._under_way: set[str] = set()
        self._rounds: set[asyncio.Task[None]] = set()
        self._offline = False
        self._fusing = asyncio.Lock()  # fusing runs one at a time

    async def tick(self) -> None:
        """Start a round of the feeds that are due and not yet being polled."""
        due = await asyncio.to_thread(self._due)
        if due:
            self._under_way |= {poll.state.url for poll in due}
            task = asyncio.create_task(self._round(due))
            self._rounds.add(task)
            task.add_done_callback(self._rounds.discard)

    async def finish(self) -> None:
        """Wait for the rounds under way."""
        await asyncio.gather(*self._rounds)

    def _due(self) -> list[Poll]:
        room = AT_ONCE - len(self._under_way)
        if room <= 0:
            return []
        catalogue = self._catalogue()
        feeds = {feed.url: feed for feed in catalogue.feeds}
        with self._store.read() as tx:
            due = tx.feeds.due(self._clock(), AT_ONCE)
        free = [state for state in due if state.url not in self._under_way and state.url in feeds]
        return [Poll(feeds[state.url], state, catalogue) for state in free[:room]]

    async def _round(self, polls: Sequence[Poll]) -> None:
        outcomes = await asyncio.gather(*map(self._poll, polls), return_exceptions=True)
        expected = [outcome for outcome in outcomes if not isinstance(outcome, BaseException)]
        failures = [outcome for outcome in expected if outcome is not None]
        self._judge_network([outcome.error.problem if outcome else None for outcome in expected])
        after = [self._after(failure) for failure in failures]
        for poll, outcome in zip(polls, outcomes, strict=True):
            if isinstance(outcome, BaseException):  # an error of ours: the feed is not to blame, and is read again soon
                if not isinstance(outcome, asyncio.CancelledError):  # the bot is being stopped
                    log.error("%s: %s", shown(poll.feed.url), type(outcome).__name__, exc_info=outcome)
                after.append(postponed(poll.state, self._clock(), self._jitter()))
        await asyncio.to_thread(self._save, after)
        self._under_way -= {poll.feed.url for poll in polls}

    async def _poll(self, poll: Poll) -> Failure | None:
        """Fetch, parse, take what is new; then, and only then, store how far the feed was read."""
        feed, state = poll.feed, poll.state
        try:
            result = await self._fetcher.fetch(FetchRequest(state.address, state.etag, state.last_modified))
            parsed = await asyncio.to_thread(_parsed, result, state.url, feed.language)
        except FetchError as error:
            return Failure(poll, error)
        if parsed is not None:
            async with self._fusing:
                await asyncio.to_thread(self._take, parsed.entries, poll.catalogue)
        after = after_success(state, result, parsed, self._clock(), self._jitter(), feed.interval_s)
        await asyncio.to_thread(self._save, [after])
        return None

    def _take(self, entries: Sequence[Entry], catalogue: Catalogue) -> None:
        """Record each entry that is new or was edited, oldest first."""
        now = self._clock()
        offered: dict[str, tuple[Article, Entry]] = {}
        for entry in entries:
            article = article_in(entry, catalogue, now)
            offered.setdefault(article.key, (article, entry))  # feeds list the newest first, also of two of one guid
        with self._store.read() as tx:
            known = tx.articles.known(list(offered))
        fresh = [
            (article, content_hash(entry), known.get(article.key))
            for article, entry in offered.values()
            if not _seen(known.get(article.key), content_hash(entry))
        ]
        fresh.sort(key=lambda item: item[0].published)
        reports = self._assessor.assess([article for article, _, _ in fresh])
        taken = [Taken(report, digest, before) for report, (_, digest, before) in zip(reports, fresh, strict=True)]
        for some in batches(taken, RECORDED_AT_ONCE):
            for recorded in record_all(self._store, some, now):
                if recorded.alert:
                    log.info("incident %s: %s", recorded.alert.incident_id, recorded.alert.reason.value)

    def _judge_network(self, problems: Sequence[FetchProblem | None]) -> None:
        """One success proves our network; a whole round without an answer disproves it. Said once, each time."""
        if None in problems:
            if self._offline:
                log.warning("the network is back")
            self._offline = False
        elif network_down(problems):
            if not self._offline:
                log.warning("no feed answers: this machine seems to be offline; polling goes on")
            self._offline = True

    def _after(self, failure: Failure) -> FeedState:
        now, jitter, state = self._clock(), self._jitter(), failure.poll.state
        if self._offline and failure.error.problem in NETWORK_PROBLEMS:
            return postponed(state, now, jitter)
        if not state.failures:
            log.info("%s", failure.error)
        return after_failure(state, failure.error, now, jitter, failure.poll.feed.interval_s)

    def _save(self, states: Sequence[FeedState]) -> None:
        if states:
            with self._store.write() as tx:
                for state in states:
                    tx.feeds.save(state)


def _parsed(result: FetchResult, url: str, language: str | None) -> ParsedFeed | None:
    """The entries of an answer; None: not modified. Raises FetchError."""
    if result.body is None:
        return None
    return parse(result.body, feed_url=url, content_type=result.content_type, language=language)


def _seen(known: KnownArticle | None, digest: str) -> bool:
    return known is not None and known.content_hash == digest
