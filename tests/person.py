"""Somebody who talks to the bot through the emulator: types, presses, shares a place, reads the answers."""

import base64
from dataclasses import dataclass, field
from typing import Any

from emulator.client import Control


@dataclass(frozen=True)
class Shown:
    """A message of the bot as the person sees it; `file`: its name, and the id by which it is opened."""

    text: str
    buttons: tuple[str, ...]
    quoted: str | None
    id: int
    file: tuple[str, str] | None = None


@dataclass
class Person:
    telegram: Control
    chat_id: int
    user_id: int | None = None
    _extra: dict[str, Any] = field(default_factory=dict)

    async def ask(self, text: str, answers: int = 1, thread: int | None = None, **extra: Any) -> Shown:
        """Type something, in a forum's topic perhaps, and read the last of its answers."""
        return await self._do({"text": text, "extra": extra, "thread_id": thread}, answers)

    async def share(self, latitude: float, longitude: float) -> Shown:
        return await self._do({"extra": {"location": {"latitude": latitude, "longitude": longitude}}}, 1)

    async def post(self, **extra: Any) -> Shown:
        """Post a message of any kind."""
        return await self._do({"extra": extra}, 1)

    async def send_file(self, name: str, data: bytes, **extra: Any) -> Shown:
        """Send a file and read the answer."""
        return await self._do(_with_file(name, data, extra), 1)

    async def post_file(self, name: str, data: bytes, **extra: Any) -> None:
        """Send a file that gets no answer."""
        await self._send(_with_file(name, data, extra))

    async def tell(self, text: str, **extra: Any) -> None:
        """Type something that gets no answer."""
        await self._send({"text": text, "extra": extra})

    async def press(self, label: str, on: Shown | None = None) -> Shown:
        """Press a button and read the message it is on, as it is then."""
        return (await self.press_and_hear(label, on))[0]

    async def press_and_hear(self, label: str, on: Shown | None = None) -> tuple[Shown, str]:
        """As `press`, with the words shown over the chat."""
        rows = await self._rows()
        edits = sum(len(row["edits"]) for row in rows)
        toast = await self._press(label, on)
        assert toast is not None, f"{label!r} was not answered"
        assert str(toast.get("show_alert")).lower() != "true", toast
        rows = await self.telegram.messages(self.chat_id, len(rows), edits + 1)
        assert sum(len(row["edits"]) for row in rows) > edits, f"{label!r} changed nothing"
        changed = max((row for row in rows if row["edits"]), key=lambda row: row["edits"][-1]["ts"])
        return _shown(changed["message"]), str(toast.get("text", ""))

    async def press_for_new(self, label: str, on: Shown | None = None) -> Shown:
        """Press a button that sends a further message, and read that."""
        before = len(await self._rows())
        await self._press(label, on)
        return _shown((await self.telegram.messages(self.chat_id, before + 1))[-1]["message"])

    async def toast(self, label: str, on: Shown | None = None) -> str:
        """Press a button and read the words shown over the chat."""
        answer = await self._press(label, on)
        return str((answer or {}).get("text", ""))

    async def open(self, shown: Shown) -> bytes:
        """The contents of a file that was sent."""
        assert shown.file is not None, shown
        return await self.telegram.file(shown.file[1])

    async def last(self) -> Shown:
        return _shown((await self._rows())[-1]["message"])

    async def all(self, at_least: int = 0) -> list[Shown]:
        return [_shown(row["message"]) for row in await self.telegram.messages(self.chat_id, at_least)]

    async def _do(self, what: dict[str, Any], answers: int) -> Shown:
        before = len(await self._rows())
        await self._send(what)
        rows = await self.telegram.messages(self.chat_id, before + answers)
        assert len(rows) >= before + answers, f"no answer to {what}"
        return _shown(rows[-1]["message"])

    async def _send(self, what: dict[str, Any]) -> None:
        who = {"user_id": self.user_id} if self.user_id else {}
        await self.telegram.post("send", chat_id=self.chat_id, **who, **what)

    async def _press(self, label: str, on: Shown | None) -> dict[str, Any] | None:
        who: dict[str, Any] = {"user_id": self.user_id} if self.user_id else {}
        who |= {"message_id": on.id} if on else {}
        pressed = await self.telegram.post("press", chat_id=self.chat_id, text=label, wait=20, **who)
        answer: dict[str, Any] | None = pressed["answer"]
        return answer

    async def _rows(self) -> list[dict[str, Any]]:
        return await self.telegram.messages(self.chat_id)


def _with_file(name: str, data: bytes, extra: dict[str, Any]) -> dict[str, Any]:
    return {"file": {"name": name, "base64": base64.b64encode(data).decode()}, "extra": extra}


def _shown(message: dict[str, Any]) -> Shown:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    quoted = message.get("reply_to_message", {}).get("text")
    labels = tuple(button["text"] for row in rows for button in row)
    document = message.get("document")
    file = (document["file_name"], document["file_id"]) if document else None
    return Shown(message.get("text") or message["caption"], labels, quoted, message["message_id"], file)
