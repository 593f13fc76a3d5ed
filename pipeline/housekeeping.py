"""Removes what is kept for no purpose any more."""

from datetime import datetime, timedelta

from store.store import Store

KEPT = timedelta(days=90)  # texts of articles that no incident rests on: long enough to look into a missed alert


UNCONFIRMED = timedelta(days=1)  # what an operator wrote and did not confirm


def tidy(store: Store, now: datetime) -> int:
    """Remove such texts, a few thousand in each transaction; how many. Their keys stay, so they do not come back.

    Old notices, drafts, dead invitations and dead links go as well.
    """
    with store.write() as tx:
        tx.notices.cleanup(now - KEPT)
        tx.operating.cleanup_drafts(now - UNCONFIRMED)
        tx.invites.cleanup(now)
        tx.shares.remove_dead(now)
    removed = 0
    while True:
        with store.write() as tx:
            batch = tx.articles.cleanup(now - KEPT, now)
        removed += batch
        if not batch:
            return removed
