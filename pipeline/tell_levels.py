"""Tell chats that the level of a region rises."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from alerts.digest import Wait, unreachable_until, wait
from alerts.levels import LevelView
from alerts.types import Severity
from pipeline.channel import Urgency
from pipeline.telling import Manner, Teller
from store.levels import Rise
from store.store import Store
from store.tellings import Telling

STALE = timedelta(hours=36)
AT_ONCE = 20


class LevelChannel(Protocol):
    """As pipeline.channel.Channel: paces itself, raises ChannelError and nothing else."""

    async def send_rise(self, chat_id: int, view: LevelView, urgency: Urgency, *, pictures: bool) -> int:
        """Send the alert with the chart of the region's year, or without it where pictures are not wanted, or cannot
        be drawn or sent."""
        ...


class LevelTeller:
    """Only one may run for a store."""

    def __init__(
        self, store: Store, channel: LevelChannel, clock: Callable[[], datetime], jitter: Callable[[], float]
    ) -> None:
        self._store = store
        self._channel = channel
        # One at a time: each has a chart, and charts drawn at once keep those waiting who asked for one.
        manner = Manner("rise", lambda tx: tx.levels, AT_ONCE, 1, _stale, _held, self._send, _gathered)
        self._teller = Teller(store, manner, clock, jitter)

    async def tick(self) -> int:
        """Tell what is due; how many were told."""
        return await self._teller.tick()

    async def _send(self, telling: Telling[Rise]) -> None:
        chat, rise = telling.chat, telling.about
        view = LevelView(rise.standing, self._store.edition, chat.language)
        await self._channel.send_rise(chat.id, view, Urgency[rise.severity.name], pictures=chat.pictures)


def _stale(rise: Rise, now: datetime) -> str | None:
    return "too old to be news" if now - rise.at > STALE else None


def _held(telling: Telling[Rise], now: datetime) -> datetime | None:
    """Until when the chat's night holds it back."""
    return None if telling.about.severity is Severity.EXTREME else unreachable_until(telling.chat, now)


def _gathered(telling: Telling[Rise], now: datetime) -> Wait | None:
    """The digest that the chat chose, or that of its pause; what a night holds back comes by itself."""
    return wait(telling.chat, telling.about.severity, None, None, now)
