"""Replay recorded entries through the whole pipeline on a clock that follows their publication."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

import jsonl
from alerts.types import Chat, ChatKind, Language, Watch
from feeds.identity import article_in, content_hash
from feeds.types import Catalogue
from incidents.types import Incident
from pipeline.assess import Assessor
from pipeline.channel import IncidentRef, Urgency
from pipeline.deliver import Deliverer
from pipeline.entries import BEFORE_ALL, Recording
from pipeline.fuse import record
from pipeline.rows import alert_row, incident_row, reading_row
from places.types import Area, AreaKind
from store.store import Store

BATCH = 256
READER = 1  # the one chat of a replay


@dataclass(frozen=True, slots=True)
class Summary:
    entries: int
    incidents: int
    alerts: int


@dataclass(slots=True)
class Transcript:
    """A Channel that keeps what it is given: the full text by incident, as the chat sees it now."""

    texts: dict[int, str] = field(default_factory=dict)
    messages: int = 0

    async def send(
        self, chat_id: int, text: str, *, about: IncidentRef, urgency: Urgency, reply_to: int | None = None
    ) -> int:
        self.messages += 1
        if reply_to is None:
            self.texts[about.incident_id] = text
        return self.messages

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None:
        self.texts[about.incident_id] = text

    async def send_digest(self, chat_id: int, text: str, *, about: Sequence[IncidentRef], urgency: Urgency) -> None:
        self.messages += 1


@dataclass(slots=True)
class ReplayClock:
    now: datetime = BEFORE_ALL

    def __call__(self) -> datetime:
        return self.now


async def replay(
    recordings: Sequence[Recording],
    catalogue: Catalogue,
    assessor: Assessor,
    store: Store,
    out: Path,
    progress: Callable[[int], None],
) -> Summary:
    """Write readings, incidents and alerts (.jsonl) into the folder `out`, for one English chat that watches the world.

    `recordings` oldest first; `store` empty. `progress` is called with the number of entries done.
    """
    subscribe(store)
    clock, transcript = ReplayClock(), Transcript()
    deliverer = Deliverer(store, transcript, clock, jitter=lambda: 0.0)
    ids: dict[int, list[str]] = defaultdict(list)
    alerts = 0
    with ExitStack() as stack:
        readings, told = (stack.enter_context(_writer(out / f"{name}.jsonl")) for name in ("readings", "alerts"))
        for done, batch in _batches(recordings):
            articles = [article_in(r.entry, catalogue, r.entry.published or clock.now) for r in batch]
            for recording, report in zip(batch, assessor.assess(articles), strict=True):
                jsonl.write([reading_row(recording.id, report.reading, report.located)], readings)
                clock.now = max(clock.now, report.article.published)
                with store.read() as tx:
                    known = tx.articles.known([report.article.key]).get(report.article.key)
                recorded = record(store, report, content_hash(recording.entry), clock.now, known)
                ids[recorded.article_id].append(recording.id)
                if recorded.alert is None or recorded.incident is None:
                    continue
                await deliverer.drain()
                if (text := transcript.texts.get(recorded.incident.id)) is not None:
                    jsonl.write([alert_row(recorded.alert, _entries(recorded.incident, ids), text)], told)
                    alerts += 1
            progress(done)
    with store.read() as tx, _writer(out / "incidents.jsonl") as stream:
        incidents = [incident_row(incident, _entries(incident, ids)) for incident in tx.incidents.all()]
        jsonl.write(incidents, stream)
    return Summary(len(recordings), len(incidents), alerts)


def subscribe(store: Store) -> None:
    """The one English chat that watches the world at default thresholds."""
    with store.write() as tx:
        tx.chats.put(Chat(READER, ChatKind.PRIVATE, Language.EN))
        tx.chats.add_watch(Watch(0, READER, Area(AreaKind.WORLD, "World")))


def _batches(recordings: Sequence[Recording]) -> Iterator[tuple[int, Sequence[Recording]]]:
    for start in range(0, len(recordings), BATCH):
        batch = recordings[start : start + BATCH]
        yield start + len(batch), batch


def _entries(incident: Incident, ids: dict[int, list[str]]) -> list[str]:
    return [id for witness in incident.witnesses for id in ids[witness.article_id]]


def _writer(path: Path) -> IO[str]:
    return path.open("w", encoding="utf-8", newline="\n")
