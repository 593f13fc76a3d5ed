"""Alerts, and how far each has been spread."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, case, select, tuple_

from alerts.types import Alert, Severity
from store.batches import batches
from store.errors import NotStored
from store.incidents import Incidents
from store.statements import BatchingSession, inserted
from store.tables import AlertRow
from store.types import FanOut

_ANY = select(AlertRow.id).where(AlertRow.incident_id == bindparam("incident")).limit(1)


class Alerts:
    def __init__(self, session: BatchingSession, incidents: Incidents) -> None:
        self._session = session
        self._incidents = incidents

    def add(self, alert: Alert) -> Alert:
        """Store the decision to tell people of a stored revision; it waits to be spread. Returned with its id."""
        values = {
            "incident_id": alert.incident_id,
            "revision": alert.revision,
            "reason": alert.reason,
            "severity": alert.severity,
            "certainty": alert.certainty,
            "at": alert.at,
            "cursor": None,
            "finished": False,
        }
        self._session.flush()  # it refers to its revision
        return replace(alert, id=inserted(self._session, AlertRow, values))

    def has_told(self, incident_id: int) -> bool:
        """Whether there ever was an alert on the incident."""
        return self._session.connection().scalar(_ANY, {"incident": incident_id}) is not None

    def of_incident(self, incident_id: int) -> list[Alert]:
        """Its alerts, the first one first."""
        rows = select(AlertRow).where(AlertRow.incident_id == incident_id).order_by(AlertRow.id)
        return [_alert(row) for row in self._session.scalars(rows)]

    def decided_at(self, revisions: Iterable[tuple[int, int]]) -> dict[tuple[int, int], datetime]:
        """When it was decided to tell of these revisions, by (incident id, revision), where it was."""
        key = (AlertRow.incident_id, AlertRow.revision)
        found: dict[tuple[int, int], datetime] = {}
        for some in batches(revisions):
            statement = select(*key, AlertRow.at).where(tuple_(*key).in_(some))
            found.update(
                {(incident_id, revision): at for incident_id, revision, at in self._session.execute(statement)}
            )
        return found

    def all(self) -> Iterator[Alert]:
        """Every alert, the first one first."""
        rows = select(AlertRow).order_by(AlertRow.id).execution_options(yield_per=500)
        for row in self._session.scalars(rows):
            yield _alert(row)

    def pending(self, limit: int) -> list[FanOut]:
        """Alerts that still are to be spread, the gravest first, with their incidents as they are now."""
        statement = select(AlertRow).where(~AlertRow.finished).order_by(_severest_first(), AlertRow.id).limit(limit)
        rows = self._session.scalars(statement).all()
        newest = {incident.id: incident for incident in self._incidents.newest({row.incident_id for row in rows})}
        return [FanOut(_alert(row), newest[row.incident_id], row.cursor) for row in rows]

    def cancel(self, incident_id: int) -> list[Alert]:
        """Those of an incident that still are to be spread; they no longer are."""
        rows = self._session.scalars(
            select(AlertRow).where(AlertRow.incident_id == incident_id, ~AlertRow.finished)
        ).all()
        for row in rows:
            row.finished = True
        self._session.flush()
        return [_alert(row) for row in rows]

    def advance(self, alert_id: int, cursor: int) -> None:
        """All chats up to `cursor` have been dealt with."""
        self._row(alert_id).cursor = cursor
        self._session.flush()

    def finish(self, alert_id: int) -> None:
        """Every chat has been dealt with."""
        self._row(alert_id).finished = True
        self._session.flush()

    def _row(self, alert_id: int) -> AlertRow:
        row = self._session.get(AlertRow, alert_id)
        if row is None:
            raise NotStored(f"alert {alert_id} is not stored")
        return row


def _severest_first() -> ColumnElement[int]:
    return case({severity: -severity.rank for severity in Severity}, value=AlertRow.severity)


def _alert(row: AlertRow) -> Alert:
    return Alert(row.id, row.incident_id, row.revision, row.reason, row.severity, row.certainty, row.at)
