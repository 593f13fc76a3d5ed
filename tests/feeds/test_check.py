from datetime import UTC, datetime, timedelta

from aiohttp import web

from feeds.check import FeedCheck, check
from feeds.fetch import Fetcher, Limits
from feeds.types import Catalogue, Feed, Publisher, PublisherKind

NOW = datetime(2025, 3, 20, 15, 0, tzinfo=UTC)
RSS = """<rss version="2.0"><channel><title>T</title>
<item><title>One</title><pubDate>Thu, 20 Mar 2025 13:00:00 GMT</pubDate></item>
<item><title>Two</title><pubDate>Thu, 20 Mar 2025 14:00:00 GMT</pubDate></item></channel></rss>"""


async def test_each_feed_gets_a_row_whatever_becomes_of_it() -> None:
    async def good(request: web.Request) -> web.Response:
        return web.Response(text=RSS, content_type="application/rss+xml")

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<html>", content_type="text/html")

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently("/good")

    async def undated(request: web.Request) -> web.Response:
        return web.Response(text='<rss version="2.0"><channel><item><title>x</title></item></channel></rss>')

    app = web.Application()
    for name, handler in {"good": good, "page": page, "moved": moved, "undated": undated}.items():
        app.router.add_get(f"/{name}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    names = ("good", "page", "moved", "undated", "missing")
    publisher = Publisher("ville", "Ville", PublisherKind.NATIONAL)
    catalogue = Catalogue((publisher,), tuple(Feed(f"{base}/{name}", "ville") for name in names))
    heard: list[FeedCheck] = []
    try:
        async with Fetcher(allow_private=True, limits=Limits(total_s=5)) as fetcher:
            rows = await check(catalogue, fetcher, lambda: NOW, heard.append)
    finally:
        await runner.cleanup()

    good_row, page_row, moved_row, undated_row, missing_row = rows
    assert (good_row.status, good_row.entries, good_row.problem) == (200, 2, None)
    assert (good_row.newest, good_row.delay) == (NOW - timedelta(hours=1), timedelta(hours=1))
    assert (page_row.status, page_row.entries, page_row.problem) == (200, 0, "a web page, not a feed")
    assert (moved_row.entries, moved_row.problem) == (2, f"moved to {base}/good")
    assert (undated_row.entries, undated_row.newest, undated_row.delay) == (1, None, None)
    assert (missing_row.status, missing_row.problem) == (404, "HTTP 404")
    assert sorted(row.feed.url for row in heard) == sorted(row.feed.url for row in rows)
    assert {row.publisher for row in rows} == {publisher}


async def test_private_addresses_are_a_row_too() -> None:
    feed = Feed("http://127.0.0.1:9/rss", "ville")
    catalogue = Catalogue((Publisher("ville", "Ville", PublisherKind.NATIONAL),), (feed,))
    async with Fetcher(allow_private=False) as fetcher:
        (row,) = await check(catalogue, fetcher, lambda: NOW)
    assert (row.status, row.problem, row.elapsed_s) == (None, "leads to an address that is not public", None)
