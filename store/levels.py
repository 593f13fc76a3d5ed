"""Levels of regions: the incidents they are counted from, the rises, and whom these are told to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.types import Severity
from incidents.activity import Event, event_of
from incidents.level import Standing
from store.batches import batches
from store.codec import INCIDENT, Codec
from store.level_tables import RiseRow, RiseTellingRow
from store.tables import ArticleRow, IncidentRow, RevisionRow
from store.tellings import Tellings

STANDING = Codec(Standing)


@dataclass(frozen=True, slots=True)
class Rise:
    """A stored rise; all chats up to `cursor` have been dealt with."""

    id: int
    region: str
    at: datetime
    severity: Severity
    standing: Standing
    cursor: int | None = None


class Levels(Tellings[RiseRow, RiseTellingRow, Rise]):
    """Rises, and what they are counted from."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, RiseRow, RiseTellingRow, _rise)

    def revisions(self, since: datetime) -> dict[int, int]:
        """The incidents that count, first seen at `since` or later, each with its present revision; the first seen
        first."""
        rows = (
            select(IncidentRow.id, IncidentRow.revision)
            .where(IncidentRow.first_seen >= since, ~IncidentRow.withdrawn, IncidentRow.merged_into.is_(None))
            .order_by(IncidentRow.first_seen, IncidentRow.id)
        )
        return {row.id: row.revision for row in self._session.execute(rows)}

    def events_of(self, ids: Iterable[int]) -> dict[int, Event | None]:
        """What counts of incidents as they are now; None: nothing does."""
        found: dict[int, Event | None] = {}
        for some in batches(list(ids)):
            bodies = (
                select(IncidentRow.id, RevisionRow.body)
                .join(RevisionRow, RevisionRow.incident_id == IncidentRow.id)
                .where(IncidentRow.revision == RevisionRow.revision, IncidentRow.id.in_(some))
            )
            for id, body in self._session.execute(bodies):
                found[id] = event_of(INCIDENT.decode(body, witnesses=()))
        return found

    def first_day(self) -> date | None:
        """Since when articles are fetched; None: there is none."""
        first = self._session.scalar(select(func.min(ArticleRow.fetched)))
        return None if first is None else first.date()

    def last_rise(self, region: str) -> date | None:
        """The day of the region's latest stored rise."""
        return self._session.scalar(select(func.max(RiseRow.day)).where(RiseRow.region == region))

    def add_rise(self, region: str, day: date, severity: Severity, standing: Standing, now: datetime) -> Rise:
        """Store that a region's level rose; it waits to be spread."""
        row = RiseRow(
            id=None,
            region=region,
            day=day,
            at=now,
            severity=severity,
            body=STANDING.encode(standing),
            cursor=None,
            finished=False,
        )
        self._session.add(row)
        self._session.flush()
        return _rise(row)


def _rise(row: RiseRow) -> Rise:
    return Rise(row.id, row.region, row.at, row.severity, STANDING.decode(row.body), row.cursor)
