"""Files of bases as tables: CSV however it was saved, GeoJSON as it should be. Pure; every problem names its line."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MAX_BYTES = 5 << 20
MAX_ROWS = 2000  # far above what a chat may watch: so many lines are still told what is wrong with them
MAX_CELL = 2000
MOST = 1e6  # beyond it a number is no coordinate, and NaN is never below

# Headers as people write them, folded: letters only, without accents.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "base", "site", "office", "location", "place", "label", "title", "nom", "lieu", "bureau"),
    "lat": ("lat", "latitude", "y", "gpslat", "gpslatitude", "latdd"),
    "lon": ("lon", "lng", "long", "longitude", "x", "gpslon", "gpslongitude", "londd"),
    "radius": ("radiuskm", "radius", "rayon", "rayonkm", "km", "rkm", "r", "distancekm", "buffer", "bufferkm"),
    "area": ("area",),
    "country": ("country",),
    "admin1": ("admin1",),
    "admin2": ("admin2",),
    "settings": ("settings",),
}
_COLUMN_OF = {header: column for column, headers in _HEADERS.items() for header in headers}
_NO_LETTER = re.compile(r"[^a-z0-9]")


class Flaw(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    NOT_TEXT = "not text"
    NOT_JSON = "not JSON"
    NOT_GEOJSON = "not GeoJSON"
    NO_COLUMNS = "no columns"
    TOO_LARGE = "too large"
    TOO_MANY = "too many"


class Unreadable(Exception):
    """The file is no table of bases."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `line`: of the file, from 1; of GeoJSON the number of the feature. `cells`: by column."""

    line: int
    cells: Mapping[str, str]


def read_rows(data: bytes) -> list[Row]:
    """The rows of a file, GeoJSON where it begins with a brace, else CSV. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable(Flaw.TOO_LARGE)
    text = _decoded(data)
    if not text.strip():
        raise Unreadable(Flaw.EMPTY)
    rows = list(_features(text) if text.lstrip()[0] in "{[" else _lines(text))
    if not rows:
        raise Unreadable(Flaw.EMPTY)
    return rows


def _decoded(data: bytes) -> str:
    """By its mark, else UTF-8, else as spreadsheets of Western Europe save it. Raises Unreadable for no text."""
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise Unreadable(Flaw.NOT_TEXT)
    return text


def _lines(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = [_column(header) for header in next(reader, [])]
        if not ({"name", "lat", "lon"} <= set(columns) or {"name", "area"} <= set(columns)):
            raise Unreadable(Flaw.NO_COLUMNS)
        line, count = reader.line_num + 1, 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if (count := count + 1) > MAX_ROWS:
                    raise Unreadable(Flaw.TOO_MANY)
                named = reversed(list(zip(columns, cells, strict=False)))  # of two columns alike the first counts
                yield Row(line, {column: cell.strip()[:MAX_CELL] for column, cell in named if column})
            line = reader.line_num + 1
    except csv.Error as error:  # a cell beyond the module's own limit: no list of bases has one
        raise Unreadable(Flaw.NOT_TEXT) from error


def _delimiter(text: str) -> str:
    """The one that the header has most of; a comma where there is none."""
    header = next(line for line in text.splitlines() if line.strip())
    return max(",;\t", key=header.count)


def _column(header: str) -> str | None:
    """ "Rayon (km)" is the radius; None: a column of no concern."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", header.casefold()) if not unicodedata.combining(c))
    return _COLUMN_OF.get(_NO_LETTER.sub("", bare))


def _features(text: str) -> Iterator[Row]:
    try:
        document = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:  # NaN and Infinity are no JSON; depth is for bombs
        raise Unreadable(Flaw.NOT_JSON) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise Unreadable(Flaw.NOT_GEOJSON)
    if len(features) > MAX_ROWS:
        raise Unreadable(Flaw.TOO_MANY)
    for number, feature in enumerate(features, 1):
        yield Row(number, _properties(feature) | _point(feature))


def _properties(feature: object) -> dict[str, str]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    found: dict[str, str] = {}
    for key, value in (properties if isinstance(properties, dict) else {}).items():
        column = _column(str(key))
        if column and column not in found and isinstance(value, str | int | float) and not isinstance(value, bool):
            found[column] = str(value).strip()[:MAX_CELL]
    return found


def _point(feature: object) -> dict[str, str]:
    """Longitude comes first (RFC 7946). What is no point has no position, and is told so like an empty cell."""
    geometry: Any = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return {"lat": "", "lon": ""}
    position = geometry.get("coordinates")
    if not isinstance(position, list) or len(position) < 2 or not all(_is_number(part) for part in position[:2]):
        return {"lat": "", "lon": ""}
    return {"lat": repr(position[1]), "lon": repr(position[0])}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST


def _no_number(written: str) -> None:
    raise ValueError(f"{written} is no JSON")
