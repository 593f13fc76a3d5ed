"""A report finds its incident, and shows which incidents are one, which is two, and which reports are misplaced.

All of it follows from the likeness of reports to groups of others (similarity), so that the order in which reports come
matters little: what an early report was taken for is looked at again when a later one is like it. The bounds lie so far
apart that nothing goes back and forth. How they were chosen: docs/decisions/0005-fusing.md.
"""

from collections.abc import Sequence
from dataclasses import replace

from classifiers.taxonomy import Status
from incidents.causes import cause_of
from incidents.certainty import status_of
from incidents.compose import compose
from incidents.similarity import Comparison, compare, compared, likeness_to, mean_score, pair_score
from incidents.types import Cause, Certainty, Change, Fusion, Incident, Link, Relation, Witness

JOINS = -0.3  # likeness of a report to its incident, at least; the most like incident gets it
MERGES = 1.0  # mean likeness of an incident's reports to another incident, from which on the two are one
NEIGHBOUR = 0.0  # log-odds with the new report from which on a report of another incident is looked at again
BRIDGED = -0.5  # the same without the new report, at least
MOVES = 0.1  # by so much it must be more like the new report's incident than its own to be moved
PARTS = -2.4  # two groups of an incident's reports whose pairs have a lower mean are two incidents
FEWEST = 2  # reports of a group that is split off
FULL = 200  # reports of one incident; of further ones only those are kept that add something


def settle(witness: Witness, candidates: Sequence[Incident]) -> Fusion:
    """What a report does to the incidents that it may belong to."""
    beside = [c for incident in candidates if (c := compare(witness, incident)) is not None]
    beside.sort(key=lambda c: (-c.likeness, c.incident.id))
    if not beside or beside[0].likeness < JOINS:
        alone = compose((witness,), None, *cause_of(witness, None))
        return _drawn(Fusion(alone, None), witness, beside)
    best = beside[0].incident
    if len(best.witnesses) >= FULL and not adds(witness, best):
        return Fusion(best, best)
    grown = Fusion(compose((*best.witnesses, witness), best, *cause_of(witness, best)), best)
    same = [c.incident for c in beside[1:] if c.likeness >= JOINS and are_one(best, c.incident, witness)]
    if same:
        grown = merge([best, *same], witness)
    known = {best.id, *(i.id for i in same)}
    drawn = _drawn(grown, witness, [c for c in beside if c.incident.id not in known])
    return drawn if drawn.others else _split(grown, witness) or drawn


def adds(witness: Witness, incident: Incident) -> bool:
    """Whether the report says something that the incident does not know: a kind, a place, a side, a figure beyond those
    known. One more outlet that tells what many told does not."""
    if status_of(witness) is not Status.REPORTED or witness.disputed_by is not None:
        return witness.source.independence not in {w.source.independence for w in incident.witnesses}
    if incident.certainty is not Certainty.OBSERVED or witness.signals[0] not in incident.signals:
        return True
    if witness.place is not None and witness.place.id not in {w.place.id for w in incident.witnesses if w.place}:
        return True
    stated = ((w.killed, w.injured, w.displaced) for w in incident.witnesses)
    most = [max((figure or 0 for figure in figures), default=0) for figures in zip(*stated, strict=True)]
    figures = (witness.killed, witness.injured, witness.displaced)
    return any((figure or 0) > known for figure, known in zip(figures, most, strict=True))


def are_one(one: Incident, other: Incident, witness: Witness) -> bool:
    """Whether the reports of the smaller are, beside the new report, as like to the larger as if they had joined it,
    and not much unlike without it: a round-up that names two towns does not make them one."""
    larger, smaller = sorted((one, other), key=lambda i: (-len(i.witnesses), i.id))
    reports = compared(smaller.witnesses)
    if sum(likeness_to(w, larger.witnesses) for w in reports) < BRIDGED * len(reports):
        return False
    together = (*larger.witnesses, witness)
    return sum(likeness_to(w, together) for w in reports) >= MERGES * len(reports)


def merge(incidents: Sequence[Incident], witness: Witness) -> Fusion:
    """One incident of several and of a further report: the one with most witnesses, of equals the earliest, stays."""
    stays = max(incidents, key=lambda i: (len(i.witnesses), -i.id))
    lesser = [i for i in incidents if i is not stays]
    witnesses = (*stays.witnesses, *(w for i in lesser for w in i.witnesses), witness)
    text = f"Found to be one event with no. {_numbers(lesser)}, by the report of {witness.source.name}"
    gone = [number for i in lesser for number in (i.id, *i.linked(Relation.ABSORBED))]
    links = (*stays.links, *(Link(Relation.ABSORBED, number) for number in gone))
    whole = replace(compose(witnesses, stays, Cause.MERGE, text), links=links)
    return Fusion(whole, stays, tuple(Change(_absorbed(i, stays, witness), i) for i in lesser))


def _absorbed(lesser: Incident, into: Incident, witness: Witness) -> Incident:
    """The last revision of an incident that was merged into another; it keeps its witnesses, to be read back."""
    return replace(
        lesser,
        revision=lesser.revision + 1,
        cause=Cause.MERGE,
        cause_text=f"Found to be one event with no. {into.id}, by the report of {witness.source.name}",
        links=(*lesser.links, Link(Relation.MERGED_INTO, into.id)),
    )


def _drawn(fusion: Fusion, witness: Witness, beside: Sequence[Comparison]) -> Fusion:
    """The fusion with those reports of other incidents that are more like its incident than their own."""
    for other in beside:
        near = [w for w, likeness in other.pairs if likeness >= NEIGHBOUR]
        moved = [w for w in near if _is_drawn(w, fusion.incident, other.incident, witness)]
        if moved:
            fusion = _moved(fusion, other.incident, moved, witness)
    return fusion


def _is_drawn(report: Witness, to: Incident, home: Incident, witness: Witness) -> bool:
    here = likeness_to(report, to.witnesses)
    rest = [w for w in to.witnesses if w is not witness]
    if here < JOINS or (rest and likeness_to(report, rest) < PARTS):
        return False
    return len(home.witnesses) == 1 or here >= likeness_to(report, home.witnesses) + MOVES


def _moved(fusion: Fusion, home: Incident, moved: Sequence[Witness], witness: Witness) -> Fusion:
    now = fusion.incident
    ids = {w.article_id for w in moved}
    left = [w for w in home.witnesses if w.article_id not in ids]
    grown = compose((*now.witnesses, *moved), fusion.previous, now.cause, now.cause_text)
    if not left:
        if fusion.previous is None:
            return _instead(fusion, home, witness)
        numbers = (home.id, *home.linked(Relation.ABSORBED))
        links = (*now.links, *(Link(Relation.ABSORBED, number) for number in numbers))
        gone = Change(_absorbed(home, fusion.previous, witness), home)
        return Fusion(replace(grown, links=links), fusion.previous, (*fusion.others, gone))
    names = ", ".join(dict.fromkeys(w.source.name for w in moved))
    smaller = compose(left, home, Cause.MOVE, f"Found to tell of another event: the report of {names}")
    return Fusion(replace(grown, links=now.links), fusion.previous, (*fusion.others, Change(smaller, home)))


def _instead(fusion: Fusion, home: Incident, witness: Witness) -> Fusion:
    """A new incident that would take all reports of a known one is that incident."""
    grown = compose((*home.witnesses, *fusion.incident.witnesses), home, *cause_of(witness, home))
    return Fusion(grown, home, fusion.others)


def _split(fusion: Fusion, witness: Witness) -> Fusion | None:
    """The incident without those reports that tell of another event than the new one; None: it is one."""
    grown, before = fusion.incident, fusion.previous
    near, far = _sides(grown, witness)
    if before is None or min(len(near), len(far)) < FEWEST or mean_score(near, far) >= PARTS:
        return None
    sides = [w for w in grown.witnesses if mean_score([w], near) >= mean_score([w], far)]
    others = [w for w in grown.witnesses if w not in sides]
    if min(len(sides), len(others)) < FEWEST:
        return None
    stays, leaves = sorted((sides, others), key=lambda side: (-len(side), min(w.published for w in side)))
    parted = compose(leaves, None, Cause.SPLIT, f"Parted from no. {before.id}: another event")
    parted = replace(parted, links=(Link(Relation.SPLIT_FROM, before.id),))
    text = f"Found to be two events, by the report of {witness.source.name}"
    return Fusion(compose(stays, before, Cause.SPLIT, text), before, (Change(parted, None),))


def _sides(incident: Incident, witness: Witness) -> tuple[list[Witness], list[Witness]]:
    """Those who tell what the report tells, and those who do not."""
    near: list[Witness] = []
    far: list[Witness] = []
    for other in compared(incident.witnesses):
        likeness = None if other is witness else pair_score(witness, other)
        is_near = other is witness or (likeness is not None and likeness >= JOINS)
        (near if is_near else far).append(other)
    return near, far


def _numbers(incidents: Sequence[Incident]) -> str:
    return ", ".join(str(incident.id) for incident in incidents)
