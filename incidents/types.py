"""The values of the incidents stage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from classifiers.taxonomy import Facility, Signal, Status
from classifiers.types import Reading
from feeds.types import Article, Source
from places.types import Located, Place


class Certainty(StrEnum):
    """Certainty of the Common Alerting Protocol 1.2."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"


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
    somebody unnamed denies. `retracted`: the source itself took the report back.
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
    words: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """One real-world event as known at one revision; revisions are immutable.

    `id` is 0 before it is stored; revisions count from 1. `cause_text` is one English line. `actors` main one first.
    `first_seen` and `last_seen` are the earliest and latest publication times of its witnesses.
    Figures are the lowest that a witness states, None where none does.
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


@dataclass(frozen=True, slots=True)
class Fusion:
    """What a report did: the incident as it is now (id 0: a new one), and as it was (None: new)."""

    incident: Incident
    previous: Incident | None
