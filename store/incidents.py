"""Incidents, their immutable revisions, and the witnesses these rest on."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, select
from sqlalchemy.orm import Session

from classifiers.taxonomy import Signal
from incidents.types import Incident
from store import witnesses
from store.batches import batches
from store.codec import INCIDENT, Json
from store.errors import NotStored, StaleRevision
from store.tables import IncidentRow, IncidentSignalRow, RevisionRow, WitnessRow


class Incidents:
    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self, kinds: Collection[Signal], since: datetime) -> list[Incident]:
        """Incidents as they are now, not withdrawn, last seen at `since` or later, with any of `kinds` among their
        signals; the latest seen first."""
        ids = (
            select(IncidentRow.id)
            .where(IncidentRow.last_seen >= since, IncidentRow.withdrawn.is_(False), with_signals(kinds))
            .order_by(IncidentRow.last_seen.desc(), IncidentRow.id.desc())
        )
        return self.newest(self._session.scalars(ids).all())

    def add(self, incident: Incident) -> Incident:
        """Store a new incident; returned with its id, as revision 1."""
        row = IncidentRow(id=None, **_searched(incident), revision=1)
        self._session.add(row)
        self._session.flush()
        stored = replace(incident, id=row.id, revision=1)
        self._add_revision(stored)
        return stored

    def revise(self, incident: Incident) -> Incident:
        """Store the next revision. Raises StaleRevision unless it directly follows the stored one."""
        row = self._session.get(IncidentRow, incident.id)
        if row is None:
            raise NotStored(f"incident {incident.id} is not stored")
        if incident.revision != row.revision + 1:
            raise StaleRevision(incident.id, row.revision, incident.revision)
        row.revision = incident.revision
        for name, value in _searched(incident).items():
            setattr(row, name, value)
        self._session.flush()
        self._add_revision(incident)
        return incident

    def get(self, incident_id: int) -> Incident | None:
        """The incident as it is now."""
        return next(iter(self.newest([incident_id])), None)

    def newest(self, incident_ids: Iterable[int]) -> list[Incident]:
        """These incidents as they are now, in the order given; unknown ids are left out."""
        return [incident for ids in batches(incident_ids) for incident in self._newest(ids)]

    def revisions(self, incident_id: int) -> list[Incident]:
        """All revisions, the first one first; empty for an unknown incident."""
        rows = select(RevisionRow).where(RevisionRow.incident_id == incident_id).order_by(RevisionRow.revision)
        kept = witnesses.all_of(self._session, incident_id)
        return [
            INCIDENT.decode(row.body, witnesses=[w.value for w in kept if w.belongs_to(row.revision)])
            for row in self._session.scalars(rows)
        ]

    def of_article(self, article_id: int) -> Incident | None:
        """The incident that rests on this article now; the latest, should there be several."""
        ids = (
            select(WitnessRow.incident_id)
            .where(WitnessRow.article_id == article_id, WitnessRow.until.is_(None))
            .order_by(WitnessRow.incident_id.desc())
            .limit(1)
        )
        incident_id = self._session.scalar(ids)
        return None if incident_id is None else self.get(incident_id)

    def all(self) -> Iterator[Incident]:
        """Every incident as it is now, withdrawn ones too, by id."""
        last = 0
        while ids := self._session.scalars(_ids_after(last)).all():
            yield from self._newest(ids)
            last = ids[-1]

    def _newest(self, ids: Collection[int]) -> Iterator[Incident]:
        bodies = (
            select(RevisionRow.incident_id, RevisionRow.body)
            .join(IncidentRow, IncidentRow.id == RevisionRow.incident_id)
            .where(IncidentRow.revision == RevisionRow.revision)
            .where(IncidentRow.id.in_(ids))
        )
        found: dict[int, Json] = dict(self._session.execute(bodies).all())
        testimony = witnesses.current(self._session, ids)
        for incident_id in ids:
            if (body := found.get(incident_id)) is not None:
                yield INCIDENT.decode(body, witnesses=testimony.get(incident_id, ()))

    def _add_revision(self, incident: Incident) -> None:
        body = INCIDENT.encode(incident)
        self._session.add(
            RevisionRow(incident_id=incident.id, revision=incident.revision, cause=incident.cause, body=body)
        )
        self._session.execute(delete(IncidentSignalRow).where(IncidentSignalRow.incident_id == incident.id))
        signals = {incident.kind, *incident.signals}
        self._session.add_all(IncidentSignalRow(incident_id=incident.id, signal=signal) for signal in signals)
        witnesses.keep(self._session, incident)
        self._session.flush()


def with_signals(kinds: Collection[Signal]) -> ColumnElement[bool]:
    """Condition on IncidentRow: it has any of these signals now."""
    row = IncidentSignalRow
    return exists().where(row.incident_id == IncidentRow.id, row.signal.in_(kinds))


def folded(text: str) -> str:
    """Text for finding words whatever their case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _ids_after(last: int) -> Select[Any]:
    return select(IncidentRow.id).where(IncidentRow.id > last).order_by(IncidentRow.id).limit(500)


def _searched(incident: Incident) -> dict[str, Any]:
    return {
        "kind": incident.kind,
        "withdrawn": incident.withdrawn,
        "first_seen": incident.first_seen,
        "last_seen": incident.last_seen,
        "search_text": _search_text(incident),
    }


def _search_text(incident: Incident) -> str:
    place = incident.place
    names = (place.name, place.admin2 or "", place.admin1 or "", *incident.actors)
    titles = dict.fromkeys(witness.title for witness in incident.witnesses)
    return folded("\n".join((*names, *titles)))
