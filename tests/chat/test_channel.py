"""The channel against the emulator: what it sends, and what it says when it is refused."""

import logging

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from alerts.types import Edition, Language
from chat.channel import TelegramChannel, start_error, translated
from chat.presses import Press, parse
from emulator.client import Control
from errors import InvalidInput
from pipeline.channel import (
    ChannelError,
    ChatGone,
    ChatMoved,
    IncidentRef,
    MessageGone,
    Refused,
    RetryLater,
    Unreachable,
    Urgency,
)

ABOUT = IncidentRef(Edition.LIVE, 417, Language.EN)


@pytest.fixture
def channel(bot: ExtBot[Urgency]) -> TelegramChannel:
    return TelegramChannel(bot)


async def send(channel: TelegramChannel, text: str = "REPORTED", **more: object) -> int:
    return await channel.send(7, text, about=ABOUT, urgency=Urgency.SEVERE, **more)  # type: ignore[arg-type]


async def test_an_alert_is_plain_text_with_buttons(channel: TelegramChannel, telegram: Control) -> None:
    await send(channel, "1 < 2 & <b>no markup</b> https://example.org")
    (row,) = await telegram.messages(7)
    assert row["message"]["text"] == "1 < 2 & <b>no markup</b> https://example.org"
    assert row["params"]["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in row["params"]
    buttons = [button for buttons in row["message"]["reply_markup"]["inline_keyboard"] for button in buttons]
    assert [(button["text"], parse(button["callback_data"])) for button in buttons] == [
        ("Sources", (Press.SOURCES, ["T", "417"])),
        ("Map", (Press.MAP, ["T", "417"])),
        ("Why?", (Press.WHY, ["T", "417"])),
        ("Mute", (Press.MUTE, ["T", "417"])),
        ("Wrong?", (Press.WRONG, ["T", "417"])),
    ]


async def test_the_button_speaks_the_chats_language(channel: TelegramChannel, telegram: Control) -> None:
    about = IncidentRef(Edition.SAMPLE, 3, Language.FR)
    await channel.send(7, "x", about=about, urgency=Urgency.MINOR)
    (row,) = await telegram.messages(7)
    assert row["message"]["reply_markup"]["inline_keyboard"][1][0]["text"] == "Silence"


async def test_a_reply_quotes_and_does_without_a_lost_message(channel: TelegramChannel, telegram: Control) -> None:
    first = await send(channel)
    await send(channel, "CORROBORATED", reply_to=first)
    await send(channel, "CORROBORATED again", reply_to=9999)
    rows = await telegram.messages(7)
    assert rows[1]["message"]["reply_to_message"]["message_id"] == first
    assert "reply_to_message" not in rows[2]["message"]


async def test_edits_and_the_edit_that_changes_nothing(channel: TelegramChannel, telegram: Control) -> None:
    message_id = await send(channel)
    await channel.edit(7, message_id, "CORROBORATED", about=ABOUT)
    await channel.edit(7, message_id, "CORROBORATED", about=ABOUT)
    (row,) = await telegram.messages(7)
    assert row["message"]["text"] == "CORROBORATED"
    assert len(row["edits"]) == 1


async def test_a_text_that_is_too_long_is_cut(channel: TelegramChannel, telegram: Control) -> None:
    await send(channel, "😀" * 5000)
    (row,) = await telegram.messages(7)
    assert 3900 < len(row["message"]["text"].encode("utf-16-le")) / 2 < 4096
    assert row["message"]["text"].endswith("😀…")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "blocked"}, ChatGone),
        ({"kind": "not_found"}, ChatGone),
        ({"kind": "kicked"}, ChatGone),
        ({"kind": "deactivated"}, ChatGone),
        ({"kind": "migrate", "migrate_to": -100777}, ChatMoved),
        ({"kind": "flood", "retry_after": 9}, RetryLater),
        ({"kind": "error"}, Unreachable),
        ({"kind": "error", "code": 502, "description": "Bad Gateway"}, Unreachable),
        ({"kind": "error", "code": 400, "description": "Bad Request: message is too long"}, Refused),
        ({"kind": "error", "code": 400, "description": "Bad Request: not enough rights to send text"}, Refused),
        ({"kind": "drop_before"}, Unreachable),
        ({"kind": "drop_after"}, Unreachable),
        ({"kind": "hang_after"}, Unreachable),
    ],
)
async def test_every_refusal_has_its_name(
    channel: TelegramChannel, telegram: Control, fault: dict[str, object], expected: type[ChannelError]
) -> None:
    await telegram.post("faults", chat_id=7, times=1, **fault)
    with pytest.raises(ChannelError) as refused:
        await send(channel)
    assert type(refused.value) is expected
    if isinstance(refused.value, RetryLater):
        assert refused.value.after_s == 9
    if isinstance(refused.value, ChatMoved):
        assert refused.value.new_chat_id == -100777


async def test_a_message_that_is_gone(channel: TelegramChannel) -> None:
    with pytest.raises(MessageGone):
        await channel.edit(7, 4711, "x", about=ABOUT)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Forbidden("Forbidden: bot is not a member of the channel chat"), ChatGone),
        (BadRequest("Message can't be edited"), MessageGone),
        (BadRequest("Peer_id_invalid"), ChatGone),
        (TimedOut(), Unreachable),
        (InvalidToken(), Unreachable),
        (Conflict("Conflict: terminated by other getUpdates request"), Unreachable),
        (TelegramError("Invalid server response"), Unreachable),
    ],
)
def test_errors_the_emulator_does_not_make(error: TelegramError, expected: type[ChannelError]) -> None:
    assert type(translated(error)) is expected


@pytest.mark.parametrize("error", [InvalidToken(), Conflict("Conflict"), NetworkError("refused")])
def test_a_start_that_fails_names_the_variable(error: TelegramError) -> None:
    told = start_error(error)
    assert isinstance(told, InvalidInput)
    assert str(told).startswith("TELEGRAM_")
    assert "\n" not in str(told)


async def test_logs_hold_ids_and_no_texts(
    channel: TelegramChannel, telegram: Control, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="chat")
    await telegram.post("faults", kind="blocked", chat_id=7, times=1)
    with pytest.raises(ChatGone):
        await send(channel, "Secret words")
    assert "chat 7" in caplog.text
    assert "Secret words" not in caplog.text
