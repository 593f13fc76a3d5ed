"""The order of updates: chats side by side, the updates of one chat one after the other."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 256


class ChatByChat(BaseUpdateProcessor):
    """Handles up to AT_ONCE updates at a time, never two of the same chat, and each chat's in the order they came."""

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
