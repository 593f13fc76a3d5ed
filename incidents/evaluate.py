"""Measure fusing: `python -m incidents.evaluate CLUSTERS [--replayed incidents.jsonl] [--gold-places] [--shuffles N]`.

CLUSTERS holds items `{id, date, title, summary, incident, place, country}`; items whose incident is null are fused but
not counted. Without `--replayed` the items are read, located and fused here, as `bot.py replay` would; `--gold-places`
takes place and country from the file, so that fusing is measured apart from finding places. Prints B-cubed
precision, recall and F1, the latter with its 95 % interval.
"""

import argparse
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonl
from classifiers.model import default_model
from classifiers.reader import Reader
from classifiers.types import ArticleText
from errors import InvalidInput
from feeds.types import Article, PublisherKind, Reliability, Source
from incidents.bcubed import Clustering, bcubed, interval
from incidents.fuse import fuse
from incidents.types import Incident, Report
from places.gazetteer import Gazetteer
from places.locate import Locator
from places.types import Located, Mention, Place, Resolution

_SOURCE = Source("evaluation", "Evaluation", PublisherKind.INTERNATIONAL, Reliability.F, "publisher:evaluation")


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: ArticleText
    published: datetime
    incident: str | None
    place: str | None
    country: str | None


def read_items(path: Path) -> list[Item]:
    """Raises InvalidInput naming the line that lacks something."""
    return [item_of(row, where) for where, row in jsonl.read(path)]


def item_of(row: Mapping[str, Any], where: str) -> Item:
    published = jsonl.parse_time(row.get("published") or row.get("date"), where)
    if published is None or not row.get("id") or not row.get("title"):
        raise InvalidInput(where, "no id, title or date", "an item with id, title and date")
    text = ArticleText(row["title"], row.get("summary") or "", row.get("language") or row.get("lang"), published)
    return Item(str(row["id"]), text, published, row.get("incident"), row.get("place"), row.get("country"))


def reports_of(
    items: Sequence[Item], reader: Reader, locate: Callable[[Item, str, Sequence[tuple[int, int]]], Located]
) -> list[Report]:
    """One report for each item, its number as the article's id."""
    readings = reader.read([item.text for item in items])
    return [
        Report(_article(number, item), reading, locate(item, reading.language, reading.background))
        for number, (item, reading) in enumerate(zip(items, readings, strict=True), 1)
    ]


def _article(number: int, item: Item) -> Article:
    return Article(
        id=number,
        key=item.id,
        version=1,
        feed_url="",
        source=replace(_SOURCE, independence=f"publisher:{number}"),
        title=item.text.title,
        summary=item.text.summary,
        link=None,
        published=item.published,
        fetched=item.published,
        language=item.text.language,
    )


def gold_place(item: Item, found: Located, gazetteer: Gazetteer) -> Located:
    """The place that the file gives, found by name in its country; else the country; else what was found."""
    named = [p for p in gazetteer.lookup(item.place) if p.country == item.country] if item.place else []
    place = named[0] if named else _country(item, gazetteer)
    if place is None:
        return found
    span = found.main.mention if found.main else Mention(0, 0, place.name)
    return Located(Resolution(span, place, 1.0, "as labelled"), found.others)


def _country(item: Item, gazetteer: Gazetteer) -> Place | None:
    return gazetteer.country(item.country) if item.country else None


def cluster(reports: Sequence[Report]) -> dict[str, int]:
    """Fuse the reports one after the other; for each article's key the incident it ended up in."""
    incidents: dict[int, Incident] = {}
    for report in reports:
        fusion = fuse(report, list(incidents.values()), report.article.published)
        if fusion is None:
            continue
        for change in (fusion, *fusion.others):
            number = change.incident.id or len(incidents) + 1
            incidents[number] = replace(change.incident, id=number)
    standing = {number: incident for number, incident in incidents.items() if incident.merged_into is None}
    keys = {report.article.id: report.article.key for report in reports}
    return {keys[w.article_id]: number for number, incident in standing.items() for w in incident.witnesses}


def replayed(path: Path) -> dict[str, int]:
    """The clustering in a replay's incidents.jsonl."""
    return {str(article): row["incident"] for _, row in jsonl.read(path) for article in row["articles"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--replayed", type=Path, help="incidents.jsonl of a replay of these items")
    parser.add_argument("--gold-places", action="store_true", help="take place and country from the file")
    parser.add_argument("--shuffles", type=int, default=0, help="also fuse in so many random orders")
    arguments = parser.parse_args()
    try:
        items = read_items(arguments.clusters)
        gold = {item.id: item.incident for item in items if item.incident is not None}
        if arguments.replayed:
            _print("replayed", gold, replayed(arguments.replayed))
            return
        reports = _read(items, arguments.gold_places)
    except InvalidInput as error:
        sys.exit(str(error))
    _print("in order", gold, cluster(reports))
    for seed in range(1, arguments.shuffles + 1):
        shuffled = random.Random(seed).sample(reports, len(reports))
        _print(f"shuffled {seed}", gold, cluster(shuffled))


def _read(items: Sequence[Item], gold_places: bool) -> list[Report]:
    locator = Locator(Gazetteer.load())

    def locate(item: Item, language: str, background: Sequence[tuple[int, int]]) -> Located:
        found = locator.locate(item.text, language, background)
        return gold_place(item, found, locator.gazetteer) if gold_places else found

    return reports_of(items, Reader(default_model()), locate)


def _print(name: str, gold: Clustering, found: Clustering) -> None:
    figures, spread = bcubed(gold, found), interval(gold, found)
    sys.stdout.write(
        f"{name}: {len(gold)} items in {len(set(gold.values()))} incidents, {sum(i in found for i in gold)} fused: "
        f"B-cubed precision {figures.precision:.3f} recall {figures.recall:.3f} F1 {figures.f1:.3f} "
        f"[{spread.low:.3f}, {spread.high:.3f}]\n"
    )


if __name__ == "__main__":
    main()
