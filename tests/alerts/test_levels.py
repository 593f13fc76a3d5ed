"""The texts of levels, and whom a rise concerns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alerts.levels import (
    LevelView,
    concerned,
    region_key,
    render_level,
    render_line,
    render_rise,
    severity_of,
    sparkline,
)
from alerts.types import Edition, Language, Severity
from classifiers.taxonomy import Signal
from incidents.level import Grounds, Level, Point, Standing
from places.types import Area, AreaKind
from tests.builders import make_area, make_watch

DAY = date(2025, 3, 20)
PROVINCE = Area(AreaKind.ADMIN1, "North Kivu", "CD", "North Kivu")
COUNTRY = Area(AreaKind.COUNTRY, "DR Congo", "CD")
TERRITORY = Area(AreaKind.ADMIN2, "Walikale", "CD", "North Kivu", "Walikale")
WORLD = Area(AreaKind.WORLD, "World")
CIRCLE = make_area()
STANDING = Standing(
    area=PROVINCE,
    day=DAY,
    level=Level.HIGH,
    since=DAY - timedelta(3),
    rose=(DAY - timedelta(60), DAY),
    share=0.0312,
    bound=1.0,
    grounds=Grounds(
        9, 2.2, (Signal.TERRITORY_CAPTURED, Signal.CEASEFIRE_BROKEN), ("Walikale", "Masisi"), (417, 3), False
    ),
    points=tuple(Point(DAY - timedelta(364 - at), float(at == 364) * 9, 0.0, Level.CALM) for at in range(365)),
    learned_days=400,
)


def _view(language: Language = Language.EN, edition: Edition = Edition.LIVE, **fields: object) -> LevelView:
    return LevelView(replace(STANDING, **fields), edition, language)  # type: ignore[arg-type]


def test_a_rise_says_what_why_how_often_and_its_limits() -> None:
    assert render_rise(_view()).splitlines() == [
        "LEVEL RISING: North Kivu (DR Congo), now High",
        "Reporting of ground fighting is rising.",
        "9 incidents of ground fighting in 7 days, usually 2.",
        "New this week: territory captured and ceasefire broken.",
        "Taken or lost: Walikale and Masisi.",
        "Behind it: T-0417, T-0003.",
        "From 2022 to 2025 a town fell within two weeks after about one such rise in 11; 44% of the falls had one in "
        "the two weeks before.",
        "This measures what is reported; what nobody reports it cannot see.",
    ]


def test_a_level_says_how_it_stands_and_when_it_rose() -> None:
    text = render_level(_view())
    assert text.startswith("North Kivu (DR Congo): High, since 17 March 2025\n")
    assert "Where it was like this, a town fell within 30 days about once in 32 times." in text
    assert "It rose 2 times in the past year, last 19 January 2025 and 20 March 2025." in text


@pytest.mark.parametrize("share", [0.0, 0.0009])
def test_a_share_too_small_to_count_is_said_so(share: float) -> None:
    assert "fewer than once in 1,000 times" in render_level(_view(share=share))


def test_a_thin_region_and_a_young_stream_are_said_so() -> None:
    text = render_level(_view(grounds=Grounds(0, 0.4, (), (), (), True), learned_days=9, rose=()))
    assert "\n0 incidents of ground fighting in 7 days.\n" in text
    assert "Few reports come from here: silence says little." in text
    assert "I have read the news for 9 days only; what is usual is known after 28." in text
    for unknown in ("usually", "Where it was like this", "past year", "did not rise"):
        assert unknown not in text
    assert render_line(_view(learned_days=28)).endswith(": High; 9 incidents of ground fighting in 7 days")
    assert "usually 2." in render_level(_view(learned_days=29))


def test_one_day_is_one_day_in_every_form() -> None:
    assert "for 1 day only; what is usual is known after 28." in render_level(_view(learned_days=1))
    assert "depuis 1 jour ; ce qui" in render_level(_view(Language.FR, learned_days=1))
    assert "depuis 2 jours ; ce qui" in render_level(_view(Language.FR, learned_days=2))


@pytest.mark.parametrize("language", Language)
def test_texts_fit_a_caption_and_promise_nothing(language: Language) -> None:
    many = Grounds(1234, 1234.0, tuple(Signal)[:6], ("x" * 200,) * 3, (999_999,) * 5, True)
    for render in (render_rise, render_level):
        text = render(_view(language, grounds=many, learned_days=3))
        assert len(text) <= 1000
        for word in ("forecast", "predict", "prévision", "prédi"):
            assert word not in text.lower()


def test_the_sample_says_so() -> None:
    assert render_rise(_view(edition=Edition.SAMPLE)).startswith("SAMPLE · LEVEL RISING")
    assert "S-0417" in render_rise(_view(edition=Edition.SAMPLE))


def test_french_is_french() -> None:
    assert render_rise(_view(Language.FR)).startswith("NIVEAU EN HAUSSE : Nord-Kivu (RD Congo), désormais Haut\n")
    assert render_line(_view(Language.FR)).endswith("9 incidents de combats au sol en 7 jours, d’habitude 2")


def test_a_country_is_called_by_its_name_in_the_readers_language() -> None:
    area = Area(AreaKind.COUNTRY, "UA", "UA")
    assert render_line(_view(Language.FR, area=area)).startswith("Ukraine : Haut")


def test_bars_show_the_year_by_weeks() -> None:
    bars = sparkline(STANDING)
    assert len(bars) == 52
    assert (bars[0], bars[-1]) == ("▁", "█")
    assert set(sparkline(replace(STANDING, points=STANDING.points[:100]))) == {"▁"}


@pytest.mark.parametrize(
    ("watched", "rising", "expected"),
    [
        (PROVINCE, PROVINCE, True),
        (replace(PROVINCE, name="Nord-Kivu"), PROVINCE, True),
        (COUNTRY, PROVINCE, False),  # its own rise comes at the country's level
        (PROVINCE, COUNTRY, False),
        (COUNTRY, COUNTRY, True),
        (TERRITORY, PROVINCE, True),
        (TERRITORY, COUNTRY, False),
        (WORLD, COUNTRY, True),
        (WORLD, PROVINCE, False),
        (CIRCLE, CIRCLE, True),
        (CIRCLE, replace(CIRCLE, radius_km=50.0), False),
        (CIRCLE, PROVINCE, False),
    ],
)
def test_whom_a_rise_concerns(watched: Area, rising: Area, expected: bool) -> None:
    assert concerned([make_watch(area=watched)], rising, Severity.SEVERE) is expected


def test_thresholds_and_kinds_of_a_watch_count() -> None:
    grave = make_watch(area=PROVINCE, min_severity=Severity.SEVERE)
    assert not concerned([grave], PROVINCE, severity_of(Level.ELEVATED))
    assert concerned([grave], PROVINCE, severity_of(Level.HIGH))
    unrest = make_watch(area=PROVINCE, kinds=frozenset({Signal.UNREST}))
    assert not concerned([unrest], PROVINCE, Severity.SEVERE)
    assert concerned([unrest, grave], PROVINCE, Severity.SEVERE)


def test_no_rise_breaks_quiet_hours() -> None:
    assert all(severity_of(level) is not Severity.EXTREME for level in Level)


def test_regions_have_keys() -> None:
    assert [region_key(area) for area in (COUNTRY, PROVINCE, CIRCLE)] == ["CD", "CD/North Kivu", "-1.42 28.07 200"]
