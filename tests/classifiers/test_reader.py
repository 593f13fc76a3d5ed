"""A reading with the rules behind it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.reader import Reader
from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import ArticleText, Scores

LABELS = (Signal.FACILITY_ATTACKED, Signal.ARMED_CLASH)


class Judge:
    """A classifier that finds the same in every text."""

    name = "judge-1"

    def __init__(self, *labels: Signal) -> None:
        self._labels = labels

    def score(self, texts: Sequence[ArticleText]) -> list[Scores]:
        probabilities = {signal: 0.9 if signal in self._labels else 0.1 for signal in Signal}
        return [Scores(0.9 if self._labels else 0.1, probabilities, self._labels, ("shelled",)) for _ in texts]


TEXT = ArticleText("M23 rebels shell a hospital in Sake", "The clinic was hit at dawn. The army denied having fled.")


def test_a_relevant_text_is_explained() -> None:
    (explained,) = Reader(Judge(*LABELS)).explain([TEXT])
    assert explained.reading.rule
    assert explained.actor_rule
    assert explained.facility_rule
    assert (explained.reading.actor, explained.reading.facility) == ("M23", Facility.HEALTH)
    assert explained.reading.status in Status


def test_the_facility_has_no_rule_where_none_is_attacked() -> None:
    (explained,) = Reader(Judge(Signal.ARMED_CLASH)).explain([TEXT])
    assert explained.facility_rule is None
    assert explained.reading.facility is None


def test_what_is_not_relevant_has_no_rules() -> None:
    (explained,) = Reader(Judge()).explain([TEXT])
    assert (explained.reading.rule, explained.actor_rule, explained.facility_rule) == ("", None, None)


@pytest.mark.parametrize(
    ("title", "taker"),
    [
        ("Congolese army confirms loss of Mavuno to M23", "M23"),
        ("L'armée congolaise reconnaît la perte de Mavuno", None),
    ],
)
def test_who_tells_the_loss_of_a_town_did_not_take_it(title: str, taker: str | None) -> None:
    (reading,) = Reader(Judge(Signal.TERRITORY_CAPTURED)).read([ArticleText(title, "")])
    assert (reading.status, reading.actor) == (Status.CONFIRMED, taker)


def test_reading_and_explaining_agree() -> None:
    reader = Reader(Judge(*LABELS))
    assert reader.read([TEXT, TEXT]) == [explained.reading for explained in reader.explain([TEXT, TEXT])]


MARCH = datetime(2025, 3, 20, 9, tzinfo=UTC)
READER = Reader(Judge(*LABELS))
STORY = (Signal.TERRITORY_CAPTURED, Signal.FACILITY_ATTACKED, Signal.DISPLACEMENT)


@pytest.mark.parametrize(
    ("language", "title", "summary", "denier", "past"),
    [
        (
            "en",
            "M23 fighters push into Walikale as Doha talks fall through",
            "Rebels of the M23 entered the centre of Walikale on Wednesday evening, witnesses said, after the capture "
            "of Goma in January and of Bukavu in February. Bullets struck a house used by MSF and hundreds of "
            "residents fled. The Congolese army denied that the town was lost.",
            "Congolese army",
            ("Goma", "Bukavu"),
        ),
        (
            "en",
            "Walikale: rebels in the streets, clinic hit by gunfire",
            "M23 rebels marched into the mining town of Walikale, which the army denies, and an MSF clinic came under "
            "fire while people fled into the forest. The group has held Goma since January.",
            "army",
            ("Goma",),
        ),
        (
            "fr",
            "Nord-Kivu : le M23 entre à Walikale, des habitants fuient",
            "Les rebelles du M23 sont entrés mercredi dans la cité de Walikale. La base de MSF a essuyé des tirs. "
            "L'armée congolaise dément avoir perdu la ville. Goma est tombée fin janvier et Bukavu en février.",
            "armée congolaise",
            ("Goma", "Bukavu"),
        ),
        (
            "fr",
            "RDC : une structure de MSF touchée par des tirs à Walikale, où le M23 est entré",
            "Des milliers de personnes ont fui la localité prise par les rebelles du M23 après la chute de Goma en "
            "janvier. Les FARDC démentent la perte de la ville.",
            "FARDC",
            ("Goma",),
        ),
        (
            "sw",
            "Waasi wa M23 waingia Walikale, wakazi wakimbia",
            "Waasi wa M23 wameingia mji wa Walikale Jumatano jioni. Hospitali inayosaidiwa na MSF ilipigwa risasi. "
            "Jeshi la Congo limekanusha kupoteza mji huo. Waasi hao waliteka Goma mwezi Januari na Bukavu "
            "mwezi Februari.",
            "Jeshi la Congo",
            ("Goma", "Bukavu"),
        ),
    ],
)
def test_walikale(language: str, title: str, summary: str, denier: str, past: tuple[str, ...]) -> None:
    text = ArticleText(title, summary, language, MARCH)
    (reading,) = Reader(Judge(*STORY)).read([text])
    assert reading.language == language
    assert (reading.actor, reading.facility) == ("M23", Facility.HEALTH)
    assert (reading.disputed, reading.disputed_by) == (True, denier)
    for place in past:
        at = text.joined.index(place)
        assert any(start <= at < end for start, end in reading.background), place
    town = text.joined.index("Walikale")
    assert not any(start <= town < end for start, end in reading.background)


def test_a_declared_language_that_the_text_belies_is_not_believed() -> None:
    text = ArticleText("Les rebelles sont entrés dans la ville", "La population a fui vers la forêt.", "en")
    assert Reader(Judge()).read([text])[0].language == "fr"


@pytest.mark.parametrize(
    "text",
    [
        ArticleText("", ""),
        ArticleText("\n\n", "\n"),
        ArticleText("1.5", "2,000,000 10-15 $5 ::: — - -"),
        ArticleText("said says said", "according to"),
        ArticleText("\u202e\u0000\ud7ff", "ـــ ًٌ 𝔐𝟚𝟛 ٣٤٥ قتيلا", "ar"),
        ArticleText("killed " * 3000, "12 " * 3000, "en"),
        ArticleText("9" * 5000 + " killed", "1.\u00b2 million dead", "en"),
        ArticleText("M23", "x", "zz"),
    ],
)
@pytest.mark.parametrize("labels", [(), LABELS])
def test_any_text_is_read(text: ArticleText, labels: tuple[Signal, ...]) -> None:
    (reading,) = Reader(Judge(*labels)).read([text])
    assert reading.labels == labels
    assert (reading.status is None) == (not labels)


@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from([None, "en", "fr", "sw", "ar", "ru", "ln"]))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_the_rules(title: str, summary: str, language: str | None) -> None:
    assert len(READER.read([ArticleText(title, summary, language)])) == 1
