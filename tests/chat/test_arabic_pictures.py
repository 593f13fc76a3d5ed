"""Pictures in Arabic: the font has every letter that is drawn, in every style."""

import warnings
from dataclasses import replace
from functools import cache

from alerts.types import Language
from chat.map_drawing import draw_map
from places.gazetteer import Gazetteer
from places.shapes import default_shapes
from tests.chat.sights import AROUND, view

gazetteer = cache(Gazetteer.load)


def test_no_letter_of_a_map_is_missing() -> None:
    shown = view(replace(AROUND, name="200 كم حول واليكالي"), Language.AR)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert draw_map(shown, default_shapes(), gazetteer()).startswith(b"\x89PNG")
