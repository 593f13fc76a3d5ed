"""When what was told is no longer renewed. Pure.

An event takes reports for as long as its kind is open (families.WINDOW); a report after that begins another one. So
when that time has passed without a report, nothing can renew what was told, and those who were told may know it.
"""

from dataclasses import replace
from datetime import datetime

from incidents.families import WINDOW, window
from incidents.types import Cause, Certainty, Incident

SOONEST = min(WINDOW.values())


def expires_at(incident: Incident) -> datetime | None:
    """When it expires unless a report renews it; None: it has expired, eased, or no longer stands."""
    gone = incident.withdrawn or incident.merged_into is not None or incident.certainty is Certainty.UNLIKELY
    if gone or incident.expired or incident.eased:
        return None
    return incident.last_seen + window(incident.signals)


def has_expired(incident: Incident, now: datetime) -> bool:
    """Whether its time has passed and it does not say so yet."""
    end = expires_at(incident)
    return end is not None and end <= now


def expired(incident: Incident) -> Incident:
    """The next revision."""
    return replace(
        incident,
        revision=incident.revision + 1,
        cause=Cause.EXPIRY,
        cause_text="No new reports for as long as such an event takes reports",
        expired=True,
    )
