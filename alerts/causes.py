"""Why a revision of an incident came to be, in the reader's words: what its report adds to those before."""

from alerts.message import NAME, listed, outlet_name
from alerts.parties import party_name
from alerts.phrases import capital, plain
from alerts.reviews import withdrawal_reason
from alerts.view import AlertView, public_id
from classifiers.taxonomy import Status
from incidents.certainty import AS_FACT, Dependence, Heard, basis, claimant_of, status_of
from incidents.types import Cause, Incident, Relation, Witness

CAUSE = 200


def cause_words(revision: Incident, before: Incident | None, view: AlertView) -> str:
    """`before`: the revision before this one, None for the first."""
    t = view.translator
    match revision.cause:
        case Cause.WITHDRAWAL:
            reason = withdrawal_reason(revision, t, CAUSE)
            return t.text("Withdrawn by us: {reason}", reason=reason) if reason else t.text("Withdrawn by us")
        case Cause.MERGE | Cause.SPLIT:
            return _arranged(revision, before, view)
        case Cause.MOVE:
            return t.text("A report was found to tell of another event")
        case Cause.EASE:
            return t.text("No new reports for longer than is usual there")
        case Cause.EXPIRY:
            return t.text("No new reports for as long as such an event takes reports")
    known = set(before.witnesses) if before else set()
    witness = next((w for w in revision.witnesses if w not in known), None)
    return plain(revision.cause_text, CAUSE) if witness is None else _reported(witness, revision.cause, before, view)


def _arranged(revision: Incident, before: Incident | None, view: AlertView) -> str:
    """That events were found to be one or two, with the numbers of the others."""
    t = view.translator
    old = set(before.links) if before else set()
    others = [link for link in revision.links if link not in old and link.relation is not Relation.FOLLOWS]
    names = listed([public_id(view.edition, link.incident_id) for link in others], t)
    if revision.cause is Cause.MERGE:
        return t.text("Found to be one event with {ids}", ids=names)
    if any(link.relation is Relation.SPLIT_FROM for link in others):
        return t.text("Parted from {ids}: another event", ids=names)
    return (
        t.text("Found to be two events; the other is {ids}", ids=names) if names else t.text("Found to be two events")
    )


def _reported(witness: Witness, cause: Cause, before: Incident | None, view: AlertView) -> str:
    """What one report adds."""
    t, name = view.translator, outlet_name(witness)
    match cause:
        case Cause.RETRACTION:
            return t.text("The source takes its report back: {name}", name=name)
        case Cause.REVISED_REPORT:
            return t.text("The source changed its report: {name}", name=name)
        case Cause.CONFIRMATION:
            party = party_name(witness.confirmed_by or witness.source.name, t)
            return capital(t.text("{party} confirms it: {name}", party=party, name=name))
        case Cause.DENIAL:
            denied = _denied(witness, view)
            reports = status_of(witness) in AS_FACT  # it reports both the event and its denial
            return t.text("; ").join([denied, _counted(witness, before, view)]) if reports else denied
        case Cause.CLAIM_REPEATED:
            return _claimed(witness, view)
        case Cause.FIRST_REPORT if status_of(witness) not in AS_FACT:
            return t.text("First report. {what}", what=_claimed(witness, view))
        case Cause.FIRST_REPORT:
            return t.text("First report: {name}", name=name)
    return _counted(witness, before, view)


def _claimed(witness: Witness, view: AlertView) -> str:
    t, name, status = view.translator, outlet_name(witness), status_of(witness)
    if status is Status.WARNED:
        return t.text("A warning in {name}", name=name)
    if status is Status.DENIED:
        return _denied(witness, view)
    party = claimant_of(witness)
    if party is None:
        return t.text("A claim of an unnamed source in {name}", name=name)
    return t.text("A claim of {party} in {name}", party=party_name(party, t), name=name)


def _denied(witness: Witness, view: AlertView) -> str:
    t = view.translator
    who = witness.disputed_by or claimant_of(witness)  # "the army says it holds the town" denies its fall
    denier = party_name(who, t) if who else t.text("a source not named")
    return t.text("Denied by {party}: {name}", party=denier, name=outlet_name(witness))


def _counted(witness: Witness, before: Incident | None, view: AlertView) -> str:
    """Which witness it is, or why it is none."""
    t, name = view.translator, plain(witness.source.name, NAME)
    stands = basis(before.witnesses if before else ())
    match Heard(stands.as_fact).dependence(witness):
        case Dependence.OUTLET:
            return t.text("A further report of {name}, not a further witness", name=name)
        case Dependence.OWNER:
            return t.text("{name}, of an owner already counted: not a further witness", name=name)
        case Dependence.WIRE:
            return t.text("{wire} text in {name}: not a further witness", wire=witness.source.wire or name, name=name)
        case Dependence.WORDS:
            return t.text("Words of another outlet in {name}: not a further witness", name=name)
    name = outlet_name(witness)
    if not stands.independent:
        return t.text("First outlet to report it as fact: {name}", name=name)
    number = t.number(len(stands.independent) + 1)
    return t.text("Independent outlet no. {number}: {name}", number=number, name=name)
