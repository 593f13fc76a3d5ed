"""The baked gazetteer file: plain arrays in one compressed .npz, read without executing code.

Rows are places. Keys are folded names (`places.text.fold`), sorted; key
i names the rows `refs[starts[i]:starts[i + 1]]`, each with a `Naming`.
"""

import json
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from errors import InvalidInput

FORMAT = 1
EXPECTED = "a gazetteer written by `python -m places.build`"


class Kind(IntEnum):
    """What a row is. A region is no administrative unit but as coarse as one (Darfur, Donbas)."""

    COUNTRY = 0
    ADMIN1 = 1
    ADMIN2 = 2
    PLACE = 3
    REGION = 4


class Naming(IntEnum):
    """How a key names a row; the strongest first."""

    PRIMARY = 0
    ALTERNATE = 1
    DEMONYM = 2
    ACTOR = 3  # an armed group, leader or force whose name tells the country it is at home in


@dataclass(frozen=True, slots=True)
class Row:
    """One place on its way into the file. `parents`: ids of its admin1 and admin2 rows, where it has them."""

    id: str
    name: str
    kind: Kind
    country: str
    lat: float
    lon: float
    radius_km: float
    population: int = 0
    admin1: str | None = None
    admin2: str | None = None
    curated: bool = False


class Lines:
    """Lines of text in one blob, found by number; a list of as many strings would take ten times the memory."""

    def __init__(self, blob: bytes) -> None:
        self.blob = blob
        ends = np.flatnonzero(np.frombuffer(blob, "u1") == ord("\n")).astype("u4")
        self.starts = _integers(np.concatenate([np.zeros(1, "u4"), ends + 1]), "I")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self.blob[self.starts[number] : self.starts[number + 1] - 1].decode()


class SortedLines(Lines):
    """Sorted lines, found by text too."""

    BLOCK = 16

    def __init__(self, blob: bytes) -> None:
        super().__init__(blob)
        self.heads = [self._raw(number) for number in range(0, len(self), self.BLOCK)]

    def _raw(self, number: int) -> bytes:
        return self.blob[self.starts[number] : self.starts[number + 1] - 1]

    def find(self, text: str) -> int:
        """The number of the line that is this text, -1 if there is none."""
        raw = text.encode()
        block = bisect_right(self.heads, raw) - 1
        if block < 0:
            return -1
        first = block * self.BLOCK
        begin, end = self.starts[first], self.starts[min(first + self.BLOCK, len(self))]
        if raw == self.heads[block]:
            return first
        at = self.blob.find(b"\n" + raw + b"\n", begin, end)
        return first + self.blob.count(b"\n", begin, at + 1) if at >= 0 else -1

    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """Numbers of the first `limit` lines that begin with this text."""
        raw = prefix.encode()
        block = bisect_left(self.heads, raw)
        number = block * self.BLOCK
        if block:
            begin, end = self.starts[number - self.BLOCK], self.starts[min(number, len(self))]
            at = self.blob.find(b"\n" + raw, begin, end)
            number = bisect_left(self.starts, at + 1) if at >= 0 else number
        found: list[int] = []
        while number < len(self) and len(found) < limit and self._raw(number).startswith(raw):
            found.append(number)
            number += 1
        return found


@dataclass(frozen=True, slots=True)
class Baked:
    """The arrays of the file, row by row; -1: no such parent. The first `len(own_ids)` rows have ids of our own,
    the others are GeoNames', in order of their number."""

    header: Mapping[str, Any]
    own_ids: list[str]
    gids: Sequence[int]
    names: Lines
    kind: bytes
    country: bytes
    curated: bytes
    lat: Sequence[float]
    lon: Sequence[float]
    radius_km: Sequence[float]
    population: Sequence[int]
    admin1: Sequence[int]
    admin2: Sequence[int]
    keys: SortedLines
    starts: Sequence[int]
    refs: Sequence[int]
    namings: bytes
    countries: list[str]


def row_order(row: Row) -> tuple[int, int, str]:
    """The order of rows in the file."""
    gid = int(row.id[3:]) if row.id.startswith("gn:") else 0
    return (gid, row.kind, row.id)


def write(
    path: Path,
    rows: Sequence[Row],
    names: Mapping[str, Mapping[int, Naming]],
    header: Mapping[str, Any],
) -> None:
    """Write rows (in `row_order`) and their names (key -> row number -> naming)."""
    number = {row.id: n for n, row in enumerate(rows)}
    countries = sorted({row.country for row in rows})
    keys = sorted(names, key=str.encode)
    counts = [len(names[key]) for key in keys]
    refs = [ref for key in keys for ref in sorted(names[key])]
    namings = [names[key][ref] for key in keys for ref in sorted(names[key])]
    arrays: dict[str, NDArray[Any]] = {
        "header": _text([json.dumps(header, sort_keys=True)]),
        "countries": _text(countries),
        "own_ids": _text([row.id for row in rows if not row.id.startswith("gn:")]),
        "gids": np.array([int(row.id[3:]) for row in rows if row.id.startswith("gn:")], "u4"),
        "names": _text([row.name for row in rows]),
        "kind": np.array([row.kind for row in rows], "u1"),
        "country": np.array([countries.index(row.country) for row in rows], "u1"),
        "curated": np.array([row.curated for row in rows], "u1"),
        "lat": np.array([round(row.lat * 1e4) for row in rows], "i4"),
        "lon": np.array([round(row.lon * 1e4) for row in rows], "i4"),
        "radius": np.array([min(65535, round(row.radius_km * 10)) for row in rows], "u2"),
        "population": np.array([row.population for row in rows], "u4"),
        "admin1": np.array([number[row.admin1] if row.admin1 else -1 for row in rows], "i4"),
        "admin2": np.array([number[row.admin2] if row.admin2 else -1 for row in rows], "i4"),
        "keys": _text(keys),
        "counts": np.array(counts, "u2"),
        "refs": np.array(refs, "u4"),
        "namings": np.array(namings, "u1"),
    }
    np.savez_compressed(path, allow_pickle=False, **arrays)


def read(path: Path) -> Baked:
    """Raises InvalidInput when the file is missing, damaged or of another format."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            loaded = {name: arrays[name] for name in arrays.files}
            header = json.loads(_lines(loaded["header"])[0])
            if header.get("format") != FORMAT:
                raise InvalidInput(str(path), f"gazetteer format {header.get('format')}", f"format {FORMAT}")
            return _unpack(header, loaded)
    except InvalidInput:
        raise
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror or error}", EXPECTED) from error
    except (ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"damaged ({type(error).__name__})", EXPECTED) from error


def _unpack(header: Mapping[str, Any], a: Mapping[str, NDArray[Any]]) -> Baked:
    starts = np.concatenate([np.zeros(1, "u4"), np.cumsum(a["counts"], dtype="u4")])
    baked = Baked(
        header=header,
        own_ids=_lines(a["own_ids"]),
        gids=_integers(a["gids"], "I"),
        names=Lines(a["names"].tobytes()),
        kind=a["kind"].tobytes(),
        country=a["country"].tobytes(),
        curated=a["curated"].tobytes(),
        lat=_numbers((a["lat"] / 1e4).astype("f8"), "d"),
        lon=_numbers((a["lon"] / 1e4).astype("f8"), "d"),
        radius_km=_numbers((a["radius"] / 10).astype("f4"), "f"),
        population=_integers(a["population"], "I"),
        admin1=_integers(a["admin1"], "i"),
        admin2=_integers(a["admin2"], "i"),
        keys=SortedLines(a["keys"].tobytes()),
        starts=_integers(starts, "I"),
        refs=_integers(a["refs"], "I"),
        namings=a["namings"].tobytes(),
        countries=_lines(a["countries"]),
    )
    rows = len(baked.own_ids) + len(baked.gids)
    columns = (baked.names, baked.kind, baked.country, baked.lat, baked.lon, baked.population, baked.admin1)
    if any(len(column) != rows for column in columns) or len(baked.keys) + 1 != len(starts):
        raise ValueError("arrays of unequal length")
    return baked


# Single items come out of a memoryview several times faster than out of an array.
def _integers(values: NDArray[Any], code: Literal["i", "I"]) -> Sequence[int]:
    return memoryview(np.ascontiguousarray(values).tobytes()).cast(code)


def _numbers(values: NDArray[Any], code: Literal["f", "d"]) -> Sequence[float]:
    return memoryview(np.ascontiguousarray(values).tobytes()).cast(code)


def _text(lines: Sequence[str]) -> NDArray[Any]:
    return np.frombuffer("".join(line + "\n" for line in lines).encode(), "u1")


def _lines(blob: NDArray[Any]) -> list[str]:
    return blob.tobytes().decode().split("\n")[:-1]
