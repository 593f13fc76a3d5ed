"""Fit the weights of likeness: `python -m incidents.train --corpus FILE [--leave-out 2023-01] [--out FILE]`.

FILE holds labelled items {id, date, lang, title, summary, source, relevant, signals, place, country}. They are read and
located as the bot does it, paired by their labels (incidents.pairs), and a logistic regression is fitted whose
weights are drawn to a table set by hand (PRIOR) and may not change its signs: pairs made by rule teach how much words
and tolls count, but little about places, by which they were made. Prints the weights as they go into likeness.json.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

import jsonl
from classifiers.model import default_model
from classifiers.reader import Reader
from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.evaluate import Item, item_of, reports_of
from incidents.fuse import makes_news, witness_of
from incidents.pairs import Labelled, Pair, pairs
from incidents.similarity import BIAS, FEATURES, WEIGHTS_FILE, likeness
from places.gazetteer import Gazetteer
from places.locate import Locator

# Log-odds; chosen by hand for readability, then rounded.
PRIOR: Mapping[str, float] = {
    "place": 1.8,
    "named": 1.2,
    "main_named": 0.0,
    "title": 4.5,
    "words": 5.0,
    "concepts": 0.0,
    "same_actor": 0.4,
    "same_toll": 0.6,
    "lead": 0.3,
    "other_actor": -0.4,
    "days": -1.2,
    "kinds": -3.0,
    "another": -3.6,
    "tolls": -1.8,
    BIAS: -2.7,
}
AGAINST = frozenset({"other_actor", "days", "kinds", "another", "tolls"})
PULL = 10.0  # how strongly weights are drawn to the prior: so many pairs' worth

CHRONICLES = frozenset({"wikipedia_current_events"})

Array = npt.NDArray[np.float64]


def labelled(rows: Sequence[tuple[str, dict[str, Any]]], reader: Reader, locator: Locator) -> Iterator[Labelled]:
    """The relevant originals with country and day that make news to the bot as well."""
    rows = [(where, row) for where, row in rows if _usable(row)]
    items = [item_of(row, where) for where, row in rows]

    def locate(item: Item, language: str, background: Sequence[tuple[int, int]]) -> Any:
        return locator.locate(item.text, language, background)

    for (_, row), item, report in zip(rows, items, reports_of(items, reader, locate), strict=True):
        if makes_news(report):
            yield Labelled(
                witness=witness_of(report, item.published),
                place=row.get("place"),
                country=row["country"],
                lead=Signal(row["signals"][0]),
                text=item.text.joined,
                chronicle=row.get("source") in CHRONICLES,
            )


def _usable(row: Mapping[str, Any]) -> bool:
    dated = len(str(row.get("date") or "")) == len("2023-01-31")
    return bool(
        row.get("relevant") and row.get("country") and dated and row["date"][4] == "-" and not row.get("translated")
    )


def features(found: Sequence[Pair]) -> tuple[Array, Array]:
    """Rows of features with a one for the bias, and 1 or -1 for one event or two; pairs beyond comparison left out."""
    compared = [(pair, like) for pair in found if (like := likeness(pair.left, pair.right)) is not None]
    rows = [[*(getattr(like, name) for name in FEATURES), 1.0] for _, like in compared]
    return np.array(rows, dtype=float), np.array([1.0 if pair.one else -1.0 for pair, _ in compared])


def fit(rows: Array, one: Array, prior: Mapping[str, float] = PRIOR) -> dict[str, float]:
    """Weights by name, to two decimals: penalised maximum likelihood, each weight on its side of zero."""
    start = np.array([prior[name] for name in (*FEATURES, BIAS)])

    def loss(weights: Array) -> tuple[float, Array]:
        margins = (rows @ weights) * one
        missed = 1.0 / (1.0 + np.exp(np.clip(margins, -500, 500)))
        gradient = -(rows.T @ (missed * one)) + 2 * PULL * (weights - start)
        return float(np.logaddexp(0, -margins).sum() + PULL * ((weights - start) ** 2).sum()), gradient

    sides = [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES]
    found = minimize(loss, start, jac=True, bounds=[*sides, (None, None)], method="L-BFGS-B").x
    return {name: round(float(weight), 2) for name, weight in zip((*FEATURES, BIAS), found, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, required=True, help="labelled items, JSON lines, plain or .gz")
    parser.add_argument("--leave-out", default="-", help="start of the dates to leave out, such as 2023-01")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FILE)
    arguments = parser.parse_args()
    locator = Locator(Gazetteer.load())
    try:
        rows = [r for r in jsonl.read(arguments.corpus) if not str(r[1].get("date")).startswith(arguments.leave_out)]
        items = list(labelled(rows, Reader(default_model()), locator))
    except InvalidInput as error:
        sys.exit(str(error))
    matrix, one = features(list(pairs(items)))
    weights = fit(matrix, one)
    arguments.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(items)} reports, {len(one)} pairs, {int((one > 0).sum())} of one event\n")
    sys.stdout.write(json.dumps(weights, indent=1) + "\n")


if __name__ == "__main__":
    main()
