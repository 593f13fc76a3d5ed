"""Everything that the classifiers say of a text, in one value."""

from collections.abc import Sequence

from classifiers.actors import find_actor
from classifiers.facility import find_facility
from classifiers.figures import find_figures
from classifiers.status import find_status
from classifiers.taxonomy import Facility, Signal
from classifiers.types import ArticleText, Classifier, Reading, Scores


class Reader:
    """Reads texts: scores from `classifier`, everything else by the rules. Pure; never raises on any text."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    def read(self, texts: Sequence[ArticleText]) -> list[Reading]:
        """One reading for each text, in order."""
        scores = self._classifier.score(texts)
        return [_reading(text, score, self._classifier.name) for text, score in zip(texts, scores, strict=True)]


def _reading(text: ArticleText, scores: Scores, model: str) -> Reading:
    joined = text.joined
    spoken = text.language or "en"
    background: tuple[tuple[int, int], ...] = ()
    relevant = bool(scores.labels)
    status = find_status(joined, spoken, background) if relevant else None
    figures = find_figures(joined, spoken, background) if relevant else None
    return Reading(
        relevance=scores.relevance,
        probabilities=scores.signals,
        labels=scores.labels,
        facility=_facility(joined, spoken, scores),
        status=status.status if status else None,
        disputed=status.disputed if status else False,
        actor=find_actor(joined, spoken, background).actor if relevant else None,
        claimant=status.claimant if status else None,
        confirmed_by=status.confirmed_by if status else None,
        disputed_by=status.disputed_by if status else None,
        killed=figures.killed if figures else None,
        injured=figures.injured if figures else None,
        displaced=figures.displaced if figures else None,
        language=spoken,
        evidence=scores.evidence,
        background=background,
        model=model,
    )


def _facility(joined: str, spoken: str, scores: Scores) -> Facility | None:
    if Signal.FACILITY_ATTACKED not in scores.labels:
        return None
    return find_facility(joined, spoken).facility
