"""The catalogue that ships: feeds.yaml."""

from pathlib import Path

import pytest

from feeds.catalogue import load
from feeds.types import Catalogue, PublisherKind

SEEN = Path(__file__).with_name("seen_addresses.txt")

REGIONS = {
    "Great Lakes": {"CD", "RW", "BI", "UG", "TZ"},
    "Sudan and South Sudan": {"SD", "SS"},
    "Sahel": {"ML", "BF", "NE", "TD"},
    "West and Central Africa": {"NG", "CM", "CF"},
    "Horn": {"ET", "SO", "KE"},
    "Southern and northern Africa": {"MZ", "LY"},
    "Ukraine": {"UA"},
    "Russia": {"RU"},
    "Levant": {"IL", "LB", "SY", "PS"},
    "Gulf, Yemen, Iraq, Iran": {"YE", "IQ", "IR", "QA"},
    "Turkey and Caucasus": {"TR", "GE"},
    "Myanmar": {"MM"},
    "Pakistan and Afghanistan": {"PK", "AF"},
    "Haiti": {"HT"},
    "Latin America": {"CO", "MX", "EC", "VE"},
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load(Path(__file__).parents[2] / "feeds.yaml")


def test_there_are_feeds_enough_and_each_says_its_language(shipped: Catalogue) -> None:
    assert len(shipped.feeds) >= 90
    assert all(feed.language for feed in shipped.feeds)
    assert {"en", "fr", "sw", "ar", "es", "ru"} <= {feed.language for feed in shipped.feeds}


def test_an_address_is_in_a_public_list_or_says_that_it_is_not(shipped: Catalogue) -> None:
    seen = {line for line in SEEN.read_text("utf-8").splitlines() if not line.startswith("#")}
    assert {feed.url for feed in shipped.feeds if not feed.unverified} == seen


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_a_voice_of_its_own(shipped: Catalogue, region: str) -> None:
    heard = {shipped.publisher(feed.publisher_id).home for feed in shipped.feeds}
    missing = REGIONS[region] - heard
    assert not missing


def test_the_great_lakes_have_the_most(shipped: Catalogue) -> None:
    local = [feed for feed in shipped.feeds if shipped.publisher(feed.publisher_id).home in REGIONS["Great Lakes"]]
    assert len(local) >= 15


def test_whoever_speaks_for_a_party_names_it(shipped: Catalogue) -> None:
    partisans = [p for p in shipped.publishers if p.kind is PublisherKind.PARTISAN]
    assert {"Russia", "Iran", "Ukraine"} <= {p.partisan_of for p in partisans}
    assert all(p.partisan_of and p.reliability >= "C" for p in partisans)
    assert all(p.partisan_of is None for p in shipped.publishers if p.kind is not PublisherKind.PARTISAN)


def test_the_bbc_is_one_publisher_with_many_feeds(shipped: Catalogue) -> None:
    bbc = [feed for feed in shipped.feeds if "bbc" in feed.url]
    assert len(bbc) > 8
    assert {feed.publisher_id for feed in bbc} == {"bbc"}
