"""Menus: what each kind of chat is offered, in each language, and operators their own."""

import time
from collections.abc import Callable
from typing import Any

from telegram import (
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from alerts.types import Language
from chat.app import build_application
from chat.limiter import PacedLimiter
from chat.menus import set_menus
from chat.services import Services
from emulator.client import Control
from emulator.server import RunningEmulator
from tests.chat.conftest import OPERATOR, TOKEN
from tests.person import Person


async def _menu(bot: Any, scope: Any, language: str | None = None) -> dict[str, str]:
    found = await bot.get_my_commands(scope=scope, language_code=language)
    return {command.command: command.description for command in found}


async def test_each_kind_of_chat_is_offered_its_own(
    server: RunningEmulator, telegram: Control, services: Services
) -> None:
    await telegram.post("chats", id=OPERATOR)
    app = build_application(TOKEN, server.url, services, PacedLimiter(time.monotonic))
    async with app:
        await set_menus(app.bot, {OPERATOR, 999})  # the second never spoke to the bot
        private = await _menu(app.bot, BotCommandScopeAllPrivateChats())
        administrators = await _menu(app.bot, BotCommandScopeAllChatAdministrators())
        members = await _menu(app.bot, BotCommandScopeAllGroupChats())
        french = await _menu(app.bot, BotCommandScopeAllPrivateChats(), "fr")
        operator = await _menu(app.bot, BotCommandScopeChat(OPERATOR))
    assert {"watch", "stop", "alerts", "help"} <= private.keys()
    assert "feeds" not in private
    assert {"topic", "channel"} & private.keys() == {"channel"}
    assert {"topic", "channel"} & administrators.keys() == {"topic"}
    assert {"alerts", "status", "help"} <= members.keys()
    assert not {"watch", "stop", "forget"} & members.keys()
    assert french.keys() == private.keys()
    assert french["watch"].startswith("Surveiller")
    assert operator.keys() > private.keys()
    assert operator["broadcast"] == "Tell all chats something"
    assert all(len(words) <= 256 for words in (private | operator | french).values())
    calls = (await telegram.get("calls", method="setMyCommands"))["calls"]
    languages = {call["params"].get("language_code") for call in calls}
    assert languages == {None, *(language.value for language in Language if language is not Language.EN)}


async def test_a_bot_without_menus_works_as_well(
    server: RunningEmulator, telegram: Control, services: Services
) -> None:
    app = build_application(TOKEN, server.url, services, PacedLimiter(time.monotonic))
    async with app:
        await telegram.post("faults", kind="error", method="setMyCommands")
        await set_menus(app.bot, ())
        assert (await app.bot.get_me()).is_bot, "the refused menus left the bot alive"


async def test_an_operator_who_begins_is_offered_all(
    person: Callable[..., Person], telegram: Control, bot: Any
) -> None:
    await telegram.post("chats", id=OPERATOR)
    await person(OPERATOR, OPERATOR).ask("/start")
    await person(7).ask("/start")
    await person(7).ask("/help")  # a later update was answered, so the earlier ones are done with
    calls = (await telegram.get("calls", method="setMyCommands"))["calls"]
    assert {call["params"]["scope"]["chat_id"] for call in calls} == {OPERATOR}
