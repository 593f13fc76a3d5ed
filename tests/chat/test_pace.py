"""Our pace against the emulator's limits: nothing is refused."""

import asyncio
import time

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from chat.limiter import PacedLimiter
from emulator.client import Control
from emulator.server import RunningEmulator
from pipeline.channel import Urgency

TOKEN = "123456:TESTTOKEN"


async def test_a_burst_over_many_chats_and_one_busy_chat_is_never_refused(
    server: RunningEmulator, telegram: Control
) -> None:
    await telegram.post("config", limits=True)
    await telegram.post("chats", from_id=1000, count=45)
    limiter = PacedLimiter(time.monotonic)
    request = HTTPXRequest(connection_pool_size=64)
    bot: ExtBot[Urgency] = ExtBot(TOKEN, base_url=server.url + "/bot", request=request, rate_limiter=limiter)
    async with bot:
        chats = [*range(1000, 1045), *[7] * 5]
        began = time.monotonic()
        await asyncio.gather(*(bot.send_message(chat, f"{number}") for number, chat in enumerate(chats)))
        took = time.monotonic() - began
    stats = await telegram.get("stats")
    assert stats["messages"] == 50
    assert "429" not in stats
    assert stats["peak_1s"] <= 40
    assert took >= 48 / 28.5
