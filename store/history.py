"""What a chat has been told, to look back at."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, func, or_, select
from sqlalchemy.orm import Session

from alerts.preview import Past, PastAlert
from alerts.types import Edition, Reason, Severity
from classifiers.taxonomy import Signal
from incidents.types import Certainty, Incident
from places.areas import AreaMatch, matches
from places.types import Area, Place
from store.batches import batches
from store.codec import INCIDENT, Codec
from store.incident_cache import IncidentCache
from store.incidents import Incidents, with_signals
from store.outbox import matched_watches
from store.tables import AlertRow, IncidentRow, OutboxRow, OutboxWatchRow, RevisionRow
from store.types import HistoryFilter, StatusWord, Told
from store.words import folded

PLACE = Codec(Place)

_PAST = (
    select(IncidentRow.id, RevisionRow.body["place"], RevisionRow.body["signals"])
    .join(RevisionRow, RevisionRow.incident_id == IncidentRow.id)
    .where(RevisionRow.revision == IncidentRow.revision, IncidentRow.merged_into.is_(None))
)


_CURRENT = and_(RevisionRow.incident_id == IncidentRow.id, RevisionRow.revision == IncidentRow.revision)
_CERTAINTY = {
    StatusWord.CLAIMED: Certainty.POSSIBLE,
    StatusWord.REPORTED: Certainty.LIKELY,
    StatusWord.CORROBORATED: Certainty.OBSERVED,
}


class History:
    """`bare`: incidents without their witnesses, as they were committed."""

    def __init__(self, session: Session, edition: Edition, incidents: Incidents, bare: IncidentCache) -> None:
        self._session = session
        self._bare = bare
        self._incidents = incidents
        self._edition = edition

    def told(self, chat_id: int, filter: HistoryFilter, offset: int, limit: int) -> tuple[list[Told], int]:
        """A page of the incidents the chat was told of, the last told or the gravest first, and how many there are.

        `since` and `until` (exclusive) bound when the chat was first told.
        """
        conditions = _conditions(chat_id, filter)
        rows = select(OutboxRow).join(IncidentRow, IncidentRow.id == OutboxRow.incident_id).where(*conditions)
        if filter.area is not None:
            around = self._around(filter.area, conditions, filter)
            some = around[offset : offset + limit]
            found = {row.incident_id: row for row in self._session.scalars(rows.where(OutboxRow.incident_id.in_(some)))}
            return self._lines([found[id] for id in some]), len(around)
        rows = rows.where(*_worded(filter))
        total = self._session.scalar(select(func.count()).select_from(rows.subquery())) or 0
        page = rows.order_by(*_order(filter)).offset(offset).limit(limit)
        return self._lines(list(self._session.scalars(page))), total

    def _around(self, area: Area, conditions: list[ColumnElement[bool]], filter: HistoryFilter) -> list[int]:
        """The incidents that lie or may lie in the area, or have the words, in order."""
        worded = and_(*_worded(filter)) if filter.words else false()
        statement = (
            select(OutboxRow.incident_id, RevisionRow.body["place"], worded)
            .join(IncidentRow, IncidentRow.id == OutboxRow.incident_id)
            .join(RevisionRow, _CURRENT)
            .where(*conditions)
            .order_by(*_order(filter))
        )
        return [
            id
            for id, place, named in self._session.execute(statement)
            if named or matches(area, PLACE.decode(place)) is not AreaMatch.NO
        ]

    def alerted(self, since: datetime | None, until: datetime) -> list[Incident]:
        """Incidents first seen from `since` up to `until` that were worth an alert and stand, as they are now; without
        their witnesses, the first seen first. To be asked where nothing is written: what is found is kept."""
        rows = (
            select(IncidentRow.id, IncidentRow.revision)
            .where(IncidentRow.first_seen < until, ~IncidentRow.withdrawn, IncidentRow.merged_into.is_(None))
            .where(exists().where(AlertRow.incident_id == IncidentRow.id))
            .order_by(IncidentRow.first_seen, IncidentRow.id)
        )
        if since is not None:
            rows = rows.where(IncidentRow.first_seen >= since)
        wanted = [(row.id, row.revision) for row in self._session.execute(rows)]
        known = {id: self._bare.get(id, revision) for id, revision in wanted}
        known |= self._decoded([id for id, incident in known.items() if incident is None])
        return [incident for id, _ in wanted if (incident := known[id]) is not None]

    def _decoded(self, ids: list[int]) -> dict[int, Incident]:
        """Incidents as they are now, without their witnesses."""
        found = {}
        for some in batches(ids):
            bodies = (
                select(IncidentRow.id, RevisionRow.body).join(RevisionRow, _CURRENT).where(IncidentRow.id.in_(some))
            )
            for id, body in self._session.execute(bodies):
                found[id] = INCIDENT.decode(body, witnesses=())
                self._bare.put(found[id])
        return found

    def past(self, since: datetime) -> list[Past]:
        """What was told for the first time at `since` or later, merged incidents left out."""
        told: defaultdict[int, list[PastAlert]] = defaultdict(list)
        columns = (AlertRow.incident_id, AlertRow.at, AlertRow.reason, AlertRow.severity, AlertRow.certainty)
        alerts = select(*columns).where(AlertRow.at >= since).order_by(AlertRow.id)
        for incident_id, at, reason, severity, certainty in self._session.execute(alerts):
            told[incident_id].append(PastAlert(at, reason, severity, certainty))
        new = [id for id, known in told.items() if any(alert.reason is Reason.NEW for alert in known)]
        return [
            Past(PLACE.decode(place), tuple(map(Signal, signals)), tuple(told[id]))
            for ids in batches(new)
            for id, place, signals in self._session.execute(_PAST.where(IncidentRow.id.in_(ids)))
        ]

    def first_alert(self) -> datetime | None:
        """When anybody was first told of anything."""
        return self._session.scalar(select(AlertRow.at).order_by(AlertRow.id).limit(1))

    def _lines(self, rows: list[OutboxRow]) -> list[Told]:
        newest = self._incidents.newest([row.incident_id for row in rows])
        incidents = {incident.id: incident for incident in newest}
        watches = matched_watches(self._session, [(row.chat_id, row.incident_id) for row in rows])
        return [
            Told(
                edition=self._edition,
                incident=incidents[row.incident_id],
                severity=row.severity,
                told_at=row.told_at,
                watch_ids=watches.get((row.chat_id, row.incident_id), ()),
            )
            for row in rows
            if row.told_at is not None
        ]


def _conditions(chat_id: int, filter: HistoryFilter) -> list[ColumnElement[bool]]:
    conditions = [OutboxRow.chat_id == chat_id, OutboxRow.told_at.is_not(None)]
    if filter.since is not None:
        conditions.append(OutboxRow.told_at >= filter.since)
    if filter.until is not None:
        conditions.append(OutboxRow.told_at < filter.until)
    if filter.kind is not None:
        conditions.append(with_signals([filter.kind]))
    if filter.watch_id is not None:
        conditions.append(
            exists().where(
                OutboxWatchRow.chat_id == OutboxRow.chat_id,
                OutboxWatchRow.incident_id == OutboxRow.incident_id,
                OutboxWatchRow.watch_id == filter.watch_id,
            )
        )
    if filter.min_severity is not None:
        least = filter.min_severity.rank
        conditions.append(OutboxRow.severity.in_([severity for severity in Severity if severity.rank >= least]))
    if filter.status is not None:
        conditions.append(_has_status(filter.status))
    return conditions


def _worded(filter: HistoryFilter) -> list[ColumnElement[bool]]:
    words = [folded(word) for word in filter.words if word.strip()]
    return [IncidentRow.search_text.contains(word, autoescape=True) for word in words]


def _has_status(status: StatusWord) -> ColumnElement[bool]:
    """Condition on IncidentRow: its alert begins with this word now."""
    certainty = RevisionRow.body["certainty"].as_string()
    unlikely = _now(certainty == Certainty.UNLIKELY.value)
    if status is StatusWord.WITHDRAWN:
        return or_(IncidentRow.withdrawn, unlikely)
    standing = and_(~IncidentRow.withdrawn, ~unlikely)
    if status is StatusWord.EASED:
        return and_(standing, IncidentRow.eased)
    if status is StatusWord.DISPUTED:
        return and_(standing, _now(RevisionRow.body["disputed"].as_boolean()))
    return and_(standing, ~IncidentRow.eased, _now(certainty == _CERTAINTY[status].value))


def _now(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the incident's current revision fulfils it."""
    return exists().where(_CURRENT, condition).correlate(IncidentRow)


def _order(filter: HistoryFilter) -> list[ColumnElement[Any]]:
    newest: list[ColumnElement[Any]] = [OutboxRow.told_at.desc(), OutboxRow.incident_id.desc()]
    if not filter.gravest_first:
        return newest
    return [case({severity: -severity.rank for severity in Severity}, value=OutboxRow.severity), *newest]
