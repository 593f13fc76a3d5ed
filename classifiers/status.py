"""Who stands behind the main claim: the outlet, a warring party, or somebody who can confirm it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.analysis import Analysis
from classifiers.concepts import ConceptName
from classifiers.lexicon import Concept
from classifiers.parties import same_party
from classifiers.speech import Act, Role, Utterance
from classifiers.status_model import StatusModel
from classifiers.status_traits import status_traits
from classifiers.taxonomy import Signal, Status
from classifiers.untaken import Short, default_words, overlaps

_CLAIMING = frozenset((Act.SAY, Act.REPORT, Act.ANNOUNCE, Act.ACCORDING, Act.CLAIM, Act.ACCUSE, Act.HEADING))
_CONFIRMING = frozenset((Act.CONFIRM, Act.SAY, Act.REPORT, Act.ACCORDING, Act.ANNOUNCE, Act.CONDEMN, Act.HEADING))
_TELLING = frozenset((Act.SAY, Act.ANNOUNCE, Act.CONFIRM, Act.REPORT))
_LOSSES = frozenset((ConceptName.LOSE, ConceptName.WITHDRAW))
_OWN_LOSS = "tells its own loss"
_LOSS_OF = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:loss|perte|pérdida|perda|kupoteza|خسارة|потер\w+|утрат\w+)\b", re.IGNORECASE
)
_SOON = 4  # words between the verb and the loss
_NEXT = 12  # letters: "says it will withdraw" is no loss yet
# Whose word makes a claim: a party's before a partisan's, before somebody's without a name.
_CLAIMANTS = (Role.PARTY, Role.MONITOR, Role.UNNAMED, Role.MEDIA, Role.CIVIL, Role.PERSON, Role.WITNESS)
_CONFIRMERS = (Role.INDEPENDENT, Role.PARTY, Role.CIVIL, Role.UNNAMED, Role.PERSON, Role.MONITOR)
_DENIERS = (Role.PARTY, Role.CIVIL, Role.PERSON, Role.UNNAMED)


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """`rule`: one short English line saying why; the names are as written, None where the text names nobody.

    `disputed`: a party denies or contradicts the claim, whatever the status. `own_loss`: `confirmed_by` tells its loss.
    """

    status: Status
    rule: str
    claimant: str | None = None
    confirmed_by: str | None = None
    disputed: bool = False
    disputed_by: str | None = None
    own_loss: bool = False


def find_status(
    analysis: Analysis,
    labels: Sequence[Signal],
    actor: str | None,
    model: StatusModel,
    answers: Sequence[float] | None = None,
) -> StatusFinding:
    """The status of the main claim of a relevant text; `actor` is who did it, `labels` what it is, `answers`
    `Scores.status`."""
    said = analysis.utterances
    traits = status_traits(analysis.passage, analysis.mentions, said, analysis.concepts, labels, actor)
    status, rule = _plain(analysis, labels) or _of_others(said, actor, *model.decide(traits, answers))
    denial = _denial(said)
    return StatusFinding(
        status=status,
        rule=rule,
        claimant=_speaker(said, _CLAIMING, _CLAIMANTS) if status is Status.CLAIMED else None,
        confirmed_by=_speaker(said, _CONFIRMING, _CONFIRMERS) if status is Status.CONFIRMED else None,
        disputed=denial is not None or status is Status.DENIED,
        disputed_by=denial.speaker or None if denial else None,
        own_loss=status is Status.CONFIRMED and rule.endswith(_OWN_LOSS),
    )


def _plain(analysis: Analysis, labels: Sequence[Signal]) -> tuple[Status, str] | None:
    """What the definition of a status settles without weighing: a side denies in the title, or tells its own loss; or
    who was to withdraw is still there."""
    short = default_words().found(analysis.passage.text)
    stayed = any(start < analysis.passage.title_end for start, _ in short.get(Short.STAYED, ()))
    if stayed and labels[0] is Signal.DEESCALATION:
        return Status.DENIED, "the title says that they are still there"
    for utterance in analysis.utterances:
        if utterance.role is not Role.PARTY or not analysis.passage.in_title(utterance.place):
            continue
        if utterance.act is Act.DENY:
            return Status.DENIED, f"{utterance.speaker} denies it"
        if utterance.act in _TELLING and _tells_own_loss(analysis, utterance):
            return Status.CONFIRMED, f"{utterance.speaker} {_OWN_LOSS}"
    return None


def _of_others(said: Sequence[Utterance], actor: str | None, status: Status, rule: str) -> tuple[Status, str]:
    """A side's word for its own deed confirms nothing, unless it admits it: it claims."""
    if status is not Status.CONFIRMED or any(u.act is Act.CONFIRM for u in said):
        return status, rule
    confirmer = _utterance(said, _CONFIRMING, _CONFIRMERS)
    if confirmer is None or confirmer.role is not Role.PARTY or not same_party(confirmer.speaker, actor or ""):
        return status, rule
    return Status.CLAIMED, f"{confirmer.speaker} speaks of its own deed"


def _tells_own_loss(analysis: Analysis, utterance: Utterance) -> bool:
    """ "The army says it has lost the town": a loss right behind the verb, with nobody else between. A withdrawal that
    is only promised is none."""
    end = analysis.passage.tokens[utterance.place].end
    if _LOSS_OF.match(analysis.passage.text, end):
        return True
    promised = default_words().found(analysis.passage.text).get(Short.PROMISED, ())
    for concept in analysis.concepts:
        if overlaps(promised, concept.start, concept.end):
            continue
        if concept.name is ConceptName.FUTURE and 0 <= concept.start - end <= _NEXT:
            return False
        between = analysis.passage.text[end : concept.start].split() if concept.start > end else None
        if concept.name in _LOSSES and between is not None and len(between) <= _SOON:
            return not any(m.first > utterance.place and _before(analysis, m.first, concept) for m in analysis.mentions)
    return False


def _before(analysis: Analysis, place: int, concept: Concept) -> bool:
    return analysis.passage.tokens[place].start < concept.start


def _speaker(said: Sequence[Utterance], acts: frozenset[Act], roles: Sequence[Role]) -> str | None:
    """The first speaker of the foremost role."""
    utterance = _utterance(said, acts, roles)
    return utterance.speaker if utterance else None


def _utterance(said: Sequence[Utterance], acts: frozenset[Act], roles: Sequence[Role]) -> Utterance | None:
    return next((u for role in roles for u in said if u.role is role and u.act in acts), None)


def _denial(said: Sequence[Utterance]) -> Utterance | None:
    """A denial by a party or an authority; by somebody without a name only where no other is."""
    denials = [u for u in said if u.act is Act.DENY]
    for role in _DENIERS:
        for utterance in denials:
            if utterance.role is role:
                return utterance
    return denials[0] if denials else None
