"""Names on a map keep to their side of a border, and apart from each other."""

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from chat.map_frame import Canvas
from chat.map_labels import Labels
from places.shapes import Box

CANVAS = Canvas(Box(0.0, 0.0, 10.0, 8.0), 1000.0, 800.0)
BORDER = np.array([[520.0, 0.0], [520.0, 800.0]])


@pytest.fixture
def labels() -> Labels:
    return Labels(Figure().add_axes((0, 0, 1, 1)), CANVAS, [BORDER])


def places(labels: Labels) -> list[tuple[str, Any]]:
    return [(name.text, name.x) for name in labels._written]


def test_a_town_near_a_border_is_named_on_its_own_side(labels: Labels) -> None:
    assert labels.town(510, 400, "Goma")
    assert labels.town(530, 300, "Gisenyi")
    (_, goma), (_, gisenyi) = places(labels)
    assert goma < 510
    assert gisenyi > 530


def test_a_name_crosses_a_border_only_where_it_must(labels: Labels) -> None:
    assert not labels.at([(520, 400)], "BURUNDI", 13, "black")
    assert labels.at([(520, 400), (700, 400)], "RWANDA", 13, "black")
    assert labels.at([(520, 600)], "BURUNDI", 13, "black", must=True)
    assert [x for _, x in places(labels)] == pytest.approx([700, 520])


def test_what_came_first_has_its_room(labels: Labels) -> None:
    assert labels.at([(200, 400)], "Nord-Kivu", 13, "black")
    assert not labels.at([(200, 400)], "Nord-Kivu and what is larger", 60, "black", must=True)
    assert not labels.town(200, 400, "Walikale"), "its dot would stand in a name"


def test_a_symbol_has_its_room_and_the_town_below_it_its_name(labels: Labels) -> None:
    labels.take((180, 380, 220, 420))
    assert labels.town(200, 400, "Sake", dot=False)
    ((_, x),) = places(labels)
    assert not 180 < x < 220 or labels._written[0].y not in range(380, 420)


def test_names_are_drawn_together(labels: Labels) -> None:
    for number in range(5):
        labels.town(100, 100 + 100 * number, f"Town {number}")
    labels.draw()
    assert len(labels._axes.collections) == 3  # dots, light edges, letters
