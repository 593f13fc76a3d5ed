"""Who may send when: the order and the pace of all messages to Telegram. Pure; times are seconds of any clock."""

import heapq
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import Enum, auto

from pipeline.channel import Urgency

_PRUNE_EVERY = 1000


class Kind(Enum):
    """Edits have an allowance of their own in each chat; the overall pace is one for both."""

    SEND = auto()
    EDIT = auto()


@dataclass(frozen=True, slots=True)
class Allowances:
    """What Telegram lets through (core.telegram.org/bots/faq: 30 a second over all, 1 a second per chat with short
    bursts, 20 a minute per group), less a little for what bunches on the way.

    All chats together are paced evenly, two at once to make up for a late timer, so that no second holds more than
    30. `patience_s`: an alert that would wait longer for its own chat is sent back to its queue, so that one slow chat
    holds up nobody else.
    """

    overall_per_s: float = 28.5
    overall_burst: int = 2
    private_every_s: float = 1.05
    private_burst: int = 3
    group_count: int = 20
    group_period_s: float = 60.5
    patience_s: float = 5.0


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """A message that waits for its turn: by urgency, then first come first served."""

    urgency: int
    number: int
    chat: object = field(compare=False)
    kind: Kind = field(compare=False)

    @property
    def patient(self) -> bool:
        """Whether it waits however long it takes: answers do, for a person sees the chat."""
        return self.urgency == Urgency.ANSWER.value


def is_group(chat: object) -> bool:
    """Ids of groups and channels are negative; a name ("@channel") is never a private chat's."""
    return not isinstance(chat, int) or chat < 0


class _Window:
    """At most `count` in any `period`."""

    def __init__(self, count: int, period: float) -> None:
        self._count, self._period = count, period
        self._times: deque[float] = deque()

    def ready_at(self, now: float) -> float:
        while self._times and self._times[0] <= now - self._period:
            self._times.popleft()
        over = len(self._times) - self._count
        return self._times[over] + self._period if over >= 0 else now

    def take(self, now: float) -> None:
        self._times.append(now)

    def idle(self, now: float) -> bool:
        return self.ready_at(now) <= now and not self._times


class _Bucket:
    """One in `every` seconds, `burst` at once after a silence."""

    def __init__(self, every: float, burst: int) -> None:
        self._every, self._slack = every, every * (burst - 1)
        self._due = float("-inf")  # when a steady stream would send the next one

    def ready_at(self, now: float) -> float:
        return max(now, self._due - self._slack)

    def take(self, now: float) -> None:
        self._due = max(now, self._due) + self._every

    def idle(self, now: float) -> bool:
        return self._due <= now


class Queue:
    """The messages that wait. `release` says which may go now; `next_at` when to ask again."""

    def __init__(self, allowances: Allowances) -> None:
        self._allowances = allowances
        self._overall = _Bucket(1 / allowances.overall_per_s, allowances.overall_burst)
        self._chats: dict[tuple[object, Kind], _Bucket | _Window] = {}
        self._stopped: dict[object, float] = {}
        self._ready: list[Ticket] = []
        self._blocked: list[tuple[float, Ticket]] = []
        self._waiting: Counter[tuple[object, Kind]] = Counter()
        self._gone: set[int] = set()
        self._numbers = 0

    def add(self, chat: object, kind: Kind, urgency: Urgency) -> Ticket:
        self._numbers += 1
        ticket = Ticket(urgency.value, self._numbers, chat, kind)
        heapq.heappush(self._ready, ticket)
        self._waiting[chat, kind] += 1
        return ticket

    def discard(self, ticket: Ticket) -> None:
        """Forget a ticket that was not released yet: nobody waits for it any more."""
        self._gone.add(ticket.number)

    def stop(self, chat: object, until: float) -> None:
        """Nothing goes to this chat before `until`: Telegram said so. Other chats are not concerned."""
        self._stopped[chat] = max(until, self._stopped.get(chat, until))

    def release(self, now: float) -> list[tuple[Ticket, float]]:
        """Tickets that leave the queue, most urgent first, each with the seconds after which to come back (0: go)."""
        while self._blocked and self._blocked[0][0] <= now:
            heapq.heappush(self._ready, heapq.heappop(self._blocked)[1])
        released: list[tuple[Ticket, float]] = []
        while self._ready and self._overall.ready_at(now) <= now:
            ticket = heapq.heappop(self._ready)
            if ticket.number in self._gone:
                self._gone.discard(ticket.number)
                self._leave(ticket)
                continue
            at = self._chat_ready_at(ticket, now)
            if at <= now:
                self._take(ticket, now)
                released.append((ticket, 0.0))
            elif not ticket.patient and self._expected_wait(ticket, at, now) > self._allowances.patience_s:
                released.append((ticket, self._expected_wait(ticket, at, now)))
                self._leave(ticket)
            else:
                heapq.heappush(self._blocked, (at, ticket))
        return released

    def next_at(self, now: float) -> float | None:
        """When `release` may have something again; None: nothing waits."""
        times = [self._overall.ready_at(now)] if self._ready else []
        times += [self._blocked[0][0]] if self._blocked else []
        return min(times, default=None)

    def _chat_ready_at(self, ticket: Ticket, now: float) -> float:
        key = (ticket.chat, ticket.kind)
        if key not in self._chats:
            self._chats[key] = self._allowance(ticket.chat)
        return max(self._chats[key].ready_at(now), self._stopped.get(ticket.chat, now))

    def _allowance(self, chat: object) -> _Bucket | _Window:
        own = self._allowances
        if is_group(chat):
            return _Window(own.group_count, own.group_period_s)
        return _Bucket(own.private_every_s, own.private_burst)

    def _expected_wait(self, ticket: Ticket, at: float, now: float) -> float:
        """Seconds until its turn, with those of its chat that wait beside it."""
        own = self._allowances
        each = own.group_period_s / own.group_count if is_group(ticket.chat) else own.private_every_s
        return at - now + each * (self._waiting[ticket.chat, ticket.kind] - 1)

    def _take(self, ticket: Ticket, now: float) -> None:
        self._overall.take(now)
        self._chats[ticket.chat, ticket.kind].take(now)
        self._leave(ticket)
        if self._numbers % _PRUNE_EVERY == 0:
            self._prune(now)

    def _leave(self, ticket: Ticket) -> None:
        key = (ticket.chat, ticket.kind)
        self._waiting[key] -= 1
        if not self._waiting[key]:
            del self._waiting[key]

    def _prune(self, now: float) -> None:
        """Forget chats whose allowance is whole again."""
        self._chats = {key: own for key, own in self._chats.items() if not own.idle(now)}
        self._stopped = {chat: until for chat, until in self._stopped.items() if until > now}
