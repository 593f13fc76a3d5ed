"""Count how common words are in news of conflict: `python -m incidents.weigh_words --corpus FILE...`.

Takes labelled items ({title, summary, language, relevant, published}) and chronicle sentences ({text, section, date}).
A word's share is the largest share of one language's texts that contain its stem, so that French articles are as common
as English ones whatever the corpus holds.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonl
from incidents.words import RAREST, plain_words, stem

FEWEST_TEXTS = 100  # of a language, to count its words


def texts(rows: Iterator[tuple[str, dict[str, Any]]], leave_out: str) -> Iterator[tuple[str, str]]:
    """(language, text) of every row about conflict whose date does not start with `leave_out`."""
    for _, row in rows:
        if str(row.get("published") or row.get("date") or "").startswith(leave_out):
            continue
        if "text" in row:
            if "conflict" in str(row.get("section", "")).lower():
                yield "en", str(row["text"])
        elif row.get("relevant"):
            language = str(row.get("language") or row.get("lang") or "")
            yield language, f"{row.get('title') or ''}\n{row.get('summary') or ''}"


def shares(found: Iterator[tuple[str, str]]) -> Mapping[str, float]:
    """For each stem the largest share of a language's texts that hold it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    for language, text in found:
        sizes[language] += 1
        counts[language].update({stem(word) for word in plain_words(text)})
    largest: dict[str, float] = {}
    for language, counter in counts.items():
        if sizes[language] < FEWEST_TEXTS:
            continue
        for word, count in counter.items():
            largest[word] = max(largest.get(word, 0.0), count / sizes[language])
    return largest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--corpus", type=Path, nargs="+", required=True, help="JSON lines, plain or .gz")
    parser.add_argument("--leave-out", default="-", help="start of the dates to leave out, such as 2023-01")
    arguments = parser.parse_args()
    found = (text for path in arguments.corpus for text in texts(jsonl.read(path), arguments.leave_out))
    for word, share in sorted(shares(found).items()):
        if share > RAREST:
            sys.stdout.write(f"{word}\t{share:.4f}\n")


if __name__ == "__main__":
    main()
