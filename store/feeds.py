"""Feeds and how polling them goes."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feeds.schedule import FeedState, FeedStatus, first_state
from feeds.types import Catalogue, Feed
from store.errors import NotStored
from store.tables import FeedRow

_RESTING = (FeedStatus.RETIRED, FeedStatus.PAUSED)


class Feeds:
    def __init__(self, session: Session) -> None:
        self._session = session

    def sync(self, catalogue: Catalogue, now: datetime) -> None:
        """Follow the catalogue: new feeds are due at once, those no longer listed rest with their state kept.

        A feed that is listed again goes on where it was, one that had gone (410) is tried anew. A changed
        `interval_s` holds from the last poll on, save for a feed that is being waited for after failures.
        """
        rows = {row.url: row for row in self._session.scalars(select(FeedRow))}
        listed = {feed.url: feed for feed in catalogue.feeds}
        for url, row in rows.items():
            if url not in listed:
                row.listed = False
        for url, feed in listed.items():
            if url in rows:
                _follow(rows[url], feed, now)
            else:
                self._session.add(_new_row(feed, now))
        self._session.flush()

    def due(self, now: datetime, limit: int) -> list[FeedState]:
        """Listed feeds to be polled now, the longest overdue first."""
        rows = (
            select(FeedRow)
            .where(FeedRow.listed, FeedRow.next_due <= now, FeedRow.status.not_in(_RESTING))
            .order_by(FeedRow.next_due, FeedRow.url)
            .limit(limit)
        )
        return _states(self._session.scalars(rows))

    def all(self) -> list[FeedState]:
        """Every feed ever listed, by address; those no longer listed are retired."""
        return _states(self._session.scalars(select(FeedRow).order_by(FeedRow.url)))

    def save(self, state: FeedState) -> None:
        """Store a feed's new state; one that was paused while it was polled stays paused. Raises NotStored for a feed
        that no catalogue listed."""
        row = self._row(state.url)
        _fill(row, replace(state, status=FeedStatus.PAUSED) if row.status is FeedStatus.PAUSED else state)
        self._session.flush()

    def pause(self, url: str) -> None:
        """Poll the feed no more until it is resumed. This and `resume` raise NotStored as `save` does."""
        self._row(url).status = FeedStatus.PAUSED
        self._session.flush()

    def resume(self, url: str, now: datetime) -> None:
        """Poll a paused or retired feed again, at once; what it was like before is found out anew."""
        row = self._row(url)
        row.status, row.next_due, row.failures = FeedStatus.HEALTHY, now, 0
        self._session.flush()

    def _row(self, url: str) -> FeedRow:
        row = self._session.get(FeedRow, url)
        if row is None:
            raise NotStored(f"feed {url} is not stored")
        return row


def _follow(row: FeedRow, feed: Feed, now: datetime) -> None:
    if not row.listed and row.status is FeedStatus.RETIRED:
        _fill(row, replace(_state(row), status=FeedStatus.HEALTHY, next_due=now, failures=0))
    row.listed = True
    if feed.interval_s == row.declared_s:
        return
    row.declared_s = feed.interval_s
    if feed.interval_s is not None:
        row.interval_s = feed.interval_s
    if row.last_attempt is not None and not row.failures:
        row.next_due = row.last_attempt + timedelta(seconds=row.interval_s)


def _new_row(feed: Feed, now: datetime) -> FeedRow:
    row = FeedRow(url=feed.url, listed=True, declared_s=feed.interval_s)
    _fill(row, first_state(feed.url, now, feed.interval_s))
    return row


def _fill(row: FeedRow, state: FeedState) -> None:
    for name, value in asdict(state).items():
        setattr(row, name, value)


def _states(rows: Iterable[FeedRow]) -> list[FeedState]:
    return [_state(row) if row.listed else replace(_state(row), status=FeedStatus.RETIRED) for row in rows]


def _state(row: FeedRow) -> FeedState:
    return FeedState(
        url=row.url,
        next_due=row.next_due,
        interval_s=row.interval_s,
        failures=row.failures,
        etag=row.etag,
        last_modified=row.last_modified,
        last_success=row.last_success,
        last_attempt=row.last_attempt,
        newest=row.newest,
        gap_s=row.gap_s,
        status=row.status,
        problem=row.problem,
        detail=row.detail,
        moved_to=row.moved_to,
    )
