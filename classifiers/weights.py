"""The file a trained model lives in: plain arrays and a header, read without executing anything.

An .npz archive (pickle refused) of `header` (JSON: format, name, features, outputs, checksum) and the arrays of
`Weights`. Columns whose weights are all zero are left out; weights are 8-bit steps of one scale per output.
"""

import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.features import FEATURES_VERSION, WIDTH
from classifiers.scoring import DEPTH, LENGTHS
from classifiers.taxonomy import Signal
from errors import InvalidInput

FORMAT = 3
OUTPUTS = ("relevance", *Signal)  # the order of every model's outputs
MAX_BYTES = 25_000_000
RARITY_STEP = np.float32(20)
_EXPECTED = f"a model file of format {FORMAT} made by python -m classifiers.train"
_SHAPES: dict[str, tuple[str, int]] = {
    "columns": ("uint32", 1),
    "steps": ("int8", 2),
    "scales": ("float32", 1),
    "rarity": ("uint8", 1),
    "first_bias": ("float32", 1),
    "mix": ("float32", 2),
    "bias": ("float32", 1),
    "tree_inputs": ("uint8", 3),
    "tree_thresholds": ("float32", 3),
    "tree_leaves": ("float32", 3),
    "thresholds": ("float32", 1),
    "lead": ("float32", 2),
    "lead_bias": ("float32", 1),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """n = len(OUTPUTS). First stage: n linear scores of a row; second: n calibrated logits of those scores.

    A row, weighed by `scoring.weigh` with `rarity / RARITY_STEP`, has the first scores
    `row[columns] @ (steps * scales) + first_bias`; the second stage is `mixing.Mixer`.
    """

    name: str
    columns: NDArray[np.uint32]  # (k,) ascending
    steps: NDArray[np.int8]  # (k, n)
    scales: NDArray[np.float32]  # (n,)
    rarity: NDArray[np.uint8]  # (WIDTH,)
    first_bias: NDArray[np.float32]  # (n,)
    mix: NDArray[np.float32]  # (n, n)
    bias: NDArray[np.float32]  # (n,)
    tree_inputs: NDArray[np.uint8]  # (n, trees, inner nodes) of scores and lengths
    tree_thresholds: NDArray[np.float32]  # the same shape
    tree_leaves: NDArray[np.float32]  # (n, trees, leaves)
    thresholds: NDArray[np.float32]  # (n,) probabilities
    lead: NDArray[np.float32]  # (n, signals): from first scores to how likely a signal is the most important one
    lead_bias: NDArray[np.float32]  # (signals,)


def rarity_values(steps: NDArray[np.uint8]) -> NDArray[np.float32]:
    values: NDArray[np.float32] = steps.astype(np.float32) / RARITY_STEP
    return values


def save_weights(weights: Weights, path: Path) -> None:
    arrays = {name: getattr(weights, name) for name in _SHAPES}
    header = {
        "format": FORMAT,
        "name": weights.name,
        "features": FEATURES_VERSION,
        "outputs": list(OUTPUTS),
        "checksum": _checksum(arrays),
    }
    stream = io.BytesIO()
    np.savez_compressed(stream, header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8), **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


def load_weights(path: Path) -> Weights:
    """Raises InvalidInput naming the file when it is missing, damaged, too large or made for another version."""
    arrays = _read_arrays(path)
    header = _read_header(path, arrays.pop("header", None))
    for key, value in (("format", FORMAT), ("features", FEATURES_VERSION), ("outputs", list(OUTPUTS))):
        if header.get(key) != value:
            raise InvalidInput(str(path), f"{key} is {header.get(key)!r}, not {value!r}", _EXPECTED)
    _check_shapes(path, arrays)
    if header.get("checksum") != _checksum(arrays):
        raise InvalidInput(str(path), "damaged: its checksum differs", _EXPECTED)
    return Weights(name=str(header.get("name")), **arrays)


def _read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidInput(str(path), f"larger than {MAX_BYTES} bytes", _EXPECTED)
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > 8 * MAX_BYTES:
                raise InvalidInput(str(path), "unpacks to too much", _EXPECTED)
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror or error}", _EXPECTED) from error
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise InvalidInput(str(path), "not an archive of plain arrays", _EXPECTED) from error


def _read_header(path: Path, array: NDArray[Any] | None) -> dict[str, Any]:
    try:
        header = json.loads(array.tobytes()) if array is not None else None
    except ValueError:
        header = None
    if not isinstance(header, dict):
        raise InvalidInput(str(path), "has no header", _EXPECTED)
    return header


def _check_shapes(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    if set(arrays) != set(_SHAPES):
        raise InvalidInput(str(path), f"holds {', '.join(sorted(arrays)) or 'no arrays'}", _EXPECTED)
    outputs, kept = len(OUTPUTS), arrays["columns"].size
    trees = arrays["tree_leaves"].shape[1] if arrays["tree_leaves"].ndim == 3 else 0
    sizes: dict[str, tuple[int, ...]] = {
        "columns": (kept,),
        "steps": (kept, outputs),
        "rarity": (WIDTH,),
        "mix": (outputs, outputs),
        "tree_inputs": (outputs, trees, 2**DEPTH - 1),
        "tree_thresholds": (outputs, trees, 2**DEPTH - 1),
        "tree_leaves": (outputs, trees, 2**DEPTH),
        "lead": (outputs, outputs - 1),
        "lead_bias": (outputs - 1,),
    }
    for name, (kind, dimensions) in _SHAPES.items():
        array = arrays[name]
        if array.dtype != kind or array.ndim != dimensions or array.shape != sizes.get(name, (outputs,)):
            raise InvalidInput(str(path), f"array {name!r} is {array.dtype} {array.shape}", _EXPECTED)
    if kept and int(arrays["columns"].max()) >= WIDTH:
        raise InvalidInput(str(path), f"a column is not below {WIDTH}", _EXPECTED)
    if arrays["tree_inputs"].size and int(arrays["tree_inputs"].max()) >= outputs + LENGTHS:
        raise InvalidInput(str(path), "a tree asks for an input that is none", _EXPECTED)


def _checksum(arrays: dict[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()
