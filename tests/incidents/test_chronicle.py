"""The chronicle that the level is measured with."""

import json
from datetime import date
from pathlib import Path

import pytest

from classifiers.taxonomy import Signal
from errors import InvalidInput
from incidents.chronicle import START, Landmark, events, landmarks, past
from places.gazetteer import Gazetteer

SENTENCES = [
    {"date": "2024-03-01", "text": "Rebels capture the town of Walikale in North Kivu after clashes with the army."},
    {"date": "2024-03-01", "text": "A film about cooking wins a prize in Paris."},
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _lines(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _fall(day: str, place: str, **fields: object) -> dict[str, object]:
    code = {"country": "CD", "admin1": "CD.11", "kind": "fall"}
    return {"date": day, "place": place, **code, "first_in_country_30d": True, "first_in_admin1_30d": False, **fields}


def test_sentences_are_read_once_and_then_taken_from_the_cache(tmp_path: Path) -> None:
    chronicle, cache = _lines(tmp_path / "c.jsonl", [*SENTENCES]), tmp_path / "readings.jsonl"
    (event,) = events(chronicle, cache)
    assert (event.day, event.place.admin1) == (date(2024, 3, 1), "North Kivu")
    assert Signal.TERRITORY_CAPTURED in event.signals
    assert events(tmp_path / "no longer there.jsonl", cache) == [event]


def test_a_landmark_lies_where_the_gazetteer_has_its_place_else_where_its_code_mostly_lies(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    file = _lines(
        tmp_path / "l.jsonl",
        [
            _fall("2025-03-20", "Walikale"),
            _fall("2025-01-27", "Goma airport"),
            _fall("2025-01-28", "Xyzzyx"),
            _fall("2025-01-28", "Xyzzyx", admin1="CD.99"),
            _fall("2025-01-01", "Goma", kind="onset"),
        ],
    )
    found = landmarks(file, gazetteer)
    assert found[0] == Landmark(date(2025, 3, 20), "CD", "North Kivu", True, False)
    assert [mark.admin1 for mark in found] == ["North Kivu", "North Kivu", "North Kivu", None]


def test_regions_know_their_falls(tmp_path: Path) -> None:
    chronicle = _lines(tmp_path / "c.jsonl", [*SENTENCES])
    file = _lines(
        tmp_path / "l.jsonl", [_fall("2024-03-05", "Walikale"), _fall("2024-03-06", "Xyzzyx", admin1="CD.99")]
    )
    countries, provinces = past(chronicle, file, None)
    (country,), (province,) = countries.regions, provinces.regions
    assert country.targets.tolist() == [(date(2024, 3, 5) - START).days, (date(2024, 3, 6) - START).days]
    assert province.falls.tolist() == [(date(2024, 3, 5) - START).days]
    assert province.targets.tolist() == []  # not the first there for thirty days
    assert country.series().own.sum() >= 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"text": "x"}, "no date or text"),
        ({"date": "soon", "text": "x"}, "for a time"),
        ({"date": "2024-01-01"}, "no date"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, row: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput, match=rf"c\.jsonl:1.*{words}"):
        events(_lines(tmp_path / "c.jsonl", [row]), None)


def test_a_foreign_cache_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"r\.jsonl:1: not a reading"):
        events(tmp_path / "c.jsonl", _lines(tmp_path / "r.jsonl", [{"day": "2024-01-01"}]))
