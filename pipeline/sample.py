"""Play the bundled sample to those who try the bot: invented reports, in an archive of their own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.severity import severity
from alerts.types import Reason
from alerts.watches import matching
from feeds.identity import article_in, content_hash
from feeds.types import Catalogue
from pipeline.assess import Assessor
from pipeline.entries import Recording
from pipeline.fuse import record
from store.store import Store

PACE_S = 3.0  # between two reports: slow enough to watch a message change


class SamplePlayer:
    """Plays the recordings once, as if published now, from the first time a chat watches something."""

    def __init__(
        self,
        recordings: Sequence[Recording],
        catalogue: Catalogue,
        assessor: Assessor,
        store: Store,
        clock: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._recordings = recordings
        self._catalogue = catalogue
        self._assessor = assessor
        self._store = store
        self._clock = clock
        self._pause = pause
        self._started = False
        self._tasks: set[asyncio.Task[None]] = set()

    def watched(self, chat_id: int) -> None:
        """A chat saved a watch: the first one starts the sample, a later one is told what was played so far."""
        task = asyncio.get_running_loop().create_task(self._catch_up(chat_id) if self._started else self._play_all())
        self._started = True
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait for what was started."""
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Break off what was started."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _catch_up(self, chat_id: int) -> None:
        await asyncio.to_thread(catch_up, self._store, chat_id, self._clock())

    async def _play_all(self) -> None:
        for number, recording in enumerate(self._recordings):
            if number:
                await self._pause(PACE_S)
            await asyncio.to_thread(self._play, recording)

    def _play(self, recording: Recording) -> None:
        now = self._clock()
        entry = replace(recording.entry, published=now)
        article = article_in(entry, self._catalogue, now)
        [report] = self._assessor.assess([article])
        record(self._store, report, content_hash(entry), now)


def catch_up(store: Store, chat_id: int, now: datetime) -> None:
    """Tell a chat of the incidents so far that its watches match and that it does not know."""
    with store.write() as tx:
        watches = tx.chats.watches(chat_id)
        for incident in tx.incidents.all():
            told = tx.alerts.of_incident(incident.id)
            level = severity(incident)
            matched = [watch.id for watch, _ in matching(watches, incident, level)]
            if told and matched:
                tx.outbox.want(
                    chat_id,
                    incident.id,
                    revision=incident.revision,
                    reason=Reason.NEW,
                    severity=level,
                    watch_ids=matched,
                    now=now,
                    next_at=now,
                )
