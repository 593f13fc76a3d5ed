"""How people write what they want to watch."""

import pytest

from pipeline import asking
from pipeline.asking import BadRadius, Wanted, parse
from places.gazetteer import Gazetteer
from places.search import PlaceSearch
from places.types import AreaKind, Place, Precision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def search(gazetteer: Gazetteer) -> PlaceSearch:
    return PlaceSearch(gazetteer)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Walikale", Wanted("Walikale")),
        ("  North   Kivu ", Wanted("North Kivu")),
        ("200 km around Walikale", Wanted("Walikale", 200)),
        ("200km around walikale", Wanted("walikale", 200)),
        ("200 km of Walikale", Wanted("Walikale", 200)),
        ("200 km Walikale", Wanted("Walikale", 200)),
        ("200 km autour de Walikale", Wanted("Walikale", 200)),
        ("200 km autour d’Uvira", Wanted("Uvira", 200)),
        ("50 kilomètres autour de Goma", Wanted("Goma", 50)),
        ("Walikale 200", Wanted("Walikale", 200)),
        ("Walikale, 200 km", Wanted("Walikale", 200)),
        ("Walikale within 200 km", Wanted("Walikale", 200)),
        ("Goma dans un rayon de 50 km", Wanted("Goma", 50)),
        ("100 км вокруг Киева", Wanted("Киева", 100)),
        ("km 200 kuzunguka Goma", Wanted("Goma", 200)),
        ("kilomita 200 kutoka Goma", Wanted("Goma", 200)),
        ("km 200 Goma", Wanted("Goma", 200)),
        ("Goma km 200", Wanted("Goma", 200)),
        ("km abc kuzunguka Goma", BadRadius("abc")),
        ("Port-au-Prince 12,4", Wanted("Port-au-Prince", 12)),
        ("0 km around Goma", BadRadius("0")),
        ("-5 km around Goma", BadRadius("-5")),
        ("abc km around Goma", BadRadius("abc")),
        ("5000 km around Goma", BadRadius("5000")),
        ("Goma 5000", BadRadius("5000")),
        ("Goma -5", BadRadius("-5")),
        ("Goma inf km", BadRadius("inf")),
        ("", Wanted("")),
    ],
)
def test_names_with_and_without_a_radius(text: str, expected: Wanted | BadRadius) -> None:
    assert parse(text) == expected


def names(places: tuple[Place, ...]) -> list[tuple[str, Precision]]:
    return [(place.name, place.precision) for place in places]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Ukraine", "UA"),
        ("l'Ukraine", "UA"),
        ("Soudan", "SD"),
        ("the Sudan", "SD"),
        ("RDC", "CD"),
        ("Украина", "UA"),
        ("السودان", "SD"),
    ],
)
def test_a_country_is_clear_in_any_language(gazetteer: Gazetteer, search: PlaceSearch, name: str, country: str) -> None:
    found = asking.find(gazetteer, search, name, centre=False)
    assert found.sure
    assert [(place.country, place.precision) for place in found.places] == [(country, Precision.COUNTRY)]


def test_a_country_and_a_state_of_its_name_are_both_offered(gazetteer: Gazetteer, search: PlaceSearch) -> None:
    found = asking.find(gazetteer, search, "Georgia", centre=False)
    assert names(found.places) == [("Georgia", Precision.COUNTRY), ("Georgia", Precision.ADMIN1)]


def test_a_town_comes_before_its_district_and_hamlets_are_left_out(gazetteer: Gazetteer, search: PlaceSearch) -> None:
    found = asking.find(gazetteer, search, "Goma", centre=False)
    assert names(found.places)[0] == ("Goma", Precision.PLACE)
    assert {place.country for place in found.places} == {"CD"}


@pytest.mark.parametrize(
    ("written", "offered"),
    [("Kivu", ["North Kivu", "South Kivu", "Kivu"]), ("Donbas", ["Donbas"]), ("North Kivu", ["North Kivu"])],
)
def test_a_region_without_borders_comes_after_the_provinces_of_its_name(
    gazetteer: Gazetteer, search: PlaceSearch, written: str, offered: list[str]
) -> None:
    found = asking.narrowed(gazetteer, asking.find(gazetteer, search, written, centre=False))
    assert [place.name for place in found.places] == offered


def test_with_a_radius_only_towns_are_meant(gazetteer: Gazetteer, search: PlaceSearch) -> None:
    found = asking.find(gazetteer, search, "Goma", centre=True)
    assert names(found.places) == [("Goma", Precision.PLACE)]


def test_what_resembles_a_name_is_offered_as_a_question(gazetteer: Gazetteer, search: PlaceSearch) -> None:
    found = asking.find(gazetteer, search, "Bukavo", centre=False)
    assert not found.sure
    assert "Bukavu" in {place.name for place in found.places}


@pytest.mark.parametrize("name", ["", "x" * 500, "😀", "....", "qzxwvk"])
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, search: PlaceSearch, name: str) -> None:
    assert asking.find(gazetteer, search, name, centre=False).places == ()


def test_circles_around_a_point_are_rounded_and_resized() -> None:
    area = asking.circle(-1.4321, 28.0765, 50, "50 km around 1.4° S, 28.1° E")
    assert (area.kind, area.lat, area.lon, area.radius_km) == (AreaKind.CIRCLE, -1.4, 28.1, 50.0)
    larger = asking.resized(area, 200, "larger")
    assert (larger.name, larger.lat, larger.radius_km) == ("larger", -1.4, 200.0)


@pytest.mark.parametrize("word", ["world", "The World", "monde", "dunia"])
def test_the_whole_world_has_names_too(word: str) -> None:
    assert asking.is_world(word)
    assert not asking.is_world("Ukraine")


AS_WRITTEN = [
    ("Goma ville", [("Goma", Precision.PLACE)]),
    ("ville de Goma", [("Goma", Precision.PLACE)]),
    ("mji wa Goma", [("Goma", Precision.PLACE)]),
    ("город Гома", [("Goma", Precision.PLACE)]),
    ("walikale territoire", [("Walikale", Precision.ADMIN2)]),
    ("territoire de Walikale", [("Walikale", Precision.ADMIN2)]),
    ("province du Sud-Kivu", [("South Kivu", Precision.ADMIN1)]),
    ("province de l’Ituri", [("Ituri", Precision.ADMIN1)]),
    ("Kivu du Nord", [("North Kivu", Precision.ADMIN1)]),
    ("Nord Kivu", [("North Kivu", Precision.ADMIN1)]),
    ("Северное Киву", [("North Kivu", Precision.ADMIN1)]),
    ("شمال كيفو", [("North Kivu", Precision.ADMIN1)]),
    ("Goma, DRC", [("Goma", Precision.PLACE), ("Goma", Precision.ADMIN2)]),
    ("Goma (RDC)", [("Goma", Precision.PLACE), ("Goma", Precision.ADMIN2)]),
    ("Goma RDC", [("Goma", Precision.PLACE), ("Goma", Precision.ADMIN2)]),
    ("Walikale, Nord-Kivu, RDC", [("Walikale", Precision.PLACE), ("Walikale", Precision.ADMIN2)]),
]


@pytest.mark.parametrize(("written", "expected"), AS_WRITTEN, ids=[written for written, _ in AS_WRITTEN])
def test_names_with_what_people_write_around_them(
    gazetteer: Gazetteer, search: PlaceSearch, written: str, expected: list[tuple[str, Precision]]
) -> None:
    found = asking.find(gazetteer, search, written, centre=False)
    assert found.sure
    assert names(found.places) == expected
    assert {place.country for place in found.places} == {"CD"}


def test_the_country_beside_a_name_chooses_among_namesakes(gazetteer: Gazetteer, search: PlaceSearch) -> None:
    for written, country in (("Tripoli, Liban", "LB"), ("Tripoli (Libya)", "LY")):
        found = asking.find(gazetteer, search, written, centre=False)
        assert {place.country for place in found.places} == {country}


@pytest.mark.parametrize(
    "written", ["Est de la RDC", "est du Congo", "eastern Congo", "mashariki ya Kongo", "شرق الكونغو"]
)
def test_a_side_of_a_country_offers_its_provinces_there(
    gazetteer: Gazetteer, search: PlaceSearch, written: str
) -> None:
    found = asking.find(gazetteer, search, written, centre=False)
    assert not found.sure
    provinces = [place.name for place in found.places if place.precision is Precision.ADMIN1]
    assert {"Ituri", "North Kivu"} <= set(provinces)
    assert found.places[-1].precision is Precision.COUNTRY


@pytest.mark.parametrize("written", ["валикале", "Валікале", "والیکاله", "Walikalle", "Walikal"])
def test_other_letters_and_mistakes_are_forgiven(gazetteer: Gazetteer, search: PlaceSearch, written: str) -> None:
    found = asking.find(gazetteer, search, written, centre=False)
    assert not found.sure
    assert "Walikale" in {place.name for place in found.places[:2]}


@pytest.mark.parametrize(
    "written", ["hospital strike", "ville de", "province of", "zzzz, qqqq", "Goma, Ukraine", "east of nowhere"]
)
def test_what_is_no_place_stays_unknown(gazetteer: Gazetteer, search: PlaceSearch, written: str) -> None:
    assert not asking.find(gazetteer, search, written, centre=False).sure
