"""A multilingual sentence encoder, taught what our labels mean: it knows other words for the same thing.

The weights are those of multilingual-e5-small (MIT; Wang et al. 2024, arXiv:2402.05672), its upper layers tuned by
classifiers/fine_tune.py, in 8 bits with the word pieces of the scripts that we read; classifiers/build_encoder.py packs
them. ONNX graphs and tokenizer files are data: nothing in them is executed but the operators of onnxruntime itself.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    RuntimeException,
)
from onnxruntime.capi.onnxruntime_pybind11_state import (
    NotImplemented as Unsupported,
)
from tokenizers import Tokenizer

from classifiers.scoring import Floats
from classifiers.taxonomy import Signal, Status
from classifiers.types import ArticleText
from errors import InvalidInput

MODELS = Path(__file__).parent / "models"
GRAPH, PIECES = "encoder.onnx", "encoder.json"
ANSWERS = ("relevance", *Signal, *Status)  # what is answered of each text, in log-odds; of statuses up to a constant
MOST_TITLE, MOST_SUMMARY = 46, 42  # word pieces read
_MOST_LETTERS = 400  # of a field that are cut into pieces
_ASKS = "query: "  # what the encoder's makers have texts to be classified begin with
_START, _END = 0, 2
_EXPECTED = "the files made by python -m classifiers.build_encoder"


class Encoder:
    """Deterministic, whatever a text stands among; one thread."""

    def __init__(self, name: str, session: onnxruntime.InferenceSession, pieces: Tokenizer) -> None:
        self.name = name
        self._session = session
        self._pieces = pieces

    @classmethod
    def load(cls, folder: Path = MODELS) -> Self:
        """Raises InvalidInput naming the file that is missing or damaged."""
        session = _session(folder / GRAPH)
        return cls(_name(folder / GRAPH, session), session, load_pieces(folder / PIECES))

    def answers(self, texts: Sequence[ArticleText]) -> Floats:
        """(texts, len(ANSWERS))"""
        found: Floats = np.zeros((len(texts), len(ANSWERS)), dtype=np.float32)
        for answer, row in zip(found, piece_rows(self._pieces, texts), strict=True):
            # One by one: the 8-bit steps of a batch are set by all its texts, and a text must read as by itself.
            answer[:] = self._session.run(None, {"ids": np.array([row], dtype=np.int64)})[0][0]
        return found


def piece_rows(pieces: Tokenizer, texts: Sequence[ArticleText]) -> list[list[int]]:
    """Each text as the numbers of its word pieces: what the encoder reads."""
    stop = pieces.encode(".").ids[-1:]
    titles = pieces.encode_batch([_ASKS + _clean(text.title) for text in texts])
    summaries = pieces.encode_batch([_clean(text.summary) for text in texts])
    rows = []
    for title, summary in zip(titles, summaries, strict=True):
        behind = [*stop, *summary.ids[:MOST_SUMMARY]] if summary.ids else []
        rows.append([_START, *title.ids[:MOST_TITLE], *behind, _END])
    return rows


def _clean(text: str) -> str:
    """What is read of a field; half characters, which no piece can hold, are replaced."""
    return text[:_MOST_LETTERS].encode("utf-8", "replace").decode("utf-8").strip()


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the bot's other work has the other cores
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror}", _EXPECTED) from error
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, RuntimeException, Unsupported) as error:
        raise InvalidInput(str(path), "not an ONNX graph", _EXPECTED) from error


def _name(path: Path, session: onnxruntime.InferenceSession) -> str:
    name = session.get_modelmeta().custom_metadata_map.get("name")
    outputs = [(o.name, o.shape[-1]) for o in session.get_outputs()]
    if not name or [i.name for i in session.get_inputs()] != ["ids"] or outputs != [("answers", len(ANSWERS))]:
        raise InvalidInput(str(path), "not a graph of our encoder", _EXPECTED)
    return str(name)


def load_pieces(path: Path) -> Tokenizer:
    """Raises InvalidInput naming the file that is missing or damaged."""
    try:
        text = path.read_text(encoding="utf-8")
        json.loads(text)
        return Tokenizer.from_str(text)
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror}", _EXPECTED) from error
    except Exception as error:  # the library raises bare Exception for what is no tokenizer
        if type(error) not in (Exception, json.JSONDecodeError, UnicodeDecodeError):
            raise
        raise InvalidInput(str(path), "not a tokenizer file", _EXPECTED) from error
