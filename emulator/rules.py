"""What Telegram refuses: texts, formatting, buttons, pictures. Pure."""

import itertools
import re
import struct
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_DATA = 64

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
TOKEN = re.compile(r"([^<]+)|<(/?)([^\s>/]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>|<")
ATTRIBUTE = re.compile(r"([A-Za-z][\w-]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+))?")
ENTITY = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
URL_BUTTON = re.compile(r"(https?|tg|ton)://\S+$|[\w-]+(\.[\w-]+)+")
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


class ApiError(Exception):
    """An answer of the Bot API that is not ok; `body` is its JSON."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def need(ok: object, why: str) -> None:
    """Refuse the request with 400 unless `ok`."""
    if not ok:
        raise ApiError(400, "Bad Request: " + why)


def utf16_length(text: str) -> int:
    """Telegram counts offsets in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Telegram's HTML style as plain text and entities with UTF-16 offsets; raises ApiError as Telegram words it."""
    text, found = "", []
    stack: list[tuple[str, dict[str, str], int]] = []
    for match in TOKEN.finditer(source):
        if match[1]:
            text += ENTITY.sub(_unescape, match[1])
            continue
        at = f"at byte offset {len(source[: match.start()].encode())}"
        here = utf16_length(text)
        if not match[2]:
            tag, attributes = _opening(match, at)
            stack.append((tag, attributes, here))
            continue
        need(stack, f"can't parse entities: Unexpected end tag {at}")
        top, attributes, begin = stack.pop()
        need(
            match[3].lower() == top,
            f'can\'t parse entities: Unmatched end tag {at}, expected "</{top}>", found "</{match[3].lower()}>"',
        )
        if here > begin:
            found.append(_entity(top, attributes, begin, here))
    need(not stack, f"can't parse entities: Can't find end tag corresponding to start tag \"{_top(stack)}\"")
    return text, sorted(found, key=lambda e: (e["offset"], -e["length"]))


def _top(stack: list[tuple[str, dict[str, str], int]]) -> str:
    return stack[-1][0] if stack else ""


def _unescape(match: re.Match[str]) -> str:
    return NAMED.get(match[1]) or chr(int(match[2]) if match[2] else int(match[3], 16))


def _opening(match: re.Match[str], at: str) -> tuple[str, dict[str, str]]:
    wrong = "can't parse entities: "
    need(match[3] is not None, f"{wrong}Unclosed start tag {at}")
    tag = match[3].lower()
    attributes = {key.lower(): value.strip("\"'") for key, value in ATTRIBUTE.findall(match[4])}
    need(tag in TAGS, f'{wrong}Unsupported start tag "{tag}" {at}')
    spoiler = attributes.get("class") == "tg-spoiler"
    need(tag != "span" or spoiler, f'{wrong}Tag "span" must have class "tg-spoiler" {at}')
    emoji = attributes.get("emoji-id", "").isdigit()
    need(tag != "tg-emoji" or emoji, f"{wrong}Invalid custom emoji identifier specified {at}")
    return tag, attributes


def _entity(tag: str, attributes: dict[str, str], begin: int, end: int) -> Json:
    kind = "expandable_blockquote" if tag == "blockquote" and "expandable" in attributes else TAGS[tag]
    entity: Json = {"type": kind, "offset": begin, "length": end - begin}
    if tag == "a":
        entity["url"] = attributes.get("href", "")
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = attributes.get("emoji-id")
    elif tag == "tg-time":
        entity["unix_time"] = int(attributes.get("unix", 0))
    return entity


def formatted(params: Json, key: str) -> Json:
    """The text or caption (`key`) of a request, checked, as the Message fields it makes."""
    source, mode = str(params.get(key) or ""), str(params.get("parse_mode") or "").lower()
    field = "entities" if key == "text" else "caption_entities"
    need(mode in ("", "html", "markdown", "markdownv2"), "unsupported parse_mode")  # Markdown is taken as plain text
    text, entities = parse_html(source) if mode == "html" else (source, params.get(field) or [])
    if key == "text":
        need(text.strip(), "message text is empty")
        need(len(text) <= MAX_TEXT, "message is too long")
    else:
        need(len(text) <= MAX_CAPTION, "message caption is too long")
    return ({key: text} if text else {}) | ({field: entities} if entities else {})


def check_markup(markup: Any, private: bool) -> None:
    """Refuse a reply markup as Telegram would; `private`: Web App buttons are allowed in private chats alone."""
    need(isinstance(markup, dict), "object expected as reply markup")
    if "remove_keyboard" in markup or "force_reply" in markup:
        return
    inline = "inline_keyboard" in markup
    rows = markup.get("inline_keyboard" if inline else "keyboard")
    need(
        isinstance(rows, list) and all(isinstance(row, list) for row in rows),
        "can't parse reply keyboard markup JSON object",
    )
    need(sum(map(len, rows)) <= 100, "REPLY_MARKUP_TOO_LONG")
    for button in itertools.chain(*rows):
        _check_button({"text": button} if isinstance(button, str) and not inline else button, inline, private)


def _check_button(button: Any, inline: bool, private: bool) -> None:
    named = isinstance(button, dict) and str(button.get("text") or "").strip()
    need(named, "can't parse keyboard button: Can't find field \"text\"")
    app = (button.get("web_app") or {}).get("url", "https://")
    need(
        app.startswith("https://"),
        f"inline keyboard button Web App URL '{app}' is invalid: Only HTTPS links are allowed",
    )
    need(private or "web_app" not in button, "BUTTON_TYPE_INVALID")
    actions = ACTIONS & button.keys()
    need(
        not inline or actions,
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
    need(not inline or len(actions) == 1, "BUTTON_TYPE_INVALID")
    data = str(button.get("callback_data", "-")).encode()
    need(1 <= len(data) <= MAX_CALLBACK_DATA, "BUTTON_DATA_INVALID")
    need(
        URL_BUTTON.match(str(button.get("url", "a.b"))),
        f"inline keyboard button URL '{button.get('url')}' is invalid: Wrong HTTP URL",
    )


def buttons(markup: Json | None) -> Iterable[Any]:
    """All buttons of a keyboard, inline or not."""
    markup = markup or {}
    rows: list[list[Any]] = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return itertools.chain.from_iterable(rows)


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; refused as Telegram refuses photos."""
    size: tuple[int, int] | None = None
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        size = (width, height)
    elif frame := re.match(rb"\xff\xd8.*?\xff[\xc0-\xc2].{3}(..)(..)", data, re.S):  # JPEG: its first frame header
        size = int.from_bytes(frame[2], "big"), int.from_bytes(frame[1], "big")
    if size is None:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    need(sum(size) <= 10000 and max(size) <= 20 * min(size), "PHOTO_INVALID_DIMENSIONS")
    return size
