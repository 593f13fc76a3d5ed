"""Forgetting who was told what: a receipt is kept no longer than it is of use."""

from datetime import datetime

from sqlalchemy import delete, func, select

from store.level_tables import RiseRow, RiseTellingRow
from store.statements import BatchingSession, execute
from store.tables import IncidentRow, OutboxRow, VerdictRow

AT_ONCE = 200  # incidents whose receipts go in one transaction


class Receipts:
    def __init__(self, session: BatchingSession) -> None:
        self._session = session

    def cleanup(self, before: datetime, limit: int = AT_ONCE) -> int:
        """Remove which chats were told of incidents that ended before `before`, and of levels that rose before, and
        what chats found wrong with them; how many rows. Repeat until it returns 0.

        An incident that is still reported keeps its receipts: whoever was told of it is owed its corrections.
        """
        told = func.coalesce(OutboxRow.told_at, OutboxRow.first_wanted)
        ended = (
            select(OutboxRow.incident_id)
            .join(IncidentRow, IncidentRow.id == OutboxRow.incident_id)
            .where(IncidentRow.last_seen < before, told < before)
            .distinct()
            .limit(limit)
        )
        ids = self._session.scalars(ended).all()
        risen = select(RiseRow.id).where(RiseRow.at < before)
        return sum(
            execute(self._session, statement)
            for statement in (
                delete(OutboxRow).where(OutboxRow.incident_id.in_(ids), told < before),
                delete(VerdictRow).where(VerdictRow.at < before),
                delete(RiseTellingRow).where(RiseTellingRow.about_id.in_(risen)),
            )
        )
