"""From Telegram's updates to handlers, and from their answers back to Telegram."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram import Chat as TelegramChat
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot

from alerts.bidi import unmarked
from alerts.types import Chat, ChatKind, ChatState, Language
from chat import about, routes
from chat.channel import NO_PREVIEW, NOT_MODIFIED
from chat.i18n import language_of, translator
from chat.menus import set_operators_menu
from chat.presses import parse
from chat.reach import Reach, Upload, is_administrator
from chat.routes import Route
from chat.screens import Answer, Rows, Screen, markup_of
from chat.services import Services
from chat.texts import MAX_CAPTION, MAX_TOAST, clip
from chat.turn import StalePress, Turn
from pipeline.admission import is_code

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]

_GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


class Dispatcher:
    """Each public method answers one kind of update."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def command(self, route: Route) -> Callback:
        """What PTB calls for a command."""

        async def callback(update: Update, context: Context) -> None:
            if route.operators and not self._by_operator(update):
                await self.unknown_command(update, context)
                return
            await self._message(update, context.bot, route)
            if route is routes.COMMANDS["start"] and self._by_operator(update) and update.effective_chat:
                await set_operators_menu(context.bot, update.effective_chat.id)

        return callback

    async def unknown_command(self, update: Update, context: Context) -> None:
        """In groups other bots have commands too: only one addressed to this bot is answered."""
        message = update.effective_message
        first = (message.text or "").split(maxsplit=1)[0] if message else ""
        private = update.effective_chat is not None and update.effective_chat.type == TelegramChat.PRIVATE
        mine = first.partition("@")[2].casefold() == context.bot.username.casefold()
        if mine or (private and "@" not in first):
            await self._message(update, context.bot, routes.UNKNOWN_COMMAND)

    async def typed(self, update: Update, context: Context) -> None:
        await self._message(update, context.bot, routes.TYPED, command=False)

    async def uploaded(self, update: Update, context: Context) -> None:
        await self._message(update, context.bot, routes.UPLOADED, command=False)

    async def located(self, update: Update, context: Context) -> None:
        await self._message(update, context.bot, routes.LOCATED, command=False)

    async def other(self, update: Update, context: Context) -> None:
        """A picture, a voice message, a sticker: nothing that can be read."""
        await self._message(update, context.bot, routes.UNREADABLE, command=False)

    async def pressed(self, update: Update, context: Context) -> None:
        """A button: every press is answered, one that is out of date too."""
        query = update.callback_query
        press = parse(query.data or "") if query else None
        turn = await self._turn(update, context.bot)
        if query is None or turn is None:
            return
        route = routes.PRESSES.get(press[0]) if press else None
        if press is None or route is None or (route.operators and not self._by_operator(update)):
            await _stale(query, turn)
            return
        if route.changes and not await self._may_change(update, context.bot, turn):
            await _toast(query, turn.t.text("Only administrators can do this here."), alert=True)
            return
        try:
            answer = await route.handler(_with_press(turn, query, press[1]))
        except StalePress:
            await _stale(query, turn)
            return
        await _toast(query, answer.toast)
        await _show(query, context.bot, turn, answer)

    async def membership(self, update: Update, context: Context) -> None:
        """The bot was blocked, removed, added or let back in."""
        change, turn = update.my_chat_member, await self._turn(update, context.bot)
        if change is None or turn is None:
            return
        subscriptions, chat = turn.subscriptions, turn.chat
        if change.new_chat_member.status in _GONE:
            await turn.do(subscriptions.chat_gone, chat.id)
            return
        if turn.known:
            await turn.do(subscriptions.ensure, chat.id, chat.kind, chat.language)
        was_gone = change.old_chat_member.status in _GONE
        if chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP) and (was_gone or not turn.known):
            await context.bot.send_message(chat.id, about.greeting(turn).screens[0].shown)

    async def migrated(self, update: Update, context: Context) -> None:
        """A group became a supergroup: told in both, whichever comes first counts."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id
        if old != new:
            await asyncio.to_thread(self._services.subscriptions.chat_moved, old, new)

    async def _message(self, update: Update, bot: ExtBot[Any], route: Route, command: bool = True) -> None:
        message, turn = update.effective_message, await self._turn(update, bot)
        if message is None or turn is None:
            return
        if route.operators and not turn.known:  # so that the operator can be told of trouble
            await turn.do(turn.subscriptions.ensure, turn.chat.id, turn.chat.kind, turn.chat.language)
        if route.changes and not await self._may_change(update, bot, turn):
            answer = Answer((Screen(turn.t.text("Only administrators can change what this chat watches.")),))
        else:
            answer = await route.handler(_with_text(turn, message, command))
        group = message.chat.type in (TelegramChat.GROUP, TelegramChat.SUPERGROUP)
        await _send(message, answer.screens, quote=group or answer.quoting)

    async def _turn(self, update: Update, bot: ExtBot[Any]) -> Turn | None:
        chat, user = update.effective_chat, update.effective_user
        if chat is None:
            return None
        services = self._services
        language = language_of((user.language_code or "") if user else "")
        default = Chat(chat.id, ChatKind(chat.type), language)
        turn = Turn(services, default, known=False, now=services.clock())
        if not await turn.do(services.admission.admits, chat.id) and not await self._enter(update, bot, turn):
            return None
        stored = await turn.do(services.subscriptions.chat, chat.id)
        if stored and stored.state is ChatState.RETIRED and update.my_chat_member is None:
            stored = await turn.do(services.subscriptions.ensure, chat.id, default.kind, default.language)
        operator = user is not None and user.id in services.admins
        known = stored is not None
        reach = Reach(bot, user.id if user else None)
        turn = replace(turn, chat=stored or default, known=known, operator=operator, bot_name=bot.username, reach=reach)
        return replace(turn, forum=bool(chat.is_forum), thread_id=_topic(update.effective_message))

    async def _enter(self, update: Update, bot: ExtBot[Any], turn: Turn) -> bool:
        """Whether a chat that is not served shows an invitation; whatever else it says gets a plain answer."""
        message, closed = update.effective_message, _closed(turn)
        if update.callback_query:
            await _toast(update.callback_query, closed, alert=True)
            return False
        if message is None or update.my_chat_member:
            return False
        code = (message.text or "").partition(" ")[2].strip()
        entering = is_code(code) and await self._may_change(update, bot, turn)
        if entering and await turn.do(self._services.admission.enter, turn.chat.id, code):
            return True
        await message.reply_text(closed)
        return False

    def _by_operator(self, update: Update) -> bool:
        """Operators have their commands in private chats alone, where nobody looks over their shoulder."""
        user, chat = update.effective_user, update.effective_chat
        private = chat is not None and chat.type == TelegramChat.PRIVATE
        return private and user is not None and user.id in self._services.admins

    async def _may_change(self, update: Update, bot: ExtBot[Any], turn: Turn) -> bool:
        """In private chats everyone; elsewhere administrators, also those who write in the chat's own name."""
        if turn.private or turn.operator:
            return True
        message, user = update.effective_message, update.effective_user
        if update.callback_query is None and message and message.sender_chat:
            return message.sender_chat.id == turn.chat.id
        if user is None:
            return False
        return await is_administrator(bot, turn.chat.id, user.id)


def _with_text(turn: Turn, message: Message, command: bool) -> Turn:
    text = unmarked(message.text or "")  # an example that was copied from the bot's own Arabic
    if command:
        text = text.partition(" ")[2] if "\n" not in text else " ".join(text.split()).partition(" ")[2]
    where = message.location
    location = (where.latitude, where.longitude) if where else None
    text = "" if is_code(text.strip()) else text.strip()  # an invitation has let the chat in by now
    return replace(turn, text=text, location=location, upload=_upload(message))


def _closed(turn: Turn) -> str:
    return turn.t.text(
        "This bot is for a closed team, and nothing is kept of what you write. If you were invited, write /start and "
        "the code."
    )


def _with_press(turn: Turn, query: CallbackQuery, fields: list[str]) -> Turn:
    """A pressed message that answers a file is about that file."""
    quoted = query.message.reply_to_message if isinstance(query.message, Message) else None
    return replace(turn, fields=tuple(fields), upload=_upload(quoted) if quoted else None)


def _topic(message: object) -> int | None:
    """The forum topic of a message; in other chats threads are chains of replies."""
    return message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None


def _upload(message: Message) -> Upload | None:
    sent = message.document
    return Upload(sent.file_name or "", sent.file_id, sent.file_size or 0) if sent else None


async def _send(message: Message, screens: tuple[Screen, ...], quote: bool) -> None:
    """`quote`: the first message answers `message`, so that people see what it is about, or who asked."""
    for number, screen in enumerate(screens):
        quoted = quote and number == 0
        if await _sent_file(message, screen, quoted):
            continue
        await message.reply_text(
            f"{screen.shown}\n{screen.bars}" if screen.bars else screen.shown,
            reply_markup=screen.markup,
            link_preview_options=NO_PREVIEW,
            do_quote=quoted,
            allow_sending_without_reply=True,
        )


async def _sent_file(message: Message, screen: Screen, quoted: bool) -> bool:
    """Whether the screen has a picture or a file that the chat takes: groups may forbid them."""
    common: dict[str, Any] = {
        "caption": clip(screen.text, MAX_CAPTION),
        "reply_markup": screen.markup,
        "do_quote": quoted,
        "allow_sending_without_reply": True,
    }
    try:
        if screen.document:
            await message.reply_document(screen.document.data, filename=screen.document.name, **common)
        elif screen.photo:
            await message.reply_photo(screen.photo, **common)
        else:
            return False
    except BadRequest:
        return False
    return True


async def _show(query: CallbackQuery, bot: ExtBot[Any], turn: Turn, answer: Answer) -> None:
    """Put the first screen in the place of the pressed message, where that can be, and send the others."""
    screens = answer.screens
    if answer.gone:
        await _taken_away(query)
    if answer.rows:
        await _rebuttoned(query, answer.rows)
    if screens and not answer.anew and await _edited(query, screens[0]):
        screens = screens[1:]
    message = query.message
    if isinstance(message, Message):
        await _send(message, screens, quote=answer.anew)
        return
    for screen in screens:
        await bot.send_message(turn.chat.id, screen.shown, reply_markup=screen.markup, link_preview_options=NO_PREVIEW)


async def _edited(query: CallbackQuery, screen: Screen) -> bool:
    if not isinstance(query.message, Message):
        return False
    try:
        await query.edit_message_text(screen.shown, reply_markup=screen.markup, link_preview_options=NO_PREVIEW)
    except BadRequest as error:
        return NOT_MODIFIED in error.message.lower()
    return True


async def _rebuttoned(query: CallbackQuery, rows: Rows) -> None:
    """Other buttons under the same text; a message that is gone or has them already needs none."""
    with contextlib.suppress(BadRequest):
        await query.edit_message_reply_markup(markup_of(rows))


async def _taken_away(query: CallbackQuery) -> None:
    """Telegram lets bots delete for two days; an older message loses its buttons instead."""
    try:
        await query.delete_message()
    except BadRequest:
        await _rebuttoned(query, ())


async def _stale(query: CallbackQuery, turn: Turn) -> None:
    text = turn.t.text("This button is out of date. /watches and /alerts show what there is now.")
    await _toast(query, text, alert=True)


async def _toast(query: CallbackQuery, text: str | None, alert: bool = False) -> None:
    """Answer the press; one that Telegram has given up waiting for is past answering."""
    with contextlib.suppress(BadRequest):
        await query.answer(clip(text, MAX_TOAST) if text else None, show_alert=alert)


async def apologise(update: Update, language: Language) -> None:
    """Say in the chat that something went wrong, if the chat can be reached."""
    text = translator(language).text("Something went wrong here, I am sorry. Please try again in a minute.")
    with contextlib.suppress(TelegramError):
        if update.callback_query:
            await _toast(update.callback_query, text, alert=True)
        elif update.effective_message:
            await update.effective_message.reply_text(text)
