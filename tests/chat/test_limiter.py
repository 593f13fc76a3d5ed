"""The limiter before calls, in an event loop."""

import asyncio
import time
from typing import Any

import pytest
from telegram.error import RetryAfter

from chat.limiter import PacedLimiter, kind_of
from chat.limits import Allowances, Kind
from pipeline.channel import Urgency

QUICK = Allowances(overall_per_s=2000, private_every_s=0.05, private_burst=1, patience_s=5)


class Api:
    """Answers calls; refuses as many as asked with RetryAfter."""

    def __init__(self, refuse: int = 0, after: int = 0) -> None:
        self.refuse, self.after = refuse, after
        self.accepted: list[float] = []

    async def __call__(self, *args: Any, **kwargs: Any) -> bool:
        if self.refuse:
            self.refuse -= 1
            raise RetryAfter(self.after)
        self.accepted.append(time.monotonic())
        return True


async def call(
    limiter: PacedLimiter, api: Api, chat: int, urgency: Urgency | None = None, endpoint: str = "sendMessage"
) -> Any:
    return await limiter.process_request(api, (), {}, endpoint, {"chat_id": chat}, urgency)


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("sendMessage", Kind.SEND),
        ("sendPhoto", Kind.SEND),
        ("forwardMessage", Kind.SEND),
        ("editMessageText", Kind.EDIT),
        ("editMessageReplyMarkup", Kind.EDIT),
        ("answerCallbackQuery", None),
        ("getChatMember", None),
        ("sendChatAction", None),
        ("setMyCommands", None),
    ],
)
def test_only_what_telegram_limits_is_paced(endpoint: str, kind: Kind | None) -> None:
    assert kind_of(endpoint) is kind


async def test_calls_to_one_chat_are_spread() -> None:
    limiter, api = PacedLimiter(time.monotonic, QUICK), Api()
    began = time.monotonic()
    await asyncio.gather(*(call(limiter, api, 7) for _ in range(4)))
    assert api.accepted[-1] - began >= 0.14
    await asyncio.gather(*(call(limiter, api, chat) for chat in range(100, 150)))
    assert len(api.accepted) == 54


async def test_an_answer_is_tried_again_after_a_429() -> None:
    limiter, api = PacedLimiter(time.monotonic, QUICK), Api(refuse=2)
    assert await call(limiter, api, 7) is True
    assert len(api.accepted) == 1


async def test_an_alert_raises_at_once_and_its_chat_is_left_alone() -> None:
    limiter, api = PacedLimiter(time.monotonic, QUICK), Api(refuse=1, after=30)
    with pytest.raises(RetryAfter):
        await call(limiter, api, 7, Urgency.EXTREME)
    with pytest.raises(RetryAfter) as again:
        await call(limiter, api, 7, Urgency.EXTREME)
    assert 25 <= again.value._retry_after.total_seconds() <= 30
    assert api.accepted == []
    assert await call(limiter, api, 8, Urgency.EXTREME) is True


async def test_who_stops_waiting_holds_up_nobody() -> None:
    limiter, api = PacedLimiter(time.monotonic, QUICK), Api()
    await call(limiter, api, 7)
    waiting = asyncio.ensure_future(call(limiter, api, 7))
    await asyncio.wait([waiting], timeout=0.001)
    waiting.cancel()
    assert await asyncio.wait_for(call(limiter, api, 7), 1) is True
    assert len(api.accepted) == 2


async def test_closing_ends_the_waiting() -> None:
    limiter, api = PacedLimiter(time.monotonic, Allowances(private_every_s=60, private_burst=1)), Api()
    await call(limiter, api, 7)
    waiting = asyncio.ensure_future(call(limiter, api, 7))
    await asyncio.wait([waiting], timeout=0.001)
    await limiter.shutdown()
    with pytest.raises(asyncio.CancelledError):
        await waiting
