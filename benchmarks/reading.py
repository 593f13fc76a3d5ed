"""How fast items are read and located: `python -m benchmarks.reading FILE [--runs 5]` (JSON lines, plain or .gz).

One process, one thread. Prints items per second for each step: the median of the runs and their range. The baseline,
measured in the same runs since machines differ and are noisy, is what any linear text model needs at least: hashing
the word pairs of the same texts with scikit-learn.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import HashingVectorizer

import jsonl
from classifiers.model import LinearModel
from classifiers.reader import Reader
from classifiers.types import ArticleText
from places.gazetteer import Gazetteer
from places.locate import Locator


def texts(path: Path) -> list[ArticleText]:
    return [
        ArticleText(row.get("title") or "", row.get("summary") or "", row.get("language") or row.get("lang"))
        for _, row in jsonl.read(path)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    items = texts(arguments.file)
    reader, locator = Reader(LinearModel.load()), Locator(Gazetteer.load())
    hashing = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)

    def read_and_locate() -> None:
        for text, reading in zip(items, reader.read(items), strict=True):
            locator.locate(text, reading.language, reading.background)

    steps: dict[str, Callable[[], object]] = {
        "baseline: hash word pairs": lambda: hashing.transform([text.joined for text in items]),
        "read": lambda: reader.read(items),
        "read and locate": read_and_locate,
    }
    rates: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(arguments.runs):
        for name, step in steps.items():
            began = time.perf_counter()
            step()
            rates[name].append(len(items) / (time.perf_counter() - began))
    print(f"{len(items)} items, {arguments.runs} runs, items per second (median, lowest to highest)")
    for name, found in rates.items():
        print(f"{name:28} {statistics.median(found):8.0f}   {min(found):.0f} to {max(found):.0f}")


if __name__ == "__main__":
    main()
