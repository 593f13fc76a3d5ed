"""The whole reading stack on the authored items: what it must reach, and that the items themselves hold together."""

import collections
from pathlib import Path

import pytest

import jsonl
from classifiers import corpus
from classifiers.taxonomy import Facility, Signal
from tests.authored_report import Figure, Item, figures, load, read_all

FLOORS = {
    "relevance F1": 0.87,
    "relevance F1, en": 0.87,
    "relevance F1, fr": 0.80,
    "relevance F1, es": 0.79,
    "relevance F1, pt": 0.83,
    "relevance F1, ar": 0.83,
    "relevance F1, ru": 0.83,
    "relevance F1, sw": 0.83,
    "signals macro-F1": 0.62,
    "territory_captured F1": 0.64,
    "facility_attacked F1": 0.65,
    "status": 0.85,
    "claimed F1": 0.62,
    "facility": 0.85,
    "figures": 0.85,
    "country": 0.91,
    "place": 0.75,
    "place, en": 0.75,
    "tag sport": 0.77,
    "tag business": 0.86,
    "tag film": 0.90,
    "tag court": 0.85,
    "tag crime": 0.85,
    "tag disaster": 0.81,
    "tag history": 0.85,
    "tag opinion": 0.85,
    "tag negation": 0.75,
    "tag protest": 0.85,
    "tag diplomacy": 0.85,
}
LANGUAGES = {"en": 110, "fr": 60, "sw": 40, "es": 25, "pt": 25, "ar": 25, "ru": 25, "ln": 5, "rn": 5}


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return load()


@pytest.fixture(scope="module")
def results(items: list[Item]) -> dict[str, Figure]:
    return figures(read_all(items))


@pytest.mark.parametrize("name", FLOORS)
def test_reading_reaches_its_floor(results: dict[str, Figure], name: str) -> None:
    assert results[name].value >= FLOORS[name], f"{name}: {results[name]}"


def test_set_covers_every_signal_facility_and_language(items: list[Item]) -> None:
    signals = collections.Counter(signal for item in items for signal in item.signals)
    facilities = collections.Counter(item.facility for item in items if item.facility)
    languages = collections.Counter(item.text.language for item in items)
    assert [signal for signal in Signal if signals[signal] < 12] == []
    assert [facility for facility in Facility if facilities[facility] < 3] == []
    assert {code: languages[code] for code, least in LANGUAGES.items() if languages[code] < least} == {}
    assert 0.5 <= sum(item.relevant for item in items) / len(items) <= 0.6


@pytest.mark.parametrize("tag", ["negation", "denial", "hypothetical", "history"])
def test_each_language_has_what_did_not_happen(items: list[Item], tag: str) -> None:
    having = {item.text.language for item in items if tag in item.tags}
    assert {"en", "fr", "sw", "es", "pt", "ar", "ru"} <= having


def test_items_are_labelled_consistently(items: list[Item]) -> None:
    assert len({item.id for item in items}) == len({item.text.title for item in items}) == len(items)
    for item in items:
        assert item.relevant == bool(item.signals) == (item.status is not None), item.id
        assert (item.facility is not None) == (Signal.FACILITY_ATTACKED in item.signals), item.id
        for name in (item.place, item.actor):
            assert name is None or name.casefold() in item.text.joined.casefold(), item.id


def test_no_item_is_in_a_training_corpus(items: list[Item]) -> None:
    corpora = (Path(corpus.__file__).parent / "corpora").glob("*.jsonl*")
    trained = {row["title"].casefold() for path in corpora for _, row in jsonl.read(path)}
    assert [item.id for item in items if item.text.title.casefold() in trained] == []
