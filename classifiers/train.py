"""Train the default model: python -m classifiers.train --corpus FILE [...] [--unseen FILE] [--out DIR].

Deterministic: the same files give the same weights. Calibration and thresholds come from cross-validation on the
corpora alone, so that a set kept aside measures what it should.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.svm import LinearSVC

from classifiers.corpus import LabelledItem
from classifiers.features import CONCEPTS_START, Extractor
from classifiers.feedback import Correction, read_feedback
from classifiers.folds import fold_numbers
from classifiers.lexicon import default_lexicon
from classifiers.material import add_options, read_material
from classifiers.mixing import fit_lead, fit_mixer
from classifiers.model import DEFAULT_MODEL
from classifiers.scoring import Floats, Mixer, SecondStage, lengths, weigh
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText
from classifiers.unseen import Unseen, read_unseen
from classifiers.weights import OUTPUTS, RARITY_STEP, Encoded, Weights, rarity_values, save_weights
from errors import InvalidInput, TocsinError

FOLDS = 5
SEED = 20250319
BASE_RATE = 1 / 3  # of relevant items where the model is to be right; training corpora are richer
SVM_C = 0.2
RARE_WEIGHT = 0.15
MORE_LIKELY_THAN_NOT = 0.5
SURE = ("relevance", Signal.TERRITORY_CAPTURED)  # told only where likelier than not, whatever the best F1 would allow
COPY_WEIGHT = 0.3
COPY_SCALE = 2.0
MOST_LANGUAGE_WEIGHT = 4.0
MIN_OCCURRENCES = 2
NAME = "linear-9"


@dataclass(frozen=True, slots=True)
class Linear:
    """A first stage: (WIDTH, outputs) table and (outputs,) bias."""

    table: Floats
    bias: Floats

    def scores(self, weighed: csr_matrix) -> Floats:
        return np.asarray(weighed @ self.table, dtype=np.float32) + self.bias


@dataclass(frozen=True, slots=True)
class Scored:
    """Items as the second stage sees them."""

    scores: Floats  # (items, outputs), by first stages that did not see the item
    lengths: Floats
    targets: Floats
    importance: Floats

    def mixer(self) -> Mixer:
        return fit_mixer(self.scores, self.lengths, self.targets, self.importance)

    def part(self, chosen: NDArray[np.bool_]) -> "Scored":
        return Scored(self.scores[chosen], self.lengths[chosen], self.targets[chosen], self.importance[chosen])


@dataclass(frozen=True, slots=True)
class Taught:
    """What the first stages are taught: `own` items of the corpora, then readers' corrections."""

    own: int
    texts: list[ArticleText]
    targets: Floats
    weights: Floats
    folds: NDArray[np.int64]

    def unseen(self, fit: Callable[[NDArray[np.bool_]], Callable[[NDArray[np.bool_]], Floats]]) -> Floats:
        """(own, outputs): scores of the corpora's items by first stages fitted on the other folds."""
        scores = np.zeros_like(self.targets)
        for number in range(FOLDS):
            _progress(f"first stage, fold {number + 1} of {FOLDS}")
            outside = self.folds == number
            scores[outside] = fit(~outside)(outside)
        return scores[: self.own]


def train(
    items: Sequence[LabelledItem],
    plain: int | None = None,
    feedback: Sequence[Correction] = (),
    unseen: Unseen | None = None,
) -> Weights:
    """`plain`: how many items, from the first, are a plain sample; calibration rests on these and on translations.

    None: all items count, weighted so that BASE_RATE of them are relevant.
    `feedback` joins the first stage alone: what readers complain of is no sample to calibrate on.
    `unseen`: an encoder's answers about the items, for a second stage that is asked where the encoder is at hand.
    Raises InvalidInput when some output has fewer than FOLDS positive or negative items.
    """
    taught = _taught(items, feedback)
    importance = base_rate_weights(taught.targets[: taught.own]) if plain is None else plain_weights(items, plain)
    rows = Extractor(default_lexicon()).rows(taught.texts)
    rarity = rarity_steps(rows)
    weighed = weigh(rows, rarity_values(rarity))

    def fit(inside: NDArray[np.bool_]) -> Callable[[NDArray[np.bool_]], Floats]:
        first = fit_linear(weighed[inside], taught.targets[inside], taught.weights[inside])
        return lambda chosen: first.scores(weighed[chosen])

    scores = taught.unseen(fit)
    second = _second_stage(taught, items, scores, importance)
    encoded = None
    if unseen is not None:
        both = np.hstack([scores, unseen.answers[:, : len(OUTPUTS)]])
        encoded = Encoded(unseen.encoder, _second_stage(taught, items, both, importance))
    _progress("first stage, all items")
    final = fit_linear(weighed, taught.targets, taught.weights)
    columns, steps, scales = quantise(final.table)
    return Weights(NAME, columns, steps, scales, rarity, final.bias, second, encoded)


def _taught(items: Sequence[LabelledItem], feedback: Sequence[Correction]) -> Taught:
    all_items = [*items, *(correction.item for correction in feedback)]
    targets = target_matrix(all_items)
    _check_targets(targets[: len(items)])
    votes = np.array([correction.weight for correction in feedback], dtype=np.float32)
    return Taught(
        own=len(items),
        texts=[item.text for item in all_items],
        targets=targets,
        weights=np.concatenate([language_weights(items), votes]),
        folds=fold_numbers(all_items, FOLDS, SEED),
    )


def _second_stage(taught: Taught, items: Sequence[LabelledItem], unseen: Floats, importance: Floats) -> SecondStage:
    scored = Scored(unseen, lengths(taught.texts[: taught.own]), taught.targets[: taught.own], importance)
    thresholds = _thresholds(scored, taught.folds[: taught.own])
    grave = [OUTPUTS.index(output) for output in SURE]
    thresholds[grave] = np.maximum(thresholds[grave], MORE_LIKELY_THAN_NOT)
    return SecondStage(scored.mixer(), thresholds, *_lead(scored, items))


def target_matrix(items: Sequence[LabelledItem]) -> Floats:
    """(items, outputs) of 0 and 1 in the order of OUTPUTS."""
    targets = np.zeros((len(items), len(OUTPUTS)), dtype=np.float32)
    positions = {signal: 1 + i for i, signal in enumerate(Signal)}
    for row, item in zip(targets, items, strict=True):
        row[0] = item.relevant
        row[[positions[signal] for signal in item.signals]] = 1
    return targets


def _check_targets(targets: Floats) -> None:
    for name, column in zip(OUTPUTS, targets.T, strict=True):
        if min(column.sum(), len(column) - column.sum()) < FOLDS:
            raise InvalidInput("corpus", f"too few items with or without {name}", f"at least {FOLDS} of each")


def base_rate_weights(targets: Floats) -> Floats:
    """Weights of the items that make BASE_RATE of them relevant, 1 for relevant ones."""
    relevant = targets[:, 0] == 1
    ratio = relevant.sum() / max((~relevant).sum(), 1)
    return np.where(relevant, 1, ratio * (1 - BASE_RATE) / BASE_RATE).astype(np.float32)


def plain_weights(items: Sequence[LabelledItem], plain: int) -> Floats:
    """Items picked for being rare count little where probabilities are calibrated; translations are half positive."""
    weights = [1.0 if i < plain else 0.5 if item.translated else RARE_WEIGHT for i, item in enumerate(items)]
    return np.array(weights, dtype=np.float32)


def language_weights(items: Sequence[LabelledItem]) -> Floats:
    """Relevant items of languages with few of them count more, so that no language is taken for a sign of peace."""
    shares: dict[str, list[bool]] = {}
    for item in items:
        shares.setdefault(item.language, []).append(item.relevant)
    factors = {language: _factor(sum(found) / len(found)) for language, found in shares.items()}
    return np.array([factors[i.language] if i.relevant else 1 for i in items], dtype=np.float32)


def _factor(share: float) -> float:
    wanted = BASE_RATE / (1 - BASE_RATE)
    return min(max(wanted * (1 - share) / max(share, 1e-6), 1.0), MOST_LANGUAGE_WEIGHT)


def rarity_steps(rows: csr_matrix) -> NDArray[np.uint8]:
    """Inverse document frequency of each column in steps of 1 / RARITY_STEP; 0 for columns seen too seldom."""
    occurrences = np.bincount(rows.indices, minlength=rows.shape[1])
    rarity = np.log((1 + rows.shape[0]) / (1 + occurrences)) + 1
    rarity[occurrences < MIN_OCCURRENCES] = 0
    steps: NDArray[np.uint8] = np.minimum(np.rint(rarity * RARITY_STEP), 255).astype(np.uint8)
    return steps


def fit_linear(weighed: csr_matrix, targets: Floats, weights: Floats) -> Linear:
    """Each output's support vector machine, on the items and on copies that show only their concepts.

    The copies make concepts count by themselves, as they must in a language with few labelled items, instead of
    leaving all weight to the words beside them.
    """
    used = np.unique(weighed.indices[weighed.data > 0])
    narrow = weighed[:, used]
    copies = narrow @ diags((used >= CONCEPTS_START) * np.float32(COPY_SCALE))
    rows = vstack([narrow, copies]).tocsr()
    importance = np.concatenate([weights, COPY_WEIGHT * weights])
    table = np.zeros((weighed.shape[1], targets.shape[1]), dtype=np.float32)
    bias = np.zeros(targets.shape[1], dtype=np.float32)
    for output, target in enumerate(np.vstack([targets, targets]).T):
        machine = LinearSVC(C=SVM_C, random_state=SEED).fit(rows, target, sample_weight=importance)
        table[used, output] = machine.coef_[0]
        bias[output] = machine.intercept_[0]
    return Linear(table, bias)


def _lead(scored: Scored, items: Sequence[LabelledItem]) -> tuple[Floats, Floats]:
    relevant = np.array([bool(item.signals) for item in items])
    leading = np.array([list(Signal).index(item.signals[0]) for item in items if item.signals], dtype=np.int64)
    if len(set(leading.tolist())) < len(Signal):
        raise InvalidInput("corpus", "some signal is never the most important one", "items of every signal")
    part = scored.part(relevant)
    return fit_lead(part.scores, leading, part.importance)


def _thresholds(scored: Scored, numbers: NDArray[np.int64]) -> Floats:
    """The probabilities of best F1, on items that neither stage was fitted on."""
    unseen = np.zeros_like(scored.targets)
    for number in np.unique(numbers):
        _progress(f"second stage, fold {number + 1} of {FOLDS}")
        outside = numbers == number
        mixer = scored.part(~outside).mixer()
        unseen[outside] = mixer.probabilities(scored.scores[outside], scored.lengths[outside])
    each = zip(unseen.T, scored.targets.T, strict=True)
    return np.array([best_threshold(p, target, scored.importance) for p, target in each], dtype=np.float32)


def best_threshold(probabilities: Floats, target: Floats, importance: Floats) -> float:
    """The threshold with the best weighted F1."""
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum((target * importance)[order])
    scores = 2 * hits / (np.cumsum(importance[order]) + hits[-1])
    return float(probabilities[order][np.argmax(scores)])


def quantise(table: Floats) -> tuple[NDArray[np.uint32], NDArray[np.int8], Floats]:
    """Columns with a weight, their weights in 8-bit steps, and the size of a step for each output."""
    scales = np.maximum(np.abs(table).max(axis=0), 1e-9).astype(np.float32) / np.float32(127)
    steps = np.rint(table / scales).astype(np.int8)
    columns = np.flatnonzero(steps.any(axis=1)).astype(np.uint32)
    return columns, steps[columns], scales


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.train", description=__doc__)
    add_options(parser)
    parser.add_argument("--out", type=Path, default=DEFAULT_MODEL.parent, help="folder for the model file")
    parser.add_argument("--plain", type=int, help="how many items, from the first, are a plain sample; default: all")
    parser.add_argument("--feedback", type=Path, help="readers' verdicts, as `bot.py verdicts` writes them")
    parser.add_argument("--unseen", type=Path, help="the encoder's answers, made by python -m classifiers.fine_tune")
    options = parser.parse_args(arguments)
    try:
        items = read_material(options)
        feedback = read_feedback(options.feedback) if options.feedback else []
        unseen = read_unseen(options.unseen, [item.text for item in items]) if options.unseen else None
        save_weights(train(items, options.plain, feedback, unseen), options.out / DEFAULT_MODEL.name)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
