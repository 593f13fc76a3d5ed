"""Why a further report makes a revision, as a cause and one English line."""

from classifiers.taxonomy import Status
from incidents.certainty import AS_FACT, Dependence, Heard, basis, claimant_of, denies, status_of
from incidents.holding import as_denial
from incidents.types import Cause, Incident, Witness

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def cause_of(witness: Witness, previous: Incident | None) -> tuple[Cause, str]:
    """What this report adds to the incident as it was (None: it is the first)."""
    name = witness.source.name
    if previous is None:
        return Cause.FIRST_REPORT, f"First report: {name}"
    witness = as_denial(witness, previous.witnesses)
    if denies(witness):
        return Cause.DENIAL, f"{witness.disputed_by or 'Somebody unnamed'} denies ({name})"
    status = status_of(witness)
    if status is Status.CONFIRMED:
        return Cause.CONFIRMATION, f"{witness.confirmed_by or name} confirms ({name})"
    if status not in AS_FACT:
        return Cause.CLAIM_REPEATED, _claim(witness, status)
    earlier = basis(previous.witnesses)
    dependence = Heard(earlier.as_fact).dependence(witness)
    if dependence is not None:
        return Cause.DEPENDENT_REPORT, f"{_dependent(witness, dependence)}: no further witness"
    return Cause.INDEPENDENT_REPORT, _independent(name, len(earlier.independent))


def _claim(witness: Witness, status: Status) -> str:
    if status is Status.WARNED:
        return f"Warning in {witness.source.name}"
    return f"Claim of {claimant_of(witness) or 'an unnamed source'} in {witness.source.name}"


def _dependent(witness: Witness, dependence: Dependence) -> str:
    name, wire = witness.source.name, witness.source.wire
    match dependence:
        case Dependence.OUTLET:
            return f"Further report by {name}"
        case Dependence.OWNER:
            return f"Report by {name}, of an owner already counted"
        case Dependence.WIRE:
            return f"{wire} copy in {name}" if wire else f"Agency copy in {name}"
        case Dependence.WORDS:
            return f"Copy in {name}"


def _independent(name: str, before: int) -> str:
    if before == 0:
        return f"First outlet to report it as fact: {name}"
    ordinal = _ORDINALS[before] if before < len(_ORDINALS) else f"{before + 1}th"
    return f"{ordinal} independent outlet: {name}"
