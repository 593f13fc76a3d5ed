"""One thing a person did, as handlers see it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ParamSpec, TypeVar

from alerts.i18n import Translator
from alerts.types import Chat, ChatKind, Language
from chat.i18n import translator
from chat.reach import Reach, Upload
from chat.screens import Answer
from chat.services import Services
from pipeline.subscriptions import Subscriptions

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Turn:
    """`chat`: as stored, or as it would be with its defaults (`known` false). `text`: what follows the command, or
    all that was typed. `fields`: what the pressed button carries. `location`: latitude, longitude. `bot_name`: the
    bot's user name, without "@". `upload`: the file that was sent, or that the pressed message answers. `reach`: None
    where there is no Telegram. `forum`: the chat has topics; `thread_id`: the one this was done in, None for General.
    """

    services: Services
    chat: Chat
    known: bool
    now: datetime
    text: str = ""
    fields: tuple[str, ...] = ()
    location: tuple[float, float] | None = None
    operator: bool = False
    bot_name: str = ""
    upload: Upload | None = None
    thread_id: int | None = None
    forum: bool = False
    reach: Reach | None = None

    @property
    def t(self) -> Translator:
        return translator(self.chat.language)

    @property
    def private(self) -> bool:
        return self.chat.kind is ChatKind.PRIVATE

    @property
    def subscriptions(self) -> Subscriptions:
        return self.services.subscriptions

    async def do(self, use_case: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a use case off the event loop: the store is synchronous."""
        return await asyncio.to_thread(use_case, *args, **kwargs)

    def number(self, index: int) -> int:
        """A field as a number; raises StalePress where it is none."""
        try:
            return int(self.fields[index])
        except (IndexError, ValueError) as error:
            raise StalePress from error

    def field(self, index: int) -> str:
        if index >= len(self.fields):
            raise StalePress
        return self.fields[index]

    def in_language(self, language: Language) -> "Turn":
        return replace(self, chat=replace(self.chat, language=language))

    def of(self, chat: Chat) -> "Turn":
        """The same, of the chat as it is now."""
        return replace(self, chat=chat, known=True)


Handler = Callable[[Turn], Awaitable[Answer]]


class StalePress(Exception):
    """The button is of another time: what it speaks of is gone, or it was made by another version."""
