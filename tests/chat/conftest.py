"""A running emulator, the user's side of it, and a bot that calls it at our pace."""

import time
from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from chat.limiter import PacedLimiter
from chat.limits import Allowances
from emulator.client import Control
from emulator.server import RunningEmulator, start
from pipeline.channel import Urgency

TOKEN = "123456:TESTTOKEN"
UNHURRIED = Allowances(overall_per_s=10_000, private_every_s=0.0001, group_count=10_000)


@pytest.fixture
async def server() -> AsyncIterator[RunningEmulator]:
    running = await start()
    yield running
    await running.close()


@pytest.fixture
async def telegram(server: RunningEmulator) -> AsyncIterator[Control]:
    """The user's side; private chat 7 exists, nothing is limited."""
    async with Control(server.url) as client:
        await client.post("config", limits=False)
        await client.post("chats", id=7)
        yield client


@pytest.fixture
async def bot(server: RunningEmulator, telegram: Control) -> AsyncIterator[ExtBot[Urgency]]:
    request = HTTPXRequest(connection_pool_size=16, read_timeout=0.5)
    limiter = PacedLimiter(time.monotonic, UNHURRIED)
    bot = ExtBot(TOKEN, base_url=server.url + "/bot", request=request, rate_limiter=limiter)
    async with bot:
        yield bot
