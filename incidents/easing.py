"""When a region has been quiet for so long that those who were told may hear it: never an all-clear.

How long that is follows from the region's own rhythm. A silence says something only while those speak who used to tell.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from incidents.types import Cause, Incident

RHYTHM = timedelta(days=60)  # how far back a region's reports are looked at
RARELY = 0.95  # of its gaps between two reports are shorter than what counts as quiet
FEWEST_GAPS = 8  # with fewer, the rhythm is not known
USUAL = timedelta(days=4)  # quiet where it is not
LEAST, MOST = timedelta(days=1), timedelta(days=10)
STILL = timedelta(hours=24)  # a source still publishes if its newest entry is no older
USUAL_REPORTS = 3  # of a region within RHYTHM make a publisher one of its usual sources
SPEAKING = 0.5  # share of the usual sources that must still publish


def quiet_after(reports: Iterable[datetime]) -> timedelta:
    """How long a region of these report times must be silent to have eased."""
    times = sorted(reports)
    gaps = sorted(later - earlier for earlier, later in pairwise(times) if later > earlier)
    if len(gaps) < FEWEST_GAPS:
        return USUAL
    return min(max(gaps[int(RARELY * len(gaps))], LEAST), MOST)


def has_eased(region: Sequence[Incident], newest: Mapping[str, datetime], now: datetime) -> bool:
    """Whether the region is quieter than it ever is for long, though its usual sources (where it has none, all that
    told of it) still publish.

    `region`: its incidents of the last RHYTHM. `newest`: by publisher, the newest entry of the feeds that are read now;
    one that is no longer read is silent.
    """
    witnesses = [w for incident in region for w in incident.witnesses]
    times = [w.published for w in witnesses]
    if not times or now - max(times) < quiet_after(times):
        return False
    reports = Counter(w.source.publisher_id for w in witnesses)
    usual = [publisher for publisher, count in reports.items() if count >= USUAL_REPORTS]
    return still_publish(usual or reports.keys(), newest, now)


def still_publish(publishers: Collection[str], newest: Mapping[str, datetime], now: datetime) -> bool:
    """Whether enough of them speak for their silence about a region to mean something."""
    speaking = [p for p in publishers if p in newest and now - newest[p] <= STILL]
    return bool(speaking) and len(speaking) >= SPEAKING * len(publishers)


def eased(incident: Incident) -> Incident:
    """The next revision."""
    return replace(
        incident,
        revision=incident.revision + 1,
        cause=Cause.EASE,
        cause_text="No new reports for longer than is usual there, while the usual sources still publish",
        eased=True,
    )
