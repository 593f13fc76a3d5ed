"""The Bot API's methods, by name in lower case."""

import asyncio
import inspect
import itertools
import re
import time
import urllib.parse
from collections.abc import Awaitable, Callable

from emulator.bot import Chat, FakeBot, Hook, public
from emulator.messages import content, edit, make_topic, post, true
from emulator.rules import ApiError, Json, need

LOOPBACK = ("127.0.0.1", "localhost", "::1")
CALLBACK_LIFE_S = 60
MAX_POLL_S = 50
MAX_DOWNLOAD = 20 << 20
# Done as far as a test can see: kept for GET /ctl/state.
RETURNS_TRUE = re.compile(
    "set|delete|pin|unpin|close|reopen|hide|unhide|answer|ban|unban|restrict|promote|approve|decline|leave|"
    "log|edit(general)?forum|send(chataction|messagedraft)"
)
Method = Callable[[FakeBot, Json], object | Awaitable[object]]


def person(user_id: object, chat: Chat) -> Json:
    """The user of that id; without one, the owner of a private chat, user 1 elsewhere."""
    number = int(str(user_id or (chat.id if chat.type == "private" else 1)))
    return {"id": number, "is_bot": False, "first_name": f"User{number}", "language_code": chat.language}


async def call(bot: FakeBot, method: str, params: Json) -> object:
    """The result of one Bot API call; raises ApiError."""
    if known := METHODS.get(method):
        result = known(bot, params)
        return await result if inspect.isawaitable(result) else result
    if method == "sendmediagroup":
        return _send_media_group(bot, method, params)
    if RETURNS_TRUE.match(method):
        return _set(bot, method, params)
    if method.startswith("send"):
        chat = bot.chat_of(params)
        return post(bot, chat, method, params, [content(bot, method[4:], params)])[0]
    if method.startswith("editmessage") or method == "stopmessagelivelocation":
        return edit(bot, method, params)
    raise ApiError(404, "Not Found")


def _send_media_group(bot: FakeBot, method: str, params: Json) -> list[Json]:
    chat, items = bot.chat_of(params), params.get("media") or []
    need(2 <= len(items) <= 10, "media group must include 2-10 items")
    files = params["_files"]
    parts = [content(bot, item["type"], item | {"_files": files, item["type"]: item["media"]}) for item in items]
    return post(bot, chat, method, params, parts, {"media_group_id": str(next(bot.other_ids))})


def _set(bot: FakeBot, method: str, params: Json) -> bool:
    chat = bot.chat_of(params) if "chat_id" in params else None
    if chat and "message_id" in params:
        chat.record(params["message_id"], method)
    bot.settings[method + (f":{chat.id}" if chat else "")] = public(params)
    return True


def _get_me(bot: FakeBot, params: Json) -> Json:
    return bot.user


def _set_my_commands(bot: FakeBot, params: Json) -> bool:
    """Each scope and language has a menu of its own. One of a chat that never began is refused."""
    scope = params.get("scope") or {}
    if "chat_id" in scope:
        bot.chat_of(scope)
    bot.settings["setmycommands" + _menu_of(params)] = public(params)
    return True


def _get_my_commands(bot: FakeBot, params: Json) -> list[Json]:
    return bot.settings.get("setmycommands" + _menu_of(params), {}).get("commands") or []


def _menu_of(params: Json) -> str:
    """ ":all_private_chats:fr"; "" where neither scope nor language is named."""
    scope = params.get("scope") or {}
    names = (scope.get("type", ""), scope.get("chat_id", ""), params.get("language_code") or "")
    return ":".join(map(str, ("", *names))) if any(names) else ""


def _get_chat_member(bot: FakeBot, params: Json) -> Json:
    chat = bot.chat_of(params)
    user = person(params.get("user_id"), chat)
    if user["id"] not in chat.admins:
        return {"status": "member", "user": user}
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    return {"status": "administrator", "user": user} | dict.fromkeys(rights.split(), False)


def _get_chat(bot: FakeBot, params: Json) -> Json:
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts, False)}
    return bot.chat_of(params).info | more


def _get_file(bot: FakeBot, params: Json) -> Json:
    need(params.get("file_id") in bot.files, "wrong file_id or the file is temporarily unavailable")
    reference = params["file_id"]
    size = len(bot.files[reference].data)
    need(size <= MAX_DOWNLOAD, "file is too big")
    return {"file_id": reference, "file_unique_id": "u" + reference, "file_path": reference, "file_size": size}


def _answer_callback_query(bot: FakeBot, params: Json) -> bool:
    press = bot.callbacks.get(str(params.get("callback_query_id")))
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    if press is None or press.answer or time.time() - press.ts >= CALLBACK_LIFE_S:
        raise ApiError(400, old)
    need(len(params.get("text") or "") <= 200, "MESSAGE_TOO_LONG")
    given = {key: params[key] for key in ("text", "show_alert", "url") if key in params}
    press.answer = given | {"ms": round((time.time() - press.ts) * 1000, 1)}
    bot.pulse()
    return True


def _delete_message(bot: FakeBot, params: Json) -> bool:
    bot.chat_of(params).record(params.get("message_id"), "delete").deleted = True
    bot.pulse()
    return True


def _copy(bot: FakeBot, params: Json, method: str) -> Json:
    source = bot.chat_of(params, "from_chat_id").record(params.get("message_id"), "copy").message
    own = ("message_id", "date", "chat", "from", "reply_markup", "edit_date", "reply_to_message")
    fields = {key: value for key, value in source.items() if key not in own}
    return post(bot, bot.chat_of(params), method, params, [fields])[0]


def _create_forum_topic(bot: FakeBot, params: Json) -> Json:
    chat = bot.chat_of(params)
    need(chat.info.get("is_forum"), "the chat is not a forum")
    return chat.topics[make_topic(chat, params.get("name"))]


def _set_webhook(bot: FakeBot, params: Json) -> bool:
    _delete_webhook(bot, params)
    url = params.get("url")
    if not url:
        return True
    loopback = urllib.parse.urlsplit(url).hostname in LOOPBACK
    need(loopback, "bad webhook: this emulator delivers to loopback addresses only")
    bot.allowed = params.get("allowed_updates", bot.allowed)
    secret = {"X-Telegram-Bot-Api-Secret-Token": params["secret_token"]} if params.get("secret_token") else {}
    bot.hook = Hook(url, secret, asyncio.Semaphore(int(params.get("max_connections") or 40)))
    for update in bot.updates:
        bot.send_by_hook(update)
    return True


def _delete_webhook(bot: FakeBot, params: Json) -> bool:
    bot.hook = None
    if true(params.get("drop_pending_updates")):
        bot.updates.clear()
    return True


def _get_webhook_info(bot: FakeBot, params: Json) -> Json:
    url = bot.hook.url if bot.hook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(bot.updates)}


async def _get_updates(bot: FakeBot, params: Json) -> list[Json]:
    if bot.hook:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
            "first",
        )
    bot.poll += 1
    mine, offset = bot.poll, int(params.get("offset") or 0)
    bot.allowed = params.get("allowed_updates", bot.allowed)
    while bot.updates and (bot.updates[0]["update_id"] < offset or 0 < -offset < len(bot.updates)):
        bot.updates.popleft()
    bot.pulse()  # an older poll still open ends in the conflict below
    patience = min(MAX_POLL_S, float(params.get("timeout") or 0))
    await bot.wait_until(lambda: bot.updates or mine != bot.poll, patience)
    if mine != bot.poll:
        raise ApiError(
            409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
    return list(itertools.islice(bot.updates, int(params.get("limit") or 100)))


METHODS: dict[str, Method] = {
    "getme": _get_me,
    "setmycommands": _set_my_commands,
    "getmycommands": _get_my_commands,
    "getchatmember": _get_chat_member,
    "getchat": _get_chat,
    "getfile": _get_file,
    "answercallbackquery": _answer_callback_query,
    "deletemessage": _delete_message,
    "copymessage": lambda bot, params: _copy(bot, params, "copymessage"),
    "forwardmessage": lambda bot, params: _copy(bot, params, "forwardmessage"),
    "createforumtopic": _create_forum_topic,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "getupdates": _get_updates,
}
