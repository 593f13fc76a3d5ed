"""What makes an entry the same as one seen before, and when it becomes an article."""

import hashlib
import unicodedata
from datetime import UTC, datetime

from feeds.origin import publisher_for_url, source_of
from feeds.types import Article, Catalogue, Entry, Source
from feeds.urls import canonical_link, is_web_address


def key_of(entry: Entry) -> str:
    """The identity of `entry` within the whole store, at most 34 characters.

    Feed and guid ("g:…"); without a guid the canonical link ("l:…"); without either a hash of title and publication
    time ("h:…"). An edited title changes none of the first two.
    """
    if entry.guid:
        return "g:" + _digest(entry.feed_url, _stable_guid(entry.guid))
    if entry.link:
        return "l:" + _digest(canonical_link(entry.link))
    return "h:" + _digest(entry.feed_url, _fold(entry.title), entry.published.isoformat() if entry.published else "")


def content_hash(entry: Entry) -> str:
    """32 characters that stay the same while title and summary read the same: case and white space do not count."""
    return _digest(_fold(entry.title), _fold(entry.summary))


def article_of(entry: Entry, source: Source, fetched: datetime) -> Article:
    """`entry` as first stored: id 0, version 1; published when fetched if it is undated or dated in the future."""
    fetched = fetched.astimezone(UTC)
    published = entry.published if entry.published and entry.published <= fetched else fetched
    return Article(
        id=0,
        key=key_of(entry),
        version=1,
        feed_url=entry.feed_url,
        source=source,
        title=entry.title,
        summary=entry.summary,
        link=entry.link,
        published=published,
        fetched=fetched,
        language=entry.language,
    )


def article_in(entry: Entry, catalogue: Catalogue, fetched: datetime) -> Article:
    """`article_of` with the source that the catalogue knows for the entry's feed."""
    publisher = publisher_for_url(entry.feed_url, catalogue)
    return article_of(entry, source_of(entry, publisher, catalogue), fetched)


def _stable_guid(guid: str) -> str:
    """A guid that is an address, without what changes at every edit (the BBC counts up a "#3" behind it)."""
    if not is_web_address(guid):
        return guid
    page, mark, fragment = guid.partition("#")
    return canonical_link(page) if not mark or (fragment.isdigit() and len(fragment) < 4) else guid


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
