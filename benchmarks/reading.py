"""How fast items are read and located: `python -m benchmarks.reading FILE [--runs 5] [--encoder]` (JSON lines or .gz).

One process, one thread (OPENBLAS_NUM_THREADS=1). Prints items per second of processor time for each step: at first
sight, when every word is new; then the median of the runs and their range. `bot.py classify` locates every item, the
bot only what it takes for relevant. The baseline, measured in the same runs since machines differ and are noisy, is
what any linear text model needs at least: hashing the word pairs of the same texts with scikit-learn.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import HashingVectorizer

import jsonl
from classifiers.model import default_model
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
    parser.add_argument("--encoder", action="store_true", help="ask the sentence encoder, too")
    arguments = parser.parse_args()
    items = texts(arguments.file)
    reader, locator = Reader(default_model(encoder=arguments.encoder)), Locator(Gazetteer.load())
    hashing = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)

    def assess(*, everything: bool) -> None:
        for text, reading in zip(items, reader.read(items), strict=True):
            if everything or reading.relevant:
                locator.locate(text, reading.language, reading.background)

    steps: dict[str, Callable[[], object]] = {
        "baseline: hash word pairs": lambda: hashing.transform([text.joined for text in items]),
        "read and locate": lambda: assess(everything=True),
        "read, locate what is relevant": lambda: assess(everything=False),
        "read": lambda: reader.read(items),
    }
    first = len(items) / seconds(steps["read and locate"])
    rates: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(arguments.runs):
        for name, step in steps.items():
            rates[name].append(len(items) / seconds(step))
    print(f"{len(items)} items, {arguments.runs} runs, items per second (median, lowest to highest)")
    print(f"{'read and locate, first sight':30} {first:8.0f}")
    for name, found in rates.items():
        print(f"{name:30} {statistics.median(found):8.0f}   {min(found):.0f} to {max(found):.0f}")


def seconds(step: Callable[[], object]) -> float:
    """Of processor time, which others on the machine take less from than from the clock's."""
    began = time.process_time()
    step()
    return time.process_time() - began


if __name__ == "__main__":
    main()
