"""The yardstick itself, on items of our own."""

import json
from pathlib import Path

import pytest

from places.evaluate import evaluate_geoparse, evaluate_labelled, interval, main
from places.locate import Locator
from places.main_place import MainPlace
from places.train import examples, fit

ITEMS = [
    {
        "id": "1",
        "lang": "en",
        "relevant": True,
        "title": "Rebels seize Goma",
        "summary": "",
        "place": "Goma",
        "country": "CD",
    },
    {
        "id": "2",
        "lang": "fr",
        "relevant": True,
        "title": "Combats à Uvira",
        "summary": "",
        "place": None,
        "country": "CD",
    },
    {
        "id": "3",
        "lang": "en",
        "relevant": True,
        "title": "Shelling in Kherson",
        "summary": "",
        "place": "Lviv",
        "country": "PL",
    },
    {
        "id": "4",
        "lang": "en",
        "relevant": False,
        "title": "Film night in Goma",
        "summary": "",
        "place": None,
        "country": None,
    },
]


def test_right_and_wrong_answers_are_counted(locator: Locator) -> None:
    scores, misses = evaluate_labelled(ITEMS, locator, lambda text: (text.language, ()))
    by_name = {score.name: score.items for score in scores}
    assert by_name["country"] == ((True, 1), (True, 1), (False, 1))
    assert by_name["main place (en)"] == ((True, 1), (False, 1))
    assert [(kind, row["id"]) for kind, row, _ in misses] == [("country", "3"), ("place", "3")]


def test_gold_mentions_count_within_161_km(locator: Locator) -> None:
    toponyms = [
        {"phrase": "Goma", "start": 0, "end": 4, "lat": "-1.68", "lon": "29.22"},
        {"phrase": "Kyiv", "start": 9, "end": 13, "lat": "0", "lon": "0"},
        {"phrase": "none", "start": 9, "end": 13, "lat": "1", "lon": "1"},
        {"phrase": "Goma", "start": 0, "end": 4},
    ]
    score, misses = evaluate_geoparse("own", [{"text": "Goma and Kyiv", "lang": "en", "toponyms": toponyms}], locator)
    assert score.items == ((1, 2),)
    assert [toponym["phrase"] for _, toponym, _ in misses] == ["Kyiv"]


def test_the_interval_holds_the_share() -> None:
    low, high = interval([(1, 1)] * 80 + [(0, 1)] * 20)
    assert low < 0.8 < high
    assert interval([]) == (0.0, 0.0)


def test_the_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in ITEMS))
    assert main(["--labelled", str(path)]) == 0
    assert "country" in capsys.readouterr().out


def test_a_missing_file_ends_with_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--labelled", str(tmp_path / "none.jsonl")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_fitting_learns_which_of_two_places_is_right(locator: Locator) -> None:
    towns = ["Goma", "Kyiv", "Aleppo", "Nyala", "Lashio", "Bannu", "Kunduz", "Idlib"]
    rows = [
        {
            "relevant": True,
            "lang": "en",
            "title": f"Paris says fighting goes on in {town}",
            "summary": "",
            "country": country,
        }
        for town, country in zip(towns, ["CD", "UA", "SY", "SD", "MM", "PK", "AF", "SY"], strict=True)
    ]
    items = examples(rows, locator, lambda text: (text.language, ()))
    assert len(items) == len(rows)
    model = MainPlace(locator.gazetteer, fit(items))
    for item in items:
        scores = [model.score(candidate.traits) for candidate in item.candidates]
        assert item.right[scores.index(max(scores))]
