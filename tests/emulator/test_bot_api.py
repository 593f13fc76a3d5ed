"""What a bot of python-telegram-bot sees of the emulator."""

from collections.abc import Awaitable

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.ext import ExtBot

from emulator.client import Control, NotPossible
from emulator.server import RunningEmulator


async def assert_refused(match: str, call: Awaitable[object], kind: type[Exception] = BadRequest) -> None:
    with pytest.raises(kind, match=f"(?i){match}"):
        await call


async def test_a_name_of_nobody_makes_no_chat(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("config", auto_chats=True)
    await assert_refused("chat not found", bot.get_chat("@nobody"))
    assert [chat["id"] for chat in (await control.get("state"))["chats"]] == [7]
    await bot.send_message(8, "x")
    assert [chat["id"] for chat in (await control.get("state"))["chats"]] == [7, 8]


async def test_sends_edits_and_deletes(bot: "ExtBot[None]") -> None:
    await assert_refused("chat not found", bot.send_message(999, "x"))
    sent = await bot.send_message(7, "edit <b>me</b>", parse_mode="HTML")
    assert sent.text == "edit me"
    await bot.edit_message_text("edited", 7, sent.message_id)
    await assert_refused("not modified", bot.edit_message_text("edited", 7, sent.message_id))
    await assert_refused("edit not found", bot.edit_message_text("x", 7, 9999))
    await bot.delete_message(7, sent.message_id)
    await assert_refused("delete not found", bot.delete_message(7, sent.message_id))
    await assert_refused("query is too old", bot.answer_callback_query("1"))


async def test_replies_quote_and_may_miss_their_message(bot: "ExtBot[None]") -> None:
    first = await bot.send_message(7, "first")
    reply = await bot.send_message(7, "second", reply_parameters=ReplyParameters(first.message_id))
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "first"
    await assert_refused("replied not found", bot.send_message(7, "r", reply_parameters=ReplyParameters(9999)))
    lenient = ReplyParameters(9999, allow_sending_without_reply=True)
    assert (await bot.send_message(7, "r", reply_parameters=lenient)).reply_to_message is None


async def test_media(bot: "ExtBot[None]", png: bytes) -> None:
    photo = await bot.send_photo(7, png, caption="x" * 1024)
    await assert_refused("caption is too long", bot.send_photo(7, png, caption="x" * 1025))
    await assert_refused("image_process", bot.send_photo(7, b"not an image"))
    again = await bot.send_photo(7, photo.photo[-1].file_id)
    await assert_refused("wrong file", bot.send_photo(7, "nope"))
    group = await bot.send_media_group(7, [InputMediaPhoto(png), InputMediaPhoto(again.photo[-1].file_id)])
    assert len(group) == 2
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == png
    assert (await bot.send_location(7, 1, 2)).location is not None


async def test_documents(bot: "ExtBot[None]", control: Control) -> None:
    sent = await bot.send_document(7, b"a,b\n1,2\n", filename="table.csv", caption="two columns")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.file_size, sent.caption) == ("table.csv", 8, "two columns")
    assert await control.file(sent.document.file_id) == b"a,b\n1,2\n"
    await assert_refused("must be non-empty", bot.send_document(7, b"", filename="empty.csv"))
    with pytest.raises(NotPossible):
        await control.file("FILE99")


async def test_topics_and_settings(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("chats", id=-100321, is_forum=True)
    topic = await bot.create_forum_topic(-100321, "alerts")
    assert (await bot.send_message(-100321, "x", message_thread_id=topic.message_thread_id)).is_topic_message
    await assert_refused("thread not found", bot.send_message(-100321, "x", message_thread_id=77))
    await bot.set_my_commands([("start", "go")])
    assert (await bot.get_my_commands())[0].command == "start"
    state = await control.get("state")
    assert state["settings"]["setmycommands"]["commands"] == [{"command": "start", "description": "go"}]


async def test_administrators_are_those_the_chat_was_made_with(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("chats", id=-50, type="group", admins=[9])
    assert (await bot.get_chat_member(-50, 9)).status == "administrator"
    assert (await bot.get_chat_member(-50, 8)).status == "member"


async def test_a_press_reaches_the_bot_and_its_answer_the_user(bot: "ExtBot[None]", control: Control) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="yes")]])
    await bot.send_message(7, "?", reply_markup=keyboard)
    pressed = await control.post("press", chat_id=7, text="Yes")
    (update,) = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    query = update.callback_query
    assert query is not None
    assert query.data == "yes"
    assert pressed["update_id"] == update.update_id
    await query.answer("got it")
    await assert_refused("too old", query.answer("twice"))


@pytest.mark.parametrize(
    ("kind", "error"), [("blocked", Forbidden), ("not_found", BadRequest), ("deactivated", Forbidden)]
)
async def test_faults_that_answer(bot: "ExtBot[None]", control: Control, kind: str, error: type[Exception]) -> None:
    await control.post("faults", kind=kind, chat_id=7, times=1)
    await assert_refused("", bot.send_message(7, "x"), error)
    assert (await bot.send_message(7, "x")).text == "x"


async def test_flood_errors_and_migration(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("faults", kind="flood", retry_after=7, times=1)
    await assert_refused("7 seconds", bot.send_message(7, "f"), RetryAfter)
    await control.post("faults", kind="error", code=502, description="Bad Gateway", times=1)
    await assert_refused("Bad Gateway", bot.send_message(7, "e"), NetworkError)
    await control.post("chats", id=-100, type="group")
    await control.post("migrate", chat_id=-100, to=-100777)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-100, "x")
    assert moved.value.new_chat_id == -100777


@pytest.mark.parametrize(("kind", "arrived"), [("drop_before", 0), ("drop_after", 1), ("hang_after", 1)])
async def test_faults_of_transport(make_bot, control: Control, kind: str, arrived: int) -> None:  # type: ignore[no-untyped-def]
    await control.post("chats", id=7)
    async with make_bot(read_timeout=0.5) as impatient:
        await control.post("faults", kind=kind, chat_id=7, times=1)
        with pytest.raises((NetworkError, TimedOut)):
            await impatient.send_message(7, kind)
    assert len(await control.messages(7)) == arrived


async def test_blocking_and_coming_back_are_told(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("member", chat_id=7, status="kicked")
    await assert_refused("blocked", bot.send_message(7, "x"), Forbidden)
    await control.post("member", chat_id=7, status="member")
    await bot.send_message(7, "x")
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    changes = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert changes == ["kicked", "member"]
    assert await bot.get_updates(offset=updates[-1].update_id + 1) == ()


async def test_only_one_may_poll(bot: "ExtBot[None]", server: RunningEmulator, control: Control) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await assert_refused("webhook is active", bot.get_updates(), Conflict)
    await bot.delete_webhook()
    await assert_refused("loopback addresses only", bot.set_webhook("https://example.org/hook"))


async def test_unknown_methods_and_tokens_are_not_found(server: RunningEmulator, bot: "ExtBot[None]") -> None:
    await assert_refused("not found", bot.do_api_request("noSuchMethod"), Exception)
