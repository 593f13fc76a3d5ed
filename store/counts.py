"""How much there is of everything: what operators look at."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from alerts.types import ChatState, Language
from incidents.lookup import WITHIN
from store.tables import (
    AlertRow,
    ArticleRow,
    ChatRow,
    IncidentKeyRow,
    IncidentRow,
    OutboxRow,
    WatchRow,
    WitnessRow,
)


@dataclass(frozen=True, slots=True)
class Made:
    """How much came since some time."""

    articles: int
    incidents: int
    alerts: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is owed to active chats now. `oldest`: since when the first of it is due; None: nothing is."""

    messages: int
    oldest: datetime | None


class Counts:
    def __init__(self, session: Session) -> None:
        self._session = session

    def chats(self) -> Mapping[tuple[ChatState, Language], int]:
        counted = select(ChatRow.state, ChatRow.language, func.count()).group_by(ChatRow.state, ChatRow.language)
        return {(state, language): count for state, language, count in self._session.execute(counted)}

    def watches(self) -> int:
        return self._session.scalar(select(func.count()).select_from(WatchRow)) or 0

    def since(self, moment: datetime) -> Made:
        return Made(
            self._after(ArticleRow.fetched, moment),
            self._after(IncidentRow.first_seen, moment),
            self._after(AlertRow.at, moment),
        )

    def told(self, incident_id: int) -> int:
        """How many chats were shown an incident."""
        shown = (OutboxRow.incident_id == incident_id, OutboxRow.sent_revision > 0)
        return self._session.scalar(select(func.count()).select_from(OutboxRow).where(*shown)) or 0

    def waiting(self, now: datetime) -> Waiting:
        owed = (
            select(func.count(), func.min(OutboxRow.next_at))
            .join(ChatRow, ChatRow.id == OutboxRow.chat_id)
            .where(OutboxRow.urgency.is_not(None), OutboxRow.next_at <= now, ChatRow.state == ChatState.ACTIVE)
        )
        messages, oldest = self._session.execute(owed).one()
        return Waiting(messages, oldest)

    def reports_by_region(self, since: datetime) -> dict[str, dict[str, int]]:
        """How many reports each publisher had of each country ("CD") and province ("CD/North Kivu") in incidents that
        were last told of at `since` or later."""
        publisher = WitnessRow.body["source"]["publisher_id"].as_string()
        counted = (
            select(IncidentKeyRow.key, publisher, func.count())
            .join(IncidentRow, IncidentRow.id == IncidentKeyRow.incident_id)
            .join(WitnessRow, WitnessRow.incident_id == IncidentRow.id)
            .where(IncidentRow.last_seen >= since, ~IncidentRow.withdrawn, WitnessRow.until.is_(None))
            .where(IncidentKeyRow.key.startswith(WITHIN))
            .group_by(IncidentKeyRow.key, publisher)
        )
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for key, name, count in self._session.execute(counted):
            found[key.removeprefix(WITHIN)][name] = count
        return dict(found)

    def _after(self, column: InstrumentedAttribute[datetime], moment: datetime) -> int:
        return self._session.scalar(select(func.count()).where(column >= moment)) or 0
