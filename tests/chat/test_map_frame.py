"""Which part of the Earth a map shows."""

import pytest

from alerts.maps import MapView
from chat.map_frame import LEAST_KM, LOWEST, Canvas, area_box, around, canvas_for, fitted
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.shapes import Box, default_shapes
from places.types import Area, AreaKind
from tests.builders import make_place
from tests.chat.sights import AROUND, GAZA, WORLD, frame, sight

WIDTH, HIGHEST = 1000.0, 900.0
TSHOPO = Area(AreaKind.ADMIN1, "Tshopo", "CD", "Tshopo")
UKRAINE = Area(AreaKind.COUNTRY, "Ukraine", "UA")
FIJI = Area(AreaKind.COUNTRY, "Fiji", "FJ")


def canvas(area: Area, gazetteer: Gazetteer) -> Canvas:
    return canvas_for(MapView(frame(area), ()), default_shapes(), gazetteer, WIDTH, HIGHEST)


@pytest.mark.parametrize("area", [AROUND, GAZA, TSHOPO, UKRAINE, FIJI, WORLD], ids=lambda area: area.name)
def test_every_area_fits_into_the_picture(area: Area, gazetteer: Gazetteer) -> None:
    found, box = canvas(area, gazetteer), area_box(area, default_shapes(), gazetteer)
    assert found.width == WIDTH
    assert LOWEST <= found.height <= HIGHEST
    assert found.km >= LEAST_KM
    for x, y in found.xy([(box.west, box.south), (box.east, box.north)]):
        assert found.holds(x, y)


def test_a_kilometre_is_as_long_in_every_direction(gazetteer: Gazetteer) -> None:
    found = canvas(UKRAINE, gazetteer)
    lon, lat = found.box.centre
    (middle, east, north) = found.xy([(lon, lat), (lon + 1, lat), (lon, lat + 1)])
    assert east[0] - middle[0] == pytest.approx(found.per_km * distance_km(lat, lon, lat, lon + 1), rel=0.01)
    assert north[1] - middle[1] == pytest.approx(found.per_km * distance_km(lat, lon, lat + 1, lon), rel=0.01)


def test_a_circle_has_its_radius(gazetteer: Gazetteer) -> None:
    found = canvas(AROUND, gazetteer)
    circle = found.circle(-1.4211, 28.0703, 200.0)
    assert (circle[0] == pytest.approx(circle[-1])) is True
    assert circle[:, 0].max() - circle[:, 0].min() == pytest.approx(400 * found.per_km, rel=0.01)
    assert circle[:, 0].min() > 0


def test_the_world_reaches_to_what_is_to_be_shown(gazetteer: Gazetteer) -> None:
    far = sight(1, place=make_place(country="NZ", lat=-45.0, lon=170.0))
    found = canvas_for(MapView(frame(WORLD), (far,)), default_shapes(), gazetteer, WIDTH, HIGHEST)
    ((x, y),) = found.xy([(170.0, -45.0)])
    assert found.holds(x, y)
    assert not canvas(WORLD, gazetteer).holds(*canvas(WORLD, gazetteer).xy([(170.0, -45.0)])[0])


def test_near_a_pole_a_box_stays_a_box() -> None:
    box = around(89.0, 10.0, 500.0)
    assert box.east - box.west < 60
    found = fitted(Box(0.0, 80.0, 90.0, 88.0), WIDTH, HIGHEST)
    assert found.height <= HIGHEST


def test_an_island_far_away_is_on_the_map_when_something_happens_there(gazetteer: Gazetteer) -> None:
    indonesia = Area(AreaKind.COUNTRY, "Indonesia", "ID")
    merauke = sight(1, place=make_place(country="ID", lat=-8.5, lon=140.4))
    found = canvas_for(MapView(frame(indonesia), (merauke,)), default_shapes(), gazetteer, WIDTH, HIGHEST)
    assert not canvas(indonesia, gazetteer).holds(*canvas(indonesia, gazetteer).xy([(140.4, -8.5)])[0])
    assert found.holds(*found.xy([(140.4, -8.5)])[0], 20)
