"""Use cases of links that carry a set of watches from one chat to others."""

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.types import Chat
from errors import TocsinError
from pipeline.subscriptions import Subscriptions
from pipeline.watch_sets import Added, Offer, add_all, plan
from places.types import Area
from store.shares import Share
from store.store import Store

LIFE = timedelta(days=7)
MAX_SHARES = 10  # of one chat at a time
_TOKEN = re.compile(r"w[A-Za-z0-9_-]{22}", re.ASCII)


class TooManyShares(TocsinError):
    """The chat has MAX_SHARES links that work."""


class NothingToShare(TocsinError):
    """The chat watches nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link holds, and what adding it would come to in the chat where it was opened."""

    share: Share
    outcome: Added


def new_token() -> str:
    """128 random bits as Telegram's deep links take them; nothing in it tells the chat."""
    return "w" + secrets.token_urlsafe(16)


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


class Sharing:
    """Links are known by the hash of their token: who reads the database cannot open them."""

    def __init__(self, store: Store, subscriptions: Subscriptions, tokens: Callable[[], str] = new_token) -> None:
        self._store = store
        self._subscriptions = subscriptions
        self._tokens = tokens

    def share(self, chat_id: int, now: datetime) -> tuple[str, Share]:
        """A new token for the chat's watches as they are now. Raises NothingToShare, TooManyShares."""
        token = self._tokens()
        with self._store.write() as tx:
            watches = tx.chats.watches(chat_id)
            if not watches:
                raise NothingToShare(f"chat {chat_id} has no watch")
            if len(tx.shares.of_chat(chat_id, now)) >= MAX_SHARES:
                raise TooManyShares(f"chat {chat_id} has {MAX_SHARES} links")
            return token, tx.shares.add(chat_id, _digest(token), watches, now, now + LIFE)

    def shares(self, chat_id: int, now: datetime) -> list[Share]:
        """The chat's links that work, the oldest first."""
        with self._store.read() as tx:
            return tx.shares.of_chat(chat_id, now)

    def revoke(self, chat_id: int, share_id: int) -> bool:
        """Whether there was such a link of this chat; whoever opens it from now on gets nothing."""
        with self._store.write() as tx:
            return tx.shares.revoke(chat_id, share_id)

    def open(self, chat_id: int, token: str, now: datetime) -> Opened | None:
        """None: the token is dead, was revoked, or never was."""
        with self._store.read() as tx:
            share = tx.shares.find(_digest(token), now)
            if share is None:
                return None
            outcome, _ = plan(tx.chats.watches(chat_id), [Offer(watch) for watch in share.watches])
            return Opened(share, outcome)

    def adopt(
        self, chat: Chat, token: str, now: datetime, rename: Callable[[Area], Area] | None = None
    ) -> Added | None:
        """Add what the link holds; what the chat watches already stays as it is. None as `open`. Raises
        TooManyWatches; then nothing is added. `rename` calls the areas as they are called in the chat's language."""
        with self._store.write() as tx:
            share = tx.shares.find(_digest(token), now)
            if share is None:
                return None
            named = [replace(w, area=rename(w.area)) for w in share.watches] if rename else share.watches
            added = add_all(tx, chat, [Offer(watch) for watch in named])
        self._subscriptions.mirror(chat.id)
        return added


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
