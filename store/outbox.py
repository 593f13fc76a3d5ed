"""The outbox: one row per chat and incident. Written with what caused it, marked only after the sending."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Delete, Update, case, delete, select, tuple_, update
from sqlalchemy.orm import Session

from alerts.types import ChatState, Reason, Severity
from incidents.types import Incident
from store import owed
from store.alerts import Alerts
from store.batches import batches
from store.chats import chat_of, watches_by_id
from store.errors import NotStored
from store.incidents import Incidents
from store.tables import ChatRow, IncidentRow, OutboxRow, OutboxWatchRow, WatchRow
from store.types import Delivery


class Outbox:
    """Methods that name a row which is not there raise NotStored: its chat was erased meanwhile."""

    def __init__(self, session: Session, incidents: Incidents, alerts: Alerts) -> None:
        self._session = session
        self._incidents = incidents
        self._alerts = alerts

    def want(
        self,
        chat_id: int,
        incident_id: int,
        *,
        revision: int,
        reason: Reason,
        severity: Severity,
        watch_ids: Collection[int],
        now: datetime,
        next_at: datetime,
    ) -> None:
        """The chat should be shown this revision, and told the reason if it rings, at `next_at` or later.

        Repeating a call changes nothing; a chat or a watch that is gone is passed over. A revision older than the
        wanted one only adds its watches and reply; one that was shown already adds no reply. `next_at` replaces an
        earlier one, but never shortens a wait that a failed attempt imposed. What waited for a digest is looked at
        anew: it may be too grave to wait now.
        """
        if self._session.get(ChatRow, chat_id) is None:
            return
        row = self._session.get(OutboxRow, (chat_id, incident_id))
        if row is None:
            row = _new_row(chat_id, incident_id, revision, severity, now, next_at)
            self._session.add(row)
        elif revision >= row.wanted_revision:
            row.wanted_revision = revision
            row.severity = severity
            row.next_at = max(row.next_at, next_at) if row.attempts else next_at
            row.held = False
        if revision > row.sent_revision:
            row.replies = owed.with_reply(row.replies, reason, revision)
        self._settle(row)
        self._add_watches(chat_id, incident_id, watch_ids)

    def due(self, now: datetime, limit: int) -> list[Delivery]:
        """What is owed to active chats now, apart from what waits for a digest: messages and replies before silent
        edits, Extreme before Minor, and the longest waiting first among equals."""
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.urgency.is_not(None), ~OutboxRow.held)
            .where(OutboxRow.next_at <= now, ChatRow.state == ChatState.ACTIVE)
            .order_by(OutboxRow.urgency, OutboxRow.first_wanted, OutboxRow.chat_id, OutboxRow.incident_id)
            .limit(limit)
        )
        return self._deliveries([(row, chat) for row, chat in self._session.execute(statement)])

    def next_due(self) -> datetime | None:
        """When the next row of an active chat is due, digests apart; None: nothing is owed."""
        statement = (
            select(OutboxRow.next_at)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.urgency.is_not(None), ~OutboxRow.held, ChatRow.state == ChatState.ACTIVE)
            .order_by(OutboxRow.next_at)
            .limit(1)
        )
        return self._session.scalar(statement)

    def hold(self, chat_id: int, incident_id: int) -> None:
        """What is owed waits for the chat's digest, until something newer is wanted."""
        self._row(chat_id, incident_id).held = True
        self._session.flush()

    def release(self, chat_id: int) -> None:
        """Nothing of the chat waits for a digest any more; what is owed is due by itself."""
        self._execute(update(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.held).values(held=False))

    def owed_to(self, chat_id: int) -> list[Delivery]:
        """All that is owed to a chat, whether it waits for its digest or not, in the order of incidents."""
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.chat_id == chat_id, OutboxRow.urgency.is_not(None))
            .order_by(OutboxRow.incident_id)
        )
        return self._deliveries([(row, chat) for row, chat in self._session.execute(statement)])

    def digested(self, chat_id: int, incident_id: int, *, revision: int, now: datetime) -> None:
        """A digest told the chat of the incident as of `revision`; a live message that it has stays as it is.

        Of an incident that was merged meanwhile, the chat has been told of the other one, which is the same event.
        """
        row = self._session.get(OutboxRow, (chat_id, incident_id))
        into = None if row is not None else self._merged_into(incident_id)
        if row is None and into is not None:
            row = self._session.get(OutboxRow, (chat_id, into))
            revision = max(row.wanted_revision - 1, 1) if row is not None else revision
        if row is None:
            raise NotStored(f"chat {chat_id} has no outbox row for incident {incident_id}")
        if row.message_id is None:
            row.sent_revision = max(row.sent_revision, revision)
        row.replies = owed.after(row.replies, revision)
        row.told_at = row.told_at or now
        self._succeeded(row)

    def told(self, chat_id: int, incident_id: int) -> Delivery | None:
        """The row, whether or not anything is owed or was sent."""
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.chat_id == chat_id, OutboxRow.incident_id == incident_id)
        )
        return next(iter(self._deliveries([(row, chat) for row, chat in self._session.execute(statement)])), None)

    def audience(self, incident_id: int, after: int | None, limit: int) -> list[Delivery]:
        """The rows of active chats that are or will be shown this incident, by chat id above `after`."""
        statement = (
            select(OutboxRow, ChatRow)
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.incident_id == incident_id, ChatRow.state == ChatState.ACTIVE)
            .order_by(OutboxRow.chat_id)
            .limit(limit)
        )
        if after is not None:
            statement = statement.where(OutboxRow.chat_id > after)
        return self._deliveries([(row, chat) for row, chat in self._session.execute(statement)])

    def sent(self, chat_id: int, incident_id: int, *, revision: int, message_id: int, now: datetime) -> None:
        """The service took the message, or its edit, with the text of `revision`.

        If the incident was merged into another meanwhile, the message becomes that one's, or, where the chat has one
        of that already, is owed the edit that points there.
        """
        row = self._session.get(OutboxRow, (chat_id, incident_id))
        if row is None:
            self._sent_of_merged(chat_id, incident_id, revision, message_id, now)
            return
        if row.message_id is None:  # a first message says all that is known by then
            row.replies = owed.after(row.replies, revision)
        row.sent_revision = revision
        row.message_id = message_id
        row.told_at = row.told_at or now
        self._succeeded(row)

    def replied(self, chat_id: int, incident_id: int, revision: int | None = None) -> None:
        """The owed reply went out as of `revision` (None: the wanted one); reasons that came later stay owed."""
        row = self._row(chat_id, incident_id)
        row.replies = owed.after(row.replies, row.wanted_revision if revision is None else revision)
        self._succeeded(row)

    def retry(self, chat_id: int, incident_id: int, *, attempts: int, next_at: datetime, problem: str) -> None:
        """Sending failed for now; `attempts` so far."""
        row = self._row(chat_id, incident_id)
        row.attempts = attempts
        row.next_at = next_at
        row.problem = problem
        self._session.flush()

    def lost_message(self, chat_id: int, incident_id: int) -> None:
        """The message to edit is gone: the incident is owed anew, as a first message."""
        row = self._row(chat_id, incident_id)
        incident = self._session.get(IncidentRow, incident_id)
        if incident is not None and incident.merged_into is not None:
            self._session.delete(row)  # nothing is left to point from
            self._session.flush()
            return
        row.sent_revision = 0
        row.message_id = None
        self._settle(row)

    def drop(self, chat_id: int, incident_id: int, problem: str) -> None:
        """The service refuses this for good: nothing is owed until a newer revision is wanted."""
        row = self._row(chat_id, incident_id)
        row.refused_revision = row.wanted_revision
        row.replies = {}
        row.attempts = 0
        row.problem = problem
        self._settle(row)

    def merge(self, lesser: Incident, into: Incident, severity: Severity, now: datetime) -> None:
        """Two incidents were found to be one, both stored as they are now: no chat is told twice.

        A chat that knows only the lesser keeps its message, which becomes that of the other and is owed its text. One
        that was shown both is owed a silent edit of the lesser's, which points to the other. What was not sent yet of
        the lesser is dropped where the other is told.
        """
        told = select(OutboxRow.chat_id).where(OutboxRow.incident_id == into.id)
        both = (OutboxRow.incident_id == lesser.id) & OutboxRow.chat_id.in_(told)
        self._execute(delete(OutboxRow).where(both, OutboxRow.sent_revision == 0))
        edit = owed.urgency(wanted=2, sent=1, refused=0, replies={}, severity=severity)
        silent = case((OutboxRow.message_id.is_not(None), edit), else_=None)  # a digest's entry cannot be edited
        pointing = {"wanted_revision": lesser.revision, "replies": {}, "urgency": silent, "next_at": now, "held": False}
        self._execute(update(OutboxRow).where(both).values(**pointing))
        first = owed.urgency(wanted=1, sent=0, refused=0, replies={}, severity=severity)
        shown = OutboxRow.sent_revision > 0
        moving = {
            "incident_id": into.id,
            "severity": severity,
            "wanted_revision": into.revision,
            "sent_revision": case((shown, max(into.revision - 1, 1)), else_=0),
            "refused_revision": 0,
            "replies": {},
            "urgency": case((shown, silent), else_=first),
            "next_at": now,
            "held": case((shown, False), else_=OutboxRow.held),
        }
        only = (OutboxRow.incident_id == lesser.id) & OutboxRow.chat_id.not_in(told)
        self._execute(update(OutboxRow).where(only).values(**moving))

    def _execute(self, statement: Delete | Update) -> None:
        self._session.execute(statement.execution_options(synchronize_session=False))
        self._session.expire_all()

    def _sent_of_merged(self, chat_id: int, incident_id: int, revision: int, message_id: int, now: datetime) -> None:
        incident = self._session.get(IncidentRow, incident_id)
        into = self._merged_into(incident_id)
        row = self._session.get(OutboxRow, (chat_id, into)) if into is not None else None
        if incident is None or row is None:
            raise NotStored(f"chat {chat_id} has no outbox row for incident {incident_id}")
        if row.message_id is None:
            row.message_id, row.sent_revision = message_id, max(row.wanted_revision - 1, 1)
            row.told_at = row.told_at or now
            self._succeeded(row)
        elif row.message_id != message_id:
            pointing = _new_row(chat_id, incident_id, incident.revision, row.severity, now, now)
            pointing.sent_revision, pointing.message_id, pointing.told_at = revision, message_id, now
            self._session.add(pointing)
            self._settle(pointing)

    def _merged_into(self, incident_id: int) -> int | None:
        """The incident that stands for one that was merged; None: it was not."""
        incident = self._session.get(IncidentRow, incident_id)
        into = incident.merged_into if incident else None
        while into is not None and (further := self._session.get(IncidentRow, into)) and further.merged_into:
            into = further.merged_into
        return into

    def _succeeded(self, row: OutboxRow) -> None:
        row.attempts = 0
        row.problem = None
        row.held = False
        self._settle(row)

    def _settle(self, row: OutboxRow) -> None:
        row.urgency = owed.urgency(
            wanted=row.wanted_revision,
            sent=row.sent_revision,
            refused=row.refused_revision,
            replies=row.replies,
            severity=row.severity,
            live=row.message_id is not None,
        )
        row.held = row.held and row.urgency is not None
        self._session.flush()

    def _row(self, chat_id: int, incident_id: int) -> OutboxRow:
        row = self._session.get(OutboxRow, (chat_id, incident_id))
        if row is None:
            raise NotStored(f"chat {chat_id} has no outbox row for incident {incident_id}")
        return row

    def _add_watches(self, chat_id: int, incident_id: int, watch_ids: Collection[int]) -> None:
        linked = set(matched_watches(self._session, [(chat_id, incident_id)]).get((chat_id, incident_id), ()))
        missing = set(watch_ids) - linked
        if not missing:
            return
        existing = select(WatchRow.id).where(WatchRow.id.in_(missing), WatchRow.chat_id == chat_id)
        for watch_id in self._session.scalars(existing):
            self._session.add(OutboxWatchRow(chat_id=chat_id, incident_id=incident_id, watch_id=watch_id))
        self._session.flush()

    def _deliveries(self, rows: list[tuple[OutboxRow, ChatRow]]) -> list[Delivery]:
        incident_ids = dict.fromkeys(row.incident_id for row, _ in rows)
        incidents = {incident.id: incident for incident in self._incidents.newest(incident_ids)}
        watches = matched_watches(self._session, [(row.chat_id, row.incident_id) for row, _ in rows])
        known = watches_by_id(self._session, {id for ids in watches.values() for id in ids})
        replies = [owed.weightiest(row.replies) if row.sent_revision else None for row, _ in rows]
        brought = [(row.incident_id, row.replies[r]) if r else None for (row, _), r in zip(rows, replies, strict=True)]
        decided = self._alerts.decided_at({key for key in brought if key})
        return [
            Delivery(
                chat=chat_of(chat),
                incident=incidents[row.incident_id],
                severity=row.severity,
                wanted_revision=row.wanted_revision,
                sent_revision=row.sent_revision,
                message_id=row.message_id,
                pending_reason=reason,
                watch_ids=watches.get((row.chat_id, row.incident_id), ()),
                attempts=row.attempts,
                next_at=row.next_at,
                first_wanted=row.first_wanted,
                held=row.held,
                owed_since=decided.get(key) if key else None,
                told_at=row.told_at,
                watches=tuple(known[id] for id in watches.get((row.chat_id, row.incident_id), ()) if id in known),
            )
            for (row, chat), reason, key in zip(rows, replies, brought, strict=True)
        ]


def matched_watches(session: Session, keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, ...]]:
    """The watches that matched, by (chat id, incident id), as far as they still exist."""
    found: dict[tuple[int, int], tuple[int, ...]] = defaultdict(tuple)
    columns = (OutboxWatchRow.chat_id, OutboxWatchRow.incident_id)
    for some in batches(keys):
        statement = select(*columns, OutboxWatchRow.watch_id).where(tuple_(*columns).in_(some))
        for chat_id, incident_id, watch_id in session.execute(statement.order_by(OutboxWatchRow.watch_id)):
            found[chat_id, incident_id] += (watch_id,)
    return found


def _new_row(
    chat_id: int, incident_id: int, revision: int, severity: Severity, now: datetime, next_at: datetime
) -> OutboxRow:
    return OutboxRow(
        chat_id=chat_id,
        incident_id=incident_id,
        severity=severity,
        wanted_revision=revision,
        sent_revision=0,
        refused_revision=0,
        message_id=None,
        replies={},
        urgency=None,
        attempts=0,
        next_at=next_at,
        first_wanted=now,
        told_at=None,
        problem=None,
        held=False,
    )
