"""The pace of chat/limits.py put before every call of python-telegram-bot that sends or edits."""

import asyncio
import math
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from chat.limits import Allowances, Kind, Queue, Ticket
from pipeline.channel import Urgency

Call = Callable[..., Coroutine[Any, Any, Any]]

ANSWER_TRIES = 3
_FREE = ("sendchataction", "sendmessagedraft")


def kind_of(endpoint: str) -> Kind | None:
    """What a method counts as; None: it is not paced (getMe, answerCallbackQuery and the like)."""
    name = endpoint.lower()
    if name in _FREE:
        return None
    if name.startswith(("send", "forward", "copy")):
        return Kind.SEND
    return Kind.EDIT if name.startswith("editmessage") else None


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait; the attribute changes its type with an environment variable."""
    asked = error._retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


class PacedLimiter(BaseRateLimiter[Urgency]):
    """Holds each message until its turn. A method's `rate_limit_args` is its Urgency; none: it answers a person.

    A retry_after stops the chat it was given for. Answers then wait and are tried again; anything else raises
    RetryAfter at once, also where it would have to wait long for its own chat: whoever sends it keeps a queue.
    `clock`: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float], allowances: Allowances | None = None) -> None:
        self._clock = clock
        self._queue = Queue(allowances or Allowances())
        self._waiting: dict[int, asyncio.Future[float]] = {}
        self._timer: asyncio.TimerHandle | None = None

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        if self._timer:
            self._timer.cancel()
        for waiter in list(self._waiting.values()):
            waiter.cancel()

    async def process_request(
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Urgency | None,
    ) -> Any:
        kind = kind_of(endpoint)
        if kind is None:
            return await callback(*args, **kwargs)
        urgency, chat = rate_limit_args or Urgency.ANSWER, data.get("chat_id")
        tries = ANSWER_TRIES if urgency is Urgency.ANSWER else 1
        while True:
            await self._turn(chat, kind, urgency)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                self._queue.stop(chat, self._clock() + seconds_of(error))
                tries -= 1
                if not tries:
                    raise

    async def _turn(self, chat: object, kind: Kind, urgency: Urgency) -> None:
        ticket = self._queue.add(chat, kind, urgency)
        waiter = self._waiting[ticket.number] = asyncio.get_running_loop().create_future()
        self._pump()
        try:
            later = await waiter
        except asyncio.CancelledError:
            self._abandon(ticket)
            raise
        if later:
            raise RetryAfter(math.ceil(later))

    def _abandon(self, ticket: Ticket) -> None:
        if self._waiting.pop(ticket.number, None) is not None:
            self._queue.discard(ticket)

    def _pump(self) -> None:
        """Let go what may go, and come back when the next may."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        now = self._clock()
        for ticket, later in self._queue.release(now):
            waiter = self._waiting.pop(ticket.number, None)
            if waiter and not waiter.done():
                waiter.set_result(later)
        at = self._queue.next_at(now)
        if at is not None:
            self._timer = asyncio.get_running_loop().call_later(max(0.0, at - now), self._pump)
