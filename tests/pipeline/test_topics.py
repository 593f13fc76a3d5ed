"""In which topic an incident is told."""

import pytest

from alerts.types import Watch
from pipeline.topics import Placement, placement
from store.topics import Topic
from tests.builders import make_area, make_watch

KIVU, GOMA, WORLD = (
    Watch(number, -1, make_area(name=name)) for number, name in enumerate(("Kivu", "Goma", "World"), 1)
)


@pytest.mark.parametrize(
    ("matched", "topics", "expected"),
    [
        ([], {}, Placement()),
        ([KIVU], {}, Placement()),
        ([KIVU], {1: Topic(1, 40)}, Placement(40)),
        ([KIVU, GOMA], {1: Topic(1, 40), 2: Topic(2, 50)}, Placement(40)),
        ([KIVU, GOMA], {2: Topic(2, 50)}, Placement(50)),
        ([WORLD, KIVU], {1: Topic(1, 40)}, Placement(40)),
        ([KIVU], {1: Topic(1, 40, closed=True)}, Placement(None, (KIVU,))),
        ([KIVU, GOMA], {1: Topic(1, 40, closed=True), 2: Topic(2, 50)}, Placement(50)),
        ([KIVU, GOMA], {1: Topic(1, 40, closed=True), 2: Topic(2, 40, closed=True)}, Placement(None, (KIVU, GOMA))),
        ([GOMA], {1: Topic(1, 40)}, Placement()),
    ],
)
def test_the_first_matching_watch_that_has_a_topic_decides(
    matched: list[Watch], topics: dict[int, Topic], expected: Placement
) -> None:
    assert placement(matched, topics) == expected


def test_watches_without_a_number_have_no_topic() -> None:
    assert placement([make_watch()], {}) == Placement()
