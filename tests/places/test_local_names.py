"""What provinces and towns are called in each language, and that people find them by these names."""

from functools import cache

import pytest

from pipeline import asking
from places.gazetteer import Gazetteer
from places.local_names import PATH, local_name, own_names
from places.search import PlaceSearch

gazetteer = cache(Gazetteer.load)


@cache
def search() -> PlaceSearch:
    return PlaceSearch(gazetteer())


def rows() -> list[list[str]]:
    return [line.split("\t") for line in PATH.read_text(encoding="utf-8").splitlines()[1:]]


def test_each_row_is_of_the_gazetteer_and_stands_once() -> None:
    keys = [(country, name) for country, name, *_ in rows()]
    assert len(keys) == len(set(keys))
    for country, name in keys:
        assert any((p.country, p.name) == (country, name) for p in gazetteer().lookup(name)), (country, name)


@pytest.mark.parametrize(
    ("name", "country", "language", "expected"),
    [
        ("North Kivu", "CD", "sw", "Kivu Kaskazini"),
        ("Gaza", "PS", "ar", "غزة"),
        ("Gaza", "MZ", "ar", "Gaza"),
        ("Donetsk Oblast", "UA", "fr", "région de Donetsk"),
        ("Goma", "CD", "es", "Goma"),
        ("Goma", "CD", "xx", "Goma"),
    ],
)
def test_names_by_language(name: str, country: str, language: str, expected: str) -> None:
    assert local_name(name, country, language) == expected


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("واليكالي", "Walikale"),
        ("شمال كيفو", "North Kivu"),
        ("Kivu del Norte", "North Kivu"),
        ("Cordofão do Norte", "North Kordofan"),
        ("Ukanda wa Gaza", "Gaza Strip"),
        ("région de Kharkiv", "Kharkiv Oblast"),
    ],
)
def test_a_place_is_found_by_the_name_it_is_shown_with(written: str, place: str) -> None:
    found = asking.find(gazetteer(), search(), written, centre=False)
    assert found.sure
    assert place in {p.name for p in found.places}


def test_an_unknown_name_belongs_to_nobody() -> None:
    assert own_names("Nowhere at all") == ()
