"""Print every figure of a model: python -m classifiers.evaluate FILE [--model FILE] [--json] [--card FILE].

FILE holds labelled items. Each figure comes with its 95 % bootstrap interval; a translation is drawn together with its
original. Places are measured by `places`, which stands after this stage.
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
from classifiers.encoder import Encoder
from classifiers.metrics import Array, Flags, Interval
from classifiers.model import LinearModel
from classifiers.reader import Reader
from classifiers.taxonomy import Signal, Status
from classifiers.types import Classifier, Reading
from errors import InvalidInput, TocsinError

CARD = Path(__file__).parent / "models" / "card.md"
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
    """Labelled items beside what is read in them, in one order."""

    items: Sequence[LabelledItem]
    readings: Sequence[Reading]
    weights: Array  # (1 + draws, items)


def judge(items: Sequence[LabelledItem], model: Classifier, draws: int = DRAWS) -> Judged:
    readings = Reader(model).read([item.text for item in items])
    return Judged(items, readings, metrics.draw_weights([item.original for item in items], draws, SEED))


def figures(judged: Judged) -> list[Figure]:
    return relevance_figures(judged) + signal_figures(judged) + rule_figures(judged)


def parts(items: Sequence[LabelledItem]) -> dict[str, Flags]:
    """The subsets that figures are given for: all, English originals, each language."""
    languages = np.array([item.language for item in items])
    original = np.array([not item.translated for item in items])
    subsets = {"all": np.ones(len(items), dtype=bool), "en originals": (languages == "en") & original}
    return subsets | {str(language): languages == language for language in sorted(set(languages))}


def relevance_figures(judged: Judged) -> list[Figure]:
    truth = np.array([item.relevant for item in judged.items])
    found = np.array([r.relevant for r in judged.readings])
    probability = np.array([r.relevance for r in judged.readings])
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
        found = np.array([signal in r.labels for r in judged.readings])
        each.append(metrics.f1(judged.weights, truth, found))
        result.append(Figure("signals", signal, "F1", metrics.interval(each[-1], int(truth.sum()))))
    mean = metrics.interval(metrics.mean_of(each), len(judged.items))
    both = np.array([item.relevant and r.relevant for item, r in _pairs(judged)])
    first = np.array([item.signals[:1] == r.labels[:1] for item, r in _pairs(judged)])
    agreed = metrics.accuracy(judged.weights[:, both], first[both])
    return [
        *result,
        Figure("signals", "all", "macro-F1", mean),
        Figure("signals", "relevant items found", "first right", metrics.interval(agreed, int(both.sum()))),
    ]


def rule_figures(judged: Judged) -> list[Figure]:
    """Facility where the attack on it is found, and status of the relevant items that are found."""
    pairs = _pairs(judged)
    attack = Signal.FACILITY_ATTACKED
    hit = np.array([item.facility is not None and attack in item.signals and attack in r.labels for item, r in pairs])
    same = np.array([item.facility == r.facility for item, r in pairs])
    told = np.array([item.status is not None and r.relevant for item, r in pairs])
    agreed = np.array([item.status == r.status for item, r in pairs])
    claimed = np.array([item.status == Status.CLAIMED for item, _ in pairs])
    read_claimed = np.array([r.status == Status.CLAIMED for _, r in pairs])
    w, found = judged.weights, "relevant items found"
    of_claims = metrics.f1(w[:, told], claimed[told], read_claimed[told])
    return [
        _figure("facility", "attacks found", "accuracy", metrics.accuracy(w[:, hit], same[hit]), hit),
        _figure("status", found, "accuracy", metrics.accuracy(w[:, told], agreed[told]), told),
        _figure("status", found, "F1 of claimed", of_claims, told & claimed),
    ]


def _figure(subject: str, part: str, measure: str, values: Array, counted: Flags) -> Figure:
    return Figure(subject, part, measure, metrics.interval(values, int(counted.sum())))


def _pairs(judged: Judged) -> list[tuple[LabelledItem, Reading]]:
    return list(zip(judged.items, judged.readings, strict=True))


def card(name: str, items: int, results: Sequence[Figure]) -> str:
    """The model card: what is true of every model of this kind, then this one's figures."""
    lines = ["| subject | of | measure | figure | 95 % interval | items |", "|---|---|---|---|---|---|"]
    for figure in results:
        i = figure.interval
        cells = (figure.subject, figure.part, figure.measure, f"{i.value:.3f}", f"{i.low:.3f} to {i.high:.3f}", i.items)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    template = CARD.read_text(encoding="utf-8")
    return template.format(name=name, items=items, figures="\n".join(lines))


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
    parser.add_argument(
        "--encoder", action=argparse.BooleanOptionalAction, default=True, help="ask the sentence encoder, too"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    parser.add_argument("--card", type=Path, help="write the model card there (Markdown)")
    options = parser.parse_args(arguments)
    try:
        items = read_corpus(options.file)
        model = LinearModel.load(options.model, Encoder.load() if options.encoder else None)
        results = figures(judge(items, model))
        if options.card:
            _write_card(options.card, model.name, len(items), results)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        jsonl.write((_row(figure) for figure in results), sys.stdout)
    else:
        print(table(results))
    return 0


def _write_card(path: Path, name: str, items: int, results: Sequence[Figure]) -> None:
    try:
        path.write_text(card(name, items, results), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be written: {error.strerror}", "a path for the model card") from error


def _row(figure: Figure) -> dict[str, object]:
    return {"subject": figure.subject, "part": figure.part, "measure": figure.measure, **asdict(figure.interval)}


if __name__ == "__main__":
    sys.exit(main())
