"""What maps and trends say in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.maps import MOST_MORE, Frame, MapView, Sight, edition_of, render_map, render_more
from alerts.trends import TrendView, render_trend, render_weeks
from alerts.types import Edition, Language, Severity
from classifiers.taxonomy import Signal
from incidents.trend import WEEK, trend, week_starts
from incidents.types import Certainty, Incident
from places.types import Area, AreaKind, Precision
from tests.builders import NOW, make_incident, make_place, make_witness

KIVU = Area(AreaKind.ADMIN1, "North Kivu, DR Congo", "CD", "North Kivu")
FRAME = Frame(KIVU, "the last 30 days", Edition.LIVE, Language.EN, "UTC", NOW)
FRENCH = replace(FRAME, language=Language.FR, period="les 30 derniers jours")
PROVINCE = make_place(id="a1:CD/North Kivu", name="North Kivu", precision=Precision.ADMIN1, admin2=None)
COUNTRY = make_place(id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None)
DAY = timedelta(days=1)


def sight(number: int = 1, severity: Severity = Severity.SEVERE, told: bool = False, **fields: Any) -> Sight:
    return Sight(Edition.LIVE, make_incident(make_witness(number), id=number, **fields), severity, told)


def test_a_map_says_place_period_counts_and_the_gravest_first() -> None:
    clash = sight(2, Severity.MODERATE, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,))
    fall = sight(17, Severity.EXTREME, told=True)
    assert render_map(MapView(FRAME, (clash, fall))).splitlines() == [
        "North Kivu, DR Congo: the last 30 days, as of 19 March 2025, 18:04 (UTC).",
        "2 incidents: Armed clash 1, Territory captured 1.",
        "· T-0017 REPORTED: Territory captured, Walikale (DR Congo). Extreme, 19 March, 17:54",
        "· REPORTED: Armed clash, Walikale (DR Congo). Moderate, 19 March, 17:54",
        "As reported, not verified. What nobody reports is not on the map.",
    ]


def test_a_map_in_french() -> None:
    text = render_map(MapView(FRENCH, (sight(),)))
    assert "les 30 derniers jours, au 19 mars 2025, 18:04 (UTC)" in text
    assert "1 incident\u00a0: Territoire pris 1." in text
    assert "Selon ce qui est rapporté, sans vérification." in text


def test_what_is_known_by_its_country_alone_is_counted_and_not_drawn() -> None:
    view = MapView(FRAME, (sight(), sight(2, place=COUNTRY)))
    assert [shown.incident.id for shown in view.drawn] == [1]
    assert "1 is known by its country only and has no point." in render_map(view)


def test_nothing_reported_is_no_safety() -> None:
    assert render_map(MapView(FRAME, ())).endswith("That nothing is reported is no safety.")
    assert render_more(MapView(FRAME, ())) == ""


def test_what_was_asked_for_comes_first_even_when_it_was_withdrawn() -> None:
    other, asked = sight(1, Severity.EXTREME), sight(2, Severity.MINOR)
    assert "Minor" in render_map(MapView(FRAME, (other, asked), asked)).splitlines()[2]
    wrong = sight(3, withdrawn=True)
    assert "· WITHDRAWN, our error: Territory captured" in render_map(MapView(FRAME, (), wrong))


def test_with_one_incident_of_the_sample_all_is_sample() -> None:
    assert edition_of([sight()]) is Edition.LIVE
    sample = replace(sight(), edition=Edition.SAMPLE)
    assert edition_of([sight(), sample]) is Edition.SAMPLE
    view = MapView(replace(FRAME, edition=Edition.SAMPLE), (sample,))
    assert render_map(view).startswith("SAMPLE · North Kivu")


def test_captions_and_lists_stay_within_what_telegram_takes() -> None:
    long = make_place(name="Ж" * 300, country="CD")
    kinds = list(Signal)
    many = tuple(
        sight(n, told=True, kind=kinds[n % len(kinds)], signals=tuple(kinds[:5]), place=long, claimants=("X" * 90,) * 9)
        for n in range(1, 60)
    )
    view = MapView(replace(FRAME, area=replace(KIVU, name="Ж" * 500)), many)
    under, more = render_map(view), render_more(view)
    assert len(under) <= 1000
    assert len(more) <= MOST_MORE
    assert "T-0001" in under + more
    shown = [line for line in f"{under}\n{more}".splitlines() if line.startswith("· ")]
    assert len(shown) == len(set(shown))


def test_points_are_no_finer_than_a_tenth_of_a_degree() -> None:
    assert sight(place=make_place(lat=-1.4499, lon=28.0703)).point == (-1.4, 28.1)
    assert str(sight(place=make_place(lat=-0.04, lon=0.04)).point) == "(0.0, 0.0)"


@pytest.mark.parametrize(
    ("fields", "loose"),
    [
        ({}, False),
        ({"uncertainty_km": 9.9}, False),
        ({"uncertainty_km": 40.0}, True),
        ({"precision": Precision.ADMIN2}, True),
        ({"precision": Precision.ADMIN1}, True),
    ],
)
def test_what_lies_somewhere_in_an_area(fields: dict[str, Any], loose: bool) -> None:
    assert sight(place=make_place(**fields)).is_imprecise is loose


def test_the_surer_weighs_more_among_the_equally_grave() -> None:
    claim, report, sure = (
        sight(certainty=certainty) for certainty in (Certainty.POSSIBLE, Certainty.LIKELY, Certainty.OBSERVED)
    )
    assert sorted([report, claim, sure], key=lambda s: s.weight) == [claim, report, sure]
    assert sight(severity=Severity.EXTREME, certainty=Certainty.POSSIBLE).weight > sure.weight


def _weeks(*incidents: Incident, weeks: int = 4, past: int = 52) -> TrendView:
    starts = week_starts(NOW - weeks * WEEK, NOW)
    return TrendView(FRAME, trend(incidents, starts, NOW, starts[0] - past * WEEK))


def _seen(kind: Signal, *days: float) -> list[Incident]:
    return [make_incident(kind=kind, first_seen=NOW - day * DAY) for day in days]


def test_a_trend_says_what_is_more_than_usual() -> None:
    past = [29 + 7 * week for week in range(52)]
    view = _weeks(*_seen(Signal.ARMED_CLASH, 1, 2, 9, *past), *_seen(Signal.DISPLACEMENT, 1, 2, 3))
    assert render_trend(view).splitlines() == [
        "North Kivu, DR Congo: the last 30 days, as of 19 March 2025, 18:04 (UTC).",
        "6 incidents: Armed clash 3, People fleeing 3.",
        "In the last 7 days of this: 5.",
        "Usual, by the 52 weeks before: 1 a week, eight of ten weeks 1 to 1.",
        "More than twice as many as usual: People fleeing.",
        "This counts reports: more of them may also mean that more was reported.",
    ]
    assert render_weeks(view).splitlines() == [
        "One bar a week, the last on the right:",
        "▁▁▂█ all kinds 6",
        "▁▁▅█ Armed clash 3",
        "▁▁▁█ People fleeing 3",
    ]


def test_a_trend_of_a_young_bot_or_of_nothing() -> None:
    assert "not read the news for long enough" in render_trend(_weeks(*_seen(Signal.UNREST, 1), past=3))
    quiet = _weeks()
    assert "I know of nothing there" in render_trend(quiet)
    assert render_weeks(quiet) == ""


def test_a_trend_in_french() -> None:
    view = _weeks(*_seen(Signal.ARMED_CLASH, 1))
    french = replace(view, frame=FRENCH)
    assert "Dans les 7 derniers jours de cette période\u00a0: 1." in render_trend(french)
    assert "Une barre par semaine" in render_weeks(french)
