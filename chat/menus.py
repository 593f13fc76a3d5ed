"""The commands that Telegram offers: by kind of chat, by language, and to operators their own."""

import logging
from collections.abc import Collection, Mapping
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from alerts.types import Language
from chat.about import COMMANDS as MENU
from chat.i18n import translator
from chat.operators.menu import COMMANDS as FOR_OPERATORS
from chat.routes import COMMANDS as ROUTES

log = logging.getLogger(__name__)

# A private chat has no topics, and what is done for a channel is done in a private chat.
IN_PRIVATE = {name: words for name, words in MENU.items() if name != "topic"}
IN_GROUPS = {name: words for name, words in MENU.items() if name != "channel"}

# What a member of a group may do without being its administrator.
FOR_MEMBERS = {name: words for name, words in MENU.items() if not ROUTES[name].changes}


async def set_menus(bot: ExtBot[Any], operators: Collection[int]) -> None:
    """Offer everyone their commands in each language; a bot without menus works as well."""
    scopes: list[tuple[BotCommandScope, Mapping[str, str]]] = [
        (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
        (BotCommandScopeAllGroupChats(), FOR_MEMBERS),
        (BotCommandScopeAllChatAdministrators(), IN_GROUPS),
    ]
    try:
        for scope, commands in scopes:
            await _offer(bot, scope, commands)
        for operator in sorted(operators):
            await set_operators_menu(bot, operator)
    except TelegramError as error:
        log.warning("command menus not set: %s", type(error).__name__)


async def set_operators_menu(bot: ExtBot[Any], operator: int) -> None:
    """Offer an operator all commands in the private chat. Telegram refuses where that chat was never begun, and the
    operator's /start comes back here."""
    try:
        await _offer(bot, BotCommandScopeChat(operator), {**FOR_OPERATORS, **IN_PRIVATE})
    except BadRequest as error:
        log.info("no menu for operator %s: %s", operator, type(error).__name__)


async def _offer(bot: ExtBot[Any], scope: BotCommandScope, commands: Mapping[str, str]) -> None:
    for language in Language:
        t = translator(language)
        menu = [BotCommand(name, t.text(words)) for name, words in commands.items()]
        code = None if language is Language.EN else language.value
        await bot.set_my_commands(menu, scope=scope, language_code=code)
