"""A reading with the rules behind it."""

from collections.abc import Sequence

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


def test_reading_and_explaining_agree() -> None:
    reader = Reader(Judge(*LABELS))
    assert reader.read([TEXT, TEXT]) == [explained.reading for explained in reader.explain([TEXT, TEXT])]
