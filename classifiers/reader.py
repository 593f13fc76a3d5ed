"""Everything that the classifiers say of a text, in one value."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.actors import find_actor
from classifiers.analysis import Analysis, Analyst
from classifiers.background import recalled
from classifiers.combatants import Kind
from classifiers.facility import find_facility
from classifiers.figures import find_figures
from classifiers.parties import same_party
from classifiers.passage import Span
from classifiers.status import StatusFinding, find_status
from classifiers.status_model import StatusModel, default_status_model
from classifiers.taxonomy import Signal
from classifiers.types import ArticleText, Classifier, Reading, Scores

_BATCH = 256  # texts scored at a time, so that what was found out about them is still at hand for the rules


@dataclass(frozen=True, slots=True)
class ExplainedReading:
    """A reading with the rules behind its actor and facility, one short English line each; None where the text is not
    relevant, or no attack on a site is read. The rule behind the status is the reading's own."""

    reading: Reading
    actor_rule: str | None = None
    facility_rule: str | None = None


class Reader:
    """Reads texts: scores from `classifier`, everything else by the rules. Pure; never raises on any text."""

    def __init__(
        self, classifier: Classifier, analyst: Analyst | None = None, status_model: StatusModel | None = None
    ) -> None:
        self._classifier = classifier
        self._analyst = analyst or Analyst()
        self._status_model = status_model or default_status_model()

    def read(self, texts: Sequence[ArticleText]) -> list[Reading]:
        """One reading for each text, in order."""
        return [explained.reading for explained in self.explain(texts)]

    def explain(self, texts: Sequence[ArticleText]) -> list[ExplainedReading]:
        """As `read`, with the rules."""
        starts = range(0, len(texts), _BATCH)
        return [explained for start in starts for explained in self._batch(texts[start : start + _BATCH])]

    def _batch(self, texts: Sequence[ArticleText]) -> list[ExplainedReading]:
        scores = self._classifier.score(texts)
        return [self._explained(text, score) for text, score in zip(texts, scores, strict=True)]

    def _explained(self, text: ArticleText, scores: Scores) -> ExplainedReading:
        joined = text.joined
        language = self._analyst.language(joined, text.language)
        background = self._analyst.background(joined, language, text.published)
        if scores.labels:
            return self._relevant(joined, language, background, scores)
        reading = Reading(
            relevance=scores.relevance,
            probabilities=scores.signals,
            labels=(),
            facility=None,
            status=None,
            disputed=False,
            actor=None,
            claimant=None,
            confirmed_by=None,
            disputed_by=None,
            killed=None,
            injured=None,
            displaced=None,
            language=language,
            evidence=scores.evidence,
            background=background,
            model=self._classifier.name,
        )
        return ExplainedReading(reading)

    def _relevant(self, joined: str, language: str, background: tuple[Span, ...], scores: Scores) -> ExplainedReading:
        analysis = self._analyst.analyse(joined, language, background)
        doer = find_actor(analysis.passage, analysis.mentions, analysis.concepts)
        status = find_status(analysis, scores.labels, doer.actor, self._status_model, scores.status)
        before = recalled(joined, language)
        figures = find_figures(analysis.passage, before)
        site = find_facility(analysis) if Signal.FACILITY_ATTACKED in scores.labels else None
        reading = Reading(
            relevance=scores.relevance,
            probabilities=scores.signals,
            labels=scores.labels,
            facility=site.facility if site else None,
            status=status.status,
            disputed=status.disputed,
            actor=_taker(analysis, scores.labels, doer.actor, status),
            claimant=status.claimant,
            confirmed_by=status.confirmed_by,
            disputed_by=status.disputed_by,
            killed=figures.killed,
            injured=figures.injured,
            displaced=figures.displaced,
            language=language,
            evidence=scores.evidence,
            background=background,
            model=self._classifier.name,
            rule=status.rule,
            recalled=before,
            missing=figures.missing,
        )
        return ExplainedReading(reading, doer.rule, site.rule if site else None)


def _taker(analysis: Analysis, labels: Sequence[Signal], actor: str | None, status: StatusFinding) -> str | None:
    """Who did it: not the side that tells the loss of a town, but the other that the text names."""
    loser = status.confirmed_by if status.own_loss and labels[0] is Signal.TERRITORY_CAPTURED else None
    if actor is None or loser is None or not same_party(actor, loser):
        return actor
    armed = (m.name for m in analysis.mentions if m.who.kind not in (Kind.WEAPON, Kind.PEOPLE))
    return next((name for name in armed if not same_party(name, loser)), None)
