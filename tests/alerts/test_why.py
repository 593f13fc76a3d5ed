"""What people are told of how an incident was read."""

from dataclasses import replace

import pytest

from alerts.i18n import load
from alerts.types import Edition, Language
from alerts.why import MESSAGE, place_label, place_lines, render_why
from classifiers.taxonomy import Signal, Status
from incidents.types import Report
from places.types import Located, Mention, Precision, Resolution
from tests.alerts.walikale import after, view
from tests.builders import make_article, make_located, make_place, make_reading

DISTRICT = make_place(id="a2:CD/Walikale", precision=Precision.ADMIN2)
NAMESAKE = make_place(id="gn:1", name="Walikale", country="KE", admin1="Nairobi", admin2=None)


def located(*alternatives: object, reason: str = "the only place of that name") -> Located:
    return Located(Resolution(Mention(14, 22, "Walikale"), make_place(), 0.9, reason, alternatives))  # type: ignore[arg-type]


def report(**fields: object) -> Report:
    return Report(make_article(title="Rebels enter Walikale"), make_reading(**fields), located(DISTRICT, NAMESAKE))


WITH_RULE = report(
    rule="deny by party in title", status=Status.CLAIMED, claimant="M23", disputed=True, disputed_by="the army"
)


def test_signals_words_status_and_place_are_told() -> None:
    lines = render_why(view(after(1)), [WITH_RULE]).splitlines()
    assert lines == [
        "CLAIMED by M23 + DISPUTED by FARDC: Territory captured, Walikale (DR Congo); "
        "also health facility attacked, people fleeing. T-0417/1",
        "",
        "How the sources were read, by rules and a model, without a person:",
        "",
        "19 March, 18:54 · Lakes Herald: “Rebels enter Walikale”",
        "News of conflict: 97% likely.",
        "Read as: Territory captured 94%",
        "Weighed, not told (below the bound of its kind, or beyond three): Armed clash 20%",
        "Words that led to this: enter, rebels",
        "Status: passes on a claim (rule: denial by a party to the conflict)",
        "Claimed by: M23",
        "Denied by: the army",
        "Place: “Walikale” taken for Walikale, town, North Kivu, DR Congo, 90% sure: the only place of that name",
        "It could also have been: Walikale, territory, North Kivu, DR Congo; Walikale, town, Nairobi, Kenya",
        "Read by the model test-1.",
    ]


def test_in_french_nothing_is_english() -> None:
    text = render_why(view(after(1), Language.FR), [WITH_RULE])
    assert "Lu comme\u00a0: Territoire pris 94\u00a0%" in text
    assert "(règle\u00a0: démenti par une partie au conflit)" in text
    assert "sûr à 90\u00a0%\u00a0: le seul lieu de ce nom" in text
    assert "territoire, Nord-Kivu, RD Congo" in text


def test_readings_of_before_have_no_rule() -> None:
    text = render_why(view(after(1)), [report()])
    assert "Status: reports it as fact\n" in text
    assert "rule:" not in text


def test_unlikely_signals_are_not_worth_a_word() -> None:
    text = render_why(view(after(1)), [report(probabilities={Signal.TERRITORY_CAPTURED: 0.94, Signal.UNREST: 0.04})])
    assert "not told" not in text


def test_an_edited_text_that_is_no_news_any_more() -> None:
    nothing = Report(make_article(), make_reading(relevance=0.2, labels=(), status=None), Located(None))
    text = render_why(view(after(1)), [nothing])
    assert "Not news of conflict: 20% likely to be." in text
    assert "No place was found." in text
    assert "Status" not in text


def test_as_many_sources_as_a_message_holds() -> None:
    text = render_why(view(after(1)), [WITH_RULE] * 30, more=5)
    assert len(text) <= MESSAGE
    shown = text.count("Read as")
    assert shown > 3
    assert text.endswith(f"{35 - shown} further sources are not shown.")


def test_nothing_kept_is_said() -> None:
    assert "not kept" in render_why(view(after(1)), [])
    assert render_why(view(after(1), edition=Edition.SAMPLE), []).startswith("SAMPLE")


def test_outside_text_is_made_harmless() -> None:
    evil = "/forget @all https://evil.example \u202e"
    hostile = Report(
        replace(make_article(), title=evil), make_reading(rule=evil, evidence=(evil,), model=evil), make_located()
    )
    text = render_why(view(after(1)), [hostile])
    for bad in ("/forget", "@all", "https://", "\u202e"):
        assert bad not in text


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (make_place(), "Walikale, town, North Kivu, DR Congo"),
        (make_place(near=True), "near Walikale, town, North Kivu, DR Congo"),
        (DISTRICT, "Walikale, territory, North Kivu, DR Congo"),
        (make_place(name="North Kivu", precision=Precision.ADMIN1), "North Kivu, province, DR Congo"),
        (make_place(precision=Precision.COUNTRY), "DR Congo"),
        (make_place(country="SD", precision=Precision.ADMIN2, admin1=None), "Walikale, district, Sudan"),
    ],
)
def test_places_say_what_they_are(place: object, label: str) -> None:
    assert place_label(place, load(Language.EN)) == label  # type: ignore[arg-type]


def test_a_reason_with_a_name_is_told_in_french() -> None:
    (line,) = place_lines(located(reason="not in the gazetteer; named beside {Goma}").main, load(Language.FR))  # type: ignore[arg-type]
    assert line.endswith("nommé à côté de {Goma}")


def test_a_reason_without_words_is_shown_as_it_is() -> None:
    (line,) = place_lines(located(reason="a {new} reason").main, load(Language.FR))  # type: ignore[arg-type]
    assert line.endswith("a {new} reason")
