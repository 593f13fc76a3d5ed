"""When a level is said to rise: a crossing after quiet days, and not too often. Pure."""

import numpy as np
from numpy.typing import NDArray

from incidents.activity import Floats

QUIET_DAYS = 7  # below the bound before a crossing counts
APART_DAYS = 14  # at least, between two alarms


def alarms(scores: Floats, bound: float) -> NDArray[np.int64]:
    """The days (indexes) on which `scores` crosses `bound` after QUIET_DAYS below it, at most one in APART_DAYS."""
    found: list[int] = []
    last_above = -QUIET_DAYS - 1
    for day in np.flatnonzero(scores >= bound).tolist():
        quiet = day - last_above > QUIET_DAYS
        if quiet and (not found or day - found[-1] >= APART_DAYS):
            found.append(day)
        last_above = day
    return np.array(found, dtype=np.int64)
