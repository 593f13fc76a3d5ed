"""feeds.yaml says what a feed is; an operator's word says whether it is read."""

from feeds.choices import FeedChoice, FeedChoiceKind, chosen
from feeds.types import Feed, Reliability
from tests.builders import make_catalogue, make_feed

HERALD = "https://herald.example/feed"


def added(url: str, language: str | None = "fr") -> FeedChoice:
    return FeedChoice(url, FeedChoiceKind.ADDED, language)


def test_a_feed_of_a_known_publisher_joins_it() -> None:
    found = chosen(make_catalogue(), [added("https://herald.example/goma.rss")])
    assert found.feeds[1] == Feed("https://herald.example/goma.rss", "lakes-herald", "fr")
    assert len(found.publishers) == 1


def test_a_feed_of_nobody_brings_a_publisher_called_by_its_domain() -> None:
    found = chosen(make_catalogue(), [added("https://www.kivu.example/rss"), added("https://kivu.example/goma.rss")])
    assert [(p.id, p.name, p.reliability) for p in found.publishers[1:]] == [
        ("domain:kivu.example", "kivu.example", Reliability.F)
    ]
    assert {feed.publisher_id for feed in found.feeds[1:]} == {"domain:kivu.example"}


def test_what_was_removed_stays_out_though_it_is_written() -> None:
    written = make_catalogue(make_feed(), make_feed("https://herald.example/sport"))
    found = chosen(written, [FeedChoice("https://herald.example/sport", FeedChoiceKind.REMOVED)])
    assert [feed.url for feed in found.feeds] == [HERALD]


def test_a_feed_that_is_written_too_is_as_it_is_written() -> None:
    written = make_catalogue(make_feed(language="en", interval_s=600))
    assert chosen(written, [added(HERALD)]) == written


def test_grades_are_the_operators_and_the_rest_is_as_written() -> None:
    found = chosen(make_catalogue(), [], {"lakes-herald": Reliability.E, "unknown": Reliability.A})
    assert [p.reliability for p in found.publishers] == [Reliability.E]
    new = chosen(make_catalogue(), [added("https://kivu.example/rss")], {"domain:kivu.example": Reliability.C})
    assert [p.reliability for p in new.publishers] == [Reliability.B, Reliability.C]
