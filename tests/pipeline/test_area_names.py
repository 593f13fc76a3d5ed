"""What an area is called without its radius, and which place it was made of."""

import pytest

from pipeline.area_names import bare_name, base_called, place_of
from pipeline.asking import area_for, circle
from places.areas import area_of
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind, Precision


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("50 km around Base 3", "Base 3"),
        ("50 km autour de Base 3", "Base 3"),
        ("50 km kuzunguka Base 3", "Base 3"),
        ("50 كم حول Base 3", "Base 3"),
        ("Base 3", "Base 3"),
        ("Base Walikale", "Base Walikale"),
    ],
)
def test_a_circle_without_its_radius(name: str, bare: str) -> None:
    assert bare_name(circle(-1.4, 28.1, 50, name)) == bare


def test_what_is_no_circle_is_called_as_it_is() -> None:
    assert bare_name(Area(AreaKind.ADMIN1, "Sector 7", "CD", "Sector 7")) == "Sector 7"


@pytest.mark.parametrize("name", ["Ukraine", "North Kivu", "Walikale", "Kivu"])
def test_an_area_leads_back_to_its_place(gazetteer: Gazetteer, name: str) -> None:
    for place in gazetteer.lookup(name):
        if place.name == name:
            assert place_of(gazetteer, area_for(place, 50, f"50 km around {name}")) is not None, place.id


def test_the_name_is_known_in_the_language_it_was_saved_in(gazetteer: Gazetteer) -> None:
    kyiv = next(place for place in gazetteer.lookup("Kyiv") if place.precision is Precision.PLACE)
    assert place_of(gazetteer, area_for(kyiv, 50, "50 km autour de Kiev")) == kyiv


def test_points_bases_and_the_world_are_no_places(gazetteer: Gazetteer) -> None:
    goma = next(place for place in gazetteer.lookup("Goma") if place.precision is Precision.PLACE)
    for area in (
        Area(AreaKind.WORLD, "The whole world"),
        circle(goma.lat, goma.lon, 50, "50 km around Goma"),
        area_for(goma, 50, "50 km around Base Goma"),
        Area(AreaKind.CIRCLE, "Goma", "CD", lat=4.0, lon=20.0, radius_km=50),
    ):
        assert place_of(gazetteer, area) is None, area


def test_a_base_is_found_by_its_name(gazetteer: Gazetteer) -> None:
    walikale = area_of(gazetteer.lookup("Walikale")[0], 200)
    bases = [walikale, circle(-1.4, 28.1, 50, "50 km around Base 3"), circle(1.0, 30.0, 25, "Camp Élise")]
    for written in ("Base 3", "base 3", "50 km around Base 3"):
        assert base_called(gazetteer, bases, written) == bases[1]
    assert base_called(gazetteer, bases, "camp elise") == bases[2]
    assert base_called(gazetteer, bases, "Walikale") is None
    assert base_called(gazetteer, bases, "Base") is None
