"""Print every figure of a model on labelled items: python -m classifiers.evaluate FILE [--model FILE] [--json].

Each figure comes with its 95 % bootstrap interval; a translation is drawn together with its original.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import jsonl
from classifiers import metrics
from classifiers.corpus import LabelledItem, read_corpus
from classifiers.metrics import Array, Flags, Interval
from classifiers.model import LinearModel
from classifiers.taxonomy import Signal
from classifiers.types import Classifier, Scores
from errors import TocsinError

DRAWS = 1000
SEED = 7


@dataclass(frozen=True, slots=True)
class Figure:
    subject: str  # what is judged: "relevance", "signals", …
    part: str  # of which items: "all", "en originals", "fr", a signal's name
    measure: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled items beside what the model says of them, in one order."""

    items: Sequence[LabelledItem]
    scores: Sequence[Scores]
    weights: Array  # (1 + draws, items)


def judge(items: Sequence[LabelledItem], model: Classifier, draws: int = DRAWS) -> Judged:
    scores = model.score([item.text for item in items])
    return Judged(items, scores, metrics.draw_weights([item.original for item in items], draws, SEED))


def figures(judged: Judged) -> list[Figure]:
    return relevance_figures(judged) + signal_figures(judged)


def parts(items: Sequence[LabelledItem]) -> dict[str, Flags]:
    """The subsets that figures are given for: all, English originals, each language."""
    languages = np.array([item.language for item in items])
    original = np.array([not item.translated for item in items])
    subsets = {"all": np.ones(len(items), dtype=bool), "en originals": (languages == "en") & original}
    return subsets | {str(language): languages == language for language in sorted(set(languages))}


def relevance_figures(judged: Judged) -> list[Figure]:
    truth = np.array([item.relevant for item in judged.items])
    found = np.array([bool(s.labels) for s in judged.scores])
    probability = np.array([s.relevance for s in judged.scores])
    result = []
    for part, subset in parts(judged.items).items():
        w, t, f, p = judged.weights[:, subset], truth[subset], found[subset], probability[subset]
        for measure, values in {
            "F1": metrics.f1(w, t, f),
            "precision": metrics.precision(w, t, f),
            "recall": metrics.recall(w, t, f),
            "average precision": metrics.average_precision(w, t, p),
            "calibration error": metrics.calibration_error(w, t, p),
        }.items():
            result.append(Figure("relevance", part, measure, metrics.interval(values, int(subset.sum()))))
    return result


def signal_figures(judged: Judged) -> list[Figure]:
    """F1 of each signal, their mean, and how often the first named signal is the first labelled one."""
    each: list[Array] = []
    result: list[Figure] = []
    for signal in Signal:
        truth = np.array([signal in item.signals for item in judged.items])
        found = np.array([signal in s.labels for s in judged.scores])
        each.append(metrics.f1(judged.weights, truth, found))
        result.append(Figure("signals", signal, "F1", metrics.interval(each[-1], int(truth.sum()))))
    mean = metrics.interval(metrics.mean_of(each), len(judged.items))
    both = np.array([item.relevant and bool(s.labels) for item, s in _pairs(judged)])
    first = np.array([item.signals[:1] == s.labels[:1] for item, s in _pairs(judged)])
    agreed = metrics.accuracy(judged.weights[:, both], first[both])
    return [
        *result,
        Figure("signals", "all", "macro-F1", mean),
        Figure("signals", "relevant items found", "first right", metrics.interval(agreed, int(both.sum()))),
    ]


def _pairs(judged: Judged) -> list[tuple[LabelledItem, Scores]]:
    return list(zip(judged.items, judged.scores, strict=True))


def table(results: Sequence[Figure]) -> str:
    lines = [f"{'subject':10} {'part':22} {'measure':18} {'figure':>6}  {'95 % interval':15} items"]
    for figure in results:
        i = figure.interval
        bounds = f"{i.low:.3f} to {i.high:.3f}"
        lines.append(f"{figure.subject:10} {figure.part:22} {figure.measure:18} {i.value:6.3f}  {bounds:15} {i.items}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.evaluate", description=__doc__)
    parser.add_argument("file", type=Path, help="labelled items (JSON lines)")
    parser.add_argument("--model", type=Path, help="a model file; default: the one in the repository")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    options = parser.parse_args(arguments)
    try:
        items = read_corpus(options.file)
        results = figures(judge(items, LinearModel.load(options.model)))
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        jsonl.write((_row(figure) for figure in results), sys.stdout)
    else:
        print(table(results))
    return 0


def _row(figure: Figure) -> dict[str, object]:
    return {"subject": figure.subject, "part": figure.part, "measure": figure.measure, **asdict(figure.interval)}


if __name__ == "__main__":
    sys.exit(main())
