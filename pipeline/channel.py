"""How alerts leave: the protocol a chat service implements, and the ways it can refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from alerts.types import Edition, Language
from errors import TocsinError


class Urgency(Enum):
    """The order in which waiting messages go out; the first goes first."""

    ANSWER = auto()  # to a person who waits
    EXTREME = auto()
    SEVERE = auto()
    MODERATE = auto()
    MINOR = auto()
    EDIT = auto()


@dataclass(frozen=True, slots=True)
class IncidentRef:
    """The incident a message is about, for its buttons. `thread_id`: the topic of a forum in which it is told; None:
    the General one, or no forum."""

    edition: Edition
    incident_id: int
    language: Language
    thread_id: int | None = None


class ChannelError(TocsinError):
    """A message was not accepted. `description` is the service's own words."""

    def __init__(self, description: str) -> None:
        self.description = description
        super().__init__(description)


class RetryLater(ChannelError):
    """The service asks to wait; nothing was accepted."""

    def __init__(self, description: str, after_s: float) -> None:
        self.after_s = after_s
        super().__init__(description)


class Unreachable(ChannelError):
    """No answer or a fault of the service's: the message may or may not have been accepted."""


class ChatGone(ChannelError):
    """The chat blocked or removed the bot, or no longer exists: final."""


class ChatMoved(ChannelError):
    """The group became another chat."""

    def __init__(self, description: str, new_chat_id: int) -> None:
        self.new_chat_id = new_chat_id
        super().__init__(description)


class MessageGone(ChannelError):
    """The message to edit or to answer is no longer there: send anew."""


class TopicClosed(ChannelError):
    """The forum's topic is closed or gone; the chat itself takes messages."""


class Refused(ChannelError):
    """The service will never take this message (our error, such as a text too long)."""


class Channel(Protocol):
    """Sends plain text. Paces itself within the service's limits; raises ChannelError and nothing else.

    An edit that changes nothing is success.
    """

    async def send(
        self,
        chat_id: int,
        text: str,
        *,
        about: IncidentRef,
        urgency: Urgency,
        reply_to: int | None = None,
    ) -> int:
        """Send a message and return its id. A missing `reply_to` message does not prevent the sending."""
        ...

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None: ...

    async def send_digest(self, chat_id: int, text: str, *, about: Sequence[IncidentRef], urgency: Urgency) -> None:
        """Send one message that tells of several incidents, in their order."""
        ...
