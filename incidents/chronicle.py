"""A chronicle of dated sentences, read and located once, with the dated falls of towns to measure by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import jsonl
from classifiers.model import default_model
from classifiers.reader import Reader
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText
from errors import InvalidInput
from incidents.activity import PLACE_FLOOR, Event, Series, by_country, series
from places.gazetteer import Gazetteer
from places.locate import Locator
from places.types import Area, AreaKind, Place, Precision

START = date(2008, 1, 1)  # what is earlier weighs little by 2012
TUNE = (date(2012, 1, 1), date(2022, 1, 1))
TEST = (date(2022, 1, 1), date(2025, 9, 1))
BATCH = 2048


@dataclass(frozen=True, slots=True)
class Landmark:
    """A dated fall of a town. `admin1` as the gazetteer names it, None where it does not know the place.

    `first_in_country`, `first_in_admin1`: none fell there in the thirty days before.
    """

    day: date
    country: str
    admin1: str | None
    first_in_country: bool
    first_in_admin1: bool


@dataclass(frozen=True, slots=True)
class RegionPast:
    """A country or province. `falls` and `targets` (falls that are the first there for thirty days): days as indexes
    from START."""

    area: Area
    centre: Place | None
    falls: NDArray[np.int64]
    targets: NDArray[np.int64]
    events: Sequence[Event]

    def series(self) -> Series:
        """Made anew for each call: of all provinces together they would fill the memory."""
        return series(self.area, self.centre, self.events, START, DAYS)


@dataclass(frozen=True, slots=True)
class Past:
    """`lost`: targets of each part whose region the gazetteer does not know; nothing can foresee them."""

    regions: Sequence[RegionPast]
    lost: Mapping[tuple[date, date], int]


DAYS = (TEST[1] - START).days


def span(part: tuple[date, date]) -> tuple[int, int]:
    """A part of the years as indexes from START: first day, and the one after the last."""
    return (part[0] - START).days, (part[1] - START).days


def events(chronicle: Path, cache: Path | None) -> list[Event]:
    """What the sentences of `chronicle` ({date, text}, JSON lines) tell of conflict, as this project reads them.

    Taken from `cache` where that file exists, else written to it: reading 110,000 sentences takes ten minutes. Raises
    InvalidInput.
    """
    if cache and cache.exists():
        return [_event(row, where) for where, row in jsonl.read(cache)]
    rows = list(_read(chronicle))
    if cache:
        with cache.open("w", encoding="utf-8", newline="\n") as stream:
            jsonl.write(rows, stream)
    return [_event(row, "reading") for row in rows]


def _read(chronicle: Path) -> Iterator[dict[str, Any]]:
    texts: list[ArticleText] = []
    for where, row in jsonl.read(chronicle):
        published = jsonl.parse_time(row.get("date"), where)
        if published is None or not isinstance(row.get("text"), str):
            raise InvalidInput(where, "no date or text", "a sentence with date and text")
        texts.append(ArticleText(row["text"], "", "en", published))
    reader, locator = Reader(default_model()), Locator(Gazetteer.load())
    for start in range(0, len(texts), BATCH):
        yield from _rows(texts[start : start + BATCH], reader, locator)


def _rows(texts: Sequence[ArticleText], reader: Reader, locator: Locator) -> Iterator[dict[str, Any]]:
    for text, reading in zip(texts, reader.read(texts), strict=True):
        if not reading.labels or text.published is None:
            continue
        main = locator.locate(text, reading.language, reading.background).main
        if main is not None and main.confidence >= PLACE_FLOOR:
            day = text.published.date().isoformat()
            yield {"day": day, "signals": [s.value for s in reading.labels], "place": asdict(main.place)}


def _event(row: Mapping[str, Any], where: str) -> Event:
    try:
        place = Place(**{**row["place"], "precision": Precision(row["place"]["precision"])})
        return Event(date.fromisoformat(row["day"]), place, tuple(map(Signal, row["signals"])))
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput(where, f"not a reading: {error}", "a file that --readings wrote") from error


def landmarks(path: Path, gazetteer: Gazetteer) -> list[Landmark]:
    """The falls in `path` ({date, place, country, admin1, kind, first_in_country_30d, first_in_admin1_30d}).

    The file's own codes of provinces are translated by the place's name, else by what most places of that code have.
    """
    rows = [(where, row) for where, row in jsonl.read(path) if row.get("kind") == "fall"]
    locator = Locator(gazetteer)
    found = [_provinces(row, locator) for _, row in rows]
    by_code: dict[str, Counter[str]] = defaultdict(Counter)
    for (_, row), names in zip(rows, found, strict=True):
        by_code[str(row.get("admin1"))].update(names)
    marks = []
    for (where, row), names in zip(rows, found, strict=True):
        day = jsonl.parse_time(row.get("date"), where)
        if day is None or not row.get("country"):
            raise InvalidInput(where, "no date or country", "a fall with date and country")
        common = by_code[str(row.get("admin1"))].most_common(1)
        admin1 = names[0] if names else common[0][0] if common else None
        first = bool(row.get("first_in_country_30d")), bool(row.get("first_in_admin1_30d"))
        marks.append(Landmark(day.date(), row["country"], admin1, *first))
    return marks


def _provinces(row: Mapping[str, Any], locator: Locator) -> list[str]:
    """Provinces of the places that the name may mean ("Shuqra/Zinjibar", "Benghazi base"), in the row's country."""
    name, country = str(row.get("place", "")), row.get("country")
    named = [
        next((p for p in locator.gazetteer.lookup(part.strip()) if p.country == country), None)
        for part in name.split("/")
    ]
    spoken = [r.place for r in locator.geoparse(name, "en") if r is not None]
    return [p.admin1 for p in [*named, *spoken] if p is not None and p.country == country and p.admin1]


def past(chronicle: Path, landmarks_file: Path, cache: Path | None) -> tuple[Past, Past]:
    """All countries, and all provinces, that the chronicle or a landmark names."""
    gazetteer = Gazetteer.load()
    marks = landmarks(landmarks_file, gazetteer)
    found = by_country(event for event in events(chronicle, cache) if event.day >= START)
    found.pop("XZ", None)
    codes = sorted({*found, *(mark.country for mark in marks)})
    countries = [_country(code, found.get(code, []), marks) for code in codes]
    named = {(e.place.country, e.place.admin1) for of in found.values() for e in of if e.place.admin1}
    named |= {(mark.country, mark.admin1) for mark in marks if mark.admin1}
    provinces = [_province(code, str(admin1), found.get(code, []), marks, gazetteer) for code, admin1 in sorted(named)]
    lost = {part: sum(m.first_in_admin1 and m.admin1 is None for m in _within(marks, part)) for part in (TUNE, TEST)}
    return Past(countries, {TUNE: 0, TEST: 0}), Past(provinces, lost)


def _within(marks: Iterable[Landmark], part: tuple[date, date]) -> list[Landmark]:
    return [mark for mark in marks if part[0] <= mark.day < part[1]]


def _country(code: str, of: Sequence[Event], marks: Sequence[Landmark]) -> RegionPast:
    own = [mark for mark in marks if mark.country == code]
    area = Area(AreaKind.COUNTRY, code, code)
    return RegionPast(area, None, _days(own), _days([m for m in own if m.first_in_country]), of)


def _province(
    code: str, admin1: str, of: Sequence[Event], marks: Sequence[Landmark], gazetteer: Gazetteer
) -> RegionPast:
    own = [mark for mark in marks if (mark.country, mark.admin1) == (code, admin1)]
    area = Area(AreaKind.ADMIN1, admin1, code, admin1)
    centre = gazetteer.place(f"a1:{code}/{admin1}")
    return RegionPast(area, centre, _days(own), _days([m for m in own if m.first_in_admin1]), of)


def _days(marks: Sequence[Landmark]) -> NDArray[np.int64]:
    return np.array(sorted((mark.day - START).days for mark in marks), dtype=np.int64)
