"""Every feed polled once, to see how they are."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from feeds.errors import FetchError, HttpStatusError
from feeds.fetch import Fetcher, FetchRequest
from feeds.parse import parse
from feeds.types import Catalogue, Feed, Publisher


@dataclass(frozen=True, slots=True)
class FeedCheck:
    feed: Feed
    publisher: Publisher
    status: int | None  # HTTP; None when nobody answered
    entries: int
    newest: datetime | None
    delay: timedelta | None  # how old the newest entry is; negative when dated in the future
    problem: str | None  # one line; None: healthy
    elapsed_s: float | None


async def check(
    catalogue: Catalogue,
    fetcher: Fetcher,
    now_fn: Callable[[], datetime],
    on_done: Callable[[FeedCheck], None] | None = None,
) -> list[FeedCheck]:
    """A row for each feed, in the catalogue's order; `on_done` hears of each as it comes. A failure is a row."""

    async def one(feed: Feed) -> FeedCheck:
        row = await _check(feed, catalogue.publisher(feed.publisher_id), fetcher, now_fn)
        if on_done is not None:
            on_done(row)
        return row

    return list(await asyncio.gather(*(one(feed) for feed in catalogue.feeds)))


async def _check(feed: Feed, publisher: Publisher, fetcher: Fetcher, now_fn: Callable[[], datetime]) -> FeedCheck:
    status = elapsed_s = None
    try:
        result = await fetcher.fetch(FetchRequest(feed.url))
        status, elapsed_s = result.status, result.elapsed_s
        parsed = await asyncio.to_thread(
            parse, result.body or b"", feed_url=feed.url, content_type=result.content_type, language=feed.language
        )
    except FetchError as error:
        status = error.status if isinstance(error, HttpStatusError) else status
        return FeedCheck(feed, publisher, status, 0, None, None, error.detail, elapsed_s)
    newest = max((entry.published for entry in parsed.entries if entry.published), default=None)
    moved = f"moved to {result.permanent_url}" if result.permanent_url else None
    return FeedCheck(
        feed=feed,
        publisher=publisher,
        status=status,
        entries=len(parsed.entries),
        newest=newest,
        delay=now_fn() - newest if newest else None,
        problem=parsed.problem or moved,
        elapsed_s=elapsed_s,
    )
