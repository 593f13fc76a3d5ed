"""Removes what is kept for no purpose any more."""

from collections.abc import Callable
from datetime import datetime, timedelta

from store.store import Store, Transaction

# Texts of articles that no incident rests on, and who was told what: long enough to look into a missed alert.
KEPT = timedelta(days=90)

UNCONFIRMED = timedelta(days=1)  # what an operator wrote and did not confirm


def tidy(store: Store, now: datetime) -> int:
    """Remove such texts, a few thousand in each transaction; how many. Their keys stay, so they do not come back.

    Old receipts, notices, drafts, dead invitations, dead links and ended mutes go as well.
    """
    _in_batches(store, lambda tx: tx.receipts.cleanup(now - KEPT))
    with store.write() as tx:
        tx.notices.cleanup(now - KEPT)
        tx.operating.cleanup_drafts(now - UNCONFIRMED)
        tx.invites.cleanup(now)
        tx.shares.remove_dead(now)
        tx.mutes.remove_ended(now)
    return _in_batches(store, lambda tx: tx.articles.cleanup(now - KEPT, now))


def _in_batches(store: Store, cleanup: Callable[[Transaction], int]) -> int:
    """Clean up in short transactions until nothing is left to remove; how much there was."""
    removed = 0
    while True:
        with store.write() as tx:
            batch = cleanup(tx)
        removed += batch
        if not batch:
            return removed
