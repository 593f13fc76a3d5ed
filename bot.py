"""Tocsin's command line, and the one place where its parts are wired together."""

import asyncio
import io
import logging
import random
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

import jsonl
import settings
from alerts.types import Edition
from chat.app import build_application
from chat.channel import TelegramChannel
from chat.limiter import PacedLimiter
from chat.services import Services
from chat.serving import Job, serve
from classifiers.model import default_model
from classifiers.reader import Reader
from emulator import server as emulator
from emulator.limits import Config as EmulatorConfig
from errors import InvalidInput, TocsinError
from feeds import catalogue as catalogues
from feeds.check import FeedCheck
from feeds.check import check as check_feeds
from feeds.fetch import Fetcher
from feeds.types import Catalogue
from pipeline import explain as explaining
from pipeline.admission import Admission
from pipeline.assess import Assessor
from pipeline.collect import Collector
from pipeline.deliver import Deliverer
from pipeline.ease import ease
from pipeline.entries import recordings
from pipeline.expire import expire
from pipeline.feed_keeping import FeedKeeper
from pipeline.feedback import feedback
from pipeline.housekeeping import tidy
from pipeline.replay import replay as replay_recordings
from pipeline.sample import SamplePlayer
from pipeline.streams import classify as classify_rows
from pipeline.streams import geoparse as geoparse_rows
from pipeline.tell_levels import LevelTeller
from pipeline.tell_notices import NoticeTeller
from places.gazetteer import Gazetteer
from places.locate import Locator
from store.lock import ProcessLock
from store.migrations import migrate as migrate_database
from store.store import Store

ROOT = Path(__file__).resolve().parent
VAR = ROOT / "var"
LIVE_DATABASE = f"sqlite:///{VAR / 'tocsin.sqlite'}"
DEMO_DATABASE = f"sqlite:///{VAR / 'demo.sqlite'}"
SAMPLE_DATABASE = f"sqlite:///{VAR / 'sample.sqlite'}"
DEMO_TOKEN = "1:demo-on-this-machine"  # noqa: S105 (the emulator takes any)
SAMPLE = ROOT / "samples" / "walikale.jsonl"
SAMPLE_PUBLISHERS = ROOT / "samples" / "publishers.yaml"
BAD_INPUT = 2
THREADS = 96
DAY_S = 86_400.0
LEVELS_S, LEVELS_TOLD_S = 1_800.0, 15.0
FEED_WATCH_S, NOTICES_TOLD_S = 300.0, 5.0
HOUR_S = 3_600.0

STANDARD_INPUT = Path("-")

JsonLines = Annotated[bool, typer.Option("--jsonl/", help="JSON lines in and out (the only format, and the default).")]

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def main() -> None:
    """Run the command line; a person's mistake is one line on standard error and exit code 2."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever the locale: files and pipes are UTF-8
    try:
        app()
    except TocsinError as error:
        sys.stderr.write(f"tocsin: {error}\n".replace("\r", " "))
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        # Whoever read our output has gone; nothing is left to say, also not at exit.
        sys.stdout = None
        sys.exit(1)


@app.callback(invoke_without_command=True, help="An early-warning bot for armed conflict.")
def default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        run()


@app.command(help="Serve Telegram; without TELEGRAM_BOT_TOKEN, a chat page on this machine.")
def run(
    sample: Annotated[
        bool | None, typer.Option(help="Play the bundled sample; refused with a token, the default without.")
    ] = None,
    port: Annotated[int, typer.Option(help="Port of the chat page; 0, or one that is taken: any free one.")] = 8081,
) -> None:
    found = settings.load()
    if found.token and sample:
        raise InvalidInput("--sample", "a token is set, and invented reports must reach no one by Telegram", "no token")
    _log_to_stderr()
    asyncio.run(_serve(found, port=port, sample=not found.token and sample is not False))


async def _serve(found: settings.Settings, *, port: int, sample: bool) -> None:
    """The whole bot, until it is told to stop."""
    stop = _stop_signal()
    # Looking up names of hosts blocks threads of this pool; there must be some left for the store.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    catalogue = catalogues.load(found.feeds)
    url = found.database_url or (LIVE_DATABASE if found.token else DEMO_DATABASE)
    async with AsyncExitStack() as stack:
        live = stack.enter_context(_store(url, Edition.LIVE))
        stack.enter_context(ProcessLock(url))
        fetcher = await stack.enter_async_context(Fetcher(allow_private=found.allow_private_hosts))
        keeper = FeedKeeper(live, catalogue, fetcher, _now)
        admission = Admission(live, _now, closed=found.closed, allowed=found.allowed, operators=found.admins)
        admission.shut()
        models = await asyncio.to_thread(_models)
        assessor = Assessor(models.reader, models.locator)
        token, api_url = found.token, found.api_url
        if token is None:
            token, api_url = DEMO_TOKEN, await stack.enter_async_context(_emulator(port, operated=bool(found.admins)))
        samples = stack.enter_context(_sample_store()) if sample else None
        player = await stack.enter_async_context(_player(assessor, samples)) if samples else None
        services = Services(
            store=live,
            gazetteer=models.gazetteer,
            version=_version(),
            clock=_now,
            started_at=_now(),
            feeds=keeper,
            admission=admission,
            model=models.name,
            sample_store=samples,
            admins=found.admins,
            on_watch=player.watched if player else None,
        )
        if player:
            _play_to_those_who_watch(services, player)
        application = build_application(token, api_url, services, PacedLimiter(time.monotonic))
        collector = Collector(live, fetcher, keeper.catalogue, assessor, _now, random.random)
        jobs = _jobs(services, TelegramChannel(application.bot, services.easel), collector)
        await serve(application, jobs, found.admins, stop)


def _jobs(services: Services, channel: TelegramChannel, collector: Collector) -> list[Job]:
    """Everything that is done again and again."""
    live, catalogue = services.store, services.feeds.catalogue
    deliverers = [Deliverer(store, channel, _now, random.random) for store in services.stores]
    regions = services.regions
    levels = LevelTeller(live, channel, _now, random.random)
    notices = NoticeTeller(live, channel, services.admins, regions, _now, random.random)
    return [
        Job(collector.tick),
        *(Job(deliverer.tick) for deliverer in deliverers),
        Job(notices.tick, every_s=NOTICES_TOLD_S),
        Job(levels.tick, every_s=LEVELS_TOLD_S),
        Job(lambda: asyncio.to_thread(services.levels.tick), every_s=LEVELS_S),
        Job(lambda: asyncio.to_thread(services.feed_watch.tick), every_s=FEED_WATCH_S),
        Job(lambda: asyncio.to_thread(tidy, live, _now()), every_s=DAY_S),
        Job(lambda: asyncio.to_thread(ease, live, catalogue(), _now()), every_s=HOUR_S),
        Job(lambda: asyncio.to_thread(expire, live, _now()), every_s=HOUR_S),
    ]


@asynccontextmanager
async def _emulator(port: int, *, operated: bool) -> AsyncIterator[str]:
    """The Bot API on this machine, with its chat page; says where. Yields its address. `operated`: it has operators."""
    config = EmulatorConfig(auto_chats=True, first_message_id=int(time.time()) % 10**9)
    try:
        running = await emulator.start(port, config)
    except OSError:
        running = await emulator.start(0, config)
    sys.stdout.write(f"No TELEGRAM_BOT_TOKEN is set: open {running.url} in a browser and press Start.\n")
    if not operated:
        sys.stdout.write(
            "To try what operators can do, start it with TOCSIN_ADMINS=7: the page's first chat is user 7.\n"
        )
    sys.stdout.flush()
    try:
        yield running.url
    finally:
        await running.close()


@contextmanager
def _sample_store() -> Iterator[Store]:
    """The sample's own database, made anew."""
    for leftover in VAR.glob("sample.sqlite*"):
        leftover.unlink()
    with _store(SAMPLE_DATABASE, Edition.SAMPLE) as store:
        yield store


@asynccontextmanager
async def _player(assessor: Assessor, store: Store) -> AsyncIterator[SamplePlayer]:
    recorded = recordings(jsonl.read(SAMPLE))
    player = SamplePlayer(recorded, catalogues.load(SAMPLE_PUBLISHERS), assessor, store, _now)
    try:
        yield player
    finally:
        await player.stop()


def _play_to_those_who_watch(services: Services, player: SamplePlayer) -> None:
    """The sample's database is new, the chats of an earlier run are not."""
    with services.store.read() as tx:
        watching = [subscriber.chat.id for subscriber in tx.chats.subscribers(None, 100)]
    for chat_id in watching:
        services.subscriptions.mirror(chat_id)
        player.watched(chat_id)


def _stop_signal() -> asyncio.Event:
    """Set by Ctrl-C or a polite kill."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _now() -> datetime:
    return datetime.now(UTC)


def _version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def _log_to_stderr() -> None:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Models:
    name: str
    reader: Reader
    gazetteer: Gazetteer
    locator: Locator


def _models() -> Models:
    """Everything that is loaded once: takes seconds."""
    gazetteer = Gazetteer.load()
    model = default_model(encoder=settings.load().encoder)
    return Models(model.name, Reader(model), gazetteer, Locator(gazetteer))


@contextmanager
def _store(url: str, edition: Edition) -> Iterator[Store]:
    """A migrated database, opened until the block is left."""
    migrate_database(url)
    store = Store.open(url, edition)
    try:
        yield store
    finally:
        store.close()


@app.command(help="Poll every feed of feeds.yaml once and print how each of them is.")
def check() -> None:
    found = settings.load()
    catalogue = catalogues.load(found.feeds)
    asyncio.run(_check(catalogue, found.allow_private_hosts))


async def _check(catalogue: Catalogue, allow_private: bool) -> None:
    errors = Console(stderr=True)
    with Progress(console=errors, transient=True) as progress:
        task = progress.add_task("polling", total=len(catalogue.feeds))
        async with Fetcher(allow_private=allow_private) as fetcher:
            checks = await check_feeds(catalogue, fetcher, _now, lambda _: progress.advance(task))
    Console().print(_table(checks))


def _table(checks: Sequence[FeedCheck]) -> Table:
    table = Table("publisher", "feed", "status", "entries", "newest", "delay", "problem")
    for row in checks:
        table.add_row(
            escape(row.publisher.name),
            escape(row.feed.url),
            str(row.status or "-"),
            str(row.entries),
            jsonl.format_time(row.newest) if row.newest else "-",
            f"{row.delay.total_seconds() / 3600:.1f} h" if row.delay else "-",
            escape(row.problem or ""),
        )
    return table


@app.command(help="Read items: JSON lines {id, title, summary, ...} in, one reading a line out.")
def classify(jsonl_: JsonLines = True) -> None:
    models = _models()
    jsonl.write(classify_rows(jsonl.read(STANDARD_INPUT), models.reader, models.locator), sys.stdout)


@app.command(help="Say why a text is read as it is: signals, rules, places.")
def explain(
    text: Annotated[str, typer.Argument(help='Title, then the summary on further lines; "-": standard input')],
    language: Annotated[str | None, typer.Option(help="Declared language, such as fr")] = None,
    home: Annotated[str | None, typer.Option(help="Country of the publisher, such as CD")] = None,
) -> None:
    written = explaining.text_to_explain(_standard_input() if text == "-" else text, language, home)
    models = _models()
    sys.stdout.write(explaining.render(explaining.explain(written, models.reader, models.locator)) + "\n")


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput("standard input", f"not UTF-8 at byte {error.start}", "text in UTF-8") from error


@app.command(help="Find places: JSON lines {id, text, mentions?} in, the places a line out.")
def geoparse(jsonl_: JsonLines = True) -> None:
    jsonl.write(geoparse_rows(jsonl.read(STANDARD_INPUT), _models().locator), sys.stdout)


@app.command(help="Run recorded entries through the whole pipeline in a fresh database.")
def replay(
    entries: Annotated[Path, typer.Argument(help="JSON lines {id, feed, published, title, summary, link}; .gz too")],
    out: Annotated[Path, typer.Option(help="Folder for readings.jsonl, incidents.jsonl and alerts.jsonl")],
) -> None:
    catalogue = catalogues.load(settings.load().feeds)
    recorded = recordings(jsonl.read(entries))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput("--out", f"{out} cannot be made: {error.strerror}", "a folder") from error
    models = _models()
    with tempfile.TemporaryDirectory(prefix="tocsin-replay-") as folder, ExitStack() as stack:
        store = stack.enter_context(_store(f"sqlite:///{Path(folder) / 'replay.sqlite'}", Edition.LIVE))
        progress = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
        task = progress.add_task("replaying", total=len(recorded))
        summary = asyncio.run(
            replay_recordings(
                recorded,
                catalogue,
                Assessor(models.reader, models.locator),
                store,
                out,
                lambda done: progress.update(task, completed=done),
            )
        )
    sys.stderr.write(f"{summary.entries} entries, {summary.incidents} incidents, {summary.alerts} alerts\n")


@app.command(help="Write what readers found wrong, as classifiers.train --feedback takes it.")
def verdicts(out: Annotated[Path, typer.Option(help="File for the JSON lines")]) -> None:
    store = Store.open(settings.load().database_url or LIVE_DATABASE)
    try:
        with out.open("w", encoding="utf-8", newline="\n") as stream:
            jsonl.write(feedback(store), stream)
    except OSError as error:
        raise InvalidInput("--out", f"{out} cannot be written: {error.strerror}", "a file") from error
    finally:
        store.close()


@app.command(help="Bring the database's schema up to date.")
def migrate() -> None:
    found = settings.load()
    migrate_database(found.database_url or LIVE_DATABASE)


if __name__ == "__main__":
    main()
