"""How long people wait for an answer: `python -m benchmarks.replies [--store FILE]`.

The real handlers answer a chat with five watches that was told of 3,000 incidents, from a SQLite file with 100,000
articles, 5,000 incidents and the 20,000 watches of 4,000 chats. Each command is asked several times, after once
unmeasured. Printed are the median, the 95th percentile and the longest of the seconds that one answer takes: of the
processor, in all threads, and of the clock; on an idle machine they differ little. Sending the answer through Telegram
comes on top. `--store` keeps the made-up store, which takes minutes to fill, for another run.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from alerts.types import Chat, ChatKind, Language
from benchmarks.full_store import NOW, READER, Size, fill
from chat.presses import Press
from chat.routes import COMMANDS, PRESSES, TYPED
from chat.screens import Answer
from chat.services import Services
from chat.turn import Turn
from feeds.fetch import Fetcher
from feeds.types import Catalogue
from pipeline.admission import Admission
from pipeline.feed_keeping import FeedKeeper
from places.gazetteer import Gazetteer
from store.migrations import migrate
from store.store import Store

MOST_S = 1.0

ASKED = (
    "/start",
    "/help",
    "/settings",
    "/watch",
    "/watch 200 km around Walikale",
    "/watch North Kivu",
    "/watch Valikale",
    "/watches",
    "/mutes",
    "/alerts",
    "/alerts hospital",
    "/alerts 2025-03-10",
    "/alert {first}",
    "/alert {long}",
    "/search hospital",
    "/search hospital Walikale",
    "/search army",
    "/search clinic",
    "/status",
    "/status Walikale",
    "/level",
    "/level North Kivu",
    "/level 200 km around Goma",
    "/map",
    "/map North Kivu 30",
    "/trend",
    "/trend North Kivu",
    "/export",
    "/export csv",
    "/export geojson",
    "/export cap",
    "/export atom",
    "/export acled",
    "/export North Kivu 30 csv",
    "/share",
    "/import",
    "/topic",
    "/language",
    "/timezone Africa/Kinshasa",
    "/quiet off",
    "/digest",
    "/pause",
    "/stop",
    "/resume",
    "/forget",
    "Walikale",
    "Goma ville",
)

BY_OPERATORS = ("/stats", "/feeds", "/publishers", "/review", "/level", "/search hospital")

PRESSED = (
    (Press.DETAIL, ("T", "{long}")),
    (Press.SOURCES, ("T", "{long}")),
    (Press.WHY, ("T", "{long}")),
    (Press.WRONG, ("T", "{first}")),
    (Press.MAP, ("T", "{first}")),
    (Press.CARD, ("{watch}",)),
    (Press.KINDS, ("{watch}",)),
    (Press.SEVERITY, ("{watch}", "1")),
    (Press.WATCHES, ("0",)),
)


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each answer, of the processor and of the clock."""

    what: str
    cpu: tuple[float, ...]
    wall: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="file of the made-up store, kept; filled where it is not there")
    parser.add_argument("--times", type=int, default=20, help="how often each is asked")
    parser.add_argument("--only", default="", help="only what contains this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.store or Path(folder) / "replies.sqlite"
        gazetteer = Gazetteer.load()
        store = opened(path, gazetteer, Size())
        took = asyncio.run(ask_all(store, gazetteer, arguments.times, arguments.only))
        store.close()
    for line in table(took):
        print(line)


def opened(path: Path, gazetteer: Gazetteer, size: Size) -> Store:
    """The store at `path`, filled first where it is new."""
    new = not path.exists()
    migrate(f"sqlite:///{path}")
    store = Store.open(f"sqlite:///{path}")
    if new:
        began = time.process_time()
        fill(store, gazetteer, size)
        print(
            f"filled within {time.process_time() - began:.0f} s of processor time, {path.stat().st_size / 1e6:.0f} MB"
        )
    return store


async def ask_all(store: Store, gazetteer: Gazetteer, times: int, only: str) -> list[Took]:
    async with Fetcher(allow_private=False) as fetcher:
        services = _services(store, gazetteer, fetcher)
        fields = _fields(store)
        took = [await _timed(what, handler, times) for what, handler in _questions(services, fields) if only in what]
    return took


def _services(store: Store, gazetteer: Gazetteer, fetcher: Fetcher) -> Services:
    return Services(
        store=store,
        gazetteer=gazetteer,
        version="benchmark",
        clock=lambda: NOW,
        started_at=NOW,
        feeds=FeedKeeper(store, Catalogue((), ()), fetcher, lambda: NOW),
        admission=Admission(store, lambda: NOW, closed=False),
    )


def _fields(store: Store) -> dict[str, object]:
    """Ids that questions name: the incident with the most reports, another one, a watch."""
    with store.read() as tx:
        *_, first, longest = tx.incidents.all()
        watch = tx.chats.watches(READER)[0]
    return {"first": first.id, "long": longest.id, "watch": watch.id}


def _questions(services: Services, fields: dict[str, object]) -> list[tuple[str, Callable[[], Awaitable[Answer]]]]:
    turn = Turn(services, Chat(READER, ChatKind.PRIVATE, Language.EN), known=True, now=NOW, bot_name="tocsin_bot")
    found: list[tuple[str, Callable[[], Awaitable[Answer]]]] = []
    asked = [(text.format(**fields), turn) for text in ASKED]
    asked += [(text, replace(turn, operator=True)) for text in BY_OPERATORS]
    for text, by in asked:
        name, _, rest = text.removeprefix("/").partition(" ")
        route = COMMANDS[name] if text.startswith("/") else TYPED
        typed = replace(by, text=rest if text.startswith("/") else text)
        label = f"operator: {text}" if by.operator else text
        found.append((label, partial(route.handler, typed)))
    for press, parts in PRESSED:
        pressed = replace(turn, fields=tuple(part.format(**fields) for part in parts))
        found.append((f"[{press.name.lower()}]", partial(PRESSES[press].handler, pressed)))
    return found


async def _timed(what: str, ask: Callable[[], Awaitable[Answer]], times: int) -> Took:
    await ask()
    cpu, wall = [], []
    for _ in range(times):
        began = time.process_time(), time.perf_counter()
        await ask()
        cpu.append(time.process_time() - began[0])
        wall.append(time.perf_counter() - began[1])
    return Took(what, tuple(cpu), tuple(wall))


def table(took: Sequence[Took]) -> list[str]:
    """A line for each question, the slowest first, and what all say together."""
    lines = [f"{'':32}{'processor p50':>14}{'p95':>8}{'most':>8}{'clock p50':>12}{'p95':>8}{'most':>8}"]
    for row in sorted(took, key=lambda row: -p95(row.cpu)):
        cpu = f"{median(row.cpu):14.3f}{p95(row.cpu):8.3f}{max(row.cpu):8.3f}"
        lines.append(f"{row.what:32}{cpu}{median(row.wall):12.3f}{p95(row.wall):8.3f}{max(row.wall):8.3f}")
    slow = [row.what for row in took if p95(row.cpu) > MOST_S]
    lines.append(f"longer than {MOST_S:g} s at the 95th percentile: {', '.join(slow) or 'none'}")
    return lines


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
