"""The user's side: JSON under /ctl, by which a person at the chat page or a test acts and looks.

`bot=ID` picks a bot where there are several; default: the one that called last.

    POST chats    {id | from_id + count, type?, title?, username?, is_forum?, admins?, language?}   make chats
    POST send     {chat_id, text?, user_id?, thread_id?, extra?, file?}   a user posts; extra: more Message fields
         (location); file: {name, base64} becomes a document
    POST topic    {chat_id, name | thread_id + state: open | closed | deleted}   a forum's topic; its thread_id
    POST press    {chat_id, data | text, message_id?, user_id?, wait?}    press a button that is really there now
    POST member   {chat_id, status}     kicked: blocked or removed the bot; member: back. Sends my_chat_member
    POST migrate  {chat_id, to}         POST update {raw Update fields}          POST reset
    GET  messages ?chat_id= &since= &bot_only=1 &min=N &edits=N &wait=S    with ts, params, edits, deleted;
         waits for so many messages and edits of them
    POST faults   {kind, chat_id?, method?, times?, p?, ms?, code?, description?, retry_after?, migrate_to?}
         also GET, DELETE;
         answers: blocked not_found kicked deactivated migrate flood error; transport: latency drop_before drop_after
         hang_after (drop_after, hang_after: the message is accepted, the answer lost or late: the ambiguous case)
    POST config   {limits, overall: [per s, burst], private: [per s, burst], group: [n, s], latency_ms, auto_chats...}
    GET  stats    counts, 429s given and ignored, duplicates, peak per second      GET calls   every Bot API call
    GET  state    chats, keyboards, last parameters of set*/pin*...                GET file/<file_id>
"""

import base64
import inspect
import math
import re
import time
from collections.abc import Awaitable, Callable

from emulator.bot import Chat, FakeBot, Press
from emulator.limits import Limits
from emulator.messages import make_topic, uploaded
from emulator.methods import person
from emulator.rules import ApiError, Json, buttons

Control = Callable[[FakeBot, str, Json], Json | Awaitable[Json]]


class NotPossible(Exception):
    """What was asked under /ctl cannot be done; the text is its answer."""


async def control(bot: FakeBot, what: str, http_method: str, fields: Json) -> Json:
    """The JSON answer to one call under /ctl; raises NotPossible."""
    if what not in CONTROLS:
        raise NotPossible("no such control call")
    result = CONTROLS[what](bot, http_method, fields)
    return {"ok": True} | (await result if inspect.isawaitable(result) else result)


def _chat(bot: FakeBot, fields: Json, make: bool = False) -> Chat:
    chat_id = int(fields["chat_id"]) if fields.get("chat_id") else None
    if chat_id is not None and chat_id not in bot.chats and make:
        bot.chats[chat_id] = Chat(chat_id, first_message_id=bot.config.first_message_id)
    if chat_id is None or chat_id not in bot.chats:
        raise NotPossible("no such chat")
    return bot.chats[chat_id]


def _config(bot: FakeBot, http_method: str, fields: Json) -> Json:
    bot.config.update(fields)
    bot.limits = Limits(bot.config, bot.stats)
    return bot.config.as_json()


def _chats(bot: FakeBot, http_method: str, fields: Json) -> Json:
    first, count = int(fields.get("id") or fields.get("from_id") or 0), int(fields.pop("count", 1))
    ids = [first + (i if first > 0 else -i) for i in range(count)]
    bot.chats |= {
        number: Chat(**{"first_message_id": bot.config.first_message_id, **fields, "id": number}) for number in ids
    }
    bot.pulse()
    return {"ids": ids}


def _send(bot: FakeBot, http_method: str, fields: Json) -> Json:
    chat = _chat(bot, fields, make=True)
    message: Json = ({"text": fields["text"]} if "text" in fields else {}) | (fields.get("extra") or {})
    if command := re.match(r"/\w+(@\w+)?", fields.get("text", "")):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": command.end()}]
    if given := fields.get("file"):
        message |= uploaded(bot, given["name"], base64.b64decode(given["base64"]))
    if fields.get("thread_id"):
        message |= {"message_thread_id": int(fields["thread_id"]), "is_topic_message": True}
    message_id, update_id = bot.say(chat, person(fields.get("user_id"), chat), message)
    return {"message_id": message_id, "update_id": update_id}


def _topic(bot: FakeBot, http_method: str, fields: Json) -> Json:
    """People make, close, reopen and delete the topics of a forum."""
    chat = _chat(bot, fields)
    if "name" in fields:
        return {"thread_id": make_topic(chat, fields["name"])}
    thread, state = int(fields["thread_id"]), fields["state"]
    if state == "deleted":
        del chat.topics[thread]
    else:
        chat.topics[thread]["closed"] = state == "closed"
    return {"thread_id": thread}


async def _press(bot: FakeBot, http_method: str, fields: Json) -> Json:
    """A user presses an inline button, or one of the reply keyboard, if the chat shows it."""
    chat = _chat(bot, fields)
    who = person(fields.get("user_id"), chat)
    for record in reversed(chat.records.values()):
        here = record.message["message_id"]
        if record.deleted or int(fields.get("message_id") or here) != here:
            continue
        for button in buttons(record.message.get("reply_markup")):
            if not _is_pressed(button, fields):
                continue
            if "callback_data" not in button:
                return {"opened": button}
            return await _query(bot, chat, who, record.message, button["callback_data"], fields)
    for button in buttons(chat.keyboard):
        if fields.get("text") == (button if isinstance(button, str) else button["text"]):
            message_id, update_id = bot.say(chat, who, {"text": fields["text"]})
            return {"message_id": message_id, "update_id": update_id}
    raise NotPossible("no such button in this chat now")


def _is_pressed(button: Json, fields: Json) -> bool:
    if "data" in fields:
        return bool(button.get("callback_data") == fields["data"])
    return bool(button["text"] == fields.get("text"))


async def _query(bot: FakeBot, chat: Chat, who: Json, message: Json, data: str, fields: Json) -> Json:
    query = {"id": str(next(bot.other_ids)), "chat_instance": str(chat.id), "message": message, "data": data}
    press = bot.callbacks[str(query["id"])] = Press(time.time())
    update_id = bot.push(callback_query=query | {"from": who})
    await bot.wait_until(lambda: press.answer, float(fields.get("wait", 0)))
    return {"callback_query_id": query["id"], "update_id": update_id, "answer": press.answer}


def _member(bot: FakeBot, http_method: str, fields: Json) -> Json:
    chat, status = _chat(bot, fields), fields["status"]

    def member(of: str) -> Json:
        return {"status": of, "user": bot.user} | ({"until_date": 0} if of == "kicked" else {})

    change = {
        "chat": chat.info,
        "date": int(time.time()),
        "old_chat_member": member(chat.status),
        "new_chat_member": member(status),
        "from": person(fields.get("user_id"), chat),
    }
    chat.status = status
    return {"update_id": bot.push(my_chat_member=change)}


def _migrate(bot: FakeBot, http_method: str, fields: Json) -> Json:
    chat = _chat(bot, fields)
    who, title = person(fields.get("user_id"), chat), chat.info.get("title")
    to = bot.chats[int(fields["to"])] = Chat(int(fields["to"]), "supergroup", title, admins=list(chat.admins))
    chat.moved_to = to.id
    bot.say(chat, who, {"migrate_to_chat_id": to.id})
    bot.say(to, who, {"migrate_from_chat_id": chat.id})
    return {}


def _update(bot: FakeBot, http_method: str, fields: Json) -> Json:
    return {"update_id": bot.push(**fields)}


async def _messages(bot: FakeBot, http_method: str, fields: Json) -> Json:
    chat_id = int(fields["chat_id"]) if fields.get("chat_id") else None

    def rows() -> list[Json]:
        chats = [c for c in bot.chats.values() if chat_id in (None, c.id)]
        return [
            record.as_json(chat.id)
            for chat in chats
            for record in chat.records.values()
            if record.ts > float(fields.get("since", 0)) and not (fields.get("bot_only") and record.method == "user")
        ]

    least, edits = int(fields.get("min", 0)), int(fields.get("edits", 0))

    def there() -> bool:
        found = rows()
        return len(found) >= least and sum(len(row["edits"]) for row in found) >= edits

    await bot.wait_until(there, float(fields.get("wait", 0)))
    return {"messages": rows()}


def _faults(bot: FakeBot, http_method: str, fields: Json) -> Json:
    if http_method == "POST":
        bot.faults.append(fields | ({"chat_id": int(fields["chat_id"])} if fields.get("chat_id") else {}))
    elif http_method == "DELETE":
        bot.faults = []
    return {"faults": [{k: v for k, v in fault.items() if v != math.inf} for fault in bot.faults]}


def _stats(bot: FakeBot, http_method: str, fields: Json) -> Json:
    more = {"chats": len(bot.chats), "pending": len(bot.updates), "methods": bot.methods}
    return {"bot": bot.id, **bot.stats, **more, "duplicate_list": bot.duplicates[:100]}


def _calls(bot: FakeBot, http_method: str, fields: Json) -> Json:
    since, method = float(fields.get("since", 0)), fields.get("method", "").lower()
    return {"calls": [c for c in bot.calls if c["ts"] > since and method in ("", c["method"])]}


def _state(bot: FakeBot, http_method: str, fields: Json) -> Json:
    chats = [
        chat.info
        | {
            "status": chat.status,
            "messages": len(chat.records),
            "keyboard": chat.keyboard,
            "topics": list(chat.topics.values()),
        }
        for chat in bot.chats.values()
    ]
    webhook = bot.hook.url if bot.hook else None
    return {
        "username": bot.user["username"],
        "settings": bot.settings,
        "webhook": webhook,
        "allowed_updates": bot.allowed,
        "chats": chats,
    }


def _reset(bot: FakeBot, http_method: str, fields: Json) -> Json:
    bot.reset()
    return {}


CONTROLS: dict[str, Control] = {
    "chats": _chats,
    "send": _send,
    "topic": _topic,
    "press": _press,
    "member": _member,
    "migrate": _migrate,
    "update": _update,
    "messages": _messages,
    "faults": _faults,
    "config": _config,
    "stats": _stats,
    "calls": _calls,
    "state": _state,
    "reset": _reset,
}
MALFORMED = (KeyError, ValueError, TypeError, AttributeError, ApiError)
