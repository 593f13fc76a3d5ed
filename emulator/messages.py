"""Messages of the bot: what a send puts into one, and what an edit may change."""

import re
import time
import zlib
from collections.abc import Sequence

from emulator.bot import Chat, FakeBot, StoredFile
from emulator.rules import ApiError, Json, check_markup, formatted, image_size, need

MEDIA = {  # largest upload in MiB
    "photo": 10,
    "document": 50,
    "video": 50,
    "audio": 50,
    "voice": 50,
    "animation": 50,
    "video_note": 50,
    "sticker": 1,
}


def true(value: object) -> bool:
    return str(value).lower() in ("true", "1")


def _media(bot: FakeBot, kind: str, params: Json, reference: object) -> object:
    """An uploaded file, a file_id or a URL as the object that the Message carries."""
    reference = str(reference)
    upload = params["_files"].get(reference[9:] if reference.startswith("attach://") else kind)
    if upload:
        name, data = upload
        need(data, "file must be non-empty")
        if len(data) > MEDIA[kind] << 20:
            raise ApiError(413, "Request Entity Too Large")
        reference = f"FILE{len(bot.files) + 1}-{zlib.crc32(data):x}"
        bot.files[reference] = StoredFile(name, data, image_size(data) if kind == "photo" else (1, 1))
    elif re.match("https?://", reference):
        reference = f"URL-{zlib.crc32(reference.encode()):x}"
        bot.files[reference] = StoredFile("remote", b"", (1, 1))
    need(reference in bot.files, "wrong file identifier/HTTP URL specified")
    file = bot.files[reference]
    described: Json = {
        "file_id": reference,
        "file_unique_id": "u" + reference,
        "file_size": len(file.data),
        "width": file.size[0],
        "height": file.size[1],
    }
    if kind == "photo":
        return [described]
    described |= {"file_name": file.name, "duration": 1, "length": 1}
    return described | {"type": "regular", "is_animated": False, "is_video": False}


def uploaded(bot: FakeBot, name: str, data: bytes) -> Json:
    """What a user's Message carries who sends a file."""
    return {"document": _media(bot, "document", {"_files": {"document": (name, data)}}, "")}


def make_topic(chat: Chat, name: object) -> int:
    """A forum's new topic: the number of its thread."""
    thread = next(chat.ids)
    chat.topics[thread] = {"message_thread_id": thread, "name": name, "icon_color": 7322096}
    return thread


def content(bot: FakeBot, kind: str, params: Json) -> Json:
    """What send<kind> puts into the Message; a kind not known here makes an otherwise empty one."""
    kind = "video_note" if kind == "videonote" else kind
    if kind == "message":
        return formatted(params, "text")
    if kind in MEDIA:
        made = {kind: _media(bot, kind, params, params.get(kind))} | formatted(params, "caption")
        return made | ({"has_media_spoiler": True} if true(params.get("has_spoiler")) else {})
    if kind in ("location", "venue"):
        place = {"latitude": float(params["latitude"]), "longitude": float(params["longitude"])}
        need(abs(place["latitude"]) <= 90 and abs(place["longitude"]) <= 180, "LOCATION_INVALID")
        return {"location": place}
    return {}


def _common(chat: Chat, params: Json) -> Json:
    """Message fields that every send may have: keyboard, topic, reply, protection."""
    more: Json = {}
    markup, reply = params.get("reply_markup"), params.get("reply_parameters") or {}
    if markup:
        check_markup(markup, chat.type == "private")
        more |= {"reply_markup": markup} if "inline_keyboard" in markup else {}
    if thread := int(params.get("message_thread_id") or 0):
        need(thread in chat.topics, "message thread not found")
        need(not chat.topics[thread].get("closed"), "TOPIC_CLOSED")
        more |= {"message_thread_id": thread, "is_topic_message": True}
    if to := int(reply.get("message_id") or params.get("reply_to_message_id") or 0):
        there = to in chat.records and not chat.records[to].deleted
        need(there or reply.get("allow_sending_without_reply"), "message to be replied not found")
        if there:
            quoted = chat.records[to].message
            more["reply_to_message"] = {k: v for k, v in quoted.items() if k != "reply_to_message"}
    return more | ({"has_protected_content": True} if true(params.get("protect_content")) else {})


def post(
    bot: FakeBot, chat: Chat, method: str, params: Json, contents: Sequence[Json], more: Json | None = None
) -> list[Json]:
    """Check what every send has in common, then the limits; then the messages are accepted."""
    fields = (more or {}) | _common(chat, params)
    now, markup = time.monotonic(), params.get("reply_markup")
    paid = true(params.get("allow_paid_broadcast"))
    bot.limits.take(chat.type, chat.id, "send", now, len(contents), paid)
    if markup and "inline_keyboard" not in markup:
        chat.keyboard = markup if "keyboard" in markup else None
    bot.sent_at.extend([now] * len(contents))
    while bot.sent_at[0] <= now - 1:
        bot.sent_at.popleft()
    bot.stats["peak_1s"] = max(bot.stats["peak_1s"], len(bot.sent_at))
    silent = len(contents) * true(params.get("disable_notification"))
    bot.stats.update(messages=len(contents), silent=silent)
    return [bot.store(chat, made | fields, bot.user, method, params) for made in contents]


def edit(bot: FakeBot, method: str, params: Json) -> Json:
    """One of the editMessage… methods; `method` in lower case."""
    chat, markup = bot.chat_of(params), params.get("reply_markup")
    record = chat.record(params.get("message_id"), "edit")
    message = record.message
    need(message["from"] is bot.user, "message can't be edited")
    new: Json = {"reply_markup": markup} | _edited(bot, method, params, message)
    if markup:
        check_markup(markup, chat.type == "private")
    need(
        any((message.get(key) or None) != (value or None) for key, value in new.items()),
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
    )
    bot.limits.take(chat.type, chat.id, "edit", time.monotonic())
    record.edits.append({"ts": time.time(), "was": {key: message.get(key) for key in new}})
    message.update(new, edit_date=int(time.time()))
    for key in [key for key in new if not message[key]]:
        del message[key]
    bot.stats["edits"] += 1
    bot.pulse()
    return message


def _edited(bot: FakeBot, method: str, params: Json, message: Json) -> Json:
    if method == "editmessagetext":
        need("text" in message, "there is no text in the message to edit")
        return {"entities": None} | formatted(params, "text")
    if method == "editmessagecaption":
        return {"caption": None, "caption_entities": None} | formatted(params, "caption")
    if method == "editmessagemedia":
        media = params.get("media") or {}
        return content(bot, media["type"], params | media | {media["type"]: media["media"]})
    if params.get("latitude"):
        return content(bot, "location", params)
    return {}
