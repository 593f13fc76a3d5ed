"""What the store gives back beside the values of the earlier stages."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alerts.types import Alert, Chat, Edition, Reason, Severity, Watch
from classifiers.taxonomy import Signal
from classifiers.types import Reading
from feeds.types import Article
from incidents.types import Incident
from places.types import Area, Located


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The stored version of an article that a feed offers again."""

    id: int
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class AssessedArticle:
    """An article's newest version with what was read of it; reading and located are None before it was read."""

    article: Article
    reading: Reading | None
    located: Located | None


@dataclass(frozen=True, slots=True)
class FanOut:
    """An alert that is being spread to chats; all chats up to `cursor` (a chat id) have been dealt with."""

    alert: Alert
    incident: Incident
    cursor: int | None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A chat with its watches."""

    chat: Chat
    watches: tuple[Watch, ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An outbox row: what one chat has been shown of one incident and what it should be shown.

    `sent_revision` 0 and `message_id` None: nothing sent yet. `pending_reason`: a short ringing reply that is still
    owed; None: none. `owed_since`: when that was decided. `watch_ids`: the watches that matched, `watches`: those.
    `incident` is the newest revision. `held`: it waits for the chat's digest. `told_at`: when the chat was first told.
    """

    chat: Chat
    incident: Incident
    severity: Severity
    wanted_revision: int
    sent_revision: int
    message_id: int | None
    pending_reason: Reason | None
    watch_ids: tuple[int, ...]
    attempts: int
    next_at: datetime
    first_wanted: datetime
    watches: tuple[Watch, ...] = field(compare=False, default=())
    held: bool = False
    owed_since: datetime | None = None
    told_at: datetime | None = None


class StatusWord(StrEnum):
    """The word that an alert begins with, as histories are narrowed by it."""

    CLAIMED = "claimed"
    REPORTED = "reported"
    CORROBORATED = "corroborated"  # or confirmed
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"
    EASED = "eased"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which told incidents to list; None or empty: any. `words` must all occur in its titles, place or actors; with an
    `area` those are listed as well that lie or may lie there."""

    watch_id: int | None = None
    kind: Signal | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    area: Area | None = None
    min_severity: Severity | None = None
    status: StatusWord | None = None
    gravest_first: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a chat's history: an incident it was told about, as known now, and when it was first told."""

    edition: Edition
    incident: Incident
    severity: Severity
    told_at: datetime
    watch_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What /forget removed, in numbers of rows."""

    watches: int
    deliveries: int
    verdicts: int = 0
