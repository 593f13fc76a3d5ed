"""Addresses as identity: what makes two of them the same page, and whose they are."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MAX_LENGTH = 2_000

# Parameters that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(
    r"(?:utm_|at_|ns_|mtm_|pk_|hsa_|_hs).*|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|mc_cid|mc_eid|xtor|cmp|cmpid|"
    r"ocid|ftag|smid|smtyp|ref_src|ref_url|traffic_source|taid|guccounter|guce_.*|sr_share|src_medium|wt_mc|wtrid"
)
# Second-level labels under which countries register names (example.co.uk), as far as news sites use them.
_SECOND_LEVELS = "ac co com edu gob gouv gov go gv info mil net ne nom or org press sch web"
_SECOND_LEVEL = frozenset(_SECOND_LEVELS.split())
# Platforms where every name below belongs to somebody else.
_PLATFORMS = frozenset({"blogspot.com", "wordpress.com", "substack.com", "github.io", "medium.com", "feedburner.com"})


def is_web_address(text: str) -> bool:
    """Whether `text` is an absolute http(s) address with a host and nothing that would not survive a request line."""
    if len(text) > MAX_LENGTH or re.search(r"[\s\x00-\x20\x7f]", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


@lru_cache(maxsize=4096)  # the catalogue's few hundred addresses are asked for with every entry
def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The part of a host name that somebody registered: www.bbc.co.uk -> bbc.co.uk, x.substack.com -> itself."""
    labels = host.lower().rstrip(".").split(".")
    if len(labels) <= 2 or all(label.isdigit() for label in labels) or ":" in host:
        return ".".join(labels)
    country_code = len(labels[-1]) == 2
    shared = ".".join(labels[-2:]) in _PLATFORMS
    keep = 3 if shared or (country_code and labels[-2] in _SECOND_LEVEL) else 2
    return ".".join(labels[-keep:])


def canonical_link(url: str) -> str:
    """One spelling per page: https, host in lower case, no default port, fragment or tracking parameter."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().rstrip(".")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([(name, value) for name, value in pairs if not _TRACKING.fullmatch(name.lower())])
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(("https", host + port, parts.path or "/", query, ""))
