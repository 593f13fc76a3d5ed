"""Weighs the traits of a text's speech into its status. Plain arrays, read without executing anything."""

import io
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.taxonomy import Status
from errors import InvalidInput

DEFAULT_STATUS_MODEL = Path(__file__).parent / "models" / "status.npz"
STATUSES = tuple(Status)  # the order of every array's columns
_EXPECTED = "a status model made by python -m classifiers.status_training"


@dataclass(frozen=True, slots=True)
class StatusWeights:
    """k traits, n = len(STATUSES): a status's score is its bias plus the weights of the traits that hold."""

    traits: NDArray[np.str_]  # (k,)
    weights: NDArray[np.float32]  # (k, n)
    bias: NDArray[np.float32]  # (n,)


class StatusModel:
    """Decides by the highest score. Pure."""

    def __init__(self, weights: StatusWeights) -> None:
        self._rows = {str(trait): row for row, trait in enumerate(weights.traits)}
        self._weights = weights.weights.astype(np.float64)
        self._bias = weights.bias.astype(np.float64)

    def decide(self, traits: Collection[str]) -> tuple[Status, str]:
        """The status and the trait that spoke loudest for it, relative to being reported as fact."""
        known = sorted(trait for trait in traits if trait in self._rows)
        held = self._weights[[self._rows[trait] for trait in known]]
        best = int(np.argmax(self._bias + held.sum(axis=0)))
        if STATUSES[best] is Status.REPORTED or not known:
            return STATUSES[best], "told as fact by the outlet"
        loudest = int(np.argmax(held[:, best] - held[:, STATUSES.index(Status.REPORTED)]))
        return STATUSES[best], known[loudest]


def save_status(weights: StatusWeights, path: Path = DEFAULT_STATUS_MODEL) -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, traits=weights.traits, weights=weights.weights, bias=weights.bias)
    path.write_bytes(stream.getvalue())


def load_status(path: Path = DEFAULT_STATUS_MODEL) -> StatusWeights:
    """Raises InvalidInput naming the file when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            weights = StatusWeights(archive["traits"], archive["weights"], archive["bias"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", _EXPECTED) from error
    if weights.weights.shape != (len(weights.traits), len(STATUSES)) or weights.bias.shape != (len(STATUSES),):
        raise InvalidInput(str(path), "its arrays do not fit together", _EXPECTED)
    return weights


@cache
def default_status_model() -> StatusModel:
    """The model shipped with the project, read once."""
    return StatusModel(load_status())
