"""P-codes name provinces that the gazetteer knows."""

import re

from places.baked import Kind
from places.gazetteer import Gazetteer
from places.pcodes import FILE, pcode_of
from places.types import Place
from tests.builders import make_place


def test_a_town_and_its_province_have_the_provinces_code() -> None:
    assert pcode_of(make_place()) == "CD61"
    assert pcode_of(make_place(admin1=None)) is None
    assert pcode_of(make_place(country="FR")) is None


def test_all_provinces_of_the_wars_that_are_watched_most_have_one(gazetteer: Gazetteer) -> None:
    numbers = {"CD": 26, "SD": 18, "SS": 10, "UA": 27, "SY": 14, "YE": 22, "NG": 37, "SO": 18}
    found = [place.country for place in provinces(gazetteer) if pcode_of(place)]
    assert {country: found.count(country) for country in numbers} == numbers


def provinces(gazetteer: Gazetteer) -> list[Place]:
    baked = gazetteer.baked
    return [gazetteer.place_at(row) for row, kind in enumerate(baked.kind) if kind == Kind.ADMIN1]


def test_every_code_belongs_to_one_province_of_the_gazetteer(gazetteer: Gazetteer) -> None:
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:]]
    assert len({code for *_, code in rows}) == len(rows) == len({(c, a) for c, a, _ in rows})
    for country, admin1, code in rows:
        assert re.fullmatch(rf"({country}|MMR)\d\d\d?", code)  # Myanmar's bear the three-letter code
        assert gazetteer.place(f"a1:{country}/{admin1}"), admin1
