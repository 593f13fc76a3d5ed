"""Atom, read back by feedparser."""

from dataclasses import replace
from typing import Any

import feedparser

from alerts.exports import atom
from tests.alerts.exports.builders import FRENCH, READER, make_item, varied
from tests.builders import make_place


def parsed(data: bytes) -> Any:
    feed = feedparser.parse(data)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_every_incident_is_an_entry() -> None:
    feed = parsed(atom.render(varied(), READER))
    assert feed.feed.title == "Tocsin"
    assert len(feed.entries) == len(varied())
    entry = feed.entries[0]
    assert entry.title.startswith("WITHDRAWN, our error: Territory captured")
    assert entry.link == "https://herald.example/walikale"
    assert "T-0417/4" in entry.content[0].value
    assert [author.name for author in entry.authors] == ["Lakes Herald", "Kivu Echo"]
    assert {"territory_captured", "withdrawn", "Severe"} == {tag.term for tag in entry.tags}
    assert entry.updated == feed.feed.updated == "2025-03-19T19:34:00Z"
    assert len({e.id for e in feed.entries}) == len(feed.entries)


def test_an_entry_keeps_its_id_as_its_story_grows() -> None:
    whole = varied()[0]
    begun = replace(whole, revisions=whole.revisions[:1], alerts=whole.alerts[:1])
    ids = [parsed(atom.render([item], READER)).entries[0].id for item in (begun, whole)]
    assert ids[0] == ids[1]
    assert ids[0].startswith("urn:uuid:")


def test_entries_are_in_the_readers_language_and_the_sample_is_marked() -> None:
    entry = parsed(atom.render(varied()[-1:], FRENCH)).entries[0]
    assert entry.title.startswith("SAMPLE (exemple)")


def test_outside_text_is_text() -> None:
    feed = parsed(atom.render([make_item(place=make_place(name="<script>alert(1)</script>&\x00"))], READER))
    (content,) = feed.entries[0].content
    assert content.type == "text/plain"
    assert "<script>alert(1)</script>&" in content.value


def test_an_empty_feed_is_a_feed() -> None:
    assert parsed(atom.render([], READER)).entries == []
