"""What a watch would have told a chat of late. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.types import Chat, Reason, Severity, Watch
from alerts.watches import FOR_THE_TOLD, asks_for, covering, night_ends
from classifiers.taxonomy import Signal
from incidents.types import Certainty
from places.types import Place


@dataclass(frozen=True, slots=True)
class PastAlert:
    at: datetime
    reason: Reason
    severity: Severity
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Past:
    """An incident that was told for the first time in the span looked at, as it is now, and its alerts since."""

    place: Place
    signals: tuple[Signal, ...]
    alerts: tuple[PastAlert, ...]


def would_have_told(watch: Watch, chat: Chat, past: Iterable[Past]) -> Mapping[Severity, int]:
    """How many incidents the chat would have been told of, each counted once, by the gravest it was told to be."""
    found: Counter[Severity] = Counter()
    for incident in past:
        if covering([watch], incident):
            gravest = _gravest(watch, chat, incident.alerts)
            found.update([gravest] if gravest else [])
    return {severity: found[severity] for severity in Severity if found[severity]}


def _gravest(watch: Watch, chat: Chat, alerts: Iterable[PastAlert]) -> Severity | None:
    """Of the alerts from the first on that the watch asked for; None: it asked for none."""
    told: list[Severity] = []
    for alert in alerts:
        if told or (alert.reason not in FOR_THE_TOLD and _asked(watch, chat, alert)):
            told.append(alert.severity)
    return max(told, key=lambda severity: severity.rank, default=None)


def _asked(watch: Watch, chat: Chat, alert: PastAlert) -> bool:
    by_night = watch.night is not None and night_ends(chat, alert.at) is not None
    return asks_for(watch, alert.severity, alert.certainty, by_night=by_night)
