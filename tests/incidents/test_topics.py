"""Which entries of a chronicle are of one event."""

from datetime import timedelta
from typing import Any

import pytest

from incidents.topics import pairs_of, under_events
from tests.builders import NOW, make_witness
from tests.incidents.stories import KHARTOUM, WALIKALE

ATTACK = "2025 Omdurman market attack"


def entry(day: int, topic: str = ATTACK, section: str = "Armed conflicts and attacks") -> tuple[str, dict[str, Any]]:
    return f"line {day}", {"date": f"2025-02-{day:02}", "text": "x", "section": section, "topics": ["A war", topic]}


def test_entries_of_a_few_days_under_an_event_are_taken() -> None:
    assert [(topic, where) for topic, where, _ in under_events([entry(1), entry(3)])] == [
        (ATTACK, "line 1"),
        (ATTACK, "line 3"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [entry(1)],
        [entry(1), entry(9)],
        [entry(1, "Sudanese civil war"), entry(2, "Sudanese civil war")],
        [entry(1, section="Sports"), entry(2, section="Sports")],
        [("line 1", {"date": "2025-02-01", "text": "x", "section": None, "topics": None})],
    ],
    ids=["alone", "too long", "a war", "no conflict", "nothing known"],
)
def test_other_entries_say_nothing_of_events(rows: list[tuple[str, dict[str, Any]]]) -> None:
    assert under_events(rows) == []


def test_one_topic_is_one_event_and_two_of_a_country_are_two() -> None:
    def told(topic: str, number: int, days: int = 0, place: Any = WALIKALE) -> Any:
        return topic, make_witness(number, published=NOW + timedelta(days=days), place=place)

    entries = [
        told("a", 1),
        told("a", 2, 1),
        told("b", 3),
        told("c", 4, 0, KHARTOUM),
        told("d", 5, 30),
        told("e", 6, 0, None),
    ]
    found = {(pair.left.article_id, pair.right.article_id): pair.one for pair in pairs_of(entries)}
    assert found == {(1, 2): True, (1, 3): False, (3, 2): False}
