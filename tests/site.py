"""A news site on loopback with one feed, as a test wants it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from aiohttp import web


@dataclass
class Site:
    """`url`: of its feed. `gate`: where it is closed, answers wait for it; `asked`: somebody has been waiting."""

    url: str = ""
    items: list[str] = field(default_factory=list)
    status: int = 200
    requests: list[dict[str, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def put(self, guid: str, title: str, summary: str, when: datetime) -> None:
        self.items = [item for item in self.items if f"<guid>{guid}<" not in item]
        self.items.append(
            f"<item><guid>{guid}</guid><title>{title}</title><description>{summary}</description>"
            f"<pubDate>{format_datetime(when)}</pubDate></item>"
        )

    async def answer(self, request: web.Request) -> web.Response:
        self.requests.append(dict(request.headers))
        self.asked.set()
        if self.gate is not None:
            await self.gate.wait()
        etag = f'"{len(self.items)}-{hash(tuple(self.items))}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        body = f'<rss version="2.0"><channel><title>x</title>{"".join(self.items)}</channel></rss>'
        return web.Response(
            status=self.status, body=body.encode(), content_type="application/rss+xml", headers={"ETag": etag}
        )


@asynccontextmanager
async def serving() -> AsyncIterator[Site]:
    """The site, until the block is left; /page is no feed."""
    found = Site()
    app = web.Application()
    app.router.add_get("/rss", found.answer)
    app.router.add_get("/page", _page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/rss"
    yield found
    await runner.cleanup()


async def _page(_: web.Request) -> web.Response:
    return web.Response(text="<html><title>News</title></html>", content_type="text/html")
