"""What can go wrong between a feed's address and its entries: one family, each with a machine-readable problem."""

from enum import StrEnum
from urllib.parse import urlsplit

from errors import TocsinError


class FetchProblem(StrEnum):
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BAD_REDIRECT = "bad_redirect"
    BAD_ADDRESS = "bad_address"
    PRIVATE_ADDRESS = "private_address"
    HTTP_STATUS = "http_status"
    GONE = "gone"
    BROKEN_RESPONSE = "broken_response"
    BAD_ENCODING = "bad_encoding"
    NOT_A_FEED = "not_a_feed"
    UNSAFE_XML = "unsafe_xml"


# Problems that a dead line of our own produces; every other one proves that somebody answered.
NETWORK_PROBLEMS = frozenset({FetchProblem.DNS, FetchProblem.CONNECT, FetchProblem.TIMEOUT})


class FetchError(TocsinError):
    """A feed could not be had. `str()` is one line for people and carries no credentials or query of the address."""

    def __init__(self, problem: FetchProblem, url: str, detail: str) -> None:
        self.problem = problem
        self.url = shown(url)
        self.detail = detail
        super().__init__(f"{self.url}: {detail}")


class HttpStatusError(FetchError):
    """The server answered with a status that is no feed: HTTP_STATUS, or GONE for 410."""

    def __init__(self, url: str, status: int, retry_after_s: int | None = None) -> None:
        self.status = status
        self.retry_after_s = retry_after_s
        gone = status == 410
        problem = FetchProblem.GONE if gone else FetchProblem.HTTP_STATUS
        super().__init__(problem, url, f"HTTP {status}" + (", withdrawn for good" if gone else ""))


class ContentError(FetchError):
    """A body arrived and is no feed that may be read: NOT_A_FEED, UNSAFE_XML or BAD_ENCODING."""


def shown(url: str) -> str:
    """`url` fit for logs and messages: no user, password, query or fragment (keys travel there)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "(unreadable address)"
    if not host:
        return "(address without a host)"
    host = f"[{host}]" if ":" in host else host
    place = f"{parts.scheme}://{host}" + (f":{port}" if port else "") + parts.path
    return (place + ("?…" if parts.query else ""))[:200]
