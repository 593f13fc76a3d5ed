"""The values of the incidents stage."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import Reading
from feeds.types import Article, Source
from incidents.happened import moment_of
from places.types import Located, Place


class Certainty(StrEnum):
    """Certainty of the Common Alerting Protocol 1.2."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"

    @property
    def rank(self) -> int:
        """3 for Observed down to 0 for Unlikely."""
        return {Certainty.OBSERVED: 3, Certainty.LIKELY: 2, Certainty.POSSIBLE: 1, Certainty.UNLIKELY: 0}[self]


class Cause(StrEnum):
    """Why a revision of an incident came to be."""

    FIRST_REPORT = "first_report"
    DEPENDENT_REPORT = "dependent_report"  # same owner, same wire, or a copy: counts as no further witness
    INDEPENDENT_REPORT = "independent_report"
    CLAIM_REPEATED = "claim_repeated"
    CONFIRMATION = "confirmation"
    DENIAL = "denial"
    RETRACTION = "retraction"
    REVISED_REPORT = "revised_report"  # a source edited what it said
    WITHDRAWAL = "withdrawal"  # our own error, found by an operator
    MERGE = "merge"  # two incidents were found to be one
    SPLIT = "split"  # one incident was found to be two
    MOVE = "move"  # reports were found to tell of another incident
    EASE = "ease"  # no new report for longer than is usual there
    EXPIRY = "expiry"  # no new report for as long as such an event takes reports


WITHDRAWN_BY_US = "Withdrawn by us:"  # before the reason, in the text of that cause


class Relation(StrEnum):
    """What another incident is to this one."""

    MERGED_INTO = "merged_into"  # the same event; this one takes no more reports
    ABSORBED = "absorbed"  # the same event; the other was merged into this one
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"
    FOLLOWS = "follows"  # the same town has changed hands before


@dataclass(frozen=True, slots=True)
class Report:
    """An article that was read and located: what fusing takes."""

    article: Article
    reading: Reading
    located: Located


@dataclass(frozen=True, slots=True)
class Witness:
    """What one article says of an incident; an incident is a function of its witnesses.

    `place` is None where only the incident's place is known. `words`: folded words of title and summary in order
    of the text, without place names and background: what likeness and near-copies are judged by. `concepts`: what its
    words stand for in any language, sorted. `named`: ids of the places that its news names. `disputed_by` is "" where
    somebody unnamed denies. `retracted`: the source itself took the report back. `happened`: the day that its text
    gives the event (incidents.happened), None where it gives none.
    """

    article_id: int
    source: Source
    status: Status
    signals: tuple[Signal, ...]
    claimant: str | None
    confirmed_by: str | None
    disputed_by: str | None
    killed: int | None
    injured: int | None
    displaced: int | None
    title: str
    link: str | None
    published: datetime
    language: str
    evidence: tuple[str, ...] = ()
    actor: str | None = None
    facility: Facility | None = None
    relevance: float = 1.0
    place: Place | None = None
    place_confidence: float = 0.0
    headline: tuple[str, ...] = ()
    recalled: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    retracted: bool = False
    happened: date | None = None
    missing: int | None = None

    def __hash__(self) -> int:
        # Of all that it holds it would take longer than what is looked up by it.
        return hash((self.article_id, self.title, self.published, self.place and self.place.id, self.named))

    @property
    def at(self) -> datetime:
        """When the event was, as far as this report tells."""
        return moment_of(self.happened, self.published)


@dataclass(frozen=True, slots=True)
class Link:
    relation: Relation
    incident_id: int


@dataclass(frozen=True, slots=True)
class Incident:
    """One real-world event as known at one revision; revisions are immutable.

    `id` is 0 before it is stored; revisions count from 1. `cause_text` is one English line. `actors` main one first.
    `first_seen` and `last_seen` are the earliest and latest publication times of its witnesses.
    Figures are the lowest that a witness states, None where none does. `eased`: no new report for longer than is usual.
    `expired`: none for so long that it takes no more.
    """

    id: int
    revision: int
    cause: Cause
    cause_text: str
    kind: Signal
    signals: tuple[Signal, ...]
    facility: Facility | None
    place: Place
    place_confidence: float
    actors: tuple[str, ...]
    status: Status
    certainty: Certainty
    disputed: bool
    disputed_by: tuple[str, ...]
    claimants: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    killed: int | None
    injured: int | None
    displaced: int | None
    withdrawn: bool
    first_seen: datetime
    last_seen: datetime
    witnesses: tuple[Witness, ...]
    links: tuple[Link, ...] = ()
    eased: bool = False
    expired: bool = False
    missing: int | None = None

    def linked(self, relation: Relation) -> tuple[int, ...]:
        """Ids of the incidents that stand in this relation to it."""
        return tuple(link.incident_id for link in self.links if link.relation is relation)

    @property
    def withdrawal_reason(self) -> str:
        """Why an operator withdrew it, in that person's words; "" where none was given or it was not withdrawn."""
        return self.cause_text.removeprefix(WITHDRAWN_BY_US).strip() if self.cause is Cause.WITHDRAWAL else ""

    @property
    def happened(self) -> date | None:
        """The day of the event by most of those witnesses that tell one; None: none does, or they contradict."""
        told = Counter(w.happened for w in self.witnesses if w.happened is not None and not w.retracted)
        day, count = next(iter(told.most_common(1)), (None, 0))
        return day if 2 * count > told.total() else None

    @property
    def merged_into(self) -> int | None:
        """The incident that this one was found to be; None: it stands for itself."""
        return next(iter(self.linked(Relation.MERGED_INTO)), None)


@dataclass(frozen=True, slots=True)
class Change:
    """An incident as it is now (id 0: a new one), and as it was (None: new)."""

    incident: Incident
    previous: Incident | None


@dataclass(frozen=True, slots=True)
class Fusion(Change):
    """What a report did to the incident that it tells of, and to `others`: what was merged into that incident, lost
    reports to it, or was split from it."""

    others: tuple[Change, ...] = ()
