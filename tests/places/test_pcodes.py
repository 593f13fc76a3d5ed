"""P-codes name provinces that the gazetteer knows."""

import re

from places.gazetteer import Gazetteer
from places.pcodes import FILE, pcode_of
from tests.builders import make_place


def test_a_town_and_its_province_have_the_provinces_code() -> None:
    assert pcode_of(make_place()) == "CD61"
    assert pcode_of(make_place(admin1=None)) is None
    assert pcode_of(make_place(country="FR")) is None


def test_every_code_belongs_to_one_province_of_the_gazetteer(gazetteer: Gazetteer) -> None:
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()[1:]]
    assert len({code for *_, code in rows}) == len(rows) == len({(c, a) for c, a, _ in rows})
    for country, admin1, code in rows:
        assert re.fullmatch(rf"{country}\d\d", code)
        assert gazetteer.place(f"a1:{country}/{admin1}"), admin1
