"""Whether sentence vectors would tell better which reports are of one event: `python -m benchmarks.likeness CLUSTERS`.

CLUSTERS holds labelled items as incidents.evaluate reads them. Of all pairs of reports that likeness compares it prints
the average precision of likeness alone, and with the cosine added of what our encoder knows of both texts (the mean of
its last states, centred): at a weight that is chosen, for each fifth of the incidents, on the other four. Needs the
package onnx, to read the encoder's states.
"""

import argparse
import random
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from sklearn.metrics import average_precision_score

from classifiers.encoder import GRAPH, MODELS, PIECES, load_pieces, piece_rows
from classifiers.model import default_model
from classifiers.reader import Reader
from classifiers.types import ArticleText
from incidents.evaluate import read_items, reports_of
from incidents.fuse import makes_news, witness_of
from incidents.similarity import pair_score
from places.gazetteer import Gazetteer
from places.locate import Locator

Array = npt.NDArray[np.float64]

STATES = "pool"  # the encoder's mean of its last states, in its graph
WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0)  # of the cosine, in log-odds
FOLDS = 5


def vectors(texts: Sequence[ArticleText]) -> Array:
    """(texts, width), of length 1 about their mean."""
    graph = onnx.load(str(MODELS / GRAPH))
    graph.graph.output.append(onnx.helper.make_tensor_value_info(STATES, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = piece_rows(load_pieces(MODELS / PIECES), texts)
    found = np.array([session.run([STATES], {"ids": np.array([row], dtype=np.int64)})[0][0] for row in rows])
    centred = found.astype(np.float64) - found.mean(axis=0)
    scaled: Array = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return scaled


def with_cosine(scores: Array, cosines: Array, one: Array, folds: Array) -> Array:
    """The scores with the cosines added, for each fold at the weight that is best for the other folds."""
    found = scores.copy()
    for fold in range(FOLDS):
        rest = folds != fold
        best = max(WEIGHTS, key=lambda weight: average_precision_score(one[rest], (scores + weight * cosines)[rest]))
        found[~rest] += best * cosines[~rest]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("clusters", type=Path)
    items = [item for item in read_items(parser.parse_args().clusters) if item.incident is not None]
    locator = Locator(Gazetteer.load())
    reports = reports_of(
        items, Reader(default_model()), lambda item, language, aside: locator.locate(item.text, language, aside)
    )
    told = [(item, witness_of(r, item.published)) for item, r in zip(items, reports, strict=True) if makes_news(r)]
    began = time.process_time()
    states = vectors([item.text for item, _ in told])
    took = (time.process_time() - began) / len(told)
    incidents = sorted({str(item.incident) for item, _ in told})
    fold_of = {name: place % FOLDS for place, name in enumerate(random.Random(1).sample(incidents, len(incidents)))}
    rows = [
        (score, float(states[left] @ states[right]), one.incident == other.incident, fold_of[str(one.incident)])
        for (left, (one, mine)), (right, (other, theirs)) in combinations(enumerate(told), 2)
        if (score := pair_score(mine, theirs)) is not None
    ]
    scores, cosines, one, folds = np.array(rows, dtype=np.float64).T
    print(f"{len(rows)} pairs, {int(one.sum())} of one event; vectors take {1000 * took:.0f} ms a report")
    print(f"average precision of likeness {average_precision_score(one, scores):.3f}")
    print(f"with the cosine {average_precision_score(one, with_cosine(scores, cosines, one, folds)):.3f}")


if __name__ == "__main__":
    main()
