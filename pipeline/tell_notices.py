"""Tell chats what is about no incident: notices to rows, rows to messages, marked only after the service took them."""

import asyncio
import logging
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from alerts.notices import FOR_OPERATORS, SILENT, Notice, NoticeKind, render_notice
from alerts.types import Severity
from alerts.watches import quiet
from pipeline.channel import ChannelError, Urgency
from pipeline.refusals import not_taken
from pipeline.watched_regions import WatchedRegions
from store.errors import NotStored
from store.notices import NoticeTelling, StoredNotice
from store.store import Store, Transaction

log = logging.getLogger(__name__)

BATCH = 500
AT_ONCE = 60  # as many as of alerts
STALE = timedelta(days=3)


class NoticeChannel(Protocol):
    """As pipeline.channel.Channel: paces itself, raises ChannelError and nothing else."""

    async def send_notice(self, chat_id: int, text: str, *, urgency: Urgency, silent: bool) -> int:
        """Send plain text; `silent`: without a sound."""
        ...


class NoticeTeller:
    """Only one may run for a store. `operators`: user ids, which are those of their private chats."""

    def __init__(
        self,
        store: Store,
        channel: NoticeChannel,
        operators: Collection[int],
        regions: WatchedRegions,
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
    ) -> None:
        self._store = store
        self._channel = channel
        self._operators = sorted(operators)
        self._regions = regions
        self._clock = clock
        self._jitter = jitter

    async def tick(self) -> int:
        """Spread what was stored to the chats and tell what is due; how many were told."""
        await asyncio.to_thread(self._spread_all)
        due = await asyncio.to_thread(self._due)
        return sum(await asyncio.gather(*map(self._tell, due)))

    def _spread_all(self) -> None:
        while True:
            with self._store.read() as tx:
                if tx.notices.pending() is None:
                    return  # found out without keeping writers waiting
            with self._store.write() as tx:
                if pending := tx.notices.pending():
                    self._spread_batch(tx, pending)

    def _spread_batch(self, tx: Transaction, pending: StoredNotice) -> None:
        chats, end = self._audience(tx, pending)
        tx.notices.want(chats, pending.id, self._clock())
        tx.notices.advance(pending.id, end)

    def _audience(self, tx: Transaction, pending: StoredNotice) -> tuple[list[int], int | None]:
        """The next chats to be told, and the chat up to which all were dealt with; None: every one was."""
        notice, cursor = pending.notice, pending.cursor
        if notice.kind in FOR_OPERATORS:
            return self._operators, None
        if notice.kind is NoticeKind.BROADCAST:
            chats = tx.chats.active(cursor, BATCH)
            return chats, chats[-1] if len(chats) == BATCH else None
        if notice.answers is not None:
            chats = tx.notices.told_of(notice.answers, cursor, BATCH)
            return chats, chats[-1] if len(chats) == BATCH else None
        subscribers = tx.chats.subscribers(cursor, BATCH)
        of = self._regions.of
        watching = [s.chat.id for s in subscribers if any(of(watch.area) == notice.area for watch in s.watches)]
        return watching, subscribers[-1].chat.id if len(subscribers) == BATCH else None

    def _due(self) -> list[NoticeTelling]:
        """What may go out now; what the chat's night or pause holds back is put off, what is stale is dropped."""
        now = self._clock()
        with self._store.read() as tx:
            due = tx.notices.due(now, AT_ONCE)
        ready = [telling for telling in due if not _stale(telling, now) and not _held(telling, now)]
        if len(ready) < len(due):
            with self._store.write() as tx, suppress(NotStored):
                for telling in due:
                    key = telling.chat.id, telling.notice.id
                    if _stale(telling, now):
                        tx.notices.drop(*key, "too old")
                    elif until := _held(telling, now):
                        tx.notices.retry(*key, attempts=telling.attempts, next_at=until, problem="quiet hours")
        return ready

    async def _tell(self, telling: NoticeTelling) -> bool:
        chat, notice = telling.chat, telling.notice.notice
        text = render_notice(notice, chat)
        try:
            await self._channel.send_notice(chat.id, text, urgency=Urgency.MINOR, silent=notice.kind in SILENT)
        except ChannelError as error:
            log.warning("chat %s, notice %s: %s", chat.id, telling.notice.id, type(error).__name__)
            await asyncio.to_thread(self._failed, telling, error)
            return False
        await asyncio.to_thread(self._told, telling)
        return True

    def _told(self, telling: NoticeTelling) -> None:
        with self._store.write() as tx, suppress(NotStored):  # the chat may have been erased meanwhile
            tx.notices.told(telling.chat.id, telling.notice.id, self._clock())

    def _failed(self, telling: NoticeTelling, error: ChannelError) -> None:
        key, attempts = (telling.chat.id, telling.notice.id), telling.attempts + 1
        now, jitter = self._clock(), self._jitter()
        with self._store.write() as tx, suppress(NotStored):
            not_taken(tx, tx.notices, key, error, attempts=attempts, now=now, jitter=jitter)


def _stale(telling: NoticeTelling, now: datetime) -> bool:
    """A broadcast waits however long the chat sleeps; the state of feeds of days ago is of no use."""
    return telling.notice.notice.kind is not NoticeKind.BROADCAST and now - telling.notice.at > STALE


def _held(telling: NoticeTelling, now: datetime) -> datetime | None:
    chat = telling.chat
    if chat.paused_until is not None and chat.paused_until > now:
        return chat.paused_until
    return None if telling.notice.notice.kind in SILENT else quiet(chat, Severity.MODERATE, now)


def broadcast_size(store: Store) -> int:
    """How many chats a broadcast would reach."""
    with store.read() as tx:
        return tx.chats.count()


def broadcast(store: Store, draft_id: int, now: datetime) -> bool:
    """Tell every active chat what the draft says; False: it was told before, or dropped."""
    with store.write() as tx:
        text = tx.operating.take_draft(draft_id)
        if text is not None:
            tx.notices.add(Notice(NoticeKind.BROADCAST, text=text), now)
        return text is not None
