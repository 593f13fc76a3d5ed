"""What a handler may ask of Telegram beyond its answer: the contents of a file, and another chat's administrators."""

from dataclasses import dataclass

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from alerts.types import ChatKind

ADMINISTRATORS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


class NoFile(Exception):
    """Telegram does not give the file."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person sent. `size`: bytes, as Telegram says."""

    name: str
    file_id: str
    size: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another chat that a person speaks of. `administered`: the person and the bot are its administrators."""

    id: int
    kind: ChatKind
    title: str
    administered: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """For one person (`user_id` None: an unnamed one)."""

    bot: Bot
    user_id: int | None

    async def download(self, upload: Upload) -> bytes:
        """Raises NoFile."""
        try:
            file = await self.bot.get_file(upload.file_id)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise NoFile(upload.file_id) from error

    async def elsewhere(self, name: str | int) -> Elsewhere | None:
        """The chat of this "@name" or id; None: there is none that the bot sees."""
        try:
            chat = await self.bot.get_chat(name)
        except (BadRequest, Forbidden):
            return None
        both = (self.bot.id, self.user_id)
        administered = [user is not None and await is_administrator(self.bot, chat.id, user) for user in both]
        return Elsewhere(chat.id, ChatKind(chat.type), chat.title or "", all(administered))


async def is_administrator(bot: Bot, chat_id: int, user_id: int) -> bool:
    """Whether Telegram says so; False also where it does not tell."""
    try:
        member = await bot.get_chat_member(chat_id, user_id)
    except (BadRequest, Forbidden):
        return False
    return member.status in ADMINISTRATORS
