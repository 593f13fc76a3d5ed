"""Pictures are drawn one at a time, off the event loop, and only so many wait: each takes a core for half a second."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")

MOST_WAITING = 6


class Easel:
    """Used from one event loop."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(1)
        self._waiting = 0

    async def draw(self, how: Callable[P, bytes], *args: P.args, **kwargs: P.kwargs) -> bytes | None:
        """What `how` gives; None where too many wait already: words at once are better than a picture much later."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with self._free:
                return await asyncio.to_thread(how, *args, **kwargs)
        finally:
            self._waiting -= 1
