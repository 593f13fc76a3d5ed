"""The curated tables: every position has a source and lies where it is said to lie."""

import csv
from pathlib import Path

import pytest

import places
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.types import Place, Precision

DATA = Path(places.__file__).with_name("data")
IN_THE_EAST = (
    "Walikale Masisi Minova Kalehe Nyabibwe Bunagana Pinga Fizi Shabunda Kitshanga Rubaya Bisie Minembwe Sake Mweso "
    "Kibua Nyabiondo Mubi Kanyabayonga Kavumu Kamanyola Luvungi Lubero Punia Lubutu Djugu Drodro"
)
ELSEWHERE = {
    "Barsalogho": "BF",
    "Tinzaouaten": "ML",
    "Palma": "MZ",
    "Macomia": "MZ",
    "Nasir": "SS",
    "Khan Younis": "PS",
    "Toretsk": "UA",
    "Vovchansk": "UA",
    "El Fasher": "SD",
    "Zamzam": "SD",
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


SUPPLEMENT = rows("supplement.tsv")


def test_every_row_says_where_its_position_was_looked_up() -> None:
    for row in SUPPLEMENT:
        source = row["source"]
        known = source.startswith(("GeoNames ", "Who's On First", "countrystatecity-countries ", "derived: "))
        assert known, f"{row['name']}: {source}"
        if source.startswith("derived: "):
            assert float(row["radius_km"]) >= 3, row["name"]


def test_every_row_lies_within_its_country_and_province(gazetteer: Gazetteer) -> None:
    wrong = []
    for row in SUPPLEMENT:
        if row["country"] == "XZ":
            continue
        point = float(row["lat"]), float(row["lon"])
        units = [gazetteer.place(f"c:{row['country']}")]
        if row["admin1"]:
            units.append(gazetteer.place(f"a1:{row['country']}/{row['admin1']}"))
        for unit in units:
            assert unit is not None, row
            if distance_km(unit.lat, unit.lon, *point) > 1.5 * unit.uncertainty_km + 80:
                wrong.append((row["name"], unit.name, round(distance_km(unit.lat, unit.lon, *point))))
    assert wrong == []


def test_no_place_is_listed_twice() -> None:
    keys = [(row["kind"], row["country"], row["admin1"], row["name"]) for row in SUPPLEMENT]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


@pytest.mark.parametrize("name", IN_THE_EAST.split())
def test_the_towns_of_the_east_of_dr_congo_are_known(gazetteer: Gazetteer, name: str) -> None:
    towns = [p for p in gazetteer.lookup(name) if p.country == "CD" and p.precision is Precision.PLACE]
    assert any(place.admin1 in TERRITORIAL and place.admin2 for place in towns), towns


TERRITORIAL = {"North Kivu", "South Kivu", "Ituri", "Maniema"}


@pytest.mark.parametrize(("name", "country"), ELSEWHERE.items())
def test_towns_of_other_wars_are_known(gazetteer: Gazetteer, name: str, country: str) -> None:
    found: list[Place] = [p for p in gazetteer.lookup(name) if p.country == country]
    assert found
    assert found[0].admin1


def test_palestine_and_sudan_have_a_second_level(gazetteer: Gazetteer) -> None:
    khan_younis = next(p for p in gazetteer.lookup("Khan Younis") if p.precision is Precision.PLACE)
    el_fasher = next(p for p in gazetteer.lookup("El Fasher") if p.precision is Precision.PLACE)
    assert (khan_younis.admin1, khan_younis.admin2) == ("Gaza Strip", "Khan Yunis")
    assert el_fasher.admin1 == "North Darfur"
    assert el_fasher.admin2


@pytest.mark.parametrize("name", ["aliases.tsv", "actors.tsv", "abbreviations.tsv", "conflicts.tsv", "countries.tsv"])
def test_the_other_tables_name_what_exists(gazetteer: Gazetteer, name: str) -> None:
    for row in rows(name):
        if "place" in row:
            assert gazetteer.place(row["place"]) is not None, row
        else:
            assert gazetteer.country(row["country"]) is not None, row
