"""Weighs the traits of a text's speech, and what an encoder answers, into its status. Plain arrays of numbers only."""

import io
import zipfile
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifiers.taxonomy import Status
from errors import InvalidInput

DEFAULT_STATUS_MODEL = Path(__file__).parent / "models" / "status.npz"
STATUSES = tuple(Status)  # the order of every array's columns
_AS_FACT = "told as fact by the outlet"
_WORDING = "by its whole wording, as the sentence encoder reads it"
_EXPECTED = "a status model made by python -m classifiers.status_training"


@dataclass(frozen=True, slots=True)
class StatusWeights:
    """k traits, n = len(STATUSES): a status's score is its bias plus the weights of the traits that hold.

    Where the sentence encoder answered, the second set of weights counts, and `answers` of its log-probabilities.
    """

    traits: NDArray[np.str_]  # (k,)
    weights: NDArray[np.float32]  # (k, n)
    bias: NDArray[np.float32]  # (n,)
    answered_weights: NDArray[np.float32]  # (k, n)
    answered_bias: NDArray[np.float32]  # (n,)
    answers: NDArray[np.float32]  # (n, n): from the encoder's statuses to the scores


_FIELDS = tuple(field.name for field in fields(StatusWeights))


def log_probabilities(answers: NDArray[Any]) -> NDArray[np.float64]:
    """(..., n) of an encoder's answers, each row brought to sum to 1 in probability."""
    shifted = answers - answers.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float64)


class StatusModel:
    """Decides by the highest score. Pure."""

    def __init__(self, weights: StatusWeights) -> None:
        self._rows = {str(trait): row for row, trait in enumerate(weights.traits)}
        self._weights = weights

    def decide(self, traits: Collection[str], answers: Sequence[float] | None = None) -> tuple[Status, str]:
        """The status and what spoke loudest for it, relative to being reported as fact; `answers`: `Scores.status`."""
        known = sorted(trait for trait in traits if trait in self._rows)
        rows = [self._rows[trait] for trait in known]
        if answers is None:
            held, base = self._weights.weights[rows].astype(np.float64), self._weights.bias.astype(np.float64)
        else:
            held = self._weights.answered_weights[rows].astype(np.float64)
            base = self._weights.answered_bias + log_probabilities(np.array(answers)) @ self._weights.answers
        best, reported = int(np.argmax(base + held.sum(axis=0))), STATUSES.index(Status.REPORTED)
        if best == reported:
            return STATUSES[best], _AS_FACT
        spoken = held[:, best] - held[:, reported]
        if not known or (answers is not None and spoken.max() < 0):
            return STATUSES[best], _WORDING if answers is not None else _AS_FACT
        return STATUSES[best], known[int(np.argmax(spoken))]


def save_status(weights: StatusWeights, path: Path = DEFAULT_STATUS_MODEL) -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, **{name: getattr(weights, name) for name in _FIELDS})
    path.write_bytes(stream.getvalue())


def load_status(path: Path = DEFAULT_STATUS_MODEL) -> StatusWeights:
    """Raises InvalidInput naming the file when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            weights = StatusWeights(*(archive[name] for name in _FIELDS))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", _EXPECTED) from error
    traits, statuses = len(weights.traits), len(STATUSES)
    shapes = ((traits,), (traits, statuses), (statuses,), (traits, statuses), (statuses,), (statuses, statuses))
    if tuple(getattr(weights, name).shape for name in _FIELDS) != shapes:
        raise InvalidInput(str(path), "its arrays do not fit together", _EXPECTED)
    return weights


@cache
def default_status_model() -> StatusModel:
    """The model shipped with the project, read once."""
    return StatusModel(load_status())
