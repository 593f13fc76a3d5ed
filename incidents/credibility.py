"""How credible one piece of information is, by the digit of the Admiralty code (NATO AJP-2.1).

The digit speaks of what is said, the letter (feeds.types.Reliability) of who says it, and neither follows from the
other: an unreliable source may say what others bear out, a reliable one may pass on a party's claim.
"""

from enum import IntEnum

from classifiers.taxonomy import Status
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
    """Of what one source says of the incident: what it took back is improbable."""
    return Credibility.IMPROBABLE if witness.retracted else credibility(incident)
