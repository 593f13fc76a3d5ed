"""The clocks of places."""

from datetime import UTC, datetime

import pytest

from places.gazetteer import Gazetteer
from places.time_zones import zones_of
from places.types import Place
from tests.builders import make_place

NOW = datetime(2025, 3, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "zones"),
    [
        ("Goma", ["Africa/Lubumbashi"]),
        ("Kisangani", ["Africa/Lubumbashi"]),
        ("Mbandaka", ["Africa/Kinshasa"]),
        ("DR Congo", ["Africa/Kinshasa", "Africa/Lubumbashi"]),
        ("Khartoum", ["Africa/Khartoum"]),
        ("Pristina", ["Europe/Belgrade"]),
    ],
)
def test_the_zones_a_place_may_lie_in(gazetteer: Gazetteer, name: str, zones: list[str]) -> None:
    assert list(zones_of(gazetteer.lookup(name)[0], NOW)) == zones


def test_zones_that_keep_the_same_time_are_one() -> None:
    gaza = make_place(country="PS", admin1="Gaza Strip", lat=31.5, lon=34.5)
    assert list(zones_of(gaza, NOW)) == ["Asia/Gaza"]


def test_every_province_of_dr_congo_has_one_clock(gazetteer: Gazetteer) -> None:
    west = [place.name for place in gazetteer.provinces("CD") if zones_of(place, NOW) == ["Africa/Kinshasa"]]
    assert len(west) == 10
    assert "Kinshasa" in west
    assert "Tshopo" not in west


def test_the_high_seas_have_none() -> None:
    sea: Place = make_place(country="XZ", admin1=None)
    assert list(zones_of(sea, NOW)) == []


def test_degrees_south_and_west_are_negative(gazetteer: Gazetteer) -> None:
    """The nearest zone comes first."""
    assert zones_of(gazetteer.lookup("Rio Branco")[0], NOW)[0] == "America/Rio_Branco"
