import pytest

from emulator.rules import ApiError, check_markup, formatted, image_size, parse_html


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>a", "Can't find end tag"),
        ("a</b>", "Unexpected end tag"),
        ("<b><i>a</b></i>", "Unmatched end tag"),
        ("<h1>a</h1>", "Unsupported start tag"),
        ("1 < 2", "Unclosed start tag"),
        ("<br>", "Unsupported"),
        ("a <x", "Unclosed"),
        ("<span>a</span>", "tg-spoiler"),
    ],
)
def test_html_that_telegram_refuses(html: str, why: str) -> None:
    with pytest.raises(ApiError, match=why) as refused:
        parse_html(html)
    assert refused.value.body["error_code"] == 400


def test_html_becomes_text_and_entities_counted_in_utf16() -> None:
    text, entities = parse_html('😀 a &lt;b&gt; <a href="https://x.y/?a=1">l😀k</a> <b><i>n</i></b>')
    assert text == "😀 a <b> l😀k n"
    assert {(e["type"], e["offset"], e["length"]) for e in entities} == {
        ("text_link", 9, 4),
        ("bold", 14, 1),
        ("italic", 14, 1),
    }
    assert entities[0]["url"] == "https://x.y/?a=1"


@pytest.mark.parametrize(("text", "why"), [(" \n", "empty"), ("x" * 4097, "too long")])
def test_texts_that_telegram_refuses(text: str, why: str) -> None:
    with pytest.raises(ApiError, match=why):
        formatted({"text": text}, "text")
    assert formatted({"text": "x" * 4096}, "text") == {"text": "x" * 4096}


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("nonsense", "object expected"),
        ({"inline_keyboard": [{"text": "a"}]}, "can't parse reply keyboard"),
        ({"inline_keyboard": [[{"text": "a"}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x", "url": "https://a.b"}]]}, "BUTTON_TYPE_INVALID"),
        ({"inline_keyboard": [[{"text": "a", "url": "not a url"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": "a", "callback_data": "x"}] * 101]}, "REPLY_MARKUP_TOO_LONG"),
    ],
)
def test_keyboards_that_telegram_refuses(markup: object, why: str) -> None:
    with pytest.raises(ApiError, match=why):
        check_markup(markup, private=True)


def test_keyboards_that_telegram_takes() -> None:
    check_markup({"inline_keyboard": [[{"text": "a", "callback_data": "x" * 64}]]}, private=False)
    check_markup({"keyboard": [["plain text"]]}, private=True)
    check_markup({"remove_keyboard": True}, private=True)


def test_only_pictures_have_a_size(png: bytes) -> None:
    assert image_size(png) == (32, 32)
    with pytest.raises(ApiError, match="IMAGE_PROCESS_FAILED"):
        image_size(b"not an image")
