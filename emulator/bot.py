"""The state of one emulated bot: its chats, updates on their way to it, faults asked for, and counts."""

import asyncio
import itertools
import math
import re
import secrets
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

import aiohttp

from emulator.limits import Config, Limits
from emulator.rules import ApiError, Json, need

ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}  # updates sent only when asked for
FAULTS: dict[str, tuple[int, str]] = {
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "not_found": (400, "Bad Request: chat not found"),
    "kicked": (403, "Forbidden: bot was kicked from the supergroup chat"),
    "deactivated": (403, "Forbidden: user is deactivated"),
    "migrate": (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "flood": (429, "Too Many Requests"),
    "error": (500, "Internal Server Error"),
}
GONE = ("kicked", "left")
_random = secrets.SystemRandom()


def public(params: Json) -> Json:
    """Parameters of a call without the uploaded files."""
    return {key: value for key, value in params.items() if key != "_files"}


@dataclass
class Record:
    """A message of a chat, as GET /ctl/messages shows it."""

    message: Json
    ts: float
    method: str  # the Bot API method that made it, or "user"
    params: Json
    edits: list[Json] = field(default_factory=list)
    deleted: bool = False

    def as_json(self, chat_id: int) -> Json:
        return {
            "message": self.message,
            "ts": self.ts,
            "method": self.method,
            "edits": self.edits,
            "deleted": self.deleted,
            "params": self.params,
            "chat_id": chat_id,
        }


class Chat:
    def __init__(
        self,
        id: int,
        type: str | None = None,
        title: str | None = None,
        username: str | None = None,
        is_forum: bool = False,
        admins: list[int] | None = None,
        first_message_id: int = 1,
        language: str = "en",
        **_: object,
    ) -> None:
        self.id = id
        self.type = type or ("private" if id > 0 else "supergroup" if str(id).startswith("-100") else "group")
        self.info: Json = {"id": id, "type": self.type}
        self.info |= {"first_name": f"User{id}"} if self.type == "private" else {"title": title or f"Chat {id}"}
        self.info |= ({"username": username} if username else {}) | ({"is_forum": True} if is_forum else {})
        self.admins = set(map(int, admins or ()))
        self.ids = itertools.count(first_message_id)
        self.records: dict[int, Record] = {}
        self.status = "member"
        self.language = language
        self.moved_to: int | None = None
        self.keyboard: Json | None = None
        self.topics: dict[int, Json] = {}

    def record(self, message_id: object, what: str) -> Record:
        """The message, or refusal: "message to <what> not found"."""
        record = self.records.get(int(str(message_id or 0)))
        if record is None or record.deleted:
            raise ApiError(400, f"Bad Request: message to {what} not found")
        return record


@dataclass(frozen=True)
class StoredFile:
    name: str
    data: bytes
    size: tuple[int, int]


@dataclass
class Press:
    """A callback query: when a button was pressed, and what the bot answered."""

    ts: float
    answer: Json | None = None


@dataclass(frozen=True)
class Hook:
    url: str
    headers: dict[str, str]
    room: asyncio.Semaphore


class FakeBot:
    def __init__(self, bot_id: int, config: Config) -> None:
        self.config = config
        self.poll = 0
        self.changed = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.user: Json = {
            "is_bot": True,
            "first_name": "Fake bot",
            "can_join_groups": True,
            "can_read_all_group_messages": True,
            "supports_inline_queries": False,
        }
        self.name(bot_id)
        self.reset()

    def name(self, bot_id: int) -> None:
        self.id = bot_id
        self.user |= {"id": bot_id, "username": f"fake{bot_id}_bot"}

    def reset(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.faults: list[Json] = []
        self.callbacks: dict[str, Press] = {}
        self.settings: dict[str, Json] = {}
        self.updates: deque[Json] = deque()
        self.allowed: list[str] | None = None
        self.hook: Hook | None = None
        self.update_ids = itertools.count(10**8 + secrets.randbelow(9 * 10**8))
        self.other_ids = itertools.count(10**15)
        self.calls: deque[Json] = deque(maxlen=200_000)
        self.stats: Counter[str] = Counter()
        self.methods: Counter[str] = Counter()
        self.seen: dict[tuple[object, ...], float] = {}
        self.duplicates: list[Json] = []
        self.sent_at: deque[float] = deque()
        self.limits = Limits(self.config, self.stats)

    def pulse(self) -> None:
        """Wake whoever waits for updates, messages or answers."""
        self.changed.set()
        self.changed = asyncio.Event()

    async def wait_until(self, ready: Callable[[], object], seconds: float) -> None:
        """Return once `ready()` holds, looked at after each pulse, or when the time is over."""
        end = time.monotonic() + seconds
        while not ready() and (left := end - time.monotonic()) > 0:
            try:
                await asyncio.wait_for(self.changed.wait(), left)
            except TimeoutError:
                return

    def fault(self, kinds: set[str], method: str, chat_id: object) -> Json:
        """The first fault asked for that fits this call, counted down; {}: none."""
        for fault in self.faults:
            fits = (
                fault["kind"] in kinds
                and fault.get("chat_id", chat_id) == chat_id
                and fault.get("method", method).lower() == method
            )
            if fits and _random.random() < fault.get("p", 1):
                fault["times"] = fault.get("times", math.inf) - 1
                self.faults = [f for f in self.faults if f.get("times", 1) > 0]
                self.stats["fault_" + fault["kind"]] += 1
                return fault
        return {}

    def chat_of(self, params: Json, key: str = "chat_id") -> Chat:
        """The chat that a request names, if the bot may write there."""
        named = params.get(key)
        if str(named).startswith("@"):
            named = next((c.id for c in self.chats.values() if "@" + c.info.get("username", "") == named), "nobody")
        need(named not in (None, ""), "chat_id is empty")
        need(re.fullmatch(r"-?\d+", str(named)), "chat not found")
        chat_id = int(str(named))
        if chat_id not in self.chats and self.config.auto_chats:
            self.chats[chat_id] = Chat(chat_id, first_message_id=self.config.first_message_id)
        chat = self.chats.get(chat_id)
        if chat is None:
            raise ApiError(400, "Bad Request: chat not found")
        if chat.moved_to:
            raise ApiError(*FAULTS["migrate"], migrate_to_chat_id=chat.moved_to)
        if chat.status in GONE:
            how = "blocked by the user" if chat.type == "private" else f"kicked from the {chat.type} chat"
            raise ApiError(403, f"Forbidden: bot was {how}")
        return chat

    def push(self, **fields: object) -> int | None:
        """Send the bot an update (its first field names the kind); its id, None if the bot did not ask for such."""
        kind = next(iter(fields))
        if (kind not in self.allowed) if self.allowed else (kind in ON_REQUEST):
            return None
        update: Json = {"update_id": next(self.update_ids), **fields}
        self.updates.append(update)
        self.send_by_hook(update)
        self.pulse()
        return int(update["update_id"])

    def send_by_hook(self, update: Json) -> None:
        if self.hook:
            task = asyncio.ensure_future(self._deliver(update))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def _deliver(self, update: Json) -> None:
        """By webhook, again and again until it is taken."""
        delay = 0.2
        while (hook := self.hook) and update in self.updates:
            if await self._post_update(hook, update):
                self.updates.remove(update)
                self.pulse()
                return
            self.stats["webhook_retries"] += 1
            await asyncio.sleep(delay)
            delay = min(delay * 2, 10)

    async def _post_update(self, hook: Hook, update: Json) -> bool:
        try:
            async with (
                hook.room,
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30)) as session,
                session.post(hook.url, json=update, headers=hook.headers) as response,
            ):
                return response.status < 300
        except (aiohttp.ClientError, TimeoutError):
            return False

    def say(self, chat: Chat, sender: Json, fields: Json) -> tuple[int, int | None]:
        """A user posts a message: its id, and the update's."""
        if chat.type == "channel":
            fields = {"sender_chat": chat.info} | fields
        message = self.store(chat, fields, sender)
        kind = "channel_post" if chat.type == "channel" else "message"
        return int(message["message_id"]), self.push(**{kind: message})

    def store(self, chat: Chat, fields: Json, sender: Json, method: str = "user", params: Json | None = None) -> Json:
        """Keep a message of the bot or of a user."""
        now = time.time()
        message: Json = {"message_id": next(chat.ids), "date": int(now), "chat": chat.info, "from": sender, **fields}
        chat.records[message["message_id"]] = Record(message, now, method, public(params or {}))
        if sender is self.user:
            self._count_duplicate(chat, method, message, now)
        self.pulse()
        return message

    def _count_duplicate(self, chat: Chat, method: str, message: Json, now: float) -> None:
        key = (chat.id, method, *(repr(message.get(k)) for k in ("text", "caption", "location", "reply_markup")))
        if now - self.seen.get(key, 0) < self.config.dup_window:
            self.stats["duplicates"] += 1
            text = message.get("text", message.get("caption"))
            self.duplicates.append({"chat_id": chat.id, "message_id": message["message_id"], "text": text, "ts": now})
        self.seen[key] = now
