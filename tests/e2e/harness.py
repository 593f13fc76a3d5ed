"""What the end-to-end tests stand on: a feed server, the Bot API emulator, and the real bot process."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from emulator.server import start as start_emulator

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:TESTTOKEN"
PATIENCE_S = 60.0  # the longest wait for what should take seconds: the machine may be busy


@dataclass
class FeedServer:
    """RSS feeds on loopback whose items a test publishes while the bot polls."""

    url: str = ""
    items: dict[str, list[str]] = field(default_factory=dict)
    polled: dict[str, asyncio.Event] = field(default_factory=dict)

    def publish(self, feed: str, title: str, summary: str, *, author: str = "", when: datetime | None = None) -> None:
        items = self.items.setdefault(feed, [])
        link = f"{self.url}/{feed}/{len(items) + 1}.html"
        items.insert(
            0,
            f"<item><title>{escape(title)}</title><description>{escape(summary)}</description><link>{link}</link>"
            f"<guid>{link}</guid><pubDate>{format_datetime(when or datetime.now(UTC))}</pubDate>"
            + (f"<author>{escape(author)}</author>" if author else "")
            + "</item>",
        )

    async def serve(self, request: web.Request) -> web.Response:
        feed = request.match_info["feed"]
        body = "".join(self.items.get(feed, []))
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{feed}</title>{body}</channel></rss>'
        self.polled.setdefault(feed, asyncio.Event()).set()
        return web.Response(body=text.encode(), content_type="application/rss+xml")


@asynccontextmanager
async def feed_server() -> AsyncIterator[FeedServer]:
    feeds = FeedServer()
    app = web.Application()
    app.router.add_get("/{feed}.xml", feeds.serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    feeds.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield feeds
    finally:
        await runner.cleanup()


def write_catalogue(path: Path, server: FeedServer, publishers: list[dict[str, Any]]) -> None:
    """feeds.yaml with one feed for each publisher, polled every second; `language` goes to the feed."""
    rows = []
    for publisher in publishers:
        row = {"kind": "national", "home": "CD", **publisher}
        language = row.pop("language", "en")
        row["feeds"] = [{"url": f"{server.url}/{row['id']}.xml", "language": language, "interval_s": 1}]
        rows.append(row)
    path.write_text(yaml.safe_dump({"publishers": rows}, allow_unicode=True), encoding="utf-8")


@dataclass
class Person:
    """Somebody in a chat: types, presses, reads."""

    telegram: "Telegram"
    chat_id: int

    async def say(self, text: str) -> None:
        await self.telegram.post("send", chat_id=self.chat_id, text=text)

    async def press(self, text: str) -> dict[str, Any]:
        return await self.telegram.post("press", chat_id=self.chat_id, text=text, wait=PATIENCE_S)

    async def messages(self, at_least: int = 0, wait: float = PATIENCE_S) -> list[dict[str, Any]]:
        query = {"chat_id": self.chat_id, "bot_only": 1, "min": at_least, "wait": wait}
        rows: list[dict[str, Any]] = (await self.telegram.get("messages", **query))["messages"]
        return rows

    async def texts(self, at_least: int = 0, wait: float = PATIENCE_S) -> list[str]:
        return [row["message"].get("text", "") for row in await self.messages(at_least, wait)]

    async def ask(self, text: str) -> str:
        """Say something and wait for the answer to it."""
        before = len(await self.messages())
        await self.say(text)
        return (await self.texts(before + 1))[-1]

    async def ask_until(self, text: str, needle: str, tries: int = 20) -> str:
        """Ask again and again: what was just sent is in the history as soon as Telegram's answer is stored."""
        answers = [await self.ask(text)]
        while needle not in answers[-1] and len(answers) < tries:
            answers.append(await self.ask(text))
        assert needle in answers[-1], answers
        return answers[-1]

    async def watch(self, words: str) -> None:
        """Ask to watch something, and take the first choice where the name is ambiguous."""
        if "Saved" not in await self.ask(f"/watch {words}"):
            [first, *_] = (await self.messages())[-1]["message"]["reply_markup"]["inline_keyboard"][0]
            await self.press(first["text"])
            await self.until("Saved")

    async def until(self, needle: str, wait: float = PATIENCE_S) -> list[str]:
        """The texts of this chat once one of them, sent or edited, contains `needle`."""
        end = asyncio.get_running_loop().time() + wait
        while True:
            texts = await self.texts()
            if any(needle in text for text in texts):
                return texts
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"no {needle!r} within {wait} s in {texts}")
            await asyncio.sleep(0.1)  # the emulator tells of new messages, not of edits


@dataclass
class Telegram:
    """The emulator and its control calls."""

    url: str
    session: aiohttp.ClientSession

    async def post(self, what: str, **data: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.url}/ctl/{what}", json=data) as answer:
            body: dict[str, Any] = await answer.json()
            assert body.get("ok", True), body
            return body

    async def get(self, what: str, **query: Any) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/ctl/{what}", params=query) as answer:
            body: dict[str, Any] = await answer.json()
            return body

    async def person(self, chat_id: int) -> Person:
        await self.post("chats", id=chat_id)
        return Person(self, chat_id)


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    running = await start_emulator(0)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2 * PATIENCE_S)) as session:
        me = Telegram(running.url, session)
        async with session.get(f"{running.url}/bot{TOKEN}/getMe"):  # the emulator knows a bot from its first call on
            pass
        try:
            yield me
        finally:
            await running.close()


@dataclass
class Bot:
    """The real process."""

    process: asyncio.subprocess.Process
    log: Path

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


def environment(**values: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOCSIN_", "TELEGRAM_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "TOCSIN_ALLOW_PRIVATE_HOSTS": "1", **values}


@asynccontextmanager
async def bot(folder: Path, api_url: str, **values: str) -> AsyncIterator[Bot]:
    """bot.py run, until the block is left; its log is shown when the block fails."""
    log = folder / "bot.log"
    defaults = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'tocsin.sqlite'}",
        "TOCSIN_FEEDS": str(folder / "feeds.yaml"),
    }
    env = environment(**{**defaults, **values})
    with log.open("ab") as stream:
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "bot.py"), "run", env=env, cwd=ROOT, stdout=stream, stderr=stream
        )
    try:
        yield Bot(process, log)
    except BaseException:
        print(log.read_text(encoding="utf-8", errors="replace")[-6000:])
        raise
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), 20)
            except TimeoutError:
                process.kill()
                await process.wait()
    text = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in text, text[-6000:]
    assert TOKEN not in text
