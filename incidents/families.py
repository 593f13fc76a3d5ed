"""Which signals tell of one event, how long an event stays open for reports, and which signal is the graver.

Tables to read and change; the rest of the folder only looks things up here.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import Enum
from functools import lru_cache

from classifiers.taxonomy import Signal


class Family(Enum):
    FIGHTING = "fighting"
    DISPLACEMENT = "displacement"
    TALKS = "talks"
    ACCESS = "access"
    MOBILISATION = "mobilisation"
    UNREST = "unrest"


FAMILY: Mapping[Signal, Family] = {
    Signal.TERRITORY_CAPTURED: Family.FIGHTING,
    Signal.ARMED_CLASH: Family.FIGHTING,
    Signal.REMOTE_VIOLENCE: Family.FIGHTING,
    Signal.FACILITY_ATTACKED: Family.FIGHTING,
    Signal.CIVILIANS_ATTACKED: Family.FIGHTING,
    Signal.FOREIGN_INTERVENTION: Family.FIGHTING,
    Signal.DISPLACEMENT: Family.DISPLACEMENT,
    Signal.CEASEFIRE_BROKEN: Family.TALKS,
    Signal.DEESCALATION: Family.TALKS,
    Signal.ACCESS_BLOCKED: Family.ACCESS,
    Signal.MOBILISATION: Family.MOBILISATION,
    Signal.UNREST: Family.UNREST,
}

# Families whose reports may tell of one event, and what the kinds take away from the likeness of the two.
# Not listed: never one event. Displacement belongs to the event that causes it.
DISTANCE: Mapping[frozenset[Family], float] = {
    frozenset({Family.FIGHTING}): 0.0,
    frozenset({Family.DISPLACEMENT}): 0.0,
    frozenset({Family.TALKS}): 0.0,
    frozenset({Family.ACCESS}): 0.0,
    frozenset({Family.MOBILISATION}): 0.0,
    frozenset({Family.UNREST}): 0.0,
    frozenset({Family.DISPLACEMENT, Family.FIGHTING}): 0.05,
    frozenset({Family.UNREST, Family.FIGHTING}): 0.1,
    frozenset({Family.UNREST, Family.DISPLACEMENT}): 0.1,
    frozenset({Family.ACCESS, Family.FIGHTING}): 0.2,
    frozenset({Family.ACCESS, Family.UNREST}): 0.15,
    frozenset({Family.ACCESS, Family.DISPLACEMENT}): 0.15,
    frozenset({Family.ACCESS, Family.TALKS}): 0.2,
    frozenset({Family.MOBILISATION, Family.FIGHTING}): 0.2,
    frozenset({Family.MOBILISATION, Family.UNREST}): 0.25,
    frozenset({Family.MOBILISATION, Family.TALKS}): 0.2,
    frozenset({Family.MOBILISATION, Family.ACCESS}): 0.25,
    frozenset({Family.TALKS, Family.FIGHTING}): 0.25,
}

# How long after its last report an event still takes reports of its family.
WINDOW: Mapping[Family, timedelta] = {
    Family.FIGHTING: timedelta(hours=72),
    Family.DISPLACEMENT: timedelta(hours=96),
    Family.TALKS: timedelta(hours=96),
    Family.ACCESS: timedelta(hours=120),
    Family.MOBILISATION: timedelta(hours=72),
    Family.UNREST: timedelta(hours=96),
}
LONGEST_WINDOW = max(WINDOW.values())

# The graver first: which of an incident's signals names it where as many say the one as the other.
GRAVITY: tuple[Signal, ...] = (
    Signal.TERRITORY_CAPTURED,
    Signal.CIVILIANS_ATTACKED,
    Signal.FACILITY_ATTACKED,
    Signal.REMOTE_VIOLENCE,
    Signal.FOREIGN_INTERVENTION,
    Signal.UNREST,
    Signal.ARMED_CLASH,
    Signal.CEASEFIRE_BROKEN,
    Signal.ACCESS_BLOCKED,
    Signal.DISPLACEMENT,
    Signal.MOBILISATION,
    Signal.DEESCALATION,
)

# Signals that only a report of the very same signal bears out: who reports fighting does not report the town's fall.
STRICT: frozenset[Signal] = frozenset(
    {
        Signal.TERRITORY_CAPTURED,
        Signal.FACILITY_ATTACKED,
        Signal.FOREIGN_INTERVENTION,
        Signal.DISPLACEMENT,
        Signal.CEASEFIRE_BROKEN,
        Signal.DEESCALATION,
        Signal.ACCESS_BLOCKED,
        Signal.MOBILISATION,
    }
)


_ASKED = 4096  # the same few combinations of signals are asked for again and again


@lru_cache(maxsize=_ASKED)
def distance(left: tuple[Signal, ...], right: tuple[Signal, ...]) -> float | None:
    """What the kinds take away from the likeness of two accounts: their closest pair; None: never one event."""
    others = {FAMILY[signal] for signal in right}
    found = [DISTANCE.get(frozenset({FAMILY[signal], other})) for signal in left for other in others]
    return min((d for d in found if d is not None), default=None)


@lru_cache(maxsize=_ASKED)
def related(signals: tuple[Signal, ...]) -> frozenset[Signal]:
    """All signals whose incidents a report of `signals` may belong to: what to ask the store for."""
    families = {FAMILY[signal] for signal in signals}
    return frozenset(s for s, other in FAMILY.items() if any(frozenset({f, other}) in DISTANCE for f in families))


@lru_cache(maxsize=_ASKED)
def window(signals: tuple[Signal, ...]) -> timedelta:
    """How long an event of these signals takes reports after its last one."""
    return max((WINDOW[FAMILY[signal]] for signal in signals), default=timedelta(0))


def bears_out(reported: Iterable[Signal], kind: Signal) -> bool:
    """Whether a report of these signals says that the event of this kind happened."""
    if kind in STRICT:
        return kind in reported
    return any(signal == kind or FAMILY[signal] in _FIGHT for signal in reported)


_FIGHT = frozenset({Family.FIGHTING, Family.UNREST, Family.DISPLACEMENT})
