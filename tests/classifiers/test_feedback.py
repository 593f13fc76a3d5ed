"""Readers' verdicts as training takes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from classifiers.corpus import read_corpus
from classifiers.feedback import QUORUM, read_feedback
from classifiers.taxonomy import Facility, Signal, Status
from errors import InvalidInput

ROW: dict[str, Any] = {
    "id": "T-0001:5",
    "lang": "en",
    "date": "2025-03-19T17:54:00Z",
    "source": "Lakes Herald",
    "title": "Lions storm the capital",
    "summary": "The visitors took the cup.",
    "relevant": True,
    "signals": ["territory_captured", "facility_attacked"],
    "facility": "health",
    "status": "claimed",
    "place": None,
    "country": None,
    "actor": None,
    "translated": False,
    "votes": {"not_an_event": 1},
    "chats": 1,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "verdicts.jsonl"


def write(file: Path, *rows: dict[str, Any]) -> Path:
    file.write_text("".join(json.dumps({**ROW, **row}) + "\n" for row in rows), encoding="utf-8")
    return file


def test_not_an_event_makes_an_irrelevant_item(file: Path) -> None:
    (correction,) = read_feedback(write(file, {}))
    item = correction.item
    assert (item.relevant, item.signals, item.facility, item.status) == (False, (), None, None)
    assert (item.text.title, item.text.language) == ("Lions storm the capital", "en")


def test_votes_weigh_up_to_a_quorum(file: Path) -> None:
    counts = range(1, QUORUM + 3)
    found = read_feedback(write(file, *({"votes": {"not_an_event": count}} for count in counts)))
    assert [correction.weight for correction in found] == [min(1.0, count / QUORUM) for count in counts]
    assert found[0].weight < 0.5


@pytest.mark.parametrize("votes", [{}, {"wrong_kind": 9}, {"wrong_place": 9, "old_news": 9}, {"not_an_event": 0}])
def test_other_verdicts_teach_no_label(file: Path, votes: dict[str, int]) -> None:
    assert read_feedback(write(file, {"votes": votes})) == []


def test_no_verdicts_are_no_mistake(file: Path) -> None:
    assert read_feedback(write(file)) == []


def test_the_file_is_labelled_data_too(file: Path) -> None:
    (item,) = read_corpus(write(file, {}))
    assert item.signals == (Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED)
    assert (item.facility, item.status) == (Facility.HEALTH, Status.CLAIMED)


def test_what_an_operator_found_wrong_too_weighs_as_much_as_a_careful_label(file: Path) -> None:
    found = read_feedback(write(file, {"reviewed": True}, {"reviewed": False}))
    assert [correction.weight for correction in found] == [1.0, 1 / QUORUM]
    assert read_feedback(write(file, {"reviewed": True, "votes": {"wrong_place": 3}})) == []
    with pytest.raises(InvalidInput, match=r"verdicts\.jsonl:1: field 'reviewed'"):
        read_feedback(write(file, {"reviewed": "yes"}))


@pytest.mark.parametrize("votes", [None, [], {"boring": 1}, {"old_news": -1}, {"old_news": True}, {"old_news": "2"}])
def test_votes_that_are_none_are_named(file: Path, votes: object) -> None:
    with pytest.raises(InvalidInput, match=r"verdicts\.jsonl:2: field 'votes'"):
        read_feedback(write(file, {}, {"votes": votes}))


def test_a_row_that_is_no_labelled_item_is_named(file: Path) -> None:
    with pytest.raises(InvalidInput, match=r"verdicts\.jsonl:1: field 'title'"):
        read_feedback(write(file, {"title": 5}))
