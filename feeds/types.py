"""The values of the feeds stage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PublisherKind(StrEnum):
    WIRE = "wire"
    INTERNATIONAL = "international"
    NATIONAL = "national"
    LOCAL = "local"
    NGO = "ngo"
    OFFICIAL = "official"  # a government or an intergovernmental body
    PARTISAN = "partisan-of"  # speaks for a party to a conflict: what it says is that party's claim
    AGGREGATOR = "aggregator"  # its entries count as their stated origin


class Reliability(StrEnum):
    """Source reliability of the Admiralty code (NATO AJP-2.1): A completely reliable to F cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


@dataclass(frozen=True, slots=True)
class Publisher:
    id: str
    name: str
    kind: PublisherKind
    home: str | None = None  # ISO 3166-1 alpha-2; None: no one country
    owner: str | None = None  # publishers with one owner count once
    reliability: Reliability = Reliability.F
    partisan_of: str | None = None  # the party it speaks for, as in feeds.yaml "kind: partisan-of Russia"


@dataclass(frozen=True, slots=True)
class Feed:
    url: str
    publisher_id: str
    language: str | None = None  # ISO 639-1 as declared; a feed may carry several
    interval_s: int | None = None  # kept exactly when given; None: adapts
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    publishers: tuple[Publisher, ...]
    feeds: tuple[Feed, ...]

    def publisher(self, publisher_id: str) -> Publisher:
        return next(p for p in self.publishers if p.id == publisher_id)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed offers: text is plain (markup stripped, entities decoded, white space folded)."""

    feed_url: str
    guid: str | None
    link: str | None  # http(s) only
    title: str
    summary: str
    published: datetime | None  # aware UTC
    author: str | None = None
    origin: str | None = None  # name or domain of the stated origin, where an aggregator gives one
    language: str | None = None  # as declared by entry or feed


@dataclass(frozen=True, slots=True)
class Source:
    """Who stands behind an article, as corroboration counts it.

    `independence` is one key for all articles that are no independent witnesses of each other: "wire:afp",
    "owner:…", "publisher:…", "domain:…".
    """

    publisher_id: str
    name: str
    kind: PublisherKind
    reliability: Reliability
    independence: str
    home: str | None = None
    partisan_of: str | None = None
    wire: str | None = None  # the agency named in byline or text ("AFP")

    @property
    def by_agency(self) -> bool:
        """Whether the text is a news agency's, whoever prints it."""
        return self.wire is not None or self.independence.startswith("wire:")


@dataclass(frozen=True, slots=True)
class Article:
    """An entry seen for the first time, or a new version of it, as stored.

    `id` is 0 before it is stored. `published` is the time that counts: the feed's, or `fetched` where the feed gives
    none or one in the future.
    """

    id: int
    key: str  # identity within the whole store: feed + guid, else canonical link, else a hash
    version: int
    feed_url: str
    source: Source
    title: str
    summary: str
    link: str | None
    published: datetime
    fetched: datetime
    language: str | None
