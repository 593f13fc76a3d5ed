"""Tell chats one by one what concerns many: what is due goes out, and is marked only after the service took it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from alerts.digest import Wait
from pipeline.channel import ChannelError
from pipeline.refusals import not_taken
from store.errors import NotStored
from store.store import Store, Transaction
from store.tellings import Telling, Tellings

log = logging.getLogger(__name__)

T = TypeVar("T")

SPARE = timedelta(hours=1)  # after a digest was due; what it did not tell is told by itself then


@dataclass(frozen=True, slots=True)
class Manner(Generic[T]):
    """How matters of one kind, `name` in the log, are told: at most `at_once` in a tick, `together` at a time. `stale`:
    why it is told no more, None where it is; `held`: until when the chat's night or pause holds it back; `send` raises
    ChannelError and nothing else. `gathered`: of which digest it is a part."""

    name: str
    tellings: Callable[[Transaction], Tellings[Any, Any, T]]
    at_once: int
    together: int
    stale: Callable[[T, datetime], str | None]
    held: Callable[[Telling[T], datetime], datetime | None]
    send: Callable[[Telling[T]], Awaitable[object]]
    gathered: Callable[[Telling[T], datetime], Wait | None] = lambda telling, now: None


class Teller(Generic[T]):
    """Only one of a kind may run for a store."""

    def __init__(
        self, store: Store, manner: Manner[T], clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._store = store
        self._manner = manner
        self._clock = clock
        self._jitter = jitter

    async def tick(self) -> int:
        """Tell what is due; how many were told."""
        due = await asyncio.to_thread(self._due)
        told, together = 0, self._manner.together
        for start in range(0, len(due), together):
            told += sum(await asyncio.gather(*map(self._tell, due[start : start + together])))
        return told

    def _due(self) -> list[Telling[T]]:
        """What may go out now; what is held back is put off until then, what is stale is dropped."""
        now, manner = self._clock(), self._manner
        with self._store.read() as tx:
            due = manner.tellings(tx).due(now, manner.at_once)
        ready = [one for one in due if not (manner.stale(one.about, now) or self._waits(one, now))]
        if len(ready) < len(due):
            with self._store.write() as tx:
                for telling in due:
                    self._put_off(tx, telling, now)
        return ready

    def _waits(self, telling: Telling[T], now: datetime) -> bool:
        return self._manner.gathered(telling, now) is not None or self._manner.held(telling, now) is not None

    def _put_off(self, tx: Transaction, telling: Telling[T], now: datetime) -> None:
        tellings, key = self._manner.tellings(tx), (telling.chat.id, telling.about_id)
        with suppress(NotStored):  # the chat may have been erased meanwhile
            if why := self._manner.stale(telling.about, now):
                tellings.drop(*key, why)
            elif (wait := self._manner.gathered(telling, now)) and wait.why:
                tx.digests.open(telling.chat.id, wait.until, wait.why, now)
                next_at = wait.until + SPARE
                tellings.retry(*key, attempts=telling.attempts, next_at=next_at, problem="waits for the digest")
            elif until := self._manner.held(telling, now):
                tellings.retry(*key, attempts=telling.attempts, next_at=until, problem="quiet hours")

    async def _tell(self, telling: Telling[T]) -> bool:
        try:
            await self._manner.send(telling)
        except ChannelError as error:
            log.warning(
                "chat %s, %s %s: %s", telling.chat.id, self._manner.name, telling.about_id, type(error).__name__
            )
            await asyncio.to_thread(self._failed, telling, error)
            return False
        await asyncio.to_thread(self._told, telling)
        return True

    def _told(self, telling: Telling[T]) -> None:
        with self._store.write() as tx, suppress(NotStored):
            self._manner.tellings(tx).told(telling.chat.id, telling.about_id, self._clock())

    def _failed(self, telling: Telling[T], error: ChannelError) -> None:
        key, attempts = (telling.chat.id, telling.about_id), telling.attempts + 1
        now, jitter = self._clock(), self._jitter()
        with self._store.write() as tx, suppress(NotStored):
            not_taken(tx, self._manner.tellings(tx), key, error, attempts=attempts, now=now, jitter=jitter)
