"""Feed bodies to entries, with feedparser as the reader and nothing it is given taken on trust."""

import io
import re
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from feeds.charset import decode
from feeds.dates import in_range, parse_date
from feeds.errors import ContentError, FetchProblem
from feeds.shape import objection
from feeds.text import first_sentence, plain
from feeds.types import Entry
from feeds.urls import host_of, is_web_address

TITLE_LIMIT = 500
SUMMARY_LIMIT = 4_000
ENTRY_LIMIT = 500
TEXT_LIMIT = 8_000_000  # characters; feedparser takes about half a second for each million

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PROLOG = re.compile(r"<\?xml[^>]*\?>")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_BRACKET = re.compile(r"\[([^\[\]]{2,60})\]\s*")  # AllAfrica: "[Radio Okapi] The rebels ..."
_SOURCE_TAG = re.compile(r"""class=["']tag source["'][^>]*>\s*Sources?:\s*([^<,]{2,100})""")  # ReliefWeb
_APPEARED = re.compile(  # WordPress, in the languages of its translations
    r"\s*(?:The post|L['’]article|La entrada|El post|O post|A postagem)\s.{0,600}?\s"
    r"(?:appeared first on|first appeared on|est apparu en premier sur|apareció primero en|se publicó primero en|"
    r"se publicó en|apareceu primeiro em)\s.{1,120}$"
)
_MORE = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|(?:Read more|Continue reading|Lire la suite)\s*(?:\.\.\.|…|→|»)?)$")

Row = dict[str, Any]  # feedparser's entry
# What feedparser's lenient reader lets escape on ill-formed input, such as "<item><link></item></link>".
_BUGS = (LookupError, AttributeError, TypeError, ValueError, ArithmeticError, AssertionError, RecursionError)


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    entries: tuple[Entry, ...]  # in the feed's order, at most ENTRY_LIMIT
    title: str | None
    ttl_s: int | None  # how long the feed asks to be left alone
    language: str | None  # as the feed declares it, ISO 639
    problem: str | None  # one line; the entries are good all the same


def parse(body: bytes, *, feed_url: str, content_type: str | None, language: str | None) -> ParsedFeed:
    """The entries of an RSS or Atom body.

    `content_type` is the HTTP header, `language` what the catalogue declares (it outranks the feed, whose own word
    is often the publishing system's default). Relative links are read against `feed_url`, which also becomes part of
    the entries' identity: give the catalogue's address, not the one redirected to. Takes a thread's time: call it off
    the event loop. Raises ContentError (NOT_A_FEED, UNSAFE_XML).
    """
    text = _safe_text(decode(body, content_type, language), feed_url)
    read = _feedparser(text, feed_url)
    if not read.entries and not read.version:
        raise ContentError(FetchProblem.NOT_A_FEED, feed_url, "neither RSS nor Atom")
    declared = _language(read.feed.get("language"))
    rows = read.entries[:ENTRY_LIMIT]
    return ParsedFeed(
        entries=_entries(rows, feed_url, language or declared),
        title=plain(str(read.feed.get("title") or ""), TITLE_LIMIT) or None,
        ttl_s=_ttl_s(read.feed.get("ttl")),
        language=declared,
        problem=_problem(read, len(rows)),
    )


def _feedparser(text: str, feed_url: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": feed_url}
    try:
        # A stream, because feedparser takes bytes for the name of a file. It cleans no markup: plain() does.
        return feedparser.parse(
            io.BytesIO(text.encode()), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except _BUGS as error:
        raise ContentError(FetchProblem.NOT_A_FEED, feed_url, "too damaged to read") from error


def _safe_text(text: str, feed_url: str) -> str:
    """What feedparser may see: UTF-8 by its own word, no entity declarations, no HTML page."""
    if not text.strip():
        raise ContentError(FetchProblem.NOT_A_FEED, feed_url, "an empty answer")
    if len(text) > TEXT_LIMIT:
        raise ContentError(FetchProblem.TOO_LARGE, feed_url, f"more than {TEXT_LIMIT:,} characters")
    if _HTML.match(text[:5_000]):
        raise ContentError(FetchProblem.NOT_A_FEED, feed_url, "a web page, not a feed")
    text = _ILLEGAL.sub("", text).lstrip("\ufeff \t\r\n")
    prolog = _PROLOG.match(text)
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + (text[prolog.end() :].lstrip() if prolog else text)
    if _ENTITY.search(text):
        # In CDATA the words are harmless, except before the first element, where feedparser reads them by pattern.
        start = re.search(r"<\w", text)
        if _ENTITY.search(text[: start.start() if start else None]) or _ENTITY.search(_CDATA.sub("", text)):
            raise ContentError(FetchProblem.UNSAFE_XML, feed_url, "declares entities of its own")
    if problem := objection(text):
        raise ContentError(FetchProblem.UNSAFE_XML, feed_url, problem)
    return text


def _entries(rows: list[Row], feed_url: str, language: str | None) -> tuple[Entry, ...]:
    titles = [str(row.get("title") or row.get("summary") or "") for row in rows]
    useless_guids = _shared([str(row.get("id") or "") for row in rows], titles)
    useless_links = _shared([str(row.get("link") or "") for row in rows], titles)
    markups = [_summary_markup(row) for row in rows]
    bracketed = sum(1 for markup in markups if _BRACKET.match(markup))
    prefixed = bracketed >= 3 and bracketed * 2 > len(rows)  # the feed's habit, not one editor's "[VIDEO]"
    entries = []
    for row, markup in zip(rows, markups, strict=True):
        guid = str(row.get("id") or "")[:1_000]
        if guid in useless_guids:
            guid = ""
        entry = _entry(row, markup, feed_url, language, guid or None, prefixed)
        if entry is not None and not guid and str(row.get("link") or "") in useless_links:
            entry = replace(entry, guid=f"title:{entry.title}")
        if entry is not None:
            entries.append(entry)
    return tuple(entries)


def _shared(values: list[str], titles: list[str]) -> frozenset[str]:
    """The guids (or links) that some broken feeds give to every entry: they identify nothing.

    Two entries may share one rightly (the same story, before and after an edit); three different ones do not.
    """
    carried: dict[str, set[str]] = {}
    for value, title in zip(values, titles, strict=True):
        carried.setdefault(value, set()).add(title)
    return frozenset(value for value, under in carried.items() if len(under) >= 3)


def _entry(
    row: Row, markup: str, feed_url: str, language: str | None, guid: str | None, prefixed: bool
) -> Entry | None:
    """One entry; None when it says nothing."""
    summary = _tidy(plain(markup, SUMMARY_LIMIT))
    title = plain(str(row.get("title") or ""), TITLE_LIMIT) or first_sentence(summary, 200)
    if not title:
        return None
    origin = _origin(row, markup, summary)
    bracket = _BRACKET.match(summary)
    source = row.get("source") or {}
    if prefixed and bracket:
        summary = summary[bracket.end() :]
    if name := plain(str(source.get("title") or ""), 100):  # Google News: "Title - Publisher"
        title = re.sub(rf"\s[-–—|]\s{re.escape(name)}$", "", title) or title
    return Entry(
        feed_url=feed_url,
        guid=guid,
        link=_link(row, feed_url),
        title=title,
        summary=summary,
        published=_published(row),
        author=plain(str(row.get("author") or ""), 200) or None,
        origin=origin,
        language=language or _language((row.get("title_detail") or {}).get("language")),
    )


def _summary_markup(row: Row) -> str:
    """The description, or the full text where there is none."""
    description = str(row.get("summary") or "")
    if plain(description, 200):
        return description
    return next((str(part["value"]) for part in row.get("content") or () if part.get("value")), "")


def _tidy(summary: str) -> str:
    """Without what publishing systems append to every summary."""
    return _MORE.sub("", _APPEARED.sub("", summary)).strip()


def _origin(row: Row, markup: str, summary: str) -> str | None:
    """The publisher that an aggregator names, in the ways they do it: name, or domain where there is no name."""
    source = row.get("source") or {}
    bracket = _BRACKET.match(summary)
    tag = _SOURCE_TAG.search(markup)
    candidates = (
        str(source.get("title") or ""),
        host_of(str(source.get("href") or "")),
        tag[1] if tag else "",
        bracket[1] if bracket else "",
        str(row.get("publisher") or ""),
    )
    return next((name for name in (plain(candidate, 100) for candidate in candidates) if name), None)


def _link(row: Row, feed_url: str) -> str | None:
    alternates = (link.get("href") for link in row.get("links") or () if link.get("rel") == "alternate")
    for candidate in (row.get("link"), *alternates):
        address = re.sub(r"\s", "%20", str(candidate or "").strip())
        try:
            address = urljoin(feed_url, address) if address else ""
        except ValueError:
            continue
        if is_web_address(address):
            return address
    return None


def _published(row: Row) -> datetime | None:
    for name in ("published", "updated", "created"):
        if moment := parse_date(dict.get(row, name)):  # past feedparser's aliases
            return moment
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parts: time.struct_time | None = dict.get(row, name)
        try:
            if parts and (moment := in_range(datetime(*parts[:6], tzinfo=UTC))):
                return moment
        except ValueError:
            continue
    return None


def _language(value: object) -> str | None:
    found = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", str(value or "").strip())
    return found[1].lower() if found else None


def _ttl_s(value: object) -> int | None:
    text = str(value or "").strip()
    return int(text) * 60 or None if text.isascii() and text.isdigit() and len(text) < 7 else None


def _problem(read: dict[str, Any], count: int) -> str | None:
    if not count:
        return "a feed without entries"
    return "not well-formed XML, read leniently" if read.get("bozo") else None
