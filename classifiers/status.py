"""Who stands behind the main claim: the outlet, a warring party, or somebody who can confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass

from classifiers.analysis import Analysis
from classifiers.speech import Act, Role, Utterance
from classifiers.status_model import StatusModel
from classifiers.status_traits import status_traits
from classifiers.taxonomy import Signal, Status

_CLAIMING = frozenset((Act.SAY, Act.REPORT, Act.ANNOUNCE, Act.ACCORDING, Act.CLAIM, Act.ACCUSE, Act.HEADING))
_CONFIRMING = frozenset((Act.CONFIRM, Act.SAY, Act.REPORT, Act.ACCORDING, Act.ANNOUNCE, Act.CONDEMN, Act.HEADING))
# Whose word makes a claim: a party's before a partisan's, before somebody's without a name.
_CLAIMANTS = (Role.PARTY, Role.MONITOR, Role.UNNAMED, Role.MEDIA, Role.CIVIL, Role.PERSON, Role.WITNESS)
_CONFIRMERS = (Role.INDEPENDENT, Role.PARTY, Role.CIVIL, Role.UNNAMED, Role.PERSON, Role.MONITOR)
_DENIERS = (Role.PARTY, Role.CIVIL, Role.PERSON, Role.UNNAMED)


@dataclass(frozen=True, slots=True)
class StatusFinding:
    """`rule`: one short English line saying why; the names are as written, None where the text names nobody.

    `disputed`: a party denies or contradicts the claim, whatever the status.
    """

    status: Status
    rule: str
    claimant: str | None = None
    confirmed_by: str | None = None
    disputed: bool = False
    disputed_by: str | None = None


def find_status(analysis: Analysis, labels: Sequence[Signal], actor: str | None, model: StatusModel) -> StatusFinding:
    """The status of the main claim of a relevant text; `actor` is who did it, `labels` what it is."""
    said = analysis.utterances
    traits = status_traits(analysis.passage, said, analysis.concepts, labels, actor)
    status, rule = model.decide(traits)
    denial = _denial(said)
    return StatusFinding(
        status=status,
        rule=rule,
        claimant=_speaker(said, _CLAIMING, _CLAIMANTS) if status is Status.CLAIMED else None,
        confirmed_by=_speaker(said, _CONFIRMING, _CONFIRMERS) if status is Status.CONFIRMED else None,
        disputed=denial is not None or status is Status.DENIED,
        disputed_by=denial.speaker or None if denial else None,
    )


def _speaker(said: Sequence[Utterance], acts: frozenset[Act], roles: Sequence[Role]) -> str | None:
    """The first speaker of the foremost role."""
    for role in roles:
        for utterance in said:
            if utterance.role is role and utterance.act in acts:
                return utterance.speaker
    return None


def _denial(said: Sequence[Utterance]) -> Utterance | None:
    """A denial by a party or an authority; by somebody without a name only where no other is."""
    denials = [u for u in said if u.act is Act.DENY]
    for role in _DENIERS:
        for utterance in denials:
            if utterance.role is role:
                return utterance
    return denials[0] if denials else None
