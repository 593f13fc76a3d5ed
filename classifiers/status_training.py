"""Train the status model: python -m classifiers.status_training --corpus FILE [...] --unseen FILE [--labels ...]."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from classifiers.actors import find_actor
from classifiers.analysis import Analyst
from classifiers.corpus import LabelledItem
from classifiers.material import INVENTED, add_options, read_material
from classifiers.scoring import Floats
from classifiers.status_model import DEFAULT_STATUS_MODEL, STATUSES, StatusWeights, log_probabilities, save_status
from classifiers.status_traits import status_traits
from classifiers.taxonomy import Status
from classifiers.unseen import read_unseen
from classifiers.weights import OUTPUTS
from errors import InvalidInput, TocsinError

STRENGTH = 0.02  # inverse of the penalty on large weights
MIN_OCCURRENCES = 3
INVENTED_WEIGHT = 0.3  # beside a real item: attribution is said more plainly in them
SPOKEN_WEIGHT = 1.7  # of items not told as fact, which are a fourth: a claim taken for a fact is the worse mistake


def train_status(items: Sequence[LabelledItem], answers: Floats) -> StatusWeights:
    """Fit on the relevant items that carry a status; `answers` (items, statuses) are those of an encoder that was not
    taught with the item. Deterministic. Raises InvalidInput without each status."""
    chosen = [place for place, item in enumerate(items) if item.status is not None]
    told = [items[place] for place in chosen]
    targets = np.array([STATUSES.index(item.status) for item in told if item.status is not None])
    if len(set(targets.tolist())) < len(STATUSES):
        raise InvalidInput("corpus", "some status never occurs", "items of every status")
    analyst = Analyst()
    found = [_item_traits(analyst, item) for item in told]
    occurrences = Counter(trait for traits in found for trait in traits)
    names = sorted(trait for trait, count in occurrences.items() if count >= MIN_OCCURRENCES)
    places = {name: place for place, name in enumerate(names)}
    rows = np.zeros((len(found), len(names)), dtype=np.float32)
    for row, traits in zip(rows, found, strict=True):
        row[[places[trait] for trait in traits if trait in places]] = 1
    importance = np.array([INVENTED_WEIGHT if item.source == INVENTED else 1.0 for item in told])
    importance[targets != STATUSES.index(Status.REPORTED)] *= SPOKEN_WEIGHT
    weights, bias = _fit(rows, targets, importance)
    both, answered_bias = _fit(np.hstack([rows, log_probabilities(answers[chosen])]), targets, importance)
    return StatusWeights(np.array(names), weights, bias, both[: len(names)], answered_bias, both[len(names) :])


def _fit(rows: Floats, targets: NDArray[np.int64], importance: NDArray[np.float64]) -> tuple[Floats, Floats]:
    model = LogisticRegression(C=STRENGTH, max_iter=1000).fit(rows, targets, sample_weight=importance)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def _item_traits(analyst: Analyst, item: LabelledItem) -> frozenset[str]:
    text = item.text.joined
    language = analyst.language(text, item.text.language)
    analysis = analyst.analyse(text, language, analyst.background(text, language, item.text.published))
    actor = find_actor(analysis.passage, analysis.mentions, analysis.concepts).actor
    return status_traits(
        analysis.passage, analysis.mentions, analysis.utterances, analysis.concepts, item.signals, actor
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m classifiers.status_training", description=__doc__)
    add_options(parser)
    parser.add_argument("--unseen", type=Path, required=True, help="answers made by python -m classifiers.fine_tune")
    parser.add_argument("--out", type=Path, default=DEFAULT_STATUS_MODEL, help="the file to write")
    options = parser.parse_args(arguments)
    try:
        items = read_material(options)
        unseen = read_unseen(options.unseen, [item.text for item in items])
        save_status(train_status(items, unseen.answers[:, len(OUTPUTS) :]), options.out)
    except TocsinError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
