"""What chats find wrong with incidents they were told of: one vote for each chat and incident."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.types import Verdict
from classifiers.taxonomy import Fault
from store.errors import NotStored
from store.tables import ChatRow, IncidentRow, VerdictRow


class Verdicts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, verdict: Verdict) -> None:
        """Store a vote, in place of the chat's earlier one on this incident. Raises NotStored for an unknown chat or
        incident."""
        if self._session.get(ChatRow, verdict.chat_id) is None:
            raise NotStored(f"chat {verdict.chat_id} is not stored")
        if self._session.get(IncidentRow, verdict.incident_id) is None:
            raise NotStored(f"incident {verdict.incident_id} is not stored")
        self._session.merge(
            VerdictRow(
                chat_id=verdict.chat_id,
                incident_id=verdict.incident_id,
                fault=verdict.fault,
                revision=verdict.revision,
                at=verdict.at,
            )
        )
        self._session.flush()

    def get(self, chat_id: int, incident_id: int) -> Verdict | None:
        row = self._session.get(VerdictRow, (chat_id, incident_id))
        return None if row is None else _verdict(row)

    def remove(self, chat_id: int, incident_id: int) -> bool:
        """Take a vote back; whether there was one."""
        row = self._session.get(VerdictRow, (chat_id, incident_id))
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        return True

    def of_incident(self, incident_id: int) -> list[Verdict]:
        """The first one first."""
        rows = select(VerdictRow).where(VerdictRow.incident_id == incident_id)
        return [_verdict(row) for row in self._session.scalars(rows.order_by(VerdictRow.at, VerdictRow.chat_id))]

    def tally(self, incident_id: int) -> dict[Fault, int]:
        """How many chats say so, the fault most named first."""
        votes = func.count()
        counted = (
            select(VerdictRow.fault, votes)
            .where(VerdictRow.incident_id == incident_id)
            .group_by(VerdictRow.fault)
            .order_by(votes.desc(), VerdictRow.fault)
        )
        return dict(self._session.execute(counted).all())

    def all(self) -> Iterator[Verdict]:
        """Every vote, the first one first."""
        rows = select(VerdictRow).order_by(VerdictRow.at, VerdictRow.chat_id, VerdictRow.incident_id)
        for row in self._session.scalars(rows.execution_options(yield_per=500)):
            yield _verdict(row)


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(row.chat_id, row.incident_id, row.fault, row.revision, row.at)
