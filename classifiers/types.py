"""The values of the classifiers stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from classifiers.taxonomy import Facility, Signal, Status


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is read. All offsets of the later stages count characters of `joined`."""

    title: str
    summary: str
    language: str | None = None  # declared; believed only where the text agrees
    published: datetime | None = None
    home: str | None = None  # ISO alpha-2 country of the publisher: a prior for places

    @property
    def joined(self) -> str:
        return f"{self.title}\n{self.summary}"


@dataclass(frozen=True, slots=True)
class Scores:
    """Calibrated probabilities of one text; `evidence`: the words that weighed most, strongest first.

    `status`: how much speaks for each Status, in its order, on a logarithmic scale; None where nobody was asked.
    """

    relevance: float
    signals: Mapping[Signal, float]
    labels: tuple[Signal, ...]  # most important first; non-empty exactly when judged relevant
    evidence: tuple[str, ...]
    status: tuple[float, ...] | None = None


class Classifier(Protocol):
    """Scores texts. Deterministic, order-preserving, one result for each text, never raises on any text."""

    @property
    def name(self) -> str:
        """Name and version, recorded with each reading."""
        ...

    def score(self, texts: Sequence[ArticleText]) -> list[Scores]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What the classifiers say of one article version.

    `language` is the ISO 639-1 code of the text itself. Figures are the lowest stated, None where none is stated.
    `claimant` says who is quoted where status is CLAIMED; `confirmed_by` who confirms where CONFIRMED;
    `disputed_by` who denies, also beside another status (`disputed`).
    `background` holds (start, end) spans of `ArticleText.joined` that tell of earlier events ("which fell in
    January"): nothing in them is news.
    `recalled` holds spans about the event just before the one told ("hours after a shooting"): other news.
    `rule`: one short English line saying why the status is what it is; "" where there is none.
    """

    relevance: float
    probabilities: Mapping[Signal, float]
    labels: tuple[Signal, ...]
    facility: Facility | None
    status: Status | None
    disputed: bool
    actor: str | None
    claimant: str | None
    confirmed_by: str | None
    disputed_by: str | None
    killed: int | None
    injured: int | None
    displaced: int | None
    language: str
    evidence: tuple[str, ...]
    background: tuple[tuple[int, int], ...]
    model: str
    rule: str = ""
    recalled: tuple[tuple[int, int], ...] = ()
    missing: int | None = None

    @property
    def relevant(self) -> bool:
        return bool(self.labels)
