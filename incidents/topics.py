"""Pairs of a chronicle's entries, by the topics they stand under, and the weights fitted on them as well.

`python -m incidents.topics --chronicle FILE --out OTHER.json [--leave-out 2023-01]`: FILE holds entries {date, text,
section, topics}, the finest topic last. Most topics are wars; those called after an event of some year, with entries of
a few days, are events. Weights as they are (likeness.json) are drawn to them. docs/decisions/0005-fusing.md tells why
those weights are not in use.
"""

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonl
from classifiers.model import default_model
from classifiers.reader import Reader
from errors import InvalidInput
from incidents.evaluate import item_of, reports_of
from incidents.fuse import makes_news, witness_of
from incidents.pairs import Pair
from incidents.similarity import default_weights
from incidents.train import features, fit
from incidents.types import Witness
from places.gazetteer import Gazetteer
from places.locate import Locator

LASTS = timedelta(days=4)  # a topic whose entries are further apart is no event
NEAR = timedelta(days=3)
_EVENT = re.compile(
    r"\b(?:19|20)\d\d\b.*\b(?:attacks?|bombings?|massacre|shootings?|clashes|raid|(?:air)?strikes?|siege|killings?"
    r"|assassination|explosion|ambush|shelling|stabbing)\b",
    re.IGNORECASE,
)


def under_events(rows: Sequence[tuple[str, Mapping[str, Any]]]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """The entries on armed conflict that stand with others under an event, as (topic, where the row is, row)."""
    topics: defaultdict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for where, row in rows:
        topic = next(iter(reversed(row.get("topics") or ())), "")
        if "conflict" in (row.get("section") or "").casefold() and _EVENT.search(topic):
            topics[topic].append((where, row))
    return [
        (topic, where, row)
        for topic, told in topics.items()
        if len(told) > 1 and _span([row for _, row in told]) <= LASTS
        for where, row in told
    ]


def pairs_of(told: Sequence[tuple[str, Witness]]) -> Iterator[Pair]:
    """Entries of one topic are one event; those of two topics in one country, NEAR each other, are two."""
    told = sorted(told, key=lambda one: one[1].published)
    for at, (topic, left) in enumerate(told):
        for other, right in told[at + 1 :]:
            if right.published - left.published > NEAR:
                break
            if topic == other or _country(left) == _country(right) is not None:
                yield Pair(left, right, topic == other)


def _span(rows: Sequence[Mapping[str, Any]]) -> timedelta:
    days = [jsonl.parse_time(row["date"], "date") for row in rows]
    known = [day for day in days if day is not None]
    return max(known) - min(known) if known else timedelta.max


def _country(witness: Witness) -> str | None:
    return witness.place.country if witness.place else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--chronicle", type=Path, required=True, help="entries, JSON lines, plain or .gz")
    parser.add_argument("--leave-out", default="-", help="start of the dates to leave out, such as 2023-01")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    locator = Locator(Gazetteer.load())
    try:
        rows = [r for r in jsonl.read(arguments.chronicle) if not str(r[1]["date"]).startswith(arguments.leave_out)]
        entries = under_events(rows)
        items = [item_of({**row, "id": where, "title": row["text"]}, where) for _, where, row in entries]
    except InvalidInput as error:
        sys.exit(str(error))
    reports = reports_of(
        items, Reader(default_model()), lambda item, language, aside: locator.locate(item.text, language, aside)
    )
    told = [
        (topic, witness_of(report, report.article.published))
        for (topic, _, _), report in zip(entries, reports, strict=True)
        if makes_news(report)
    ]
    matrix, one = features(list(pairs_of(told)))
    weights = fit(matrix, one, default_weights())
    arguments.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(told)} entries, {len(one)} pairs, {int((one > 0).sum())} of one event\n")


if __name__ == "__main__":
    main()
