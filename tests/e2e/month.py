"""A month of the war of early 2025, lived through by one chat: the bot's own parts on a clock that is turned by hand.

The recorded entries of samples/walikale-2025.jsonl are read and fused as they come, alerts leave through the emulator,
and a person answers there; nothing waits for real time.
"""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonl
from alerts.types import Severity
from chat.app import ALLOWED_UPDATES, build_application
from chat.channel import TelegramChannel
from chat.limiter import PacedLimiter
from chat.limits import Allowances
from chat.services import Services
from emulator.client import Control
from emulator.server import RunningEmulator
from emulator.server import start as start_emulator
from feeds.catalogue import load
from feeds.fetch import Fetcher
from feeds.identity import article_in, content_hash
from feeds.types import Catalogue
from incidents.types import Report
from pipeline.admission import Admission
from pipeline.assess import Assessor
from pipeline.deliver import Deliverer
from pipeline.entries import Recording, recordings
from pipeline.feed_keeping import FeedKeeper
from pipeline.fuse import record
from places.gazetteer import Gazetteer
from store.store import Store
from tests.person import Person

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "walikale-2025.jsonl"
TOKEN = "123456:TESTTOKEN"
UNHURRIED = Allowances(overall_per_s=10_000, private_every_s=0.0001, group_count=10_000)
READER, OPERATOR = 7, 4242
FIRST_DAY, LAST_DAY = datetime(2025, 1, 15, 8, tzinfo=UTC), datetime(2025, 2, 15, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Noted:
    """A message that came, or an edit (`edited`), and when by the month's clock. `ids`: the incidents it tells of,
    those with their revision (T-0014/1), not those that it only points to; `extreme`: one of them is Extreme."""

    at: datetime
    text: str
    edited: bool
    ids: frozenset[int]
    extreme: bool


@dataclass
class Month:
    """`reader`: somebody new; `operator`: who runs the bot. `diary`: what the reader was sent, unasked."""

    url: str
    services: Services
    telegram: Control
    deliverer: Deliverer
    reports: list[tuple[Recording, Report]]
    reader: Person
    operator: Person
    now: datetime = FIRST_DAY - timedelta(days=14)
    diary: list[Noted] = field(default_factory=list)

    async def until(self, moment: datetime) -> None:
        """Let time pass: entries come when they came, and the bot looks at what is due each full hour."""
        hour = self.now.replace(minute=0) + HOUR
        while hour <= moment:
            await self._entries(hour)
            self.now = hour
            if self._is_due():
                await self._look()
            hour += HOUR
        await self._entries(moment)
        self.now = moment
        await self._look()

    def _is_due(self) -> bool:
        with self.services.store.read() as tx:
            due = tx.outbox.next_due()
            return bool(tx.digests.due(self.now, 1)) or (due is not None and due <= self.now)

    async def until_told(self, words: str, before: datetime = LAST_DAY) -> Noted:
        """Let time pass, hour by hour, until a message with these words comes."""
        seen = len(self.diary)
        while self.now < before:
            await self.until(self.now + HOUR)
            if found := next((n for n in self.diary[seen:] if words in n.text and not n.edited), None):
                return found
        raise AssertionError(f"nothing with {words!r} before {before}")

    async def _entries(self, moment: datetime) -> None:
        while self.reports and self.reports[0][1].article.published <= moment:
            recording, report = self.reports.pop(0)
            self.now = max(self.now, report.article.published)
            with self.services.store.read() as tx:
                known = tx.articles.known([report.article.key]).get(report.article.key)
            record(self.services.store, report, content_hash(recording.entry), self.now, known)
            await self._look()

    async def _look(self) -> None:
        before = await self._rows()
        await self.deliverer.drain()
        after = await self._rows()
        known = {row["message"]["message_id"]: len(row["edits"]) for row in before}
        for row in after:
            number, text = row["message"]["message_id"], row["message"].get("text", "")
            if number not in known or len(row["edits"]) > known[number]:
                ids = frozenset(map(int, re.findall(r"T-(\d+)/\d", text)))
                extreme = any(is_extreme(self.services.store, id) for id in ids)
                self.diary.append(Noted(self.now, text, number in known, ids, extreme))

    async def _rows(self) -> list[dict[str, Any]]:
        return await self.telegram.messages(READER)


def read_month(assessor: Assessor, catalogue: Catalogue) -> list[tuple[Recording, Report]]:
    """The recorded entries up to the last day, read and located."""
    entries = [r for r in recordings(jsonl.read(SAMPLE)) if r.entry.published and r.entry.published <= LAST_DAY]
    articles = [article_in(r.entry, catalogue, r.entry.published or LAST_DAY) for r in entries]
    return list(zip(entries, assessor.assess(articles), strict=True))


@asynccontextmanager
async def living(
    store: Store, gazetteer: Gazetteer, reports: list[tuple[Recording, Report]], language: str
) -> AsyncIterator[Month]:
    """The bot, serving; the reader's Telegram speaks `language`."""
    server = await start_emulator()
    month: Month | None = None

    def clock() -> datetime:
        return month.now if month else FIRST_DAY

    try:
        async with Control(server.url) as telegram, Fetcher(allow_private=False) as fetcher:
            await telegram.post("config", limits=False)
            await telegram.post("chats", id=READER, language=language)
            await telegram.post("chats", id=OPERATOR)
            services = _services(store, gazetteer, fetcher, clock)
            app = build_application(TOKEN, server.url, services, PacedLimiter(time.monotonic, UNHURRIED))
            async with app:
                await app.start()
                assert app.updater is not None
                await app.updater.start_polling(timeout=5, allowed_updates=ALLOWED_UPDATES)
                deliverer = Deliverer(store, TelegramChannel(app.bot), clock, lambda: 0.0)
                month = _month(server, services, telegram, deliverer, list(reports))
                try:
                    yield month
                finally:
                    await app.updater.stop()
                    await app.stop()
    finally:
        await server.close()


def _services(store: Store, gazetteer: Gazetteer, fetcher: Fetcher, clock: Any) -> Services:
    return Services(
        store=store,
        gazetteer=gazetteer,
        version="0.1.0",
        clock=clock,
        started_at=FIRST_DAY,
        feeds=FeedKeeper(store, load(ROOT / "feeds.yaml"), fetcher, clock),
        admission=Admission(store, clock, closed=False, operators=[OPERATOR]),
        admins=frozenset({OPERATOR}),
    )


def _month(
    server: RunningEmulator,
    services: Services,
    telegram: Control,
    deliverer: Deliverer,
    reports: list[tuple[Recording, Report]],
) -> Month:
    reader, operator = Person(telegram, READER), Person(telegram, OPERATOR)
    return Month(server.url, services, telegram, deliverer, reports, reader, operator)


def is_extreme(store: Store, incident_id: int) -> bool:
    """Whether the reader was told of the incident as Extreme."""
    with store.read() as tx:
        told = tx.outbox.told(READER, incident_id)
    return told is not None and told.severity is Severity.EXTREME
