"""Feeds over HTTP: polite (conditional, few connections a host) and suspicious (caps on everything)."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from feeds.addresses import NotPublic, public_socket
from feeds.decode import ACCEPT_ENCODING, BadEncoding, TooLarge, decompress
from feeds.errors import ContentError, FetchError, FetchProblem, HttpStatusError
from feeds.http_headers import fresh_for_s, retry_after_s

USER_AGENT = "Tocsin/0.1 (news feed reader; early warning of armed conflict)"
ACCEPT = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class FetchRequest:
    url: str
    etag: str | None = None  # of the last answer: makes the request conditional
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FetchResult:
    status: int
    body: bytes | None  # unpacked; None: not modified (304)
    etag: str | None
    last_modified: str | None
    content_type: str | None  # the header as sent, with its charset
    final_url: str
    permanent_url: str | None  # where the feed lives now; only when every redirect on the way was permanent
    cache_max_age_s: int | None
    retry_after_s: int | None
    elapsed_s: float


@dataclass(frozen=True, slots=True)
class Limits:
    total_s: float = 30.0  # from dialling to the last byte, redirects included, waiting for a free slot not
    connect_s: float = 10.0
    body_bytes: int = 5_000_000  # as it travels
    unpacked_bytes: int = 20_000_000
    redirects: int = 5
    per_host: int = 2
    at_once: int = 24


class Fetcher:
    """One connection pool for all feeds. Use as an async context manager, or close it.

    `allow_private` lets feeds on loopback and in private networks be read; otherwise they fail with PRIVATE_ADDRESS.
    """

    def __init__(self, *, allow_private: bool, limits: Limits | None = None, user_agent: str = USER_AGENT) -> None:
        self._allow_private = allow_private
        self._limits = limits or Limits()
        self._headers = {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}
        self._session: aiohttp.ClientSession | None = None
        self._all = asyncio.Semaphore(self._limits.at_once)
        self._hosts: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def fetch(self, request: FetchRequest) -> FetchResult:
        """One poll of a feed, redirects followed. Raises FetchError."""
        clock = asyncio.get_running_loop().time
        url, permanent, spent = _parse(request.url, request.url), True, 0.0
        for hop in range(self._limits.redirects + 1):
            async with self._slot(url):
                start = clock()
                answer = await self._get(url, request, self._limits.total_s - spent)
                spent += clock() - start
            if answer.status not in REDIRECTS:
                moved = str(url) if hop and permanent else None
                return await _result(answer, request, str(url), moved, spent, self._limits.unpacked_bytes)
            target = _target(url, answer.headers.get("Location"), request.url)
            permanent &= answer.status in PERMANENT and not (url.scheme == "https" and target.scheme == "http")
            url = target
        raise FetchError(FetchProblem.TOO_MANY_REDIRECTS, request.url, f"more than {self._limits.redirects} redirects")

    @asynccontextmanager
    async def _slot(self, url: URL) -> AsyncIterator[None]:
        host = self._hosts.setdefault(url.host or "", asyncio.Semaphore(self._limits.per_host))
        async with host, self._all:
            yield

    async def _get(self, url: URL, request: FetchRequest, seconds: float) -> "_Answer":
        """One request; the body is read unless the answer is a redirect. Raises FetchError."""
        conditional = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
        headers = {name: value for name, value in conditional.items() if value}
        try:
            async with (
                asyncio.timeout(max(seconds, 0)),
                self._open().get(url, headers=headers, allow_redirects=False) as response,
            ):
                body = b"" if response.status in REDIRECTS else await self._read(response, request.url)
                return _Answer(response.status, response.headers, body)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _translate(error, request.url) from error

    async def _read(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        cap = self._limits.body_bytes
        body = bytearray()
        if (response.content_length or 0) <= cap:
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > cap:
                    break
            else:
                return bytes(body)
        raise FetchError(FetchProblem.TOO_LARGE, url, f"more than {cap:,} bytes")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            factory = None if self._allow_private else public_socket
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, socket_factory=factory, ttl_dns_cache=300),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.connect_s),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # done by ourselves, under a cap
                max_field_size=32_768,  # some security policies are longer than aiohttp's 8,190 bytes
            )
        return self._session


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


async def _result(
    answer: _Answer, request: FetchRequest, url: str, moved: str | None, elapsed_s: float, cap: int
) -> FetchResult:
    headers, status = answer.headers, answer.status
    unchanged = status == 304 and bool(request.etag or request.last_modified)
    if not unchanged and not 200 <= status < 300:
        raise HttpStatusError(request.url, status, retry_after_s(headers))
    body = None
    if not unchanged:
        try:
            body = await asyncio.to_thread(decompress, answer.body, headers.get("Content-Encoding"), cap)
        except TooLarge as error:
            raise FetchError(FetchProblem.TOO_LARGE, request.url, f"unpacks to more than {cap:,} bytes") from error
        except BadEncoding as error:
            raise ContentError(FetchProblem.BAD_ENCODING, request.url, str(error)) from error
    return FetchResult(
        status=status,
        body=body,
        etag=headers.get("ETag") or (request.etag if unchanged else None),
        last_modified=headers.get("Last-Modified") or (request.last_modified if unchanged else None),
        content_type=headers.get("Content-Type"),
        final_url=url,
        permanent_url=moved,
        cache_max_age_s=fresh_for_s(headers),
        retry_after_s=retry_after_s(headers),
        elapsed_s=elapsed_s,
    )


def _parse(text: str, feed_url: str) -> URL:
    try:
        url = URL(text)
    except ValueError as error:
        raise FetchError(FetchProblem.BAD_ADDRESS, feed_url, "not an address") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(FetchProblem.BAD_ADDRESS, feed_url, "not an http or https address")
    return url


def _target(url: URL, location: str | None, feed_url: str) -> URL:
    """Where a redirect leads. Only http(s), and never with a user and password of the redirecting site's choice."""
    try:
        step = URL(location or "")
        target = url.join(step).with_fragment(None)
    except ValueError as error:
        raise FetchError(FetchProblem.BAD_REDIRECT, feed_url, "redirects to no address") from error
    if not location or target.scheme not in ("http", "https") or not target.host:
        raise FetchError(FetchProblem.BAD_REDIRECT, feed_url, "redirects to no http or https address")
    if step.user is not None or step.password is not None:
        raise FetchError(FetchProblem.BAD_REDIRECT, feed_url, "redirects to an address with a password in it")
    return target


def _translate(error: Exception, url: str) -> FetchError:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return FetchError(FetchProblem.DNS, url, "its name cannot be resolved")
        case NotPublic() | aiohttp.ClientConnectorError(os_error=NotPublic()):
            return FetchError(FetchProblem.PRIVATE_ADDRESS, url, "leads to an address that is not public")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return FetchError(FetchProblem.TLS, url, "no trustworthy TLS connection")
        case TimeoutError():
            return FetchError(FetchProblem.TIMEOUT, url, "too slow")
        case aiohttp.ClientConnectorError() | ConnectionRefusedError():
            return FetchError(FetchProblem.CONNECT, url, "refuses the connection or is not reachable")
        case aiohttp.InvalidURL():
            return FetchError(FetchProblem.BAD_ADDRESS, url, "not an address")
        case aiohttp.ClientError():
            return FetchError(FetchProblem.BROKEN_RESPONSE, url, "broke off or is no HTTP")
        case OSError():
            return FetchError(FetchProblem.CONNECT, url, "the connection failed")
    return FetchError(FetchProblem.BAD_ADDRESS, url, "not an address")  # a host that IDNA or a header refuses
