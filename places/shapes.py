"""Coasts, lakes, borders and provinces to draw maps with: plain arrays in one compressed .npz, Natural Earth's 1:10m.

Points are kept as multiples of STEP degrees (about 660 m) of longitude and latitude, each as the difference to the one
before, wrapping around at 16 bits.
"""

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from errors import InvalidInput

DEFAULT_PATH = Path(__file__).with_name("data") / "shapes.npz"
FORMAT = 1
STEP = 0.006
_EXPECTED = "shapes written by `python -m places.build_shapes`"

Line = NDArray[np.float32]  # points in rows: longitude, latitude


class Layer(StrEnum):
    LAND = "land"
    LAKES = "lakes"
    BORDERS = "borders"
    DISPUTED = "disputed"
    PROVINCE_LINES = "province_lines"
    PROVINCES = "provinces"


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees; longitudes may run beyond 180 where a box crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> tuple[float, float]:
        """Longitude, latitude."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


class Lines:
    """The lines or rings of one layer."""

    def __init__(self, deltas: NDArray[np.int16], starts: NDArray[np.int32]) -> None:
        self.points: Line = (np.cumsum(deltas, axis=0, dtype=np.int16) * np.float32(STEP)).astype(np.float32)
        self.starts = starts
        first = starts[:-1]
        self._low = np.minimum.reduceat(self.points, first) if len(first) else np.zeros((0, 2), np.float32)
        self._high = np.maximum.reduceat(self.points, first) if len(first) else np.zeros((0, 2), np.float32)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def line(self, number: int) -> Line:
        return self.points[self.starts[number] : self.starts[number + 1]]

    def within(self, box: Box, least: float = 0.0) -> list[Line]:
        """The lines whose own box meets `box` and is at least `least` degrees wide or high; shifted by a turn where
        the box crosses the date line."""
        large = ((self._high - self._low) >= least).any(axis=1)
        found = []
        for turn in (-360.0, 0.0, 360.0):
            shift = np.array([turn, 0.0], np.float32)
            low, high = self._low + shift, self._high + shift
            meets = (low <= (box.east, box.north)).all(axis=1) & (high >= (box.west, box.south)).all(axis=1)
            found += [self.line(int(n)) + shift if turn else self.line(int(n)) for n in np.flatnonzero(meets & large)]
        return found


@dataclass(frozen=True)
class Shapes:
    """`rings_of`: gazetteer id of a province ("a1:CD/North Kivu") or country ("c:CD") -> its rings in the layer of
    provinces. `extents`: country -> the box in which most of its people live, islands far away left out."""

    layers: Mapping[Layer, Lines]
    rings_of: Mapping[str, Sequence[int]]
    extents: Mapping[str, Box]

    def outline(self, place_id: str) -> list[Line]:
        """The rings of a province or country; empty where it is not known by its shape."""
        provinces = self.layers[Layer.PROVINCES]
        return [provinces.line(number) for number in self.rings_of.get(place_id, ())]

    def extent(self, place_id: str) -> Box | None:
        if place_id.startswith("c:"):
            return self.extents.get(place_id[2:])
        rings = self.outline(place_id)
        if not rings:
            return None
        low, high = (edge([edge(ring, axis=0) for ring in rings], axis=0) for edge in (np.min, np.max))
        return Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))


def load(path: Path = DEFAULT_PATH) -> Shapes:
    """Raises InvalidInput when the file is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as file:
            header = json.loads(bytes(file["header"]))
            if header["format"] != FORMAT:
                raise InvalidInput(str(path), f"format {header['format']}", f"format {FORMAT}")
            layers = {layer: Lines(file[layer], file[f"{layer}_starts"]) for layer in Layer}
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror or error}", _EXPECTED) from error
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"is damaged: {error}", _EXPECTED) from error
    extents = {code: Box(*box) for code, box in header["extents"].items()}
    return Shapes(layers, header["rings_of"], extents)


@cache
def default_shapes() -> Shapes:
    """Loaded once: takes a third of a second."""
    return load()


def write(
    path: Path,
    layers: Mapping[Layer, Sequence[Sequence[tuple[float, float]]]],
    rings_of: Mapping[str, Sequence[int]],
    extents: Mapping[str, Box],
) -> None:
    """Write what `load` reads; a line that has fewer than two points left is kept, so that numbers of rings hold."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for layer, lines in layers.items():
        points = [point for line in lines for point in line]
        steps = np.round(np.array(points, np.float64).reshape(-1, 2) / STEP).astype(np.int16)
        arrays[layer] = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.int16))
        arrays[f"{layer}_starts"] = np.cumsum([0, *map(len, lines)], dtype=np.int32)
    boxes = {code: [box.west, box.south, box.east, box.north] for code, box in extents.items()}
    header = {"format": FORMAT, "rings_of": rings_of, "extents": boxes}
    arrays["header"] = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **arrays)
