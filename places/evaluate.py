"""Measures this folder: `python -m places.evaluate --labelled dev.jsonl --geoparse geoparse-lgl.jsonl.gz ...`.

Country and main place over the items labelled relevant (so that no classifier's errors count here), accuracy within
161 km over gold mentions that have coordinates and fitting offsets; 95 % intervals by bootstrap over items. Main place
is right where its name is the labelled one's or a gazetteer place of the labelled name lies within 25 km.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonl
from classifiers.background import spans
from classifiers.language import detect
from classifiers.types import ArticleText
from errors import InvalidInput
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.locate import Locator
from places.text import fold
from places.types import Located, Place

NEAR_MAIN_KM, NEAR_MENTION_KM = 25.0, 161.0
RESAMPLES = 1000
Reader = Callable[[ArticleText], tuple[str | None, Sequence[tuple[int, int]]]]


@dataclass(frozen=True, slots=True)
class Score:
    """Right and counted answers, one pair for each item."""

    name: str
    items: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        right, total = (sum(values) for values in zip(*self.items, strict=True)) if self.items else (0, 0)
        low, high = interval(self.items)
        return f"{self.name:34} {right / max(1, total):.3f}  [{low:.3f}, {high:.3f}]  {right}/{total}"


def interval(items: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The 95 % bootstrap interval of the share of right answers, items drawn with replacement."""
    if not items:
        return 0.0, 0.0
    draw = random.Random(0)  # a fixed seed, so that the table can be repeated
    shares = []
    for _ in range(RESAMPLES):
        sample = draw.choices(items, k=len(items))
        shares.append(sum(right for right, _ in sample) / max(1, sum(total for _, total in sample)))
    shares.sort()
    return shares[int(0.025 * RESAMPLES)], shares[int(0.975 * RESAMPLES)]


def text_of(row: dict[str, Any]) -> ArticleText:
    language = row.get("language", row.get("lang"))
    return ArticleText(row["title"] or "", row.get("summary") or "", language, _published(row), row.get("home"))


def _published(row: dict[str, Any]) -> datetime | None:
    """None where the label carries no date, or one of another form."""
    try:
        return jsonl.parse_time(row.get("published", row.get("date")), "date")
    except InvalidInput:
        return None


def main_is_right(gold: str, country: str | None, located: Located, gazetteer: Gazetteer) -> bool:
    """Whether the main place is the labelled one."""
    if located.main is None:
        return False
    return named_rightly(gold, country, located.main.place, located.main.mention.name, gazetteer)


def named_rightly(gold: str, country: str | None, place: Place, mention: str, gazetteer: Gazetteer) -> bool:
    """Whether a place is meant by the label: by one of its names, or near a place of that name in that country."""
    if fold(gold) in {fold(place.name), fold(mention)}:
        return True
    named = [p for p in gazetteer.lookup(gold) if country is None or p.country == country]
    return any(p.id == place.id or _near(p, place) for p in named)


def _near(a: Place, b: Place) -> bool:
    fine = a.precision is b.precision or "country" not in (a.precision, b.precision)
    return fine and distance_km(a.lat, a.lon, b.lat, b.lon) <= NEAR_MAIN_KM


def evaluate_labelled(
    rows: Sequence[dict[str, Any]], locator: Locator, read: Reader
) -> tuple[list[Score], list[tuple[str, dict[str, Any], Located]]]:
    """The scores and the misses: which measure, the item, what was found."""
    country: list[tuple[int, int]] = []
    by_language: dict[str, list[tuple[int, int]]] = {}
    main: list[tuple[int, int]] = []
    misses = []
    for row in rows:
        if not row.get("relevant"):
            continue
        text = text_of(row)
        language, background = read(text)
        located = locator.locate(text, language, background)
        found = located.main.place.country if located.main else None
        if row.get("country"):
            right = found == row["country"]
            country.append((right, 1))
            by_language.setdefault(text.language or "?", []).append((right, 1))
            if not right:
                misses.append(("country", row, located))
        if row.get("place") and text.language == "en" and not row.get("translated"):
            right = main_is_right(row["place"], row.get("country"), located, locator.gazetteer)
            main.append((right, 1))
            if not right:
                misses.append(("place", row, located))
    scores = [Score("country", tuple(country)), Score("main place (en)", tuple(main))]
    scores += [Score(f"country, {language}", tuple(items)) for language, items in sorted(by_language.items())]
    return scores, misses


def evaluate_geoparse(
    name: str, rows: Sequence[dict[str, Any]], locator: Locator
) -> tuple[Score, list[tuple[dict[str, Any], dict[str, Any], Any]]]:
    """Accuracy at 161 km over the gold mentions that have coordinates, and the misses."""
    items, misses = [], []
    for row in rows:
        text = row.get("body") or row["text"]  # offsets count from the body where there is one
        gold = [t for t in row["toponyms"] if t.get("lat") not in (None, "")]
        gold = [t for t in gold if text[t["start"] : t["end"]] == t["phrase"]]  # a few offsets have slipped
        if not gold:
            continue
        answers = locator.geoparse(text, row.get("lang"), [(t["start"], t["end"]) for t in gold])
        right = 0
        for toponym, answer in zip(gold, answers, strict=True):
            point = float(toponym["lat"]), float(toponym["lon"])
            near = answer and distance_km(answer.place.lat, answer.place.lon, *point) <= NEAR_MENTION_KM
            right += bool(near)
            if not near:
                misses.append((row, toponym, answer))
        items.append((right, len(gold)))
    return Score(f"accuracy@161 km, {name}", tuple(items)), misses


def default_reader() -> Reader:
    """Language and background as the bot itself reads them."""

    def read(text: ArticleText) -> tuple[str | None, Sequence[tuple[int, int]]]:
        language = detect(text.joined, text.language)
        return language, spans(text.joined, language, text.published)

    return read


def speed(rows: Sequence[dict[str, Any]], locator: Locator, read: Reader) -> float:
    """Items a second of processor time on one core, recognising and resolving only."""
    texts = [(text_of(row), *read(text_of(row))) for row in rows]
    start = time.process_time()
    for text, language, background in texts:
        locator.locate(text, language, background)
    return len(texts) / (time.process_time() - start)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, nargs="*", default=[])
    parser.add_argument("--geoparse", type=Path, nargs="*", default=[])
    options = parser.parse_args(arguments)
    try:
        locator, read = Locator(Gazetteer.load()), default_reader()
        for path in options.labelled:
            rows = [row for _, row in jsonl.read(path)]
            for score in evaluate_labelled(rows, locator, read)[0]:
                print(score)
            print(f"{'items a second':34} {speed(rows, locator, read):.0f}")
        for path in options.geoparse:
            print(evaluate_geoparse(path.name.split(".")[0], [row for _, row in jsonl.read(path)], locator)[0])
    except InvalidInput as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
