"""Removes what is kept for no purpose any more."""

from datetime import datetime, timedelta

from store.store import Store

KEPT = timedelta(days=90)  # texts of articles that no incident rests on: long enough to look into a missed alert


def tidy(store: Store, now: datetime) -> int:
    """Remove such texts, a few thousand in each transaction; how many. Their keys stay, so they do not come back."""
    removed = 0
    while True:
        with store.write() as tx:
            batch = tx.articles.cleanup(now - KEPT, now)
        removed += batch
        if not batch:
            return removed
