"""Why a text is read as it is."""

from collections.abc import Sequence

import pytest

from alerts.i18n import load
from alerts.phrases import place_reason
from alerts.status_rules import status_rule
from alerts.types import Language
from classifiers.actors import WEIGHTS
from classifiers.reader import Reader
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText, Scores
from errors import InvalidInput
from pipeline.assess import Assessor
from pipeline.explain import TRAITS, Explanation, explain, render, text_to_explain

CAPTURE = """M23 rebels capture Walikale, army denies
The fighters took the town in North Kivu on Wednesday, killing 12 people, residents said.
A hospital was shelled."""


@pytest.fixture(scope="module")
def capture(assessor: Assessor) -> Explanation:
    return explain(text_to_explain(CAPTURE), assessor.reader, assessor.locator)


def test_the_first_line_is_the_title_and_the_rest_the_summary() -> None:
    text = text_to_explain(" Title \n\nOne line\nand another.\n", "fr", "cd")
    assert text == ArticleText("Title", "One line and another.", "fr", home="CD")


def test_every_trait_of_an_actor_has_words() -> None:
    assert set(TRAITS) == set(WEIGHTS)


@pytest.mark.parametrize("written", ["", " \n \n"])
def test_nothing_to_explain_is_a_mistake(written: str) -> None:
    with pytest.raises(InvalidInput, match="TEXT"):
        text_to_explain(written)


def test_the_explanation_agrees_with_the_assessment(capture: Explanation, assessor: Assessor) -> None:
    assert capture.explained.reading == assessor.reader.read([capture.text])[0]
    assert capture.located.main is not None
    assert capture.located.main.place.name == "Walikale"


def test_a_person_reads_signals_rules_and_places(capture: Explanation) -> None:
    reading, lines = capture.explained.reading, render(capture).splitlines()
    assert Signal.TERRITORY_CAPTURED in reading.labels
    assert lines[0].startswith("News of conflict: ")
    assert lines[1].startswith("Read as: Territory captured ")
    every = lines[1] + lines[2]
    assert every.count("%") == len(Signal)
    assert f"(rule: {status_rule(reading.rule, load(Language.EN))})" in "\n".join(lines)
    assert any(line.startswith("Actor: M23 (rule: ") for line in lines)
    assert "Figures: at least 12 killed" in lines
    main = lines.index("Main place")
    assert lines[main + 1].startswith("Place: “Walikale” taken for Walikale, town, North Kivu, DR Congo, ")
    also = lines.index("Also named")
    assert any("“North Kivu” taken for North Kivu, province, DR Congo" in line for line in lines[also:])


def test_what_else_a_name_could_have_been_is_listed(assessor: Assessor) -> None:
    text = text_to_explain("Shelling kills 12 civilians in Tripoli\nRockets hit homes in the city, medics said.")
    explained = explain(text, assessor.reader, assessor.locator)
    assert explained.located.main is not None
    assert explained.located.main.alternatives
    assert "It could also have been: Tripoli" in render(explained)


class Unmoved:
    """A classifier to which nothing is news."""

    name = "unmoved-1"

    def score(self, texts: Sequence[ArticleText]) -> list[Scores]:
        return [Scores(0.02, dict.fromkeys(Signal, 0.01), (), ()) for _ in texts]


def test_what_is_no_news_has_no_rules(assessor: Assessor) -> None:
    text = text_to_explain("Cake wins the village baking contest")
    shown = render(explain(text, Reader(Unmoved()), assessor.locator))
    first, second, *_ = shown.splitlines()
    assert first == "Not news of conflict: 2% likely to be."
    assert second.startswith("Weighed, not told (below the bound of its kind, or beyond three): Territory captured")
    assert "rule" not in shown
    assert shown.endswith("Model: unmoved-1\n\nNo main place")


@pytest.mark.parametrize(
    "text",
    [
        "French troops fight near Goma",
        "Rebels enter Springfield",
        "Shelling in Walikale territory",
        "IDF shells a town",
    ],
)
def test_every_reason_of_a_place_has_words(assessor: Assessor, text: str) -> None:
    located = assessor.locator.locate(ArticleText(text, ""), "en")
    found = [*([located.main] if located.main else []), *located.others]
    assert found
    assert [r.reason for r in found if place_reason(r.reason) is None] == []
