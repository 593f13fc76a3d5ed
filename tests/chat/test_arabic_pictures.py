"""Pictures in Arabic: the font has every letter that is drawn, in every style."""

import warnings
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from alerts.levels import LevelView
from alerts.types import Edition, Language
from chat.charts import draw
from chat.map_drawing import draw_map
from places.gazetteer import Gazetteer
from places.shapes import default_shapes
from tests.alerts.test_levels import STANDING
from tests.chat.sights import AROUND, view

gazetteer = cache(Gazetteer.load)


@pytest.fixture(autouse=True)
def _a_missing_letter_is_an_error() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        yield


def test_no_letter_of_a_map_is_missing() -> None:
    shown = view(replace(AROUND, name="200 كم حول واليكالي"), Language.AR)
    assert draw_map(shown, default_shapes(), gazetteer()).startswith(b"\x89PNG")


def test_no_letter_of_a_chart_is_missing() -> None:
    assert draw(LevelView(STANDING, Edition.LIVE, Language.AR)).startswith(b"\x89PNG")
