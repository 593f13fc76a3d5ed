"""Maps and trends as they are drawn, beside stored pictures that were looked at."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from unittest import mock

import pytest
from PIL import Image

from alerts.maps import Frame, MapView
from alerts.trends import TrendView
from alerts.types import Edition, Language
from chat import map_drawing
from chat.drawing import MOST_BYTES, WIDTH
from chat.map_drawing import HIGHEST, draw_map
from chat.trend_drawing import draw_trend
from classifiers.taxonomy import Signal
from incidents.trend import WEEK, trend, week_starts
from places.gazetteer import Gazetteer
from places.shapes import default_shapes
from places.types import Area, AreaKind
from tests.builders import NOW, make_incident
from tests.chat.sights import AROUND, GAZA, WORLD, frame, month, view
from tests.pictures import Sample, difference

KIVU = Area(AreaKind.ADMIN1, "North Kivu, DR Congo", "CD", "North Kivu")
TSHOPO = Area(AreaKind.ADMIN1, "Tshopo, DR Congo", "CD", "Tshopo")
UKRAINE = Area(AreaKind.COUNTRY, "Ukraine", "UA")
NAMES = 0.05  # towns may be called otherwise in another build of the gazetteer

gazetteer = cache(Gazetteer.load)


def drawn(shown: MapView) -> bytes:
    return draw_map(shown, default_shapes(), gazetteer())


@contextmanager
def nameless() -> Iterator[None]:
    """Maps without the gazetteer's names, so that they may be held to the stored ones closely."""
    with mock.patch.object(map_drawing, "name_ground"):
        yield


def unnamed(shown: MapView) -> Callable[[], bytes]:
    def draw() -> bytes:
        with nameless():
            return drawn(shown)

    return draw


def weeks(language: Language = Language.EN, count: int = 12, past: int = 30) -> TrendView:
    """Kinds that come in turn, ever more of them."""
    starts = week_starts(NOW - count * WEEK, NOW)
    kinds = list(Signal)[:8]
    seen = [
        make_incident(kind=kinds[(week + number) % 8], first_seen=NOW - week * WEEK - WEEK / 2)
        for week in range(count + past)
        for number in range(max(1, 7 - week % 9))
    ]
    shown = Frame(KIVU, f"{count} weeks", Edition.LIVE, language, "UTC", NOW)
    return TrendView(shown, trend(seen, starts, NOW, starts[0] - past * WEEK))


SAMPLES = {
    "walikale": Sample(unnamed(view())),
    "walikale-named": Sample(lambda: drawn(view()), NAMES),
    "kivu-fr": Sample(unnamed(view(KIVU, Language.FR))),
    "world": Sample(unnamed(replace(view(WORLD), focus=None))),
    "trend": Sample(lambda: draw_trend(weeks())),
    "trend-fr": Sample(lambda: draw_trend(weeks(Language.FR, count=5, past=3))),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_it_looks_as_it_did_when_a_person_looked_at_it(name: str) -> None:
    assert difference(SAMPLES[name].draw(), name) <= SAMPLES[name].tolerance


def test_a_symbol_that_is_elsewhere_or_otherwise_marked_is_another_picture() -> None:
    """The tolerance forgives edges, nothing that means something."""
    shown = view()
    with nameless():
        accepted = tuple(replace(s, incident=replace(s.incident, disputed=False)) for s in month())
        for sights in (month()[1:], month()[:11], accepted):
            assert (
                difference(drawn(replace(shown, sights=sights, focus=None)), "walikale")
                > 2 * SAMPLES["walikale"].tolerance
            )


@pytest.mark.parametrize("area", [AROUND, TSHOPO, GAZA, UKRAINE, WORLD], ids=lambda area: area.name)
def test_every_map_is_small_enough_for_a_phone(area: Area) -> None:
    png = drawn(MapView(frame(area), month()))
    assert len(png) <= MOST_BYTES
    size = Image.open(io.BytesIO(png)).size
    assert size[0] == WIDTH
    assert size[1] <= HIGHEST


def test_a_map_of_nothing_can_be_drawn() -> None:
    assert drawn(MapView(frame(AROUND), ())).startswith(b"\x89PNG")


def test_the_sample_says_so_in_the_title() -> None:
    live, sample = (drawn(MapView(frame(AROUND, edition=edition), month())) for edition in Edition)
    titles = [Image.open(io.BytesIO(png)).convert("RGB").crop((0, 0, WIDTH, 60)) for png in (live, sample)]
    dark = [sum(title.convert("L").histogram()[:128]) for title in titles]
    assert dark[1] > 1.2 * dark[0]


@pytest.mark.parametrize("count", [1, 12, 53])
def test_trends_are_small(count: int) -> None:
    png = draw_trend(weeks(count=count))
    assert len(png) <= MOST_BYTES // 2
    assert Image.open(io.BytesIO(png)).size[0] == WIDTH


def test_a_trend_of_nothing_can_be_drawn() -> None:
    starts = week_starts(NOW - WEEK, NOW)
    assert draw_trend(TrendView(frame(), trend([], starts, NOW, NOW))).startswith(b"\x89PNG")
