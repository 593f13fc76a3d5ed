from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.identity import article_of, content_hash, key_of
from feeds.origin import publisher_for_url, source_of
from feeds.types import Catalogue, Entry

AT = datetime(2025, 3, 20, 14, 5, tzinfo=UTC)
ENTRY = Entry("https://a.example/rss", "guid-1", "https://a.example/x", "Town falls", "At dawn.", AT)


def test_feed_and_guid_are_the_identity() -> None:
    edited = replace(ENTRY, title="Town has fallen", summary="More.", link="https://a.example/y", published=None)
    assert key_of(edited) == key_of(ENTRY)
    assert key_of(replace(ENTRY, guid="guid-2")) != key_of(ENTRY)
    assert key_of(replace(ENTRY, feed_url="https://b.example/rss")) != key_of(ENTRY)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://bbc.example/news/c1#0", "https://bbc.example/news/c1#3", True),
        ("https://bbc.example/news/c1", "http://bbc.example/news/c1?utm_source=x", True),
        ("https://a.example/live#post-one", "https://a.example/live#post-two", False),
        ("https://a.example/?p=1", "https://a.example/?p=2", False),
        ("tag:a.example,2025:1#0", "tag:a.example,2025:1#1", False),
    ],
)
def test_a_guid_that_counts_its_edits_stays_the_same(one: str, other: str, same: bool) -> None:
    assert (key_of(replace(ENTRY, guid=one)) == key_of(replace(ENTRY, guid=other))) is same


def test_without_a_guid_the_link_is_and_across_feeds() -> None:
    bare = replace(ENTRY, guid=None)
    other = replace(bare, feed_url="https://b.example/rss", link="http://A.example/x?utm_medium=rss#top")
    assert key_of(bare) == key_of(other)
    assert key_of(bare).startswith("l:")


def test_without_either_title_and_time_are() -> None:
    bare = replace(ENTRY, guid=None, link=None)
    assert key_of(bare) == key_of(replace(bare, title=" TOWN  falls "))
    assert len({key_of(bare), key_of(replace(bare, published=None)), key_of(replace(bare, title="Other"))}) == 3


def test_the_content_hash_changes_with_the_words_alone() -> None:
    assert content_hash(ENTRY) == content_hash(replace(ENTRY, title="TOWN falls", guid=None, published=None))
    assert content_hash(ENTRY) != content_hash(replace(ENTRY, summary="At dusk."))
    assert content_hash(ENTRY) != content_hash(replace(ENTRY, title="Town fallsAt", summary="dawn."))


@pytest.mark.parametrize(
    ("published", "counts"),
    [(AT - timedelta(hours=1), AT - timedelta(hours=1)), (AT, AT), (AT + timedelta(seconds=1), AT), (None, AT)],
)
def test_an_article_is_published_when_the_feed_says_or_when_fetched(
    catalogue: Catalogue, published: datetime | None, counts: datetime
) -> None:
    source = source_of(ENTRY, publisher_for_url(ENTRY.feed_url, catalogue), catalogue)
    article = article_of(replace(ENTRY, published=published), source, AT)
    assert (article.published, article.fetched, article.id, article.version) == (counts, AT, 0, 1)
    assert (article.key, article.title, article.source) == (key_of(ENTRY), "Town falls", source)
