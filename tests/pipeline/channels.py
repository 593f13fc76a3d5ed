"""A Channel that remembers what it was given and fails on demand; tests/pipeline/test_channels.py holds it to that."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.channel import IncidentRef, Urgency


@dataclass
class Said:
    chat_id: int
    message_id: int
    text: str
    reply_to: int | None
    urgency: Urgency


@dataclass
class Memory:
    """`failures`: raised by the next calls, one each; None: that call passes."""

    failures: list[BaseException | None] = field(default_factory=list)
    sent: list[Said] = field(default_factory=list)
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    digests: list[tuple[int, str, list[int]]] = field(default_factory=list)

    async def send(
        self, chat_id: int, text: str, *, about: IncidentRef, urgency: Urgency, reply_to: int | None = None
    ) -> int:
        self._fail()
        self.sent.append(Said(chat_id, len(self.sent) + 1, text, reply_to, urgency))
        return len(self.sent)

    async def edit(self, chat_id: int, message_id: int, text: str, *, about: IncidentRef) -> None:
        self._fail()
        self.edits.append((chat_id, message_id, text))

    async def send_digest(self, chat_id: int, text: str, *, about: Sequence[IncidentRef], urgency: Urgency) -> None:
        self._fail()
        self.digests.append((chat_id, text, [ref.incident_id for ref in about]))

    def fails_after(self, calls: int, failure: BaseException) -> None:
        """Let some calls pass, and fail the next."""
        self.failures += [*[None] * calls, failure]

    def _fail(self) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
