"""A running emulator, the user's side of it, and a bot that calls it at our pace."""

import shutil
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from alerts.types import ChatKind, Edition, Language
from chat.app import ALLOWED_UPDATES, build_application
from chat.channel import TelegramChannel
from chat.dispatch import App
from chat.limiter import PacedLimiter
from chat.limits import Allowances
from chat.services import Services
from emulator.client import Control
from emulator.server import RunningEmulator, start
from feeds.fetch import Fetcher, Limits
from feeds.types import Catalogue
from incidents.types import Incident
from pipeline.admission import Admission
from pipeline.channel import IncidentRef, Urgency
from pipeline.feed_keeping import FeedKeeper
from places.gazetteer import Gazetteer
from store.store import Store
from tests.builders import NOW, make_chat, make_located, make_reading
from tests.person import Person
from tests.site import Site, serving
from tests.telling import Alerted, tell

TOKEN = "123456:TESTTOKEN"
UNHURRIED = Allowances(overall_per_s=10_000, private_every_s=0.0001, group_count=10_000)


@pytest.fixture(scope="session", autouse=True)
def _one_tls_context() -> Iterator[None]:
    """Loading the certificates takes a tenth of a second for each client, and loopback needs none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.fixture
async def server() -> AsyncIterator[RunningEmulator]:
    running = await start()
    yield running
    await running.close()


@pytest.fixture
async def telegram(server: RunningEmulator) -> AsyncIterator[Control]:
    """The user's side; private chat 7 exists, nothing is limited."""
    async with Control(server.url) as client:
        await client.post("config", limits=False)
        await client.post("chats", id=7)
        yield client


@pytest.fixture
async def bot(server: RunningEmulator, telegram: Control) -> AsyncIterator[ExtBot[Urgency]]:
    request = HTTPXRequest(connection_pool_size=16, read_timeout=0.5)
    limiter = PacedLimiter(time.monotonic, UNHURRIED)
    bot = ExtBot(TOKEN, base_url=server.url + "/bot", request=request, rate_limiter=limiter)
    async with bot:
        yield bot


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture
def sample_store(migrated_file: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "sample.sqlite"
    shutil.copy(migrated_file, path)
    store = Store.open(f"sqlite:///{path}", Edition.SAMPLE)
    yield store
    store.close()


OPERATOR = 4242


@pytest.fixture
def watched() -> list[int]:
    """Ids of chats that saved a watch."""
    return []


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """Reads feeds on loopback."""
    async with Fetcher(allow_private=True, limits=Limits(total_s=5.0)) as opened:
        yield opened


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as found:
        yield found


@pytest.fixture
async def services(
    sqlite_store: Store, sample_store: Store, gazetteer: Gazetteer, watched: list[int], fetcher: Fetcher
) -> Services:
    """Of a catalogue without feeds."""
    return Services(
        store=sqlite_store,
        sample_store=sample_store,
        gazetteer=gazetteer,
        version="0.1.0",
        clock=_now,
        started_at=NOW,
        feeds=FeedKeeper(sqlite_store, Catalogue((), ()), fetcher, _now),
        admission=Admission(sqlite_store, _now, closed=False, operators=[OPERATOR]),
        model="test-1",
        admins=frozenset({OPERATOR}),
        on_watch=watched.append,
    )


def _now() -> datetime:
    return NOW


@pytest.fixture
async def application(server: RunningEmulator, telegram: Control, services: Services) -> AsyncIterator[App]:
    """The real application, polling the emulator. Stopping it waits for the updates it has taken."""
    app = build_application(TOKEN, server.url, services, PacedLimiter(time.monotonic, UNHURRIED))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5, allowed_updates=ALLOWED_UPDATES)
        yield app
        await app.updater.stop()
        if app.running:
            await app.stop()


@pytest.fixture
def running(application: App, services: Services) -> Services:
    """What the running application works with."""
    return services


@pytest.fixture
def person(running: Services, telegram: Control) -> Callable[..., Person]:
    """Somebody in a chat with the running bot."""

    def make(chat_id: int = 7, user_id: int | None = None) -> Person:
        return Person(telegram, chat_id, user_id)

    return make


@pytest.fixture
def ana(person: Callable[..., Person]) -> Person:
    """Somebody in private chat 7."""
    return person(7)


@pytest.fixture
def alerted(running: Services, bot: ExtBot[Urgency]) -> Alerted:
    """Sends a chat the alert of an incident whose source was read."""

    async def alert(chat_id: int = 7) -> Incident:
        with running.store.write() as tx:
            if tx.chats.get(chat_id) is None:
                tx.chats.put(make_chat(chat_id, kind=ChatKind.PRIVATE if chat_id > 0 else ChatKind.GROUP))
        incident = tell(running.store, chat_id, message_id=None)
        about = IncidentRef(Edition.LIVE, incident.id, Language.EN)
        message_id = await TelegramChannel(bot).send(chat_id, "REPORTED", about=about, urgency=Urgency.SEVERE)
        with running.store.write() as tx:
            article = tx.articles.get(incident.witnesses[0].article_id).article
            tx.articles.add_reading(article, make_reading(rule="told as fact by the outlet"), make_located())
            tx.outbox.sent(chat_id, incident.id, revision=1, message_id=message_id, now=NOW)
        return incident

    return alert
