"""What a watch covers, as a table."""

import pytest

from places.areas import AreaMatch, area_of, distance_km, matches
from places.types import Area, AreaKind, Place, Precision

GOMA = Place("gn:1", "Goma", Precision.PLACE, "CD", "North Kivu", "Goma", -1.67, 29.23, 8.0)
WALIKALE = Place("gn:2", "Walikale", Precision.PLACE, "CD", "North Kivu", "Walikale", -1.43, 28.08, 3.0)
TERRITORY = Place("a2:x", "Walikale", Precision.ADMIN2, "CD", "North Kivu", "Walikale", -1.2, 28.0, 90.0)
PROVINCE = Place("a1:x", "North Kivu", Precision.ADMIN1, "CD", "North Kivu", None, -0.6, 28.7, 160.0)
COUNTRY = Place("c:CD", "DR Congo", Precision.COUNTRY, "CD", None, None, -2.5, 23.5, 1150.0)
BUKAVU = Place("gn:3", "Bukavu", Precision.PLACE, "CD", "South Kivu", "Bukavu", -2.51, 28.86, 9.0)
KYIV = Place("gn:4", "Kyiv", Precision.PLACE, "UA", "Kyiv", None, 50.45, 30.52, 19.0)
SEA = Place("sup:XZ/red-sea", "Red Sea", Precision.ADMIN1, "XZ", "Red Sea", None, 20.0, 38.0, 900.0)

WORLD = Area(AreaKind.WORLD)
IN_CONGO = area_of(COUNTRY)
IN_PROVINCE = area_of(PROVINCE)
IN_TERRITORY = area_of(TERRITORY)
AROUND_WALIKALE = area_of(WALIKALE, 200)
AROUND_GOMA = area_of(GOMA, 10)

NO, INSIDE, MAY_BE = AreaMatch.NO, AreaMatch.INSIDE, AreaMatch.MAY_BE


@pytest.mark.parametrize(
    ("area", "place", "expected"),
    [
        (WORLD, COUNTRY, INSIDE),
        (WORLD, SEA, INSIDE),
        (IN_CONGO, COUNTRY, INSIDE),
        (IN_CONGO, GOMA, INSIDE),
        (IN_CONGO, KYIV, NO),
        (IN_CONGO, SEA, NO),
        (IN_PROVINCE, PROVINCE, INSIDE),
        (IN_PROVINCE, GOMA, INSIDE),
        (IN_PROVINCE, TERRITORY, INSIDE),
        (IN_PROVINCE, COUNTRY, NO),
        (IN_PROVINCE, BUKAVU, NO),
        (IN_TERRITORY, TERRITORY, INSIDE),
        (IN_TERRITORY, WALIKALE, INSIDE),
        (IN_TERRITORY, PROVINCE, MAY_BE),
        (IN_TERRITORY, GOMA, NO),
        (IN_TERRITORY, COUNTRY, NO),
        (AROUND_WALIKALE, WALIKALE, INSIDE),
        (AROUND_WALIKALE, GOMA, INSIDE),
        (AROUND_WALIKALE, BUKAVU, INSIDE),
        (AROUND_WALIKALE, PROVINCE, MAY_BE),
        (AROUND_WALIKALE, COUNTRY, NO),
        (AROUND_WALIKALE, KYIV, NO),
        (AROUND_GOMA, GOMA, INSIDE),
        (AROUND_GOMA, PROVINCE, MAY_BE),
        (AROUND_GOMA, BUKAVU, NO),
    ],
)
def test_what_concerns_a_watch(area: Area, place: Place, expected: AreaMatch) -> None:
    assert matches(area, place) is expected


def test_an_area_keeps_the_name_it_is_shown_by() -> None:
    assert AROUND_WALIKALE.name == "Walikale"
    assert (AROUND_WALIKALE.kind, AROUND_WALIKALE.radius_km) == (AreaKind.CIRCLE, 200)
    assert (IN_PROVINCE.kind, IN_PROVINCE.admin1, IN_TERRITORY.admin2) == (AreaKind.ADMIN1, "North Kivu", "Walikale")


def test_a_place_without_a_radius_is_watched_as_far_as_it_reaches() -> None:
    assert area_of(GOMA).radius_km == GOMA.uncertainty_km
    assert area_of(SEA).kind is AreaKind.CIRCLE


def test_distances_follow_the_sphere() -> None:
    assert distance_km(GOMA, WALIKALE) == pytest.approx(130.5, abs=2)
    assert distance_km(GOMA, GOMA) == 0
    antipode = Place("x", "x", Precision.PLACE, "XZ", None, None, -GOMA.lat, GOMA.lon - 180, 0)
    assert distance_km(GOMA, antipode) == pytest.approx(20015, abs=5)
