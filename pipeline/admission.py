"""Use cases of a bot that is closed to others: who is let in, by whom, and how they are put out again."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from hashlib import sha256

from store.invites import Invite
from store.store import Store

LIFE = timedelta(days=7)
PREFIX = "join-"  # tells a code of these from other words behind /start
_BYTES = 16  # of randomness: nobody guesses 128 bits


class Admission:
    """`closed`: only `allowed` chats, the operators' private chats and those with an invitation are served.

    A code is random, known to who made it and who was given it, kept as a hash; it lets one chat in, within LIFE.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        *,
        closed: bool,
        allowed: Collection[int] = (),
        operators: Collection[int] = (),
    ) -> None:
        self._store = store
        self._clock = clock
        self.closed = closed
        self._allowed = frozenset(allowed) | frozenset(operators)

    def admits(self, chat_id: int) -> bool:
        """Whether the chat is served. An operator's id is that of the operator's private chat."""
        if not self.closed or chat_id in self._allowed:
            return True
        with self._store.read() as tx:
            return tx.invites.admitted(chat_id)

    def enter(self, chat_id: int, code: str) -> bool:
        """Let a chat in by a code; False: nobody made it, it is dead, or it let another chat in."""
        if not is_code(code):
            return False
        with self._store.write() as tx:
            return tx.invites.use(_hash(code), chat_id, self._clock())

    def invite(self) -> tuple[Invite, str]:
        """A new code, which is told once and cannot be looked up again."""
        code = PREFIX + secrets.token_urlsafe(_BYTES)
        now = self._clock()
        with self._store.write() as tx:
            return tx.invites.add(_hash(code), now, now + LIFE), code

    def invites(self) -> list[Invite]:
        """Those that were used or still can be, the newest first."""
        with self._store.read() as tx:
            return tx.invites.all(self._clock())

    def revoke(self, invite_id: int) -> bool:
        """Take an invitation back; the chat that it had let in is told nothing more. Whether there was one."""
        with self._store.write() as tx:
            found, chat_id = tx.invites.revoke(invite_id)
            if (
                chat_id is not None
                and self.closed
                and chat_id not in self._allowed
                and not tx.invites.admitted(chat_id)
            ):
                tx.chats.retire(chat_id)
            return found

    def shut(self) -> None:
        """Of a closed bot, retire every chat that is not to be served, such as those of before it was closed."""
        if not self.closed:
            return
        with self._store.write() as tx:
            served = self._allowed | tx.invites.chats()
            after: int | None = None
            while chats := tx.chats.active(after, 500):
                for chat_id in chats:
                    if chat_id not in served:
                        tx.chats.retire(chat_id)
                after = chats[-1]


def is_code(text: str) -> bool:
    return text.startswith(PREFIX) and text.isascii() and len(text) <= 64


def _hash(code: str) -> str:
    return sha256(code.encode()).hexdigest()
