"""Packing an encoder, from a made-up one of twelve tiny layers: file, pieces, graph, quantised graph."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from classifiers.build_encoder import build, encoder_graph
from classifiers.choose_pieces import choose_pieces, kept_pieces, tokenizer
from classifiers.encoder import ANSWERS, Encoder
from classifiers.encoder import PIECES as FILE
from classifiers.packed import Packed, read_packed
from classifiers.tuned import Tuned, read_tuned, write_tuned
from classifiers.types import ArticleText
from errors import InvalidInput

WIDTH, LAYERS, HEADS, INNER = 32, 12, 2, 64
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", ".", "▁town", "▁query", ":", "a", "b", "日"]


def pack(rows: NDArray[np.float32]) -> bytes:
    """Blocks of 32 four-bit weights, all of scale 0.5: what is a multiple of it between -4 and 3.5 comes back."""
    blocks = (np.rint(rows / 0.5) + 8).astype(np.uint8).reshape(-1, 2, 16)
    scale = np.frombuffer(np.float16(0.5).tobytes(), np.uint8)
    return b"".join(scale.tobytes() + (low | high << 4).tobytes() for low, high in blocks)


def tensors(rng: np.random.Generator) -> dict[str, tuple[bytes, NDArray[np.float32]]]:
    def matrix(rows: int, columns: int) -> tuple[bytes, NDArray[np.float32]]:
        values = (rng.integers(-1, 2, (rows, columns)) * 0.5).astype(np.float32)
        return pack(values), values

    def plain(size: int, value: float = 0.0) -> tuple[bytes, NDArray[np.float32]]:
        values = np.full(size, value, np.float32)
        return values.tobytes(), values

    made = {"emb.word": matrix(len(PIECES), WIDTH), "emb.pos": plain(128 * WIDTH), "emb.type": plain(2 * WIDTH)}
    made |= {"emb.ln.w": plain(WIDTH, 1.0), "emb.ln.b": plain(WIDTH)}
    for layer in range(LAYERS):
        for name, size in {"q": WIDTH, "k": WIDTH, "v": WIDTH, "ao": WIDTH, "fi": INNER}.items():
            made |= {f"l{layer}.{name}.w": matrix(size, WIDTH), f"l{layer}.{name}.b": plain(size)}
        made |= {f"l{layer}.fo.w": matrix(WIDTH, INNER), f"l{layer}.fo.b": plain(WIDTH)}
        for name in ("aln", "oln"):
            made |= {f"l{layer}.{name}.w": plain(WIDTH, 1.0), f"l{layer}.{name}.b": plain(WIDTH)}
    return made


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    blob = "".join(PIECES).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)], dtype=np.uint32)
    head = b"E5S1" + struct.pack("<i7ifi", 1, WIDTH, LAYERS, HEADS, INNER, len(PIECES), 512, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + ends.tobytes()
    head += np.linspace(-1, -9, len(PIECES), dtype=np.float32).tobytes() + blob + struct.pack("<iI", 0, 0)
    made = tensors(np.random.default_rng(1))
    directory = struct.pack("<i", len(made))
    place = len(head) + 4 + sum(2 + len(name) + 5 + 16 for name in made)
    for name, (data, _) in made.items():
        directory += struct.pack("<H", len(name)) + name.encode() + b"\x00" + struct.pack("<IQQ", 0, place, len(data))
        place += len(data)
    path = tmp_path_factory.mktemp("packed") / "tiny.bin"
    path.write_bytes(head + directory + b"".join(data for data, _ in made.values()))
    return path


@pytest.fixture(scope="module")
def packed(file: Path) -> Packed:
    return read_packed(file)


def test_weights_come_back(packed: Packed) -> None:
    assert (packed.width, packed.layers, packed.heads) == (WIDTH, LAYERS, HEADS)
    assert packed.pieces == tuple(PIECES)
    for name, (_, values) in tensors(np.random.default_rng(1)).items():
        assert np.array_equal(packed.tensors[name], values), name


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(200)])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"other\.bin"):
        read_packed(path)


def test_pieces_of_scripts_that_nobody_reads_go_unless_a_text_has_them(packed: Packed) -> None:
    without = len(PIECES) - 1
    assert choose_pieces(packed, []) == list(range(without))
    assert choose_pieces(packed, ["日 town", "日"]) == list(range(len(PIECES)))


@pytest.fixture(scope="module")
def tuned() -> Tuned:
    rng = np.random.default_rng(2)
    answers = rng.normal(size=(len(ANSWERS), WIDTH)).astype(np.float32)
    return Tuned(
        "tiny-1", {"l11.fo.b": np.arange(WIDTH, dtype=np.float32)}, answers, np.arange(len(ANSWERS), dtype=np.float32)
    )


def answers_of(packed: Packed, tuned: Tuned, row: list[int]) -> NDArray[np.float32]:
    graph = encoder_graph(packed, range(len(PIECES)), tuned).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"ids": np.array([row])})[0])


def test_padding_changes_no_answer(packed: Packed, tuned: Tuned) -> None:
    one = answers_of(packed, tuned, [0, 6, 9, 2])
    assert one.shape == (1, len(ANSWERS))
    assert np.allclose(one, answers_of(packed, tuned, [0, 6, 9, 2, 1, 1]), atol=1e-5)
    assert not np.allclose(one, answers_of(packed, tuned, [0, 6, 10, 2]), atol=1e-3)


def test_what_was_tuned_replaces_what_was_packed(packed: Packed, tuned: Tuned) -> None:
    row = [0, 6, 9, 2]
    untouched = replace(tuned, tensors={})
    assert not np.allclose(answers_of(packed, tuned, row), answers_of(packed, untouched, row), atol=1e-3)


def test_pieces_are_found_again(packed: Packed) -> None:
    kept = [0, 1, 2, 3, 6, 9]
    assert kept_pieces(packed, tokenizer(packed, kept)) == kept
    with pytest.raises(InvalidInput, match="pieces that the encoder lacks"):
        kept_pieces(replace(packed, pieces=packed.pieces[:6]), tokenizer(packed, kept))


def test_what_is_built_is_an_encoder(packed: Packed, tuned: Tuned, tmp_path: Path) -> None:
    tokenizer(packed, choose_pieces(packed, [])).save(str(tmp_path / FILE))
    build(packed, tuned, tmp_path / FILE, tmp_path)
    encoder = Encoder.load(tmp_path)
    answers = encoder.answers([ArticleText("town a", "b"), ArticleText("town", "")])
    assert encoder.name == "tiny-1"
    assert answers.shape == (2, len(ANSWERS))
    assert np.isfinite(answers).all()
    assert not np.array_equal(answers[0], answers[1])


def test_tuned_layers_come_back(tuned: Tuned, tmp_path: Path) -> None:
    write_tuned(tmp_path / "tuned.npz", tuned)
    read = read_tuned(tmp_path / "tuned.npz")
    assert read.name == tuned.name
    assert np.array_equal(read.answers, tuned.answers)
    assert np.array_equal(read.bias, tuned.bias)
    assert {name: values.tolist() for name, values in read.tensors.items()} == {"l11.fo.b": list(range(WIDTH))}


@pytest.mark.parametrize("content", [b"", b"not an archive"])
def test_a_damaged_file_of_tuned_layers_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tuned.npz").write_bytes(content)
    with pytest.raises(InvalidInput, match=r"tuned\.npz"):
        read_tuned(tmp_path / "tuned.npz")


def test_layers_tuned_for_other_questions_are_refused(tuned: Tuned, tmp_path: Path) -> None:
    write_tuned(tmp_path / "tuned.npz", replace(tuned, answers=tuned.answers[:3], bias=tuned.bias[:3]))
    with pytest.raises(InvalidInput, match="answers 3 questions"):
        read_tuned(tmp_path / "tuned.npz")
