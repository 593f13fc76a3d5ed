"""Incidents, their immutable revisions, and the witnesses these rest on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, delete, exists, select, update

from classifiers.taxonomy import Signal
from incidents.lookup import filed_under
from incidents.types import Incident
from store import witnesses
from store.batches import batches
from store.codec import INCIDENT, Json
from store.errors import NotStored, StaleRevision
from store.incident_cache import IncidentCache
from store.search import Search
from store.statements import BatchingSession, execute, execute_ahead, insert_rows, inserted
from store.tables import IncidentKeyRow, IncidentRow, IncidentSignalRow, RevisionRow, WitnessRow
from store.words import folded

MOST = 200  # incidents that one report is compared with: the latest of them


def with_signals(kinds: Collection[Signal] | Sequence[BindParameter[Any]]) -> ColumnElement[bool]:
    """Condition on IncidentRow: it has any of these signals now."""
    row = IncidentSignalRow
    return exists().where(row.incident_id == IncidentRow.id, row.signal.in_(kinds))


def _standing() -> ColumnElement[bool]:
    return IncidentRow.withdrawn.is_(False) & IncidentRow.merged_into.is_(None)


# Built once: they are asked for every report, and building them takes longer than answering them.
_REVISE = update(IncidentRow).where(
    IncidentRow.id == bindparam("incident"), IncidentRow.revision == bindparam("before")
)
_CURRENT = select(IncidentRow.id, IncidentRow.revision).where(IncidentRow.id.in_(bindparam("ids", expanding=True)))


@lru_cache(maxsize=512)
def _open(keys: int, kinds: int) -> Select[int, int]:
    """For so many keys and kinds: a list whose length is not known costs more to fill in than the answer."""
    key, kind = IncidentKeyRow.key, IncidentSignalRow.signal
    filed = key.in_([bindparam(f"key{at}", type_=key.type) for at in range(keys)])
    return (
        select(IncidentRow.id, IncidentRow.revision)
        .where(IncidentRow.id.in_(select(IncidentKeyRow.incident_id).where(filed)))
        .where(IncidentRow.last_seen >= bindparam("since"), _standing())
        .where(with_signals([bindparam(f"kind{at}", type_=kind.type) for at in range(kinds)]))
        .order_by(IncidentRow.last_seen.desc(), IncidentRow.id.desc())
        .limit(bindparam("most"))
    )


class Incidents:
    """`cache`: incidents as others have committed them; what is changed here goes in when this transaction commits."""

    def __init__(self, session: BatchingSession, cache: IncidentCache) -> None:
        self._session = session
        self._cache = cache
        self._changed: dict[int, Incident] = {}
        self._filed: dict[int, frozenset[str]] = {}  # keys of what was changed

    def open(self, keys: Collection[str], kinds: Collection[Signal], since: datetime) -> list[Incident]:
        """Incidents as they are now, neither withdrawn nor merged into another, filed under any of `keys`
        (incidents.lookup), last seen at `since` or later, with any of `kinds` among their signals; the latest seen
        first, MOST at most."""
        values: dict[str, Any] = {f"key{at}": key for at, key in enumerate(keys)}
        values |= {f"kind{at}": kind for at, kind in enumerate(kinds)}
        values |= {"since": since, "most": MOST + len(self._changed)}
        found = self._session.connection().execute(_open(len(keys), len(kinds)), values).all()
        known = list(self._known({id: revision for id, revision in found if id not in self._changed}))
        changed = [i for i in self._changed.values() if self._is_open(i, frozenset(keys), kinds, since)]
        if changed:  # what they are filed under now may wait to be written
            known = sorted((*known, *changed), key=lambda i: (i.last_seen, i.id), reverse=True)
        return known[:MOST]

    def _is_open(self, incident: Incident, keys: frozenset[str], kinds: Collection[Signal], since: datetime) -> bool:
        return (
            incident.last_seen >= since
            and not (incident.withdrawn or incident.merged_into)
            and not keys.isdisjoint(self._filed[incident.id])
            and not _signals(incident).isdisjoint(kinds)
        )

    def silent(self, since: datetime, until: datetime) -> list[Incident]:
        """Incidents last seen from `since` up to `until` that stand and are not eased; the earliest seen first."""
        ids = (
            select(IncidentRow.id)
            .where(IncidentRow.last_seen >= since, IncidentRow.last_seen <= until, _standing())
            .where(IncidentRow.eased.is_(False))
            .order_by(IncidentRow.last_seen, IncidentRow.id)
        )
        return self.newest(self._session.scalars(ids).all())

    def add(self, incident: Incident) -> Incident:
        """Store a new incident; returned with its id, as revision 1."""
        id = inserted(self._session, IncidentRow, {**_searched(incident), "revision": 1})
        stored = replace(incident, id=id, revision=1)
        self._add_revision(stored, None)
        return stored

    def revise(self, incident: Incident) -> Incident:
        """Store the next revision. Raises StaleRevision unless it directly follows the stored one."""
        before = self._at_hand(incident.id, incident.revision - 1) or self.get(incident.id)
        if before is None:
            raise NotStored(f"incident {incident.id} is not stored")
        values = {**_searched(incident), "revision": incident.revision, "incident": incident.id}
        if not execute_ahead(self._session, _REVISE, {**values, "before": incident.revision - 1}):
            newest = self.get(incident.id) or before
            raise StaleRevision(incident.id, newest.revision, incident.revision)
        self._add_revision(incident, before)
        return incident

    def attach(self, article_id: int, incident: Incident) -> None:
        """Note that an article tells of an incident that does not rest on it: it has enough witnesses."""
        witnesses.attach(self._session, article_id, incident)

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
            .join(IncidentRow, IncidentRow.id == WitnessRow.incident_id)
            .where(WitnessRow.article_id == article_id, WitnessRow.until.is_(None), IncidentRow.merged_into.is_(None))
            .order_by(WitnessRow.incident_id.desc())
            .limit(1)
        )
        incident_id = self._session.scalar(ids)
        return None if incident_id is None else self.get(incident_id)

    def all(self) -> Iterator[Incident]:
        """Every incident as it is now, withdrawn ones too, by id; those merged into another left out."""
        last = 0
        while ids := self._session.scalars(_ids_after(last)).all():
            yield from self._newest(ids)
            last = ids[-1]

    def _newest(self, ids: Collection[int]) -> Iterator[Incident]:
        current: dict[int, int] = dict(self._session.execute(_CURRENT, {"ids": list(ids)}).all())
        return self._known({id: current[id] for id in ids if id in current})

    def _known(self, revisions: Mapping[int, int]) -> Iterator[Incident]:
        """These incidents at their newest revisions, in order, read from the database where they are not at hand."""
        known = {id: self._at_hand(id, revision) for id, revision in revisions.items()}
        read = self._read([id for id, incident in known.items() if incident is None])
        return (incident for id in revisions if (incident := known[id] or read.get(id)) is not None)

    def _at_hand(self, incident_id: int, revision: int) -> Incident | None:
        """The revision, if it is known without asking the database."""
        changed = self._changed.get(incident_id)
        if changed is not None:
            return changed if changed.revision == revision else None
        return self._cache.get(incident_id, revision)

    def _read(self, ids: Collection[int]) -> dict[int, Incident]:
        if not ids:
            return {}
        bodies = (
            select(RevisionRow.incident_id, RevisionRow.body)
            .join(IncidentRow, IncidentRow.id == RevisionRow.incident_id)
            .where(IncidentRow.revision == RevisionRow.revision)
            .where(IncidentRow.id.in_(ids))
        )
        found: dict[int, Json] = dict(self._session.execute(bodies).all())
        testimony = witnesses.current(self._session, ids)
        read = {id: INCIDENT.decode(body, witnesses=testimony.get(id, ())) for id, body in found.items()}
        for incident in read.values():
            self._cache.put(incident)
        return read

    def _add_revision(self, incident: Incident, before: Incident | None) -> None:
        revision = {
            "incident_id": incident.id,
            "revision": incident.revision,
            "cause": incident.cause,
            "body": INCIDENT.text(incident),
        }
        insert_rows(self._session, RevisionRow, [revision])
        self._file(incident, before)
        witnesses.keep(self._session, incident, before)
        Search(self._session).put_alert(incident, before)
        self._changed[incident.id] = incident

    def _file(self, incident: Incident, before: Incident | None) -> None:
        """Bring signals and keys, by which it is found, up to date."""
        id = incident.id
        signals, old = _signals(incident), _signals(before)
        keys = self._filed[id] = filed_under(incident)
        old_keys = filed_under(before) if before else frozenset()
        gone, stale = old - signals, old_keys - keys
        if gone:
            signal = IncidentSignalRow
            execute(self._session, delete(signal).where(signal.incident_id == id, signal.signal.in_(gone)))
        if stale:
            row = IncidentKeyRow
            execute(self._session, delete(row).where(row.incident_id == id, row.key.in_(stale)))
        insert_rows(self._session, IncidentSignalRow, [{"incident_id": id, "signal": s} for s in signals - old])
        insert_rows(self._session, IncidentKeyRow, [{"incident_id": id, "key": key} for key in keys - old_keys])

    def committed(self) -> None:
        """What was changed is now what all see."""
        for incident in self._changed.values():
            self._cache.put(incident)


def _signals(incident: Incident | None) -> frozenset[Signal]:
    return frozenset({incident.kind, *incident.signals}) if incident else frozenset()


def _ids_after(last: int) -> Select[Any]:
    standing = IncidentRow.merged_into.is_(None)
    return select(IncidentRow.id).where(IncidentRow.id > last, standing).order_by(IncidentRow.id).limit(500)


def _searched(incident: Incident) -> dict[str, Any]:
    return {
        "kind": incident.kind,
        "withdrawn": incident.withdrawn,
        "first_seen": incident.first_seen,
        "last_seen": incident.last_seen,
        "search_text": _search_text(incident),
        "merged_into": incident.merged_into,
        "eased": incident.eased,
    }


def _search_text(incident: Incident) -> str:
    place = incident.place
    names = (place.name, place.admin2 or "", place.admin1 or "", *incident.actors)
    titles = dict.fromkeys(witness.title for witness in incident.witnesses)
    return folded("\n".join((*names, *titles)))
