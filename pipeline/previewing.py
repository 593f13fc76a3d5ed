"""Use case of previewing: what watches would have told a chat of late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.preview import would_have_told
from alerts.types import Chat, Severity, Watch
from store.store import Store

SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Previews:
    """`counts`: for each watch how many incidents would have been told, by severity. `since`: from when on there is
    history, where that is less than SPAN ago; None: all of SPAN is looked at."""

    counts: tuple[Mapping[Severity, int], ...]
    since: datetime | None


def preview(store: Store, chat: Chat, watches: Sequence[Watch], now: datetime) -> Previews | None:
    """What each of the watches would have told the chat within SPAN; None: there is no history."""
    with store.read() as tx:
        first = tx.history.first_alert()
        if first is None:
            return None
        past = tx.history.past(now - SPAN)
    counts = tuple(would_have_told(watch, chat, past) for watch in watches)
    return Previews(counts, first if now - first < SPAN else None)
