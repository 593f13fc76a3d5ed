"""Tell chats what is about no incident: notices to rows, and these to messages."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol

from alerts.notices import FOR_OPERATORS, SILENT, Notice, NoticeKind, render_notice
from alerts.types import Severity
from alerts.watches import quiet
from pipeline.channel import Urgency
from pipeline.telling import Manner, Teller
from pipeline.watched_regions import WatchedRegions
from store.notices import StoredNotice
from store.store import Store, Transaction
from store.tellings import Telling

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
        manner = Manner("notice", lambda tx: tx.notices, AT_ONCE, AT_ONCE, _stale, _held, self._send)
        self._teller = Teller(store, manner, clock, jitter)

    async def tick(self) -> int:
        """Spread what was stored to the chats and tell what is due; how many were told."""
        await asyncio.to_thread(self._spread_all)
        return await self._teller.tick()

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

    async def _send(self, telling: Telling[StoredNotice]) -> None:
        chat, notice = telling.chat, telling.about.notice
        text = render_notice(notice, chat)
        await self._channel.send_notice(chat.id, text, urgency=Urgency.MINOR, silent=notice.kind in SILENT)


def _stale(stored: StoredNotice, now: datetime) -> str | None:
    """A broadcast waits however long the chat sleeps; the state of feeds of days ago is of no use."""
    return "too old" if stored.notice.kind is not NoticeKind.BROADCAST and now - stored.at > STALE else None


def _held(telling: Telling[StoredNotice], now: datetime) -> datetime | None:
    chat = telling.chat
    if chat.paused_until is not None and chat.paused_until > now:
        return chat.paused_until
    return None if telling.about.notice.kind in SILENT else quiet(chat, Severity.MODERATE, now)


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
