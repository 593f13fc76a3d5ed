"""Who stands behind an entry, as corroboration counts it (DESIGN.md, "Publisher")."""

import re
import unicodedata

from feeds.types import Catalogue, Entry, Publisher, PublisherKind, Reliability, Source
from feeds.urls import host_of, registrable_domain
from feeds.wires import Agency, agency_named, agency_of

_ARTICLES = re.compile(r"^(?:the|la|le|les|el|los|al)[\s-]+|^l['’]\s*")
_DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}", re.IGNORECASE)


def source_of(entry: Entry, publisher: Publisher, catalogue: Catalogue) -> Source:
    """The witness that `entry` is, having come by a feed of `publisher`.

    A wire byline decides ("wire:afp"); else the origin that an aggregator states, matched to the catalogue by name or
    domain ("domain:…" or "origin:…" where it is not there); else the publisher itself, by owner if it has one.
    """
    named = _stated(entry, publisher)
    if agency := agency_of(entry.title, entry.summary, entry.author) or (agency_named(named) if named else None):
        return _through_wire(agency, _original(named, publisher, catalogue), catalogue)
    return _original(named, publisher, catalogue)


def publisher_for_url(feed_url: str, catalogue: Catalogue) -> Publisher:
    """The publisher of a feed: by its address, else by host or registrable domain, else one named by that domain.

    The last has the id "domain:…", reliability F and kind national.
    """
    exact = next((feed.publisher_id for feed in catalogue.feeds if feed.url == feed_url), None)
    host = host_of(feed_url)
    found = exact or _owner_of(host, catalogue)
    if found:
        return catalogue.publisher(found)
    domain = registrable_domain(host) or "unknown"
    return Publisher(f"domain:{domain}", domain, PublisherKind.NATIONAL, reliability=Reliability.F)


def independence_key(publisher: Publisher) -> str:
    """One key for all that a publisher says: an agency's copies share it, publishers of one owner do."""
    agency = next((agency for agency in (agency_named(publisher.id), agency_named(publisher.name)) if agency), None)
    if agency is not None or publisher.kind is PublisherKind.WIRE:
        return f"wire:{agency.id if agency else publisher.id}"
    if publisher.owner:
        return f"owner:{publisher.owner}"
    return publisher.id if publisher.id.startswith(("domain:", "origin:")) else f"publisher:{publisher.id}"


def _stated(entry: Entry, publisher: Publisher) -> str | None:
    """Who an aggregator says wrote it. Anybody else's "[…]" or <source> is decoration."""
    if publisher.kind is not PublisherKind.AGGREGATOR:
        return None
    named = entry.origin or entry.author
    return None if named is None or _fold(named) == _fold(publisher.name) else named


def _original(named: str | None, publisher: Publisher, catalogue: Catalogue) -> Source:
    if named is None:
        return _as_source(publisher)
    if known := _match(named, catalogue):
        return _as_source(known)
    if _DOMAIN.fullmatch(named):
        domain = registrable_domain(named)
        return _as_source(Publisher(f"domain:{domain}", domain, PublisherKind.NATIONAL))
    return _as_source(Publisher(f"origin:{_fold(named)}", named, PublisherKind.NATIONAL))


def _through_wire(agency: Agency, source: Source, catalogue: Catalogue) -> Source:
    """A copy keeps the name of the outlet that printed it; a party's own agency speaks for that party everywhere."""
    own = next((publisher for publisher in catalogue.publishers if publisher.id == agency.id), None)
    partisan = own is not None and own.kind is PublisherKind.PARTISAN
    return Source(
        publisher_id=source.publisher_id,
        name=source.name,
        kind=PublisherKind.PARTISAN if partisan else source.kind,
        reliability=source.reliability,
        independence=f"wire:{agency.id}",
        home=source.home,
        partisan_of=own.partisan_of if own is not None and partisan else source.partisan_of,
        wire=agency.label,
    )


def _as_source(publisher: Publisher) -> Source:
    return Source(
        publisher_id=publisher.id,
        name=publisher.name,
        kind=publisher.kind,
        reliability=publisher.reliability,
        independence=independence_key(publisher),
        home=publisher.home,
        partisan_of=publisher.partisan_of,
    )


def _match(named: str, catalogue: Catalogue) -> Publisher | None:
    folded = _fold(named)
    for publisher in catalogue.publishers:
        if folded and folded in (_fold(publisher.name), _fold(publisher.id)):
            return publisher
    found = _owner_of(named.lower(), catalogue) if _DOMAIN.fullmatch(named) else None
    return catalogue.publisher(found) if found else None


def _owner_of(host: str, catalogue: Catalogue) -> str | None:
    """The publisher with a feed on `host`, else on the same registrable domain."""
    domain = registrable_domain(host)
    nearest = None
    for feed in catalogue.feeds:
        theirs = host_of(feed.url)
        if theirs == host:
            return feed.publisher_id
        if nearest is None and domain and registrable_domain(theirs) == domain:
            nearest = feed.publisher_id
    return nearest


def _fold(name: str) -> str:
    """A name as compared: no case, accents, punctuation, leading article or "(Lagos)" behind it."""
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", name).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return "".join(c for c in _ARTICLES.sub("", letters) if c.isalnum())
