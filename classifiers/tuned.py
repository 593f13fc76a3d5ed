"""What fine-tuning changes of the encoder: a file of plain arrays between two training steps."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from classifiers.encoder import ANSWERS
from classifiers.scoring import Floats
from errors import InvalidInput

_EXPECTED = "tuned.npz, made by python -m classifiers.fine_tune"


@dataclass(frozen=True, slots=True)
class Tuned:
    """`tensors` replace those of `Packed` of the same names; the answers are a linear map of the last mean state."""

    name: str
    tensors: dict[str, Floats]
    answers: Floats  # (len(ANSWERS), width)
    bias: Floats  # (len(ANSWERS),)


def write_tuned(path: Path, tuned: Tuned) -> None:
    stream = io.BytesIO()
    arrays: dict[str, Any] = {"name": np.array(tuned.name), "answers": tuned.answers, "bias": tuned.bias}
    np.savez(stream, **arrays | tuned.tensors)
    path.write_bytes(stream.getvalue())


def read_tuned(path: Path) -> Tuned:
    """Raises InvalidInput naming the file when it is missing, damaged or of another form."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
        name, answers, bias = str(arrays.pop("name")), arrays.pop("answers"), arrays.pop("bias")
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", _EXPECTED) from error
    if len(answers) != len(ANSWERS) or bias.shape != (len(ANSWERS),):
        raise InvalidInput(str(path), f"answers {len(answers)} questions, not {len(ANSWERS)}", _EXPECTED)
    return Tuned(name, arrays, answers, bias)
