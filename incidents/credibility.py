"""How credible one piece of information is, by the digit of the Admiralty code (NATO AJP-2.1).

The digit speaks of what is said, the letter (feeds.types.Reliability) of who says it, and neither follows from the
other: an unreliable source may say what others bear out, a reliable one may pass on a party's claim.
"""

from enum import IntEnum

from classifiers.taxonomy import Status
from incidents.certainty import AS_FACT, claimant_of, status_of
from incidents.types import Certainty, Incident, Witness


class Credibility(IntEnum):
    CONFIRMED = 1  # by other sources
    PROBABLE = 2
    POSSIBLE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    UNKNOWN = 6  # its truth cannot be judged


def credibility(incident: Incident) -> Credibility:
    """Of what the incident says. Other sources bear it out: 1. One outlet tells it as a fact: 2. A named party claims
    it: 3. What is not borne out and denied is one less credible. Nobody stands behind it, or it is a warning: 6."""
    if incident.withdrawn or incident.certainty is Certainty.UNLIKELY:
        return Credibility.IMPROBABLE
    if incident.certainty is Certainty.OBSERVED:
        return Credibility.CONFIRMED
    if incident.certainty is Certainty.LIKELY:
        return Credibility.POSSIBLE if incident.disputed else Credibility.PROBABLE
    if incident.status is Status.WARNED or not incident.claimants:
        return Credibility.UNKNOWN
    return Credibility.DOUBTFUL if incident.disputed else Credibility.POSSIBLE


def credibility_of(witness: Witness, incident: Incident) -> Credibility:
    """Of what one source says of the incident: a fact is as credible as the incident, a claim or a denial stays one
    party's word whatever others report, and what the source took back is improbable."""
    if witness.retracted:
        return Credibility.IMPROBABLE
    status = status_of(witness)
    if status is Status.DENIED:
        return _word_of(witness.disputed_by, contradicted=incident.certainty is Certainty.OBSERVED)
    if status in AS_FACT or incident.withdrawn:
        return credibility(incident)
    if status is Status.WARNED:
        return Credibility.UNKNOWN
    return _word_of(claimant_of(witness), contradicted=incident.disputed)


def _word_of(party: str | None, *, contradicted: bool) -> Credibility:
    """Of what only a party says; nobody named: its truth cannot be judged."""
    if not party:
        return Credibility.UNKNOWN
    return Credibility.DOUBTFUL if contradicted else Credibility.POSSIBLE
