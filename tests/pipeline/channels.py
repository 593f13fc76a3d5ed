"""A Channel that remembers what it was given and fails on demand; tests/pipeline/test_channels.py holds it to that."""

from dataclasses import dataclass, field

from pipeline.channel import ChannelError, IncidentRef, Urgency


@dataclass
class Said:
    chat_id: int
    message_id: int
    text: str
    reply_to: int | None
    urgency: Urgency


@dataclass
class Memory:
    """`failures`: raised by the next calls, one each."""

    failures: list[ChannelError] = field(default_factory=list)
    sent: list[Said] = field(default_factory=list)
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    async def send(
        self, chat_id: int, text: str, *, about: IncidentRef, urgency: Urgency, reply_to: int | None = None
    ) -> int:
        self._fail()
        self.sent.append(Said(chat_id, len(self.sent) + 1, text, reply_to, urgency))
        return len(self.sent)

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None:
        self._fail()
        self.edits.append((chat_id, message_id, text))

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
