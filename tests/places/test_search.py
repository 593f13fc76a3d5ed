"""What a person types into /watch."""

import time

import pytest

from places.search import PlaceSearch
from places.types import Precision


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Nord-Kivu", "a1:CD/North Kivu"),
        ("kivu kaskazini", "a1:CD/North Kivu"),
        ("Ukraine", "c:UA"),
        ("Ucrania", "c:UA"),
        ("украина", "c:UA"),
        ("السودان", "c:SD"),
        ("RDC", "c:CD"),
        ("Kiev", "gn:703448"),
        ("Khan Yunis", "gn:281124"),
        ("Bukava", "gn:217831"),
        ("darfur", "sup:SD/darfur"),
    ],
)
def test_the_best_match_comes_first(search: PlaceSearch, query: str, first: str) -> None:
    assert search.search(query)[0].id == first


def test_a_town_and_its_territory_are_both_offered(search: PlaceSearch) -> None:
    found = [place for place in search.search("Walikale") if place.country == "CD"]
    assert {Precision.PLACE, Precision.ADMIN2} <= {place.precision for place in found}


def test_swapped_letters_are_forgiven(search: PlaceSearch) -> None:
    assert "Walikale" in {place.name for place in search.search("Wakilale")}


def test_the_beginning_of_a_name_suffices(search: PlaceSearch) -> None:
    assert "Ukraine" in {place.name for place in search.search("ukrai")}


@pytest.mark.parametrize("query", ["北", "", "x", "?!", "Zzyzzqxqx"])
def test_nonsense_finds_nothing(search: PlaceSearch, query: str) -> None:
    assert search.search(query) == []


def test_no_more_than_asked_for(search: PlaceSearch) -> None:
    assert len(search.search("San", 5)) == 5


def test_a_search_is_quick(search: PlaceSearch) -> None:
    search.search("Walikael")
    start = time.process_time()
    for query in ("Walikael", "Karkiv", "Nyabiondu", "Port-au-Princ", "Dar"):
        search.search(query)
    assert (time.process_time() - start) / 5 < 0.05


def test_an_actor_is_no_place_to_watch(search: PlaceSearch) -> None:
    assert "c:PS" not in {place.id for place in search.search("Hamas")}
