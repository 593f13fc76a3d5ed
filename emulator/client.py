"""The user's side as a client: acts as a person would, for tests, benchmarks and demonstrations."""

from types import TracebackType
from typing import Self

import aiohttp

from emulator.rules import Json


class NotPossible(Exception):
    """The emulator refused; the text is its answer."""


class Control:
    """Talks to /ctl of a running emulator. Use as an async context manager."""

    def __init__(self, url: str) -> None:
        self._root = url + "/ctl/"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(90))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def post(self, what: str, **fields: object) -> Json:
        """POST /ctl/<what>; raises NotPossible when it is refused."""
        async with self._session.post(self._root + what, json=fields) as response:
            return _accepted(await response.json())

    async def get(self, what: str, **query: str | int | float) -> Json:
        async with self._session.get(self._root + what, params=query) as response:
            return _accepted(await response.json())

    async def file(self, file_id: str) -> bytes:
        """What the bot sent as a file or a picture; raises NotPossible when there is no such file."""
        async with self._session.get(self._root + "file/" + file_id) as response:
            if response.status != 200:
                raise NotPossible(f"no file {file_id}")
            return await response.read()

    async def clear_faults(self) -> None:
        async with self._session.delete(self._root + "faults") as response:
            _accepted(await response.json())

    async def messages(self, chat_id: int, at_least: int = 0, edits: int = 0, wait: float = 20) -> list[Json]:
        """The bot's messages in a chat that are not deleted, once there are so many and so many edits of them.

        After `wait` seconds it returns what there is.
        """
        answer = await self.get("messages", chat_id=chat_id, min=at_least, edits=edits, wait=wait, bot_only=1)
        return [row for row in answer["messages"] if not row["deleted"]]


def _accepted(answer: Json) -> Json:
    if not answer.get("ok", True):
        raise NotPossible(answer.get("error"))
    return answer
