"""Packing an encoder, from a made-up one of twelve tiny layers: file, pieces, graph, quantised graph."""

import struct
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from classifiers.build_encoder import TAPS, build, choose_pieces, encoder_graph
from classifiers.encoder import Encoder
from classifiers.packed import Packed, read_packed
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


def test_padding_changes_no_vector(packed: Packed) -> None:
    graph = encoder_graph(packed, range(len(PIECES))).SerializeToString()
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    short, padded = np.array([[0, 6, 9, 2]]), np.array([[0, 6, 9, 2, 1, 1]])
    (one,), (other,) = session.run(None, {"ids": short}), session.run(None, {"ids": padded})
    assert one.shape == (1, WIDTH * len(TAPS))
    assert np.allclose(one, other, atol=1e-5)
    assert not np.allclose(one, session.run(None, {"ids": np.array([[0, 6, 10, 2]])})[0], atol=1e-3)


def test_what_is_built_is_an_encoder(packed: Packed, tmp_path: Path) -> None:
    build(packed, [], tmp_path)
    vectors = Encoder.load(tmp_path).vectors([ArticleText("town a", "b"), ArticleText("town", "")])
    assert vectors.shape == (2, WIDTH * len(TAPS))
    assert np.isfinite(vectors).all()
    assert not np.array_equal(vectors[0], vectors[1])
