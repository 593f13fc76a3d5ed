"""A running emulator, the user's side of it, and a bot of python-telegram-bot that calls it."""

import struct
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from emulator.client import Control
from emulator.server import RunningEmulator, start

TOKEN = "123456:TESTTOKEN"
MakeBot = Callable[..., "ExtBot[None]"]


@pytest.fixture
async def server() -> AsyncIterator[RunningEmulator]:
    running = await start()
    yield running
    await running.close()


@pytest.fixture
async def control(server: RunningEmulator) -> AsyncIterator[Control]:
    async with Control(server.url) as client:
        yield client


@pytest.fixture
def make_bot(server: RunningEmulator) -> MakeBot:
    def make(**request: float) -> "ExtBot[None]":
        return ExtBot(
            TOKEN,
            base_url=server.url + "/bot",
            base_file_url=server.url + "/file/bot",
            request=HTTPXRequest(connection_pool_size=64, **request),  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
async def bot(make_bot: MakeBot, control: Control) -> AsyncIterator["ExtBot[None]"]:
    """A bot that has called once; private chat 7 exists; no limits."""
    await control.post("config", limits=False)
    await control.post("chats", id=7)
    async with make_bot() as made:
        yield made


def make_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x20\x80\xff" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def png() -> bytes:
    return make_png(32, 32)
