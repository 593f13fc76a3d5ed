"""When a chat is told, and what is told together: pauses, quiet hours and digests. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from alerts.i18n import zone
from alerts.mutes import SPEAKS
from alerts.types import Chat, Reason, Rhythm, Severity
from alerts.watches import quiet

# A quiet night's few alerts come one by one when it ends; more of them come together.
FEW = 3

HOUR = timedelta(hours=1)


class Why(StrEnum):
    """Why something waits to be told together with more."""

    RHYTHM = "rhythm"  # the chat chose digests
    QUIET = "quiet"  # its quiet hours
    PAUSE = "pause"  # it paused alerts until a time


@dataclass(frozen=True, slots=True)
class Wait:
    """Until when something waits (UTC); `why` None: by itself, not for a digest."""

    until: datetime
    why: Why | None


def wait(chat: Chat, severity: Severity, reason: Reason | None, night: datetime | None, now: datetime) -> Wait | None:
    """How long what would ring now has to wait; None: not at all.

    `reason`: of what the chat was told already, what has changed; None for what is new to it. `night`: until when the
    chat's night holds this back (alerts.watches.held). Nothing passes a pause; digests do not keep what is Extreme,
    nor the withdrawal or correction of what was told.
    """
    together = gathering(chat, now)
    if together is not None and together.why is Why.PAUSE:
        return together
    if severity is Severity.EXTREME or reason in SPEAKS:
        return Wait(night, None) if night else None
    if together is not None and together.why is Why.RHYTHM:
        return together
    return Wait(night, Why.QUIET) if night else None


def gathering(chat: Chat, now: datetime) -> Wait | None:
    """What a chat gathers for now, and when it is told of it; None: it is told at once."""
    if chat.paused_until is not None and chat.is_paused(now):
        return Wait(awake(chat, chat.paused_until), Why.PAUSE)
    if chat.rhythm is not Rhythm.INSTANT:
        return Wait(awake(chat, next_digest(chat, now)), Why.RHYTHM)
    night = quiet(chat, Severity.MINOR, now)
    return Wait(night, Why.QUIET) if night else None


def unreachable_until(chat: Chat, now: datetime) -> datetime | None:
    """Until when nothing but Extreme, or nothing at all, may ring in a chat; None: it may ring."""
    if chat.paused_until is not None and chat.is_paused(now):
        return awake(chat, chat.paused_until)
    return quiet(chat, Severity.MINOR, now)


def awake(chat: Chat, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours in which it lies."""
    return quiet(chat, Severity.MINOR, moment) or moment


def next_digest(chat: Chat, after: datetime) -> datetime:
    """When the chat's next digest is due, later than `after` (UTC).

    Hourly: at the next full hour of the chat's own time. Daily: when its clock shows `digest_at`; where summer time
    skips that, as much later as the clock jumps, and where it comes twice, the first time.
    """
    if chat.rhythm is Rhythm.HOURLY:
        return _next_hour(chat, after)
    local = zone(chat.time_zone)
    day = after.astimezone(local).date()
    while (due := datetime.combine(day, chat.digest_at, local).astimezone(UTC)) <= after:
        day += timedelta(days=1)
    return due


def _next_hour(chat: Chat, after: datetime) -> datetime:
    local = after.astimezone(zone(chat.time_zone))
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return after.astimezone(UTC) + HOUR - past


def importance(severity: Severity, seen: datetime) -> tuple[int, float]:
    """The key by which a digest is sorted: the gravest first, then what was reported last."""
    return -severity.rank, -seen.timestamp()


def comes_together(why: Why, held: int) -> bool:
    """Whether what was held back is told as one digest, or each by itself."""
    return why is not Why.QUIET or held > FEW
