"""What operators decided: feeds beside feeds.yaml, grades of publishers, reviews; and what they have not confirmed."""

from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from alerts.reviews import ReviewDecision
from feeds.choices import FeedChoice
from feeds.types import Reliability
from store.operating_tables import DraftRow, FeedChoiceRow, PublisherGradeRow, ReviewRow
from store.tables import IncidentRow, VerdictRow


class Operating:
    def __init__(self, session: Session) -> None:
        self._session = session

    def choices(self) -> list[FeedChoice]:
        """The first one first."""
        rows = self._session.scalars(select(FeedChoiceRow).order_by(FeedChoiceRow.at, FeedChoiceRow.url))
        return [FeedChoice(row.url, row.kind, row.language) for row in rows]

    def choose(self, choice: FeedChoice, now: datetime) -> None:
        """Store a decision on a feed, in place of an earlier one."""
        self._session.merge(FeedChoiceRow(url=choice.url, kind=choice.kind, language=choice.language, at=now))
        self._session.flush()

    def unchoose(self, url: str) -> None:
        """The feed is as feeds.yaml has it."""
        self._session.execute(delete(FeedChoiceRow).where(FeedChoiceRow.url == url))

    def grades(self) -> dict[str, Reliability]:
        """Reliabilities by publisher id."""
        return {row.publisher_id: row.reliability for row in self._session.scalars(select(PublisherGradeRow))}

    def grade(self, publisher_id: str, reliability: Reliability | None) -> None:
        """Store a publisher's reliability; None: as feeds.yaml has it."""
        self._session.execute(delete(PublisherGradeRow).where(PublisherGradeRow.publisher_id == publisher_id))
        if reliability is not None:
            self._session.add(PublisherGradeRow(publisher_id=publisher_id, reliability=reliability))
        self._session.flush()

    def add_draft(self, text: str, now: datetime) -> int:
        """Keep what an operator wrote until it is confirmed; its id."""
        row = DraftRow(id=None, text=text, at=now)
        self._session.add(row)
        self._session.flush()
        return row.id

    def take_draft(self, draft_id: int) -> str | None:
        """Remove a draft and give it; None: it is gone, so it was taken before."""
        row = self._session.get(DraftRow, draft_id)
        if row is None:
            return None
        self._session.delete(row)
        self._session.flush()
        return row.text

    def cleanup_drafts(self, before: datetime) -> None:
        self._session.execute(delete(DraftRow).where(DraftRow.at < before))

    def review(self, incident_id: int, decision: ReviewDecision, now: datetime) -> None:
        """Store what an operator decided, in place of an earlier decision."""
        self._session.merge(ReviewRow(incident_id=incident_id, decision=decision, at=now))
        self._session.flush()

    def reviews(self) -> dict[int, ReviewDecision]:
        """Decisions by incident id."""
        return {row.incident_id: row.decision for row in self._session.scalars(select(ReviewRow))}

    def to_review(self) -> list[int]:
        """Incidents that stand and have votes later than any decision on them: most votes first, then the newest."""
        votes = func.count()
        waiting = (
            select(VerdictRow.incident_id)
            .join(IncidentRow, IncidentRow.id == VerdictRow.incident_id)
            .outerjoin(ReviewRow, ReviewRow.incident_id == VerdictRow.incident_id)
            .where(~IncidentRow.withdrawn, IncidentRow.merged_into.is_(None))
            .group_by(VerdictRow.incident_id, ReviewRow.at)
            .having(or_(ReviewRow.at.is_(None), func.max(VerdictRow.at) > ReviewRow.at))
            .order_by(votes.desc(), VerdictRow.incident_id.desc())
        )
        return list(self._session.scalars(waiting))
