"""A report finds its incident, and shows which incidents are one, which is two, and which reports are misplaced.

The reports of the incidents near a new report are arranged anew (arrange), as if nobody had arranged them before; what
that says of the new report's own event is done, the rest waits for a report of its own. So the order in which reports
come matters little: what an early report was taken for is looked at again when a later one is like it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from classifiers.taxonomy import Status
from incidents.arrange import TOGETHER, event_of
from incidents.causes import cause_of
from incidents.certainty import status_of
from incidents.compose import compose
from incidents.similarity import compared, likeness_to
from incidents.types import Cause, Certainty, Change, Fusion, Incident, Link, Relation, Witness

NEAR = -1.5  # likeness of a report to an incident from which on their reports are arranged anew
MOST = 60  # reports that are arranged at once; beyond, the less like incidents are left as they are
PARTED = 2  # reports of an incident that show, with a further one, that it is two
FULL = 200  # reports of one incident; of further ones only those are kept that add something


@dataclass(frozen=True, slots=True)
class Near:
    """An incident that a report is somewhat like, and those of its reports that stand for it."""

    incident: Incident
    likeness: float
    reports: Sequence[Witness]


@dataclass(frozen=True, slots=True)
class Share:
    """An incident near a report; `taken`: its reports that tell of the report's event, `left`: those that do not.
    Reports that were not looked at are in neither."""

    incident: Incident
    taken: tuple[Witness, ...]
    left: tuple[Witness, ...]

    @property
    def is_whole(self) -> bool:
        return not self.left

    @property
    def is_mostly(self) -> bool:
        return len(self.taken) >= len(self.left)


def settle(witness: Witness, candidates: Sequence[Incident]) -> Fusion:
    """What a report does to the incidents that it may belong to."""
    near = list(_near(witness, candidates))
    if near and _is_full(near[0]) and not adds(witness, near[0].incident):
        return Fusion(near[0].incident, near[0].incident)
    shares = [share for share in _shares(witness, near) if share.taken]
    homes = [share for share in shares if share.is_mostly]
    if homes:
        home = max(homes, key=lambda share: (len(share.incident.witnesses), -share.incident.id))
        return _joined(witness, home, [share for share in shares if share is not home])
    if shares and len(shares[0].taken) >= PARTED:
        return _parted(witness, shares[0], shares[1:])
    return _gathered(witness, shares)


def _is_full(best: Near) -> bool:
    """Whether a report belongs to an incident that has enough of them."""
    return best.likeness >= TOGETHER and len(best.incident.witnesses) >= FULL


def _shares(witness: Witness, near: Sequence[Near]) -> list[Share]:
    """What the incidents near a report have of its event; the one with most of it first."""
    told = {id(w) for w in event_of(witness, [w for one in near for w in one.reports])}
    shares = [
        Share(
            one.incident,
            tuple(w for w in one.reports if id(w) in told),
            tuple(w for w in one.reports if id(w) not in told),
        )
        for one in near
    ]
    return sorted(shares, key=lambda share: (-len(share.taken), share.incident.id))


def _near(witness: Witness, candidates: Sequence[Incident]) -> Iterator[Near]:
    """The incidents that a report is somewhat like, the most like first."""
    found = [(likeness, i) for i in candidates if (likeness := likeness_to(witness, i)) is not None]
    found.sort(key=lambda pair: (-pair[0], pair[1].id))
    room = MOST
    for likeness, incident in found:
        reports = compared(incident.witnesses, witness)
        room -= len(reports)
        if likeness < NEAR or room < 0:
            return
        yield Near(incident, likeness, reports)


def _joined(witness: Witness, home: Share, others: Sequence[Share]) -> Fusion:
    """The report in the incident that its event is; what other incidents have of the event comes to it, and what the
    incident has of another event is parted from it."""
    before = home.incident
    merged = [share.incident for share in others if share.is_whole]
    kept = _without(before, home.left)
    cause, text = cause_of(witness, before)
    if home.left:
        cause, text = Cause.SPLIT, f"Found to be two events, by the report of {witness.source.name}"
    elif merged:
        numbers = ", ".join(str(incident.id) for incident in merged)
        cause = Cause.MERGE
        text = f"Found to be one event with no. {numbers}, by the report of {witness.source.name}"
    gone = [number for i in merged for number in (i.id, *i.linked(Relation.ABSORBED))]
    links = (*before.links, *(Link(Relation.ABSORBED, number) for number in gone))
    whole = replace(compose((*kept, *_brought(others), witness), before, cause, text), links=links)
    changes = [_absorbed(s.incident, before, witness) if s.is_whole else _relieved(s) for s in others]
    parted = (Change(_parted_from(before, home.left), None),) if home.left else ()
    return Fusion(whole, before, (*changes, *parted))


def _parted(witness: Witness, home: Share, others: Sequence[Share]) -> Fusion:
    """The report makes an incident of its own with the lesser part of one that was taken for one event."""
    before = home.incident
    text = f"Found to be two events, by the report of {witness.source.name}"
    stays = compose(_without(before, home.taken), before, Cause.SPLIT, text)
    parted = _parted_from(before, (*home.taken, *_brought(others), witness))
    return Fusion(stays, before, (*map(_relieved, others), Change(parted, None)))


def _gathered(witness: Witness, others: Sequence[Share]) -> Fusion:
    """A new incident of the report, and of single reports that were taken for part of others."""
    alone = compose((*_brought(others), witness), None, *cause_of(witness, None))
    return Fusion(alone, None, tuple(map(_relieved, others)))


def _brought(shares: Sequence[Share]) -> Iterator[Witness]:
    for share in shares:
        yield from share.incident.witnesses if share.is_whole else share.taken


def _without(incident: Incident, reports: Sequence[Witness]) -> tuple[Witness, ...]:
    leaving = {w.article_id for w in reports}
    return tuple(w for w in incident.witnesses if w.article_id not in leaving)


def _relieved(share: Share) -> Change:
    """The incident without the reports that were taken from it."""
    names = ", ".join(dict.fromkeys(w.source.name for w in share.taken))
    text = f"Found to tell of another event: the report of {names}"
    return Change(compose(_without(share.incident, share.taken), share.incident, Cause.MOVE, text), share.incident)


def _absorbed(lesser: Incident, into: Incident, witness: Witness) -> Change:
    """The last revision of an incident that was merged into another; it keeps its witnesses, to be read back."""
    gone = replace(
        lesser,
        revision=lesser.revision + 1,
        cause=Cause.MERGE,
        cause_text=f"Found to be one event with no. {into.id}, by the report of {witness.source.name}",
        links=(*lesser.links, Link(Relation.MERGED_INTO, into.id)),
    )
    return Change(gone, lesser)


def _parted_from(before: Incident, reports: Sequence[Witness]) -> Incident:
    text = f"Parted from no. {before.id}: another event"
    return replace(compose(reports, None, Cause.SPLIT, text), links=(Link(Relation.SPLIT_FROM, before.id),))


def adds(witness: Witness, incident: Incident) -> bool:
    """Whether the report says something that the incident does not know: a kind, a place, a side, a figure beyond those
    known. One more outlet that tells what many told does not."""
    if status_of(witness) is not Status.REPORTED or witness.disputed_by is not None:
        return witness.source.independence not in {w.source.independence for w in incident.witnesses}
    if incident.certainty is not Certainty.OBSERVED or witness.signals[0] not in incident.signals:
        return True
    if witness.place is not None and witness.place.id not in {w.place.id for w in incident.witnesses if w.place}:
        return True
    figures = (witness.killed, witness.injured, witness.displaced, witness.missing)
    if not any(figures):
        return False
    stated = ((w.killed, w.injured, w.displaced, w.missing) for w in incident.witnesses)
    most = [max((figure or 0 for figure in figures), default=0) for figures in zip(*stated, strict=True)]
    return any((figure or 0) > known for figure, known in zip(figures, most, strict=True))
