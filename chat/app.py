"""Builds the Telegram application: handlers, pace, order, job queue. bot.py adds the jobs and runs it."""

import asyncio
import logging
import re
import traceback
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    JobQueue,
    MessageHandler,
    filters,
)

from alerts.types import Language
from chat.dispatch import App, Context, Dispatcher, apologise
from chat.importing import COMMAND as IMPORT
from chat.limiter import PacedLimiter
from chat.ordering import ChatByChat
from chat.routes import COMMANDS
from chat.services import Services
from errors import InvalidInput, TocsinError

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ["message", "channel_post", "callback_query", "my_chat_member"]
CONNECTIONS = 64
CONNECT_S, READ_S, POOL_S = 5.0, 10.0, 30.0
_TOKEN = re.compile(r"\d+:[\w-]{3,}", re.ASCII)
_NEW = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST


def build_application(token: str, api_url: str, services: Services, limiter: PacedLimiter) -> App:
    """The application, not started. `api_url`: "https://api.telegram.org" or another Bot API server, without "/bot".

    Its job queue runs late jobs however late they are. Raises InvalidInput for a token or an address that cannot be
    one; whether Telegram knows the token shows when it is started (chat.channel.start_error).
    """
    root = _checked(token, api_url)
    _silence()
    app = (
        Application.builder()
        .token(token)
        .base_url(root + "/bot")
        .base_file_url(root + "/file/bot")
        .rate_limiter(limiter)
        .concurrent_updates(ChatByChat())
        .connection_pool_size(CONNECTIONS)
        .connect_timeout(CONNECT_S)
        .read_timeout(READ_S)
        .write_timeout(READ_S)
        .pool_timeout(POOL_S)
        .build()
    )
    _never_skip(app.job_queue)
    _add_handlers(app, Dispatcher(services))
    app.add_error_handler(_error_handler(services))
    return app


def _checked(token: str, api_url: str) -> str:
    if not _TOKEN.fullmatch(token):
        raise InvalidInput("TELEGRAM_BOT_TOKEN", "not of the form of a token", "123456:ABC… as @BotFather gives it")
    address = urlsplit(api_url)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise InvalidInput("TELEGRAM_API_URL", f"found {api_url!r}", "an address such as https://api.telegram.org")
    return api_url.rstrip("/")


def _silence() -> None:
    """httpx logs addresses, and a bot's holds its token. The scheduler logs each tick skipped while one is busy."""
    for name, level in {"httpx": logging.WARNING, "httpcore": logging.WARNING, "apscheduler": logging.ERROR}.items():
        logging.getLogger(name).setLevel(level)


def _never_skip(queue: JobQueue[Any] | None) -> None:
    """A tick that comes late still comes: what is due is in the database, but somebody must look."""
    if queue is not None:
        late = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        queue.scheduler.configure(job_defaults=late, **queue.scheduler_configuration)


def _add_handlers(app: App, dispatcher: Dispatcher) -> None:
    for name, route in COMMANDS.items():
        app.add_handler(CommandHandler(name, dispatcher.command(route), filters=_NEW))
    moved = filters.StatusUpdate.MIGRATE & _NEW
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(MessageHandler(moved, dispatcher.migrated))
    app.add_handler(MessageHandler(filters.COMMAND & _NEW, dispatcher.unknown_command))
    app.add_handler(MessageHandler(filters.LOCATION & private, dispatcher.located))
    captioned = filters.CaptionRegex(rf"^{IMPORT}(@\w+)?(\s|$)")
    app.add_handler(MessageHandler(filters.Document.ALL & _NEW & (private | captioned), dispatcher.uploaded))
    app.add_handler(MessageHandler(filters.TEXT & private, dispatcher.typed))
    app.add_handler(MessageHandler(~filters.StatusUpdate.ALL & private, dispatcher.other))
    app.add_handler(CallbackQueryHandler(dispatcher.pressed))
    app.add_handler(ChatMemberHandler(dispatcher.membership, ChatMemberHandler.MY_CHAT_MEMBER))


def _error_handler(services: Services) -> Callable[[object, Context], Coroutine[Any, Any, None]]:
    """Logs ids and types of errors, never what people wrote; a chat that can be told is told."""

    async def handle(update: object, context: Context) -> None:
        error = context.error
        chat_id = update.effective_chat.id if isinstance(update, Update) and update.effective_chat else None
        where = f"update {update.update_id}" if isinstance(update, Update) else "outside an update"
        if chat_id is not None and isinstance(error, Forbidden):
            await asyncio.to_thread(services.subscriptions.chat_gone, chat_id)
        elif chat_id is not None and isinstance(error, ChatMigrated):
            await asyncio.to_thread(services.subscriptions.chat_moved, chat_id, error.new_chat_id)
        elif isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            log.warning("%s: %s", where, type(error).__name__)  # the network, or Telegram's pace
        else:
            frames = "".join(traceback.format_tb(error.__traceback__)) if error else ""
            log.error("%s: %s\n%s", where, type(error).__name__, frames)
            if isinstance(update, Update) and chat_id is not None:
                await apologise(update, await _language(services, chat_id))

    return handle


async def _language(services: Services, chat_id: int) -> Language:
    try:
        chat = await asyncio.to_thread(services.subscriptions.chat, chat_id)
    except TocsinError:  # the store may be what is broken
        return Language.EN
    return chat.language if chat else Language.EN
