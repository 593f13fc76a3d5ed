"""The shapes of maps: what is baked, and what comes back from the file."""

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import InvalidInput
from places.build_shapes import Points, disputed_boxes, is_disputed, joined, parts, province_of, simplified
from places.gazetteer import Gazetteer
from places.shapes import STEP, Box, Layer, Shapes, default_shapes, load, write

SQUARE = [(27.0, -2.0), (29.0, -2.0), (29.0, 0.0), (27.0, 0.0), (27.0, -2.0)]
SPECK = [(28.0, -1.0), (28.01, -1.0), (28.0, -1.01), (28.0, -1.0)]
FIJI = [(177.0, -18.0), (179.9, -18.0), (179.9, -16.0), (177.0, -18.0)]


@pytest.fixture
def shapes(tmp_path: Path) -> Shapes:
    path = tmp_path / "shapes.npz"
    layers: dict[Layer, list[Points]] = {layer: [] for layer in Layer}
    layers[Layer.LAND] = [SQUARE, SPECK, FIJI]
    layers[Layer.PROVINCES] = [SQUARE, SPECK]
    write(path, layers, {"a1:CD/X": [0, 1], "c:CD": [0]}, {"CD": Box(12.0, -13.0, 31.0, 5.0)})
    return load(path)


def test_what_was_written_comes_back_within_half_a_step(shapes: Shapes) -> None:
    land = shapes.layers[Layer.LAND]
    assert len(land) == 3
    for number, line in enumerate((SQUARE, SPECK, FIJI)):
        assert np.abs(land.line(number) - np.array(line)).max() <= STEP / 2 + 1e-4


def test_lines_are_found_by_box_and_size(shapes: Shapes) -> None:
    land = shapes.layers[Layer.LAND]
    assert len(land.within(Box(28.5, -3.0, 40.0, 3.0))) == 1
    assert len(land.within(Box(27.5, -3.0, 40.0, 3.0))) == 2
    assert len(land.within(Box(27.5, -3.0, 40.0, 3.0), least=0.1)) == 1
    assert land.within(Box(30.0, -3.0, 40.0, 3.0)) == []


def test_a_box_across_the_date_line_is_one_picture(shapes: Shapes) -> None:
    (found,) = shapes.layers[Layer.LAND].within(Box(-185.0, -20.0, -175.0, -10.0))
    assert found[:, 0].min() == pytest.approx(-183.0, abs=STEP)


def test_outlines_and_extents(shapes: Shapes) -> None:
    assert len(shapes.outline("a1:CD/X")) == 2
    box = shapes.extent("a1:CD/X")
    assert box is not None
    assert (box.west, box.south, box.east, box.north) == pytest.approx((27.0, -2.0, 29.0, 0.0), abs=STEP)
    assert box.centre == pytest.approx((28.0, -1.0), abs=STEP)
    assert shapes.extent("c:CD") == Box(12.0, -13.0, 31.0, 5.0)
    assert shapes.outline("a1:CD/Tshopo") == []
    assert shapes.extent("a1:CD/Tshopo") is None


@pytest.mark.parametrize("content", [b"", b"nonsense", None])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "shapes.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"shapes\.npz"):
        load(path)


def test_the_shipped_shapes_know_the_provinces_of_todays_wars() -> None:
    shapes = default_shapes()
    for province in ("CD/North Kivu", "CD/Maniema", "PS/Gaza Strip", "UA/Donetsk Oblast", "UA/Crimea", "BF/Sahel"):
        assert shapes.outline(f"a1:{province}"), province
    for divided in ("CD/Tshopo", "CD/Équateur", "ML/Gao"):
        assert not shapes.outline(f"a1:{divided}"), divided
    assert shapes.extent("c:FJ") is None
    congo = shapes.extent("c:CD")
    assert congo is not None
    assert congo.west < 15.3 < 29.2 < congo.east
    assert all(len(shapes.layers[layer]) for layer in Layer)


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=2, max_size=30))
def test_what_simplifying_leaves_out_is_near(line: Points) -> None:
    kept = simplified(line, 0.1)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert set(kept) <= set(line)
    assert all(min(_away(point, *span) for span in pairwise(kept)) <= 0.1 + 1e-9 for point in line)


def _away(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    p, a, b = map(np.array, (point, start, end))
    length = float((b - a) @ (b - a))
    share = min(1.0, max(0.0, float((p - a) @ (b - a)) / length)) if length else 0.0
    return float(np.hypot(*(p - a - share * (b - a))))


def test_a_ring_keeps_its_corners() -> None:
    assert simplified(SQUARE) == SQUARE


def test_shapefiles_are_read_line_by_line(tmp_path: Path) -> None:
    points = [*SQUARE, *FIJI]
    record = struct.pack("<i4dii2i", 5, 0, 0, 0, 0, 2, len(points), 0, len(SQUARE))
    record += b"".join(struct.pack("<2d", *point) for point in points)
    nothing = struct.pack(">ii", 2, 2) + struct.pack("<i", 0)
    path = tmp_path / "two.shp"
    path.write_bytes(b"\0" * 100 + struct.pack(">ii", 1, len(record) // 2) + record + nothing)
    assert list(parts(path)) == [SQUARE, FIJI]


def test_lines_that_meet_are_joined_but_not_where_three_do() -> None:
    a, b, c, d = (0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)
    up = (2.0, 1.0)
    assert joined([[a, b], [c, b]]) == [[a, b, c]]
    assert sorted(map(sorted, joined([[a, b], [c, b], [c, d], [c, up]]))) == [[a, b, c], [c, up], [c, d]]
    ring = joined([[a, b], [b, up], [up, a]])
    assert len(ring) == 1
    assert set(ring[0]) == {a, b, up}


def test_lines_within_disputed_boxes() -> None:
    boxes = disputed_boxes()
    assert is_disputed([(34.0, 46.1), (34.8, 45.9)], boxes)  # the neck of Crimea
    assert not is_disputed([(28.0, -1.0), (29.0, -1.5)], boxes)


def test_provinces_are_found_by_any_name_near_by(gazetteer: Gazetteer) -> None:
    kivu = {"iso_3166_2": "CD-NK", "name": "Nord-Kivu", "latitude": -0.7, "longitude": 28.7}
    found = province_of(gazetteer, "CD", kivu)
    assert found is not None
    assert found.id == "a1:CD/North Kivu"
    assert province_of(gazetteer, "CD", kivu | {"latitude": 40.0}) is None
    assert province_of(gazetteer, "UG", kivu) is None
    equateur = {"iso_3166_2": "CD-EQ", "name": "Équateur", "latitude": 0.5, "longitude": 20.0}
    assert province_of(gazetteer, "CD", equateur) is None
