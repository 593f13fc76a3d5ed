"""Tell chats that the level of a region rises: what is due goes out, and is marked only after the service took it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from alerts.digest import unreachable_until
from alerts.levels import LevelView
from alerts.types import Severity
from pipeline.channel import ChannelError, Urgency
from pipeline.refusals import not_taken
from store.errors import NotStored
from store.levels import RiseTelling
from store.store import Store

log = logging.getLogger(__name__)

STALE = timedelta(hours=36)
AT_ONCE = 20


class LevelChannel(Protocol):
    """As pipeline.channel.Channel: paces itself, raises ChannelError and nothing else."""

    async def send_rise(self, chat_id: int, view: LevelView, urgency: Urgency, *, pictures: bool) -> int:
        """Send the alert with the chart of the region's year, or without it where pictures are not wanted, or cannot
        be drawn or sent."""
        ...


class LevelTeller:
    """Only one may run for a store."""

    def __init__(
        self, store: Store, channel: LevelChannel, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._jitter = jitter

    async def tick(self) -> int:
        """Tell what is due, one after the other; how many were told."""
        told = 0
        for telling in await asyncio.to_thread(self._due):
            told += await self._tell(telling)
        return told

    def _due(self) -> list[RiseTelling]:
        """What may go out now; what quiet hours hold back is put off to their end, what is stale is dropped."""
        now = self._clock()
        with self._store.read() as tx:
            due = tx.levels.due(now, AT_ONCE)
        ready = [telling for telling in due if not _stale(telling, now) and not _held(telling, now)]
        if len(ready) < len(due):
            with self._store.write() as tx, suppress(NotStored):
                for telling in due:
                    key = telling.chat.id, telling.rise.id
                    if _stale(telling, now):
                        tx.levels.drop(*key, "too old to be news")
                    elif until := _held(telling, now):
                        tx.levels.retry(*key, attempts=telling.attempts, next_at=until, problem="quiet hours")
        return ready

    async def _tell(self, telling: RiseTelling) -> bool:
        chat, rise = telling.chat, telling.rise
        view = LevelView(rise.standing, self._store.edition, chat.language)
        try:
            await self._channel.send_rise(chat.id, view, Urgency[rise.severity.name], pictures=chat.pictures)
        except ChannelError as error:
            log.warning("chat %s, rise %s: %s", chat.id, rise.id, type(error).__name__)
            await asyncio.to_thread(self._failed, telling, error)
            return False
        await asyncio.to_thread(self._told, telling)
        return True

    def _told(self, telling: RiseTelling) -> None:
        with self._store.write() as tx, suppress(NotStored):  # the chat may have been erased meanwhile
            tx.levels.told(telling.chat.id, telling.rise.id, self._clock())

    def _failed(self, telling: RiseTelling, error: ChannelError) -> None:
        key, attempts = (telling.chat.id, telling.rise.id), telling.attempts + 1
        now, jitter = self._clock(), self._jitter()
        with self._store.write() as tx, suppress(NotStored):
            not_taken(tx, tx.levels, key, error, attempts=attempts, now=now, jitter=jitter)


def _stale(telling: RiseTelling, now: datetime) -> bool:
    return now - telling.rise.at > STALE


def _held(telling: RiseTelling, now: datetime) -> datetime | None:
    """Until when the chat's night or pause holds it back; digests do not tell of levels."""
    if telling.chat.is_paused(now) or telling.rise.severity is not Severity.EXTREME:
        return unreachable_until(telling.chat, now)
    return None
