"""The order of updates: chats side by side, the updates of one chat one after the other."""

import asyncio
import inspect
import logging
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 1024
MAX_WAITING = 100  # of one chat: what a flood sends beyond is not read

log = logging.getLogger(__name__)


class ChatByChat(BaseUpdateProcessor):
    """Handles up to AT_ONCE updates at a time, never two of the same chat, and each chat's in the order they came.

    Of a chat that has MAX_WAITING updates waiting, further ones are dropped: one chat cannot take the room of all.
    """

    __slots__ = ("_locks", "_users")

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._locks: dict[int, asyncio.Lock] = {}
        self._users: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        if self._users[chat.id] >= MAX_WAITING and inspect.iscoroutine(coroutine):
            log.warning("chat %s: an update was dropped, %s of it wait", chat.id, MAX_WAITING)
            coroutine.close()
            return
        self._users[chat.id] += 1
        try:
            async with self._locks.setdefault(chat.id, asyncio.Lock()):
                await coroutine
        finally:
            self._users[chat.id] -= 1
            if not self._users[chat.id]:
                del self._users[chat.id], self._locks[chat.id]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""
