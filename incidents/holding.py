"""A country's own forces that say they hold a town which others are reported to have taken deny its fall."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from classifiers.combatants import Kind
from classifiers.concepts import ConceptName
from classifiers.parties import party
from classifiers.taxonomy import Signal, Status
from classifiers.untaken import default_words
from incidents.types import Witness

_FORCES = (Kind.STATE, Kind.FORCES)


def as_denials(witnesses: Sequence[Witness]) -> list[Witness]:
    """The witnesses of one incident, in order of publication, each claim to hold the town against an earlier report of
    its fall as a denial by the claimant."""
    return [as_denial(witness, witnesses[:place]) for place, witness in enumerate(witnesses)]


def as_denial(witness: Witness, earlier: Iterable[Witness]) -> Witness:
    """The witness as a denial where it claims that the country's own forces hold a town that others, by one of the
    `earlier`, took; else as it is. A town told as retaken is no such claim."""
    if not _claims_to_hold(witness):
        return witness
    if not any(_is_taken_from(witness, other) for other in earlier):
        return witness
    return replace(witness, status=Status.DENIED, disputed_by=witness.disputed_by or witness.claimant or "")


def _claims_to_hold(witness: Witness) -> bool:
    """Whether it claims that the country's own forces hold a town, and not that they took it."""
    if witness.status is not Status.CLAIMED:
        return False
    if witness.signals[0] is not Signal.TERRITORY_CAPTURED or ConceptName.RETAKE.value in witness.concepts:
        return False
    holds = witness.actor is None or _is_home(witness.actor, witness)
    return holds and default_words().says_held(witness.title)


def _is_taken_from(witness: Witness, other: Witness) -> bool:
    """Whether the other tells that somebody else took the town."""
    if other.signals[0] is not Signal.TERRITORY_CAPTURED or other.status in (Status.DENIED, Status.WARNED):
        return False
    return other.published < witness.published and other.actor is not None and not _is_home(other.actor, witness)


def _is_home(actor: str, witness: Witness) -> bool:
    """Whether the actor is the army, or a force of the country that the witness tells of."""
    who = party(actor)
    country = witness.place.country if witness.place else None
    return who is not None and (who.kind is Kind.ARMY or (who.kind in _FORCES and who.country == country))
