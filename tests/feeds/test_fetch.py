"""The fetcher against real servers on loopback."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import brotli
import pytest
from aiohttp import web

from feeds.addresses import NotPublic
from feeds.errors import ContentError, FetchError, FetchProblem, HttpStatusError, shown
from feeds.fetch import Fetcher, FetchRequest, Limits
from tests.feeds.sites import BODY, answering, busy_for, fetch, problem_of, redirecting, serving


async def test_a_plain_answer_brings_all_its_facts() -> None:
    handler = answering(
        ETag='"v1"',
        Last_Modified="Thu, 20 Mar 2025 10:00:00 GMT",
        Content_Type="application/rss+xml; charset=utf-8",
        Cache_Control="max-age=90",
    )
    async with serving(feed=handler) as site:
        result = await fetch(f"{site}/feed")
    assert (result.status, result.body, result.etag) == (200, BODY, '"v1"')
    assert result.last_modified == "Thu, 20 Mar 2025 10:00:00 GMT"
    assert result.content_type == "application/rss+xml; charset=utf-8"
    assert (result.cache_max_age_s, result.permanent_url, result.retry_after_s) == (90, None, None)
    assert result.elapsed_s > 0


async def test_the_request_names_the_project_and_what_it_reads() -> None:
    seen: dict[str, str] = {}

    async def handler(request: web.Request) -> web.Response:
        seen.update(request.headers)
        return web.Response(body=BODY)

    async with serving(feed=handler) as site:
        await fetch(f"{site}/feed")
    assert seen["User-Agent"].startswith("Tocsin/")
    assert seen["Accept-Encoding"] == "gzip, deflate, br"
    assert "If-None-Match" not in seen


async def test_an_unchanged_feed_costs_no_body() -> None:
    async def handler(request: web.Request) -> web.Response:
        same = request.headers.get("If-None-Match") == '"v1"' and "If-Modified-Since" in request.headers
        return web.Response(status=304) if same else web.Response(body=BODY)

    async with serving(feed=handler) as site:
        result = await fetch(f"{site}/feed", etag='"v1"', last_modified="Thu, 20 Mar 2025 10:00:00 GMT")
        assert (result.status, result.body) == (304, None)
        assert (result.etag, result.last_modified) == ('"v1"', "Thu, 20 Mar 2025 10:00:00 GMT")
        assert (await fetch(f"{site}/feed", etag='"old"')).body == BODY


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY)), ("br", brotli.compress(BODY))],
    ids=["gzip", "deflate", "br"],  # the bytes hold the time of packing, and test processes must agree on names
)
async def test_packed_bodies_are_unpacked(encoding: str, packed: bytes) -> None:
    async with serving(feed=answering(packed, Content_Encoding=encoding)) as site:
        assert (await fetch(f"{site}/feed")).body == BODY


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(30_000_000), 1)),
        ("deflate", zlib.compress(bytes(30_000_000), 1)),
        ("br", brotli.compress(bytes(30_000_000), quality=1)),
    ],
)
async def test_a_bomb_is_too_large(encoding: str, bomb: bytes) -> None:
    async with serving(feed=answering(bomb, Content_Encoding=encoding)) as site:
        assert await problem_of(f"{site}/feed") is FetchProblem.TOO_LARGE


async def test_a_damaged_body_is_named() -> None:
    async with serving(feed=answering(gzip.compress(BODY)[:-20], Content_Encoding="gzip")) as site:
        with pytest.raises(ContentError, match="cut short") as caught:
            await fetch(f"{site}/feed")
    assert caught.value.problem is FetchProblem.BAD_ENCODING


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_the_cap_is_dropped(announced: bool) -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if announced:
            response.content_length = 3_000
        await response.prepare(request)
        await response.write(bytes(3_000))
        return response

    async with serving(feed=handler) as site:
        assert await problem_of(f"{site}/feed", limits=Limits(body_bytes=2_999)) is FetchProblem.TOO_LARGE
        assert (await fetch(f"{site}/feed", limits=Limits(body_bytes=3_000))).body == bytes(3_000)


async def test_private_addresses_are_refused_however_they_are_written() -> None:
    async with serving(feed=answering()) as site:
        port = site.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"):
            url = f"http://{host}:{port}/feed"
            assert await problem_of(url, allow_private=False) is FetchProblem.PRIVATE_ADDRESS, host
        assert (await fetch(f"http://localhost:{port}/feed")).status == 200


class _Resolver(aiohttp.abc.AbstractResolver):
    """Sends every name to loopback, but only when asked the second time: rebinding."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked = 0

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[aiohttp.abc.ResolveResult]:
        self.asked += 1
        address = "127.0.0.1" if self.asked > 1 else "203.0.113.9"
        return [
            aiohttp.abc.ResolveResult(
                hostname=host, host=address, port=self.port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        return


async def test_a_redirect_to_a_private_address_is_refused_where_it_is_dialled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first hop counts as public here, so that only the second one can be what is refused."""
    async with serving(inside=answering()) as inner, serving(a=redirecting(f"{inner}/inside", 302)) as outer:
        gate = int(outer.rpartition(":")[2])

        def public_but_one(info: tuple[int, int, int, str, tuple[str, int]]) -> socket.socket:
            if info[4][1] != gate:
                raise NotPublic
            return socket.socket(info[0], info[1], info[2])

        monkeypatch.setattr("feeds.fetch.public_socket", public_but_one)
        assert await problem_of(f"{outer}/a", allow_private=False) is FetchProblem.PRIVATE_ADDRESS


async def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = _Resolver(9)
    resolver.asked = 1
    monkeypatch.setattr("aiohttp.connector.DefaultResolver", lambda **_: resolver)
    assert await problem_of("http://feeds.example/rss", allow_private=False) is FetchProblem.PRIVATE_ADDRESS


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503, 304, 300])
async def test_a_status_that_is_no_feed_is_an_error(status: int) -> None:
    async with serving(feed=answering(b"" if status == 304 else b"no", status, Retry_After="77")) as site:
        with pytest.raises(HttpStatusError) as caught:
            await fetch(f"{site}/feed")
    assert (caught.value.problem, caught.value.status) == (FetchProblem.HTTP_STATUS, status)
    assert caught.value.retry_after_s == 77


async def test_gone_is_gone() -> None:
    async with serving(feed=answering(b"", 410)) as site:
        assert await problem_of(f"{site}/feed") is FetchProblem.GONE


async def test_a_slow_drip_ends_with_the_time_cap() -> None:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await busy_for(0.01)

    async with serving(feed=handler) as site:
        assert await problem_of(f"{site}/feed", limits=Limits(total_s=0.2)) is FetchProblem.TIMEOUT


async def test_redirects_do_not_start_the_clock_anew() -> None:
    async def handler(request: web.Request) -> web.Response:
        await busy_for(0.15)
        return web.Response(status=302, headers={"Location": "/feed"})

    async with serving(feed=handler) as site:
        assert await problem_of(f"{site}/feed", limits=Limits(total_s=0.25)) is FetchProblem.TIMEOUT


async def test_waiting_for_a_slot_does_not_count_as_time() -> None:
    """Sixteen polls of one slow host, two at a time, take longer together than one may take."""
    busy = most = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await busy_for(0.15)
        busy -= 1
        return web.Response(body=BODY)

    async with serving(feed=handler) as site, Fetcher(allow_private=True, limits=Limits(total_s=0.9)) as fetcher:
        results = await asyncio.gather(*(fetcher.fetch(FetchRequest(f"{site}/feed?{n}")) for n in range(16)))
    assert [result.status for result in results] == [200] * 16
    assert most == 2


async def test_connections_are_reused() -> None:
    ports: set[int] = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername")[1])
        return web.Response(body=BODY)

    async with serving(feed=handler) as site, Fetcher(allow_private=True) as fetcher:
        for _ in range(3):
            await fetcher.fetch(FetchRequest(f"{site}/feed"))
    assert len(ports) == 1


@asynccontextmanager
async def speaking(raw: bytes, *, first: bool = False) -> AsyncIterator[str]:
    """A server that answers every connection with `raw` and hangs up; `first`: before it is asked."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not first:
            await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
)
async def test_an_answer_that_is_no_http_is_broken(raw: bytes) -> None:
    async with speaking(raw) as url:
        assert await problem_of(url) is FetchProblem.BROKEN_RESPONSE


async def test_nobody_listening_is_a_connection_problem() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert await problem_of(f"http://127.0.0.1:{unused.getsockname()[1]}/") is FetchProblem.CONNECT


async def test_tls_to_a_server_that_speaks_none_is_a_tls_problem() -> None:
    async with speaking(b"HTTP/1.1 400 Bad Request\r\n\r\n", first=True) as url:
        assert await problem_of(url.replace("http:", "https:")) is FetchProblem.TLS


async def test_a_name_that_does_not_resolve_is_a_dns_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: object, **__: object) -> list[aiohttp.abc.ResolveResult]:
        raise OSError(None, "no such name")

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", nobody)
    assert await problem_of("http://nowhere.example/rss") is FetchProblem.DNS


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://a.example", "http://", "http://a b", "http://[::1", "http://" + "a" * 70 + ".example"]
)
async def test_what_is_no_address_is_refused(url: str) -> None:
    assert await problem_of(url) in (FetchProblem.BAD_ADDRESS, FetchProblem.DNS)


async def test_errors_carry_no_secrets() -> None:
    async with serving(feed=answering(b"", 404)) as site:
        url = site.replace("http://", "http://user:geheim@") + "/feed?apikey=geheim#geheim"
        with pytest.raises(FetchError) as caught:
            await fetch(url)
    assert "geheim" not in str(caught.value)
    assert "geheim" not in repr(caught.value)
    assert str(caught.value).endswith("/feed?…: HTTP 404")


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://u:p@a.example:8080/x?k=v", "https://a.example:8080/x?…"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
        ("http://[bad", "(unreadable address)"),
        ("nonsense", "(address without a host)"),
    ],
)
def test_addresses_as_shown(url: str, text: str) -> None:
    assert shown(url) == text


async def test_closing_twice_and_fetching_again_are_fine() -> None:
    async with serving(feed=answering()) as site:
        fetcher = Fetcher(allow_private=True)
        await fetcher.fetch(FetchRequest(f"{site}/feed"))
        await fetcher.close()
        await fetcher.close()
        assert (await fetcher.fetch(FetchRequest(f"{site}/feed"))).status == 200
        await fetcher.close()
