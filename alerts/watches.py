"""Whose watch an incident concerns, and until when a chat sleeps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Protocol

from alerts.i18n import zone
from alerts.types import Chat, Reason, Severity, Watch
from classifiers.taxonomy import Signal
from incidents.types import Certainty, Incident
from places.areas import AreaMatch, matches
from places.types import Area, AreaKind, Place

NIGHT = time(22), time(6)  # of chats that have no quiet hours of their own

# What is only of use to those who were told before.
FOR_THE_TOLD = frozenset({Reason.WITHDRAWN, Reason.EXPIRED, Reason.EASED})


class Placed(Protocol):
    """What a watch is asked about: an incident, now or as it was."""

    @property
    def place(self) -> Place: ...
    @property
    def signals(self) -> tuple[Signal, ...]: ...


def covering(watches: Sequence[Watch], incident: Placed) -> list[tuple[Watch, AreaMatch]]:
    """The watches of whose area and kinds the incident is, however grave and sure it is, in their order, each with how
    surely it lies within the area."""
    found = [(watch, matches(_reach(watch, incident), incident.place)) for watch in watches if _asked(watch, incident)]
    return [(watch, match) for watch, match in found if match is not AreaMatch.NO]


def matching(
    watches: Sequence[Watch], incident: Incident, severity: Severity, *, by_night: bool = True
) -> list[tuple[Watch, AreaMatch]]:
    """The watches that ask for such an incident, as `covering` gives them.

    By day that is what reaches their bar for the day. By night also what reaches only their bar for the night; what
    reaches only that for the day is asked for too, and waits (`held`).
    """
    found = covering(watches, incident)
    return [pair for pair in found if asks_for(pair[0], severity, incident.certainty, by_night=by_night)]


def asks_for(watch: Watch, severity: Severity, certainty: Certainty, *, by_night: bool) -> bool:
    """Whether an incident of its area and kinds is grave and sure enough for the watch."""
    bars = [watch.day, watch.night] if by_night and watch.night else [watch.day]
    return any(bar.reached_by(severity, certainty) for bar in bars)


def _asked(watch: Watch, incident: Placed) -> bool:
    return not watch.kinds or not watch.kinds.isdisjoint(incident.signals)


def _reach(watch: Watch, incident: Placed) -> Area:
    """The area of the watch for such an incident: the widest circle of its kinds that are watched."""
    area = watch.area
    if not watch.radii or area.kind is not AreaKind.CIRCLE or area.radius_km is None:
        return area
    asked = [signal for signal in incident.signals if not watch.kinds or signal in watch.kinds]
    return replace(area, radius_km=max((watch.radii.get(s, area.radius_km) for s in asked), default=area.radius_km))


def night_of(chat: Chat) -> tuple[time, time]:
    """When the chat's night begins and ends by its own clock: its quiet hours, else NIGHT."""
    start, end = chat.quiet_from, chat.quiet_until
    return NIGHT if start is None or end is None or start == end else (start, end)


def night_ends(chat: Chat, now: datetime) -> datetime | None:
    """When the night ends in which `now` lies (UTC); None: it is day. Nights may cross midnight."""
    return _ends(chat, *night_of(chat), now)


def held(
    chat: Chat, watches: Sequence[Watch], severity: Severity, certainty: Certainty, now: datetime
) -> datetime | None:
    """Until when to hold back what these watches ask for (UTC); None: send it now.

    At night a watch with a bar of its own for the night lets through what reaches it and holds back what does not;
    the others follow the chat's quiet hours. What one of them lets through is sent.
    """
    nightly = [watch.night for watch in watches if watch.night]
    if not nightly:
        return quiet(chat, severity, now)
    until = night_ends(chat, now)
    if until is None or any(bar.reached_by(severity, certainty) for bar in nightly):
        return None
    return until if len(nightly) == len(watches) else quiet(chat, severity, now)


def quiet(chat: Chat, severity: Severity, now: datetime) -> datetime | None:
    """Until when to hold a message back (UTC): the end of the quiet hours in which `now` lies. None: send it now.

    Extreme is never held back. Quiet hours may cross midnight; equal ends mean none.
    """
    start, end = chat.quiet_from, chat.quiet_until
    if severity is Severity.EXTREME or start is None or end is None or start == end:
        return None
    return _ends(chat, start, end, now)


def _ends(chat: Chat, start: time, end: time, now: datetime) -> datetime | None:
    local = now.astimezone(zone(chat.time_zone))
    if not _within(local.time(), start, end):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, local.tzinfo).astimezone(now.tzinfo)


def _within(moment: time, start: time, end: time) -> bool:
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end
