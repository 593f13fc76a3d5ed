"""What encoders answered of training items that they had not been taught with: a file between two training steps.

An .npz archive (pickle refused) of the encoder's name, a digest of each text, and its answers.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classifiers.encoder import ANSWERS
from classifiers.scoring import Floats
from classifiers.types import ArticleText
from errors import InvalidInput

_EXPECTED = "a file made by python -m classifiers.fine_tune of the same material"


@dataclass(frozen=True, slots=True)
class Unseen:
    encoder: str  # the name of the encoder whose answers those of its folds stand for
    answers: Floats  # (texts, len(ANSWERS))


def write_unseen(path: Path, texts: Sequence[ArticleText], unseen: Unseen) -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, encoder=np.array(unseen.encoder), digests=_digests(texts), answers=unseen.answers)
    path.write_bytes(stream.getvalue())


def read_unseen(path: Path, texts: Sequence[ArticleText]) -> Unseen:
    """The answers about `texts`, in their order. Raises InvalidInput naming the file when it is missing, damaged, or
    lacks one of them."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            encoder, digests, answers = str(archive["encoder"]), archive["digests"], archive["answers"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput(str(path), f"cannot be read: {error}", _EXPECTED) from error
    if answers.shape != (len(digests), len(ANSWERS)):
        raise InvalidInput(str(path), f"holds {answers.shape} answers about {len(digests)} texts", _EXPECTED)
    rows = {bytes(digest): row for row, digest in enumerate(digests)}
    wanted = [rows.get(bytes(digest)) for digest in _digests(texts)]
    missing = sum(row is None for row in wanted)
    if missing:
        raise InvalidInput(str(path), f"has no answer about {missing} of {len(texts)} texts", _EXPECTED)
    return Unseen(encoder, answers[[row for row in wanted if row is not None]].astype(np.float32))


def _digests(texts: Sequence[ArticleText]) -> NDArray[np.void]:
    each = [hashlib.sha256(text.joined.encode("utf-8", "surrogatepass")).digest()[:16] for text in texts]
    return np.frombuffer(b"".join(each), dtype="V16")
