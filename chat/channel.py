"""Sends alerts through Telegram, and says in the project's own words how it can refuse."""

import logging
from collections.abc import Sequence

from telegram import InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from alerts.levels import LevelView, render_rise, sparkline
from chat.alert_buttons import alert_rows, digest_rows
from chat.charts import draw
from chat.easel import Easel
from chat.i18n import translator
from chat.limiter import seconds_of
from chat.screens import markup_of
from chat.texts import MAX_CAPTION, clip
from errors import InvalidInput, TocsinError
from pipeline.channel import (
    ChannelError,
    ChatGone,
    ChatMoved,
    IncidentRef,
    MessageGone,
    Refused,
    RetryLater,
    TopicClosed,
    Unreachable,
    Urgency,
)

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_CHAT_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "chat was deleted",
    "chat was deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "bot is not a member",
    "bot was kicked",
)
_MESSAGE_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "replied not found")
_TOPIC_CLOSED = ("topic_closed", "topic_deleted", "message thread not found")
NOT_MODIFIED = "message is not modified"


def translated(error: TelegramError) -> ChannelError:
    """The channel's own error for one of Telegram's. "Not modified" is none: the caller takes it for success."""
    words = error.message
    lower = words.lower()
    match error:
        case RetryAfter():
            return RetryLater(words, seconds_of(error))
        case ChatMigrated():
            return ChatMoved(words, error.new_chat_id)
        case Forbidden():
            return ChatGone(words)
        case BadRequest() if any(known in lower for known in _CHAT_GONE):
            return ChatGone(words)
        case BadRequest() if any(known in lower for known in _MESSAGE_GONE):
            return MessageGone(words)
        case BadRequest() if any(known in lower for known in _TOPIC_CLOSED):
            return TopicClosed(words)
        case BadRequest():
            return Refused(words)
        case _:  # no answer, 5xx, a token refused while running, or an answer that cannot be read
            return Unreachable(words)


def start_error(error: TelegramError) -> TocsinError:
    """What to tell who starts the bot when its first call fails."""
    match error:
        case InvalidToken():
            return InvalidInput("TELEGRAM_BOT_TOKEN", "Telegram does not know this token", "the one @BotFather gave")
        case Conflict():
            return InvalidInput("TELEGRAM_BOT_TOKEN", "another program polls with this token", "one process per token")
        case NetworkError():
            return InvalidInput("TELEGRAM_API_URL", f"cannot be reached ({type(error).__name__})", "a Bot API server")
        case _:
            return translated(error)


class TelegramChannel:
    """The Channel and the LevelChannel (pipeline/channel.py, pipeline/tell_levels.py) over a bot whose rate limiter is
    chat.limiter.PacedLimiter. `easel`: the one that answers are drawn on too, so that a rise takes no second core from
    them; None: one of its own."""

    def __init__(self, bot: ExtBot[Urgency], easel: Easel | None = None) -> None:
        self._bot = bot
        self._easel = easel or Easel()

    async def send(
        self, chat_id: int, text: str, *, about: IncidentRef, urgency: Urgency, reply_to: int | None = None
    ) -> int:
        reply = ReplyParameters(reply_to, allow_sending_without_reply=True) if reply_to else None
        try:
            sent = await self._bot.send_message(
                chat_id,
                clip(text),
                link_preview_options=NO_PREVIEW,
                reply_parameters=reply,
                reply_markup=_buttons(about),
                message_thread_id=about.thread_id,
                rate_limit_args=urgency,
            )
        except TelegramError as error:
            raise _refused(error, chat_id, about) from error
        return sent.message_id

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None:
        try:
            await self._bot.edit_message_text(
                clip(text),
                chat_id,
                message_id,
                link_preview_options=NO_PREVIEW,
                reply_markup=_buttons(about),
                rate_limit_args=Urgency.EDIT,
            )
        except TelegramError as error:
            if NOT_MODIFIED not in error.message.lower():
                raise _refused(error, chat_id, about) from error

    async def send_digest(self, chat_id: int, text: str, *, about: Sequence[IncidentRef], urgency: Urgency) -> None:
        try:
            await self._bot.send_message(
                chat_id,
                clip(text),
                link_preview_options=NO_PREVIEW,
                reply_markup=markup_of(digest_rows([(ref.edition, ref.incident_id) for ref in about])),
                rate_limit_args=urgency,
            )
        except TelegramError as error:
            raise translated(error) from error

    async def send_rise(self, chat_id: int, view: LevelView, urgency: Urgency, *, pictures: bool) -> int:
        text = render_rise(view)
        bars = f"{text}\n{sparkline(view.standing)}"
        photo = await self._easel.draw(draw, view) if pictures else None
        if photo is None:
            return await self._send_bars(chat_id, bars, urgency)
        try:
            sent = await self._bot.send_photo(chat_id, photo, caption=clip(text, MAX_CAPTION), rate_limit_args=urgency)
        except BadRequest as error:
            if isinstance(translated(error), ChatGone):
                raise translated(error) from error
            return await self._send_bars(chat_id, bars, urgency)
        except TelegramError as error:
            raise translated(error) from error
        return sent.message_id

    async def send_notice(self, chat_id: int, text: str, *, urgency: Urgency, silent: bool) -> int:
        try:
            sent = await self._bot.send_message(
                chat_id,
                clip(text),
                link_preview_options=NO_PREVIEW,
                disable_notification=silent,
                rate_limit_args=urgency,
            )
        except TelegramError as error:
            raise translated(error) from error
        return sent.message_id

    async def _send_bars(self, chat_id: int, text: str, urgency: Urgency) -> int:
        """What a chat is sent that takes no pictures."""
        try:
            sent = await self._bot.send_message(chat_id, clip(text), rate_limit_args=urgency)
        except TelegramError as error:
            raise translated(error) from error
        return sent.message_id


def _buttons(about: IncidentRef) -> InlineKeyboardMarkup:
    return markup_of(alert_rows(about.edition, about.incident_id, translator(about.language)))


def _refused(error: TelegramError, chat_id: int, about: IncidentRef) -> ChannelError:
    refusal = translated(error)
    log.info("chat %s: %s%s not accepted: %s", chat_id, about.edition, about.incident_id, type(refusal).__name__)
    return refusal
