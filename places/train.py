"""Fits the weights of `places.main_place`: `python -m places.train --labelled train.jsonl.gz [--out FILE]`.

A conditional logit over the places named in each relevant item, L2-regularised, by full-batch gradient descent:
among the candidates of an item, those that are the labelled place (or, where no place is labelled, lie in the labelled
country) share the probability. Deterministic.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import jsonl
from errors import InvalidInput
from places.evaluate import Reader, default_reader, named_rightly, text_of
from places.gazetteer import Gazetteer
from places.locate import Locator
from places.main_place import WEIGHTS_PATH, Candidate
from places.tokens import tokenise

STEPS, RATE, RIDGE = 400, 0.5, 2e-4
MIN_ITEMS = 5  # traits seen in fewer items are left out


@dataclass(frozen=True, slots=True)
class Example:
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


def examples(rows: Sequence[dict[str, Any]], locator: Locator, read: Reader) -> list[Example]:
    """Items with at least two candidates of which some, not all, are right."""
    result = []
    for row in rows:
        if not row.get("relevant") or not row.get("country"):
            continue
        text = text_of(row)
        language, background = read(text)
        tokens = tokenise(text.joined)
        choices = locator.read(text, tokens, language)
        candidates = locator.main_place.candidates(choices, tokens, background, text.home)
        right = tuple(_right(candidate, row, locator) for candidate in candidates)
        if any(right) and not all(right):
            result.append(Example(tuple(candidates), right))
    return result


def _right(candidate: Candidate, row: dict[str, Any], locator: Locator) -> bool:
    place = locator.gazetteer.place_at(candidate.row)
    gold = row.get("place") or row.get("place_original")
    if place.country != row["country"]:
        return False
    if not gold:
        return True
    mention = candidate.choice.found.mention.name
    return named_rightly(gold, row["country"], place, mention, locator.gazetteer)


def fit(items: Sequence[Example]) -> dict[str, float]:
    """The weight of each trait, rounded to three places; traits that do not matter are left out."""
    names = sorted({name for item in items for candidate in item.candidates for name in candidate.traits})
    seen = {name: sum(any(name in c.traits for c in item.candidates) for item in items) for name in names}
    names = [name for name in names if seen[name] >= MIN_ITEMS]
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((sum(len(item.candidates) for item in items), len(names)))
    group = np.repeat(np.arange(len(items)), [len(item.candidates) for item in items])
    right = np.array([flag for item in items for flag in item.right], dtype=float)
    for line, candidate in enumerate(c for item in items for c in item.candidates):
        for name, value in candidate.traits.items():
            if name in column:
                x[line, column[name]] = value
    weights = _descend(x, right, group)
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True) if abs(w) >= 0.005}


def _descend(x: NDArray[Any], right: NDArray[Any], group: NDArray[Any]) -> NDArray[Any]:
    """Adam on the negative log-likelihood of the right candidates."""
    weights = np.zeros(x.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    count = group.max() + 1
    for step in range(1, STEPS + 1):
        share = _softmax(x @ weights, group, count)
        target = share * right
        target /= np.maximum(np.bincount(group, target, count)[group], 1e-12)
        slope = x.T @ (share - target) / count + RIDGE * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        pace = RATE * 0.2 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights = weights - pace * (1 - step / (STEPS + 1))
    return weights


def _softmax(scores: NDArray[Any], group: NDArray[Any], count: int) -> NDArray[Any]:
    top = np.full(count, -np.inf)
    np.maximum.at(top, group, scores)
    raised = np.exp(scores - top[group])
    return np.asarray(raised / np.bincount(group, raised, count)[group])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS_PATH)
    options = parser.parse_args(arguments)
    try:
        rows = [row for path in options.labelled for _, row in jsonl.read(path)]
        items = examples(rows, Locator(Gazetteer.load(), weights={}), default_reader())
        if not items:
            raise InvalidInput(
                str(options.labelled[0]), "no item to learn from", "relevant items with country and place"
            )
        weights = fit(items)
    except InvalidInput as error:
        print(error, file=sys.stderr)
        return 2
    note = f"conditional logit over {len(items)} labelled items; see places/main_place.py"
    options.out.write_text(json.dumps({"note": note, "weights": weights}, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
