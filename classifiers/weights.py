"""The file a trained model lives in: plain arrays and a header, read without executing anything.

An .npz archive (pickle refused) of `header` (JSON: format, name, features, outputs, encoder, checksum) and arrays.
Columns whose weights are all zero are left out; weights are 8-bit steps of one scale per output.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.features import FEATURES_VERSION, WIDTH
from classifiers.scoring import DEPTH, LENGTHS, Floats, Mixer, SecondStage, Trees
from classifiers.taxonomy import Signal
from errors import InvalidInput

FORMAT = 5
OUTPUTS = ("relevance", *Signal)  # the order of every model's outputs
MAX_BYTES = 25_000_000
RARITY_STEP = np.float32(20)
_EXPECTED = f"a model file of format {FORMAT} made by python -m classifiers.train"
_Arrays = dict[str, NDArray[Any]]
_FIRST = {
    "columns": ("uint32", 1),
    "steps": ("int8", 2),
    "scales": ("float32", 1),
    "rarity": ("uint8", 1),
    "first_bias": ("float32", 1),
}
_SECOND = {
    "mix": ("float32", 2),
    "bias": ("float32", 1),
    "tree_inputs": ("uint8", 3),
    "tree_thresholds": ("float32", 3),
    "tree_leaves": ("float32", 3),
    "thresholds": ("float32", 1),
    "lead": ("float32", 2),
    "lead_bias": ("float32", 1),
}
PLAIN, ENCODED = "plain_", "encoded_"  # what the names of a second stage's arrays start with


@dataclass(frozen=True, slots=True)
class Encoded:
    """The second stage where a sentence encoder is asked: it reads the n scores and the encoder's n answers."""

    encoder: str  # name of the encoder that it was trained with
    second: SecondStage


@dataclass(frozen=True, slots=True)
class Weights:
    """n = len(OUTPUTS). First stage: n linear scores of a row; second: n calibrated probabilities of those scores.

    A row, weighed by `scoring.weigh` with `rarity / RARITY_STEP`, has the first scores
    `row[columns] @ (steps * scales) + first_bias`.
    """

    name: str
    columns: NDArray[np.uint32]  # (k,) ascending
    steps: NDArray[np.int8]  # (k, n)
    scales: Floats  # (n,)
    rarity: NDArray[np.uint8]  # (WIDTH,)
    first_bias: Floats  # (n,)
    second: SecondStage
    encoded: Encoded | None


def rarity_values(steps: NDArray[np.uint8]) -> Floats:
    values: Floats = steps.astype(np.float32) / RARITY_STEP
    return values


def save_weights(weights: Weights, path: Path) -> None:
    arrays: _Arrays = {name: getattr(weights, name) for name in _FIRST} | _unstage(weights.second, PLAIN)
    if weights.encoded is not None:
        arrays |= _unstage(weights.encoded.second, ENCODED)
    header = {
        "format": FORMAT,
        "name": weights.name,
        "features": FEATURES_VERSION,
        "outputs": list(OUTPUTS),
        "encoder": weights.encoded.encoder if weights.encoded else None,
        "checksum": _checksum(arrays),
    }
    stream = io.BytesIO()
    written: dict[str, Any] = {"header": np.frombuffer(json.dumps(header).encode(), dtype=np.uint8)} | arrays
    np.savez_compressed(stream, **written)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(stream.getvalue())


def load_weights(path: Path) -> Weights:
    """Raises InvalidInput naming the file when it is missing, damaged, too large or made for another version."""
    arrays = _read_arrays(path)
    header = _read_header(path, arrays.pop("header", None))
    for key, value in (("format", FORMAT), ("features", FEATURES_VERSION), ("outputs", list(OUTPUTS))):
        if header.get(key) != value:
            raise InvalidInput(str(path), f"{key} is {header.get(key)!r}, not {value!r}", _EXPECTED)
    encoder = header.get("encoder")
    _check_shapes(path, arrays, encoder is not None)
    if header.get("checksum") != _checksum(arrays):
        raise InvalidInput(str(path), "damaged: its checksum differs", _EXPECTED)
    return Weights(
        name=str(header.get("name")),
        **{name: arrays[name] for name in _FIRST},
        second=_stage(arrays, PLAIN),
        encoded=Encoded(str(encoder), _stage(arrays, ENCODED)) if encoder is not None else None,
    )


def _unstage(second: SecondStage, prefix: str) -> _Arrays:
    trees = second.mixer.trees
    arrays: _Arrays = {
        "mix": second.mixer.mix,
        "bias": second.mixer.bias,
        "tree_inputs": trees.inputs,
        "tree_thresholds": trees.thresholds,
        "tree_leaves": trees.leaves,
        "thresholds": second.thresholds,
        "lead": second.lead,
        "lead_bias": second.lead_bias,
    }
    return {prefix + name: arrays[name] for name in _SECOND}


def _stage(arrays: Mapping[str, NDArray[Any]], prefix: str) -> SecondStage:
    own: _Arrays = {name: arrays[prefix + name] for name in _SECOND}
    trees = Trees(own["tree_inputs"], own["tree_thresholds"], own["tree_leaves"])
    return SecondStage(Mixer(own["mix"], own["bias"], trees), own["thresholds"], own["lead"], own["lead_bias"])


def _read_arrays(path: Path) -> _Arrays:
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


def _check_shapes(path: Path, arrays: _Arrays, encoded: bool) -> None:
    outputs = len(OUTPUTS)
    expected = dict(_FIRST) | {PLAIN + name: form for name, form in _SECOND.items()}
    if encoded:
        expected |= {ENCODED + name: form for name, form in _SECOND.items()}
    if set(arrays) != set(expected):
        raise InvalidInput(str(path), f"holds {', '.join(sorted(arrays)) or 'no arrays'}", _EXPECTED)
    kept = arrays["columns"].size
    sizes: dict[str, tuple[int, ...]] = {"columns": (kept,), "steps": (kept, outputs), "rarity": (WIDTH,)}
    sizes |= _stage_sizes(arrays, PLAIN, outputs)
    if encoded:
        sizes |= _stage_sizes(arrays, ENCODED, 2 * outputs)
    for name, (kind, dimensions) in expected.items():
        array = arrays[name]
        if array.dtype != kind or array.ndim != dimensions or array.shape != sizes.get(name, (outputs,)):
            raise InvalidInput(str(path), f"array {name!r} is {array.dtype} {array.shape}", _EXPECTED)
    if kept and int(arrays["columns"].max()) >= WIDTH:
        raise InvalidInput(str(path), f"a column is not below {WIDTH}", _EXPECTED)
    for prefix, inputs in ((PLAIN, outputs), (ENCODED, 2 * outputs)):
        asked = arrays.get(prefix + "tree_inputs")
        if asked is not None and asked.size and int(asked.max()) >= inputs + LENGTHS:
            raise InvalidInput(str(path), "a tree asks for an input that is none", _EXPECTED)


def _stage_sizes(arrays: _Arrays, prefix: str, inputs: int) -> dict[str, tuple[int, ...]]:
    outputs, leaves = len(OUTPUTS), arrays[prefix + "tree_leaves"]
    trees = leaves.shape[1] if leaves.ndim == 3 else 0
    sizes = {
        "mix": (inputs, outputs),
        "tree_inputs": (outputs, trees, 2**DEPTH - 1),
        "tree_thresholds": (outputs, trees, 2**DEPTH - 1),
        "tree_leaves": (outputs, trees, 2**DEPTH),
        "lead": (inputs, outputs - 1),
        "lead_bias": (outputs - 1,),
    }
    return {prefix + name: size for name, size in sizes.items()}


def _checksum(arrays: Mapping[str, NDArray[Any]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(arrays):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(arrays[name]).tobytes())
    return digest.hexdigest()
