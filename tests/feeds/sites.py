"""Servers on loopback, and how tests fetch from them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from feeds.errors import FetchError, FetchProblem
from feeds.fetch import Fetcher, FetchRequest, FetchResult, Limits

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BODY = b"<rss>" + b"Walikale " * 100 + b"</rss>"


@asynccontextmanager
async def serving(**handlers: Handler) -> AsyncIterator[str]:
    """A server on an ephemeral port: handler `x` answers GET /x. Yields its address."""
    app = web.Application()
    for name, handler in handlers.items():
        app.router.add_get(f"/{name}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    finally:
        await runner.cleanup()


async def busy_for(seconds: float) -> None:
    """What a slow server does; tests themselves wait for events."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    loop.call_later(seconds, done.set_result, None)
    await done


async def fetch(url: str, *, limits: Limits | None = None, **request: str) -> FetchResult:
    async with Fetcher(allow_private=True, limits=limits) as fetcher:
        return await fetcher.fetch(FetchRequest(url, **request))


async def problem_of(url: str, *, limits: Limits | None = None, allow_private: bool = True) -> FetchProblem:
    async with Fetcher(allow_private=allow_private, limits=limits) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch(FetchRequest(url))
    return caught.value.problem


def answering(body: bytes = BODY, status: int = 200, **headers: str) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=body, status=status, headers=named)

    return handler


def redirecting(location: str, status: int) -> Handler:
    return answering(b"", status, Location=location)
