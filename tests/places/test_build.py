"""What the baking does with single names; the whole build runs by hand."""

from importlib.metadata import version
from pathlib import Path

import pytest

from places.baked import Kind, Naming, Row, read, row_order, write
from places.build_names import strip_type, swahili_peoples, town_names, usable
from places.build_sources import PACKAGES, Town
from places.country_words import adjectives
from places.gazetteer import Gazetteer
from places.text import fold


def town(name: str, country: str, population: int, *alternates: str) -> Town:
    return Town(1, name, country, 0.0, 0.0, population, None, None, alternates)


def test_a_hamlet_is_not_trusted_with_foreign_names() -> None:
    hamlet = town("Nairobi", "CD", 0, "Найроби", "نيروبي", "Nairobbi", "Green City")
    capital = town("Nairobi", "KE", 4_400_000, "Найроби", "نيروبي", "Nairobbi", "Green City")
    assert town_names(hamlet) == (["Nairobi"], ["Nairobbi"])
    assert town_names(capital) == (["Nairobi"], ["Найроби", "نيروبي", "Nairobbi", "Green City"])


@pytest.mark.parametrize("name", ["GOM", "sa kai", "12 de Mayo", "北京", "ღ", "(Foo)", "-"])
def test_codes_and_romanisations_are_no_names(name: str) -> None:
    assert not usable(name)


@pytest.mark.parametrize(
    ("name", "country", "bare"),
    [
        ("Anbar Governorate", "IQ", "Anbar"),
        ("Province du Haut-Katanga", "CD", "Haut-Katanga"),
        ("Mkoa wa Kivu Kusini", "CD", "Kivu Kusini"),
        ("Bakhmut Raion", "UA", "Bakhmut"),
        ("محافظة نينوى", "IQ", "نينوى"),
        ("Laurel County", "US", "Laurel County"),
        ("Oblast", "UA", "Oblast"),
    ],
)
def test_the_type_is_cut_off_a_subdivision(name: str, country: str, bare: str) -> None:
    assert strip_type(name, country) == bare


@pytest.mark.parametrize(
    ("group", "form", "some"),
    [
        ("en", "Ukrainian", {"Ukrainian", "Ukrainians"}),
        ("en", "Congolese", {"Congolese"}),
        ("fr", "ukrainien", {"ukrainienne", "ukrainiennes", "ukrainiens"}),
        ("es_pt", "sudanés", {"sudanesa", "sudaneses", "sudanesas"}),
        ("es_pt", "russo", {"russa", "russos", "russas"}),
        ("ru", "сирийский", {"сирийского", "сирийские", "сирийских"}),
        ("ar", "سوداني", {"سودانية", "سودانيين", "سودانيا"}),
    ],
)
def test_adjectives_are_inflected(group: str, form: str, some: set[str]) -> None:
    assert some <= set(adjectives(group, form))


def test_swahili_peoples_lose_the_prefix_of_the_land() -> None:
    assert "Warusi" in swahili_peoples("Urusi")
    assert {"Wapalestina", "Kipalestina"} <= set(swahili_peoples("Palestina"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("N'Djamena", "NDJAMENA"),
        ("Tin-Zaouatine", "tin zaouatine"),
        ("Chasiv Yar", "CHASIV YAR"),
        ("Łódź", "lodz"),
        ("Запоріжжя", "ЗАПОРІЖЖЯ"),
        ("الفاشر", "فاشر"),
        ("أعزاز", "اعزاز"),
        ("غزّة", "غزه"),
        ("جنوب دارفور\u200e", "جنوب دارفور"),
        ("St. Louis", "Saint Louis"),
    ],
)
def test_spellings_meet_in_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = [
        Row("c:AA", "Aland", Kind.COUNTRY, "AA", 1.0, 2.0, 100.0, 50),
        Row("a1:AA/B", "B", Kind.ADMIN1, "AA", 1.5, 2.5, 40.0, 30),
        Row("gn:7", "Bee", Kind.PLACE, "AA", 1.25, 2.25, 3.0, 20, admin1="a1:AA/B"),
    ]
    rows.sort(key=row_order)
    names = {"aland": {0: Naming.PRIMARY}, "alander": {0: Naming.DEMONYM}, "bee": {2: Naming.PRIMARY}}
    path = tmp_path / "small.npz"
    write(path, rows, names, {"format": 1, "packages": {}, "capitals": {"AA": "gn:7"}})
    gazetteer = Gazetteer(read(path))
    (bee,) = gazetteer.lookup("Bee")
    assert (bee.id, bee.admin1, bee.lat, bee.population) == ("gn:7", "B", 1.25, 20)
    assert [place.id for place in gazetteer.admin_chain(bee)] == ["a1:AA/B", "c:AA"]
    assert gazetteer.demonyms == {"alander"}


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    rows = [Row("c:AA", "Aland", Kind.COUNTRY, "AA", 1.0, 2.0, 100.0, 50)]
    for name in ("one", "two"):
        write(tmp_path / f"{name}.npz", rows, {"aland": {0: Naming.PRIMARY}}, {"format": 1, "capitals": {}})
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_the_file_was_baked_from_the_packages_that_are_locked(gazetteer: Gazetteer) -> None:
    packages = gazetteer.header["packages"]
    assert packages == {name: version(name) for name in PACKAGES}
