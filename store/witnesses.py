"""Witnesses of incidents, each kept once for all the revisions it belongs to (see WitnessRow)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from incidents.types import Incident, Witness
from store.codec import WITNESS, Json, JsonText
from store.statements import BatchingSession, insert_rows
from store.tables import WitnessRow

ROOM = 1000.0  # positions that each revision has for the witnesses it adds, which come behind all of earlier ones


@dataclass(frozen=True, slots=True)
class KeptWitness:
    """A witness and the revisions it belongs to."""

    value: Witness
    since: int
    until: int | None

    def belongs_to(self, revision: int) -> bool:
        return self.since <= revision and (self.until is None or revision < self.until)


def all_of(session: Session, incident_id: int) -> list[KeptWitness]:
    """Every witness of every revision; those of one revision in its order."""
    belonging = (WitnessRow.incident_id == incident_id) & (
        WitnessRow.until.is_(None) | (WitnessRow.until > WitnessRow.since)
    )
    rows = select(WitnessRow).where(belonging).order_by(WitnessRow.position, WitnessRow.id)
    return [KeptWitness(WITNESS.decode(row.body), row.since, row.until) for row in session.scalars(rows)]


def current(session: Session, incident_ids: Collection[int]) -> dict[int, list[Witness]]:
    """The witnesses of the newest revisions, in order."""
    statement = (
        select(WitnessRow.incident_id, WitnessRow.body)
        .where(WitnessRow.incident_id.in_(incident_ids), WitnessRow.until.is_(None))
        .order_by(WitnessRow.incident_id, WitnessRow.position)
    )
    found: dict[int, list[Witness]] = defaultdict(list)
    for incident_id, body in session.execute(statement):
        found[incident_id].append(WITNESS.decode(body))
    return found


def keep(session: BatchingSession, incident: Incident, before: Incident | None) -> None:
    """Store the witnesses of a new revision: close the rows of those that left or changed, add what is new."""
    known = before.witnesses if before else ()
    if incident.witnesses[: len(known)] == known:
        _append(session, incident, incident.witnesses[len(known) :])
    else:
        _rearrange(session, incident)


def attach(session: BatchingSession, article_id: int, incident: Incident) -> None:
    """Note an article as telling of an incident, as a witness of no revision."""
    insert_rows(session, WitnessRow, [_values(incident, article_id, 0.0, {}, until=incident.revision)])


def _append(session: BatchingSession, incident: Incident, added: Sequence[Witness]) -> None:
    """The common case: further witnesses after all that were known."""
    first = ROOM * (incident.revision - 1)
    insert_rows(
        session,
        WitnessRow,
        [_values(incident, w.article_id, first + at, WITNESS.text(w)) for at, w in enumerate(added)],
    )


def _values(
    incident: Incident, article_id: int, position: float, body: Json | JsonText, until: int | None = None
) -> dict[str, object]:
    return {
        "incident_id": incident.id,
        "article_id": article_id,
        "since": incident.revision,
        "until": until,
        "position": position,
        "body": body,
    }


def _rearrange(session: BatchingSession, incident: Incident) -> None:
    rows = session.scalars(
        select(WitnessRow)
        .where(WitnessRow.incident_id == incident.id, WitnessRow.until.is_(None))
        .order_by(WitnessRow.position)
    ).all()
    bodies = [WITNESS.encode(witness) for witness in incident.witnesses]
    staying = _unmoved(rows, bodies)
    positions = _positions([row.position if row else None for row in staying])
    if positions is None:  # no room left between two neighbours: start afresh
        staying = [None] * len(bodies)
        positions = [float(index) for index in range(len(bodies))]
    kept = {row.id for row in staying if row is not None}
    for row in rows:
        if row.id not in kept:
            row.until = incident.revision
    session.flush()
    told = zip(incident.witnesses, bodies, staying, positions, strict=True)
    insert_rows(
        session, WitnessRow, [_values(incident, w.article_id, at, body) for w, body, row, at in told if row is None]
    )


def _unmoved(rows: Sequence[WitnessRow], bodies: Sequence[Json]) -> list[WitnessRow | None]:
    """For each wanted body the row that already says so, where rows so chosen keep their order."""
    waiting = list(rows)
    chosen: list[WitnessRow | None] = []
    for body in bodies:
        at = next((index for index, row in enumerate(waiting) if row.body == body), None)
        chosen.append(None if at is None else waiting[at])
        if at is not None:
            waiting = waiting[at + 1 :]
    return chosen


def _positions(known: Sequence[float | None]) -> list[float] | None:
    """Rising positions with the given gaps filled between their neighbours; None where doubles are too coarse."""
    filled: list[float] = []
    for index, position in enumerate(known):
        if position is None:
            below = filled[-1] if filled else None
            above = next((later for later in known[index:] if later is not None), None)
            position = _between(below, above)
        filled.append(position)
    rising = all(first < second for first, second in pairwise(filled))
    return filled if rising else None


def _between(below: float | None, above: float | None) -> float:
    if above is None:
        return 0.0 if below is None else below + 1.0
    return above - 1.0 if below is None else (below + above) / 2
