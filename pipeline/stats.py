"""How much there is of everything, and what it takes: what operators look at."""

import resource
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from alerts.types import ChatState, Language
from store.counts import Made, Waiting
from store.store import Store

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_STATM = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Stats:
    """`memory`: bytes of this process in memory, now where the system tells, else the most it ever had."""

    chats: Mapping[tuple[ChatState, Language], int]
    watches: int
    day: Made
    week: Made
    waiting: Waiting
    memory: int


def stats(store: Store, now: datetime) -> Stats:
    with store.read() as tx:
        return Stats(
            chats=tx.counts.chats(),
            watches=tx.counts.watches(),
            day=tx.counts.since(now - DAY),
            week=tx.counts.since(now - WEEK),
            waiting=tx.counts.waiting(now),
            memory=memory(),
        )


def memory() -> int:
    """Bytes of this process in memory."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
    except (OSError, IndexError, ValueError):  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * resource.getpagesize()
