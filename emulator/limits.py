"""How often Telegram lets a bot send: allowances over all chats and per chat, and the 429 that stands."""

import math
from collections import Counter, deque
from collections.abc import Hashable
from dataclasses import asdict, dataclass, field
from typing import Protocol

from emulator.rules import ApiError, Json

IN_FLIGHT_S = 0.5  # a request this soon after a 429 may have been under way when it was given


@dataclass
class Config:
    """What tests may set through POST /ctl/config; `overall` and `private`: [per second, burst], `group`: [n, s]."""

    limits: bool = True
    overall: list[float] = field(default_factory=lambda: [30, 30])
    private: list[float] = field(default_factory=lambda: [1, 3])
    group: list[float] = field(default_factory=lambda: [20, 60])
    paid: bool = False
    retry_extra: float = 0
    latency_ms: float = 0
    auto_chats: bool = False
    dup_window: float = 3600
    first_message_id: int = 1  # of each chat; above those of an earlier run, a bot's old ids meet no new messages

    def update(self, values: Json) -> None:
        for name in self.as_json().keys() & values.keys():
            setattr(self, name, values[name])

    def as_json(self) -> Json:
        return asdict(self)


class Allowance(Protocol):
    def wait(self, now: float, n: int) -> float:
        """Seconds until n may pass; zero or less: now."""
        ...

    def take(self, now: float, n: int) -> None: ...


class Bucket:
    """`rate` a second, `burst` at once."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self.rate, self.burst, self.tokens, self.at = rate, burst, burst, now

    def wait(self, now: float, n: int) -> float:
        self.tokens, self.at = min(self.burst, self.tokens + (now - self.at) * self.rate), now
        return (min(n, self.burst) - self.tokens) / self.rate

    def take(self, now: float, n: int) -> None:
        self.tokens -= n


class Window:
    """At most `limit` in any `period` seconds."""

    def __init__(self, limit: float, period: float) -> None:
        self.limit, self.period, self.times = int(limit), period, deque[float]()

    def wait(self, now: float, n: int) -> float:
        while self.times and self.times[0] <= now - self.period:
            self.times.popleft()
        over = len(self.times) + min(n, self.limit) - self.limit
        return self.times[over - 1] + self.period - now if over > 0 else 0

    def take(self, now: float, n: int) -> None:
        self.times.extend([now] * n)


class Limits:
    """Overall and per-chat allowances of one bot. A 429 given stands until its retry_after is over."""

    def __init__(self, config: Config, stats: Counter[str]) -> None:
        self.config, self.stats = config, stats
        self.left: dict[Hashable, Allowance] = {}
        self.penalty: dict[Hashable, tuple[float, float]] = {}

    def take(self, chat_type: str, chat_id: int, kind: str, now: float, n: int = 1, paid: bool = False) -> None:
        """Take n sends (or edits: `kind`, counted apart), or refuse with 429. `now` is monotonic."""
        if not self.config.limits:
            return
        overall = ("paid" if paid and self.config.paid else "overall", kind)
        own = (chat_type, kind, chat_id)
        if overall not in self.left:
            of_all = (1000.0, 1000.0) if overall[0] == "paid" else (self.config.overall[0], self.config.overall[1])
            self.left[overall] = Bucket(*of_all, now)
        if own not in self.left:
            self.left[own] = self._of_chat(chat_type, now)
        for scope in (overall, own):
            self._check(scope, scope[0], now, n)
        for scope in (overall, own):
            self.left[scope].take(now, n)

    def _of_chat(self, chat_type: str, now: float) -> Allowance:
        if chat_type == "private":
            return Bucket(self.config.private[0], self.config.private[1], now)
        return Window(self.config.group[0], self.config.group[1])

    def _check(self, scope: Hashable, name: str, now: float, n: int) -> None:
        given, until = self.penalty.get(scope, (0.0, 0.0))
        if now < until:
            self.stats["429_ignored"] += now - given > IN_FLIGHT_S
        elif (wait := self.left[scope].wait(now, n)) > 0:
            until = now + math.ceil(wait) + self.config.retry_extra
            self.penalty[scope] = now, until
        if now < until:
            self.stats.update({"429": 1, "429_" + name: 1})
            seconds = math.ceil(until - now)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
