"""In which province a point of the map lies."""

import pytest

from places.gazetteer import Gazetteer
from places.nearest import province_at


@pytest.mark.parametrize(
    ("lat", "lon", "province"),
    [
        (-1.4, 28.1, "a1:CD/North Kivu"),
        (1.6, 30.2, "a1:CD/Ituri"),
        (31.5, 34.5, "a1:PS/Gaza Strip"),
        (0.0, -30.0, None),  # the Atlantic
    ],
)
def test_the_nearest_town_tells(gazetteer: Gazetteer, lat: float, lon: float, province: str | None) -> None:
    found = province_at(gazetteer, lat, lon)
    assert (found.id if found else None) == province


def test_the_date_line_is_no_border(gazetteer: Gazetteer) -> None:
    found = province_at(gazetteer, -17.0, -179.95)
    assert found is not None
    assert found.country == "FJ"
