"""Use cases of operators: what is polled and how far it is trusted, by command, beside feeds.yaml."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from errors import TocsinError
from feeds.choices import FeedChoice, FeedChoiceKind, chosen
from feeds.fetch import Fetcher, FetchRequest
from feeds.origin import publisher_for_url
from feeds.parse import parse
from feeds.schedule import FeedState, usual_gap_s
from feeds.types import Catalogue, Feed, Publisher, Reliability
from feeds.urls import is_web_address
from store.store import Store

TITLES = 5  # of a preview
_SEPARATOR = "\n"  # no address holds one


class NotAnAddress(TocsinError):
    """Not an http or https address."""


class AlreadyRead(TocsinError):
    """The feed is polled already."""


@dataclass(frozen=True, slots=True)
class FeedPreview:
    """What an address holds. `url`: where it lives now; `gap_s`: the usual time between two entries."""

    draft_id: int
    url: str
    publisher: Publisher
    language: str | None
    entries: int
    newest: datetime | None
    gap_s: int | None
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptFeed:
    """A feed that is polled or paused, with its publisher and how it is."""

    feed: Feed
    publisher: Publisher
    state: FeedState


class FeedKeeper:
    """What is polled: feeds.yaml (`written`) and what operators decided. One for a store; safe from many threads.

    `fetcher` guards against private addresses as it does for every feed.
    """

    def __init__(self, store: Store, written: Catalogue, fetcher: Fetcher, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._written = written
        self._fetcher = fetcher
        self._clock = clock
        self._catalogue = written
        self.follow()

    def catalogue(self) -> Catalogue:
        """What is polled now."""
        return self._catalogue

    def feeds(self) -> list[KeptFeed]:
        """Every feed of the catalogue, in its order."""
        catalogue = self._catalogue
        with self._store.read() as tx:
            states = {state.url: state for state in tx.feeds.all()}
        publishers = {publisher.id: publisher for publisher in catalogue.publishers}
        listed = [feed for feed in catalogue.feeds if feed.url in states]
        return [KeptFeed(feed, publishers[feed.publisher_id], states[feed.url]) for feed in listed]

    async def preview(self, written: str, language: str | None = None) -> FeedPreview:
        """What is at an address, fetched once and kept as a draft until it is confirmed.

        `language`: what its entries are to be read as, whatever the feed declares. Raises NotAnAddress, AlreadyRead,
        and FetchError where no feed can be had.
        """
        url = written.strip()
        if not is_web_address(url):
            raise NotAnAddress("not an http or https address")
        self._refuse_read(url)
        result = await self._fetcher.fetch(FetchRequest(url))
        url = result.permanent_url or url
        self._refuse_read(url)
        parsed = await asyncio.to_thread(
            parse, result.body or b"", feed_url=url, content_type=result.content_type, language=language
        )
        now = self._clock()
        times = sorted((min(entry.published, now) for entry in parsed.entries if entry.published), reverse=True)
        draft_id = await asyncio.to_thread(self._draft, url, language)
        return FeedPreview(
            draft_id=draft_id,
            url=url,
            publisher=publisher_for_url(url, self._catalogue),
            language=next((entry.language for entry in parsed.entries if entry.language), None),
            entries=len(parsed.entries),
            newest=next(iter(times), None),
            gap_s=usual_gap_s(times, now),
            titles=tuple(entry.title for entry in parsed.entries[:TITLES]),
        )

    def add(self, draft_id: int) -> str | None:
        """Poll the feed of a preview from now on; its address. None: the draft is gone, it was confirmed before."""
        with self._store.write() as tx:
            draft = tx.operating.take_draft(draft_id)
            if draft is None:
                return None
            url, _, language = draft.partition(_SEPARATOR)
            if any(feed.url == url for feed in self._written.feeds):
                tx.operating.unchoose(url)
            else:
                tx.operating.choose(FeedChoice(url, FeedChoiceKind.ADDED, language or None), self._clock())
        self.follow()
        return url

    def remove(self, url: str) -> None:
        """Poll a feed no more; what came from it stays."""
        with self._store.write() as tx:
            if any(feed.url == url for feed in self._written.feeds):
                tx.operating.choose(FeedChoice(url, FeedChoiceKind.REMOVED), self._clock())
            else:
                tx.operating.unchoose(url)
        self.follow()

    def pause(self, url: str) -> None:
        with self._store.write() as tx:
            tx.feeds.pause(url)

    def resume(self, url: str) -> None:
        """Poll a paused feed again, or one whose server had withdrawn it."""
        with self._store.write() as tx:
            tx.feeds.resume(url, self._clock())

    def grade(self, publisher_id: str, reliability: Reliability | None) -> None:
        """Trust a publisher so far from its next report on; None: as feeds.yaml says."""
        with self._store.write() as tx:
            tx.operating.grade(publisher_id, reliability)
        self.follow()

    def written_grade(self, publisher_id: str) -> Reliability | None:
        """A publisher's reliability as feeds.yaml says; None where it does not know the publisher."""
        return next((p.reliability for p in self._written.publishers if p.id == publisher_id), None)

    def _draft(self, url: str, language: str | None) -> int:
        with self._store.write() as tx:
            return tx.operating.add_draft(f"{url}{_SEPARATOR}{language or ''}", self._clock())

    def _refuse_read(self, url: str) -> None:
        if any(feed.url == url for feed in self._catalogue.feeds):
            raise AlreadyRead(f"{url} is read already")

    def follow(self) -> None:
        """Take up what is stored: the catalogue changes, and the states of feeds with it."""
        with self._store.write() as tx:
            self._catalogue = chosen(self._written, tx.operating.choices(), tx.operating.grades())
            tx.feeds.sync(self._catalogue, self._clock())
