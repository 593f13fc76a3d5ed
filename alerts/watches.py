"""Whose watch an incident concerns, and until when a chat sleeps."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from alerts.i18n import zone
from alerts.types import Chat, Severity, Watch
from incidents.types import Incident
from places.areas import AreaMatch, matches


def matching(watches: Sequence[Watch], incident: Incident, severity: Severity) -> list[tuple[Watch, AreaMatch]]:
    """The watches that ask for such an incident, in their order, each with how surely it lies within the area."""
    wanted = [w for w in watches if severity.rank >= w.min_severity.rank and _asked(w, incident)]
    found = [(watch, matches(watch.area, incident.place)) for watch in wanted]
    return [(watch, match) for watch, match in found if match is not AreaMatch.NO]


def _asked(watch: Watch, incident: Incident) -> bool:
    return not watch.kinds or not watch.kinds.isdisjoint(incident.signals)


def quiet(chat: Chat, severity: Severity, now: datetime) -> datetime | None:
    """Until when to hold a message back (UTC): the end of the quiet hours in which `now` lies. None: send it now.

    Extreme is never held back. Quiet hours may cross midnight; equal ends mean none.
    """
    start, end = chat.quiet_from, chat.quiet_until
    if severity is Severity.EXTREME or start is None or end is None or start == end:
        return None
    local = now.astimezone(zone(chat.time_zone))
    if not _within(local.time(), start, end):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, local.tzinfo).astimezone(now.tzinfo)


def _within(moment: time, start: time, end: time) -> bool:
    if start < end:
        return start <= moment < end
    return moment >= start or moment < end
