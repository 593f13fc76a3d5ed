import pytest

from feeds.types import Catalogue, Feed, Publisher, PublisherKind, Reliability


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A small world: a broadcaster, an outlet with an owner, two agencies (one a party's), and an aggregator."""
    kind = PublisherKind
    publishers = (
        Publisher("radio-ville", "Radio Ville", kind.NATIONAL, "CD", None, Reliability.B),
        Publisher("gazette", "The Gazette", kind.NATIONAL, "UG", "press-house", Reliability.C),
        Publisher("courier", "Courier", kind.LOCAL, "UG", "press-house", Reliability.C),
        Publisher("afp", "AFP", kind.WIRE, "FR", None, Reliability.A),
        Publisher("tass", "TASS", kind.PARTISAN, "RU", "russian-state", Reliability.D, "Russia"),
        Publisher("all", "All Headlines", kind.AGGREGATOR),
    )
    feeds = (
        Feed("https://www.radioville.cd/rss.xml", "radio-ville", "fr"),
        Feed("https://gazette.co.ug/feed", "gazette", "en"),
        Feed("https://courier.example/feed", "courier", "en"),
        Feed("https://tass.example/rss", "tass", "en"),
        Feed("https://all.example/rss", "all", "en"),
    )
    return Catalogue(publishers, feeds)
