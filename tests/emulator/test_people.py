"""What people do beside typing: send files, make and close topics, speak a language."""

import base64

import pytest
from telegram import Update
from telegram.ext import ExtBot

from emulator.client import Control, NotPossible
from tests.emulator.test_bot_api import assert_refused


async def test_a_file_that_a_person_sends_is_downloaded(bot: "ExtBot[None]", control: Control) -> None:
    sent = base64.b64encode(b"name,lat,lon\n").decode()
    await control.post("send", chat_id=7, file={"name": "bases.csv", "base64": sent}, extra={"caption": "ours"})
    (update,) = await bot.get_updates()
    assert update.message is not None
    document = update.message.document
    assert document is not None
    assert (document.file_name, document.file_size, update.message.caption) == ("bases.csv", 13, "ours")
    file = await bot.get_file(document.file_id)
    assert file.file_size == 13
    assert bytes(await file.download_as_bytearray()) == b"name,lat,lon\n"


async def test_a_bot_downloads_twenty_mebibytes_and_no_more(bot: "ExtBot[None]", control: Control) -> None:
    sent = base64.b64encode(bytes((20 << 20) + 1)).decode()
    await control.post("send", chat_id=7, file={"name": "large.bin", "base64": sent})
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    await assert_refused("file is too big", bot.get_file(update.message.document.file_id))


async def test_topics_are_made_closed_and_deleted(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("chats", id=-100321, is_forum=True)
    thread = (await control.post("topic", chat_id=-100321, name="North Kivu"))["thread_id"]
    assert (await bot.send_message(-100321, "x", message_thread_id=thread)).message_thread_id == thread
    await control.post("topic", chat_id=-100321, thread_id=thread, state="closed")
    await assert_refused("TOPIC_CLOSED", bot.send_message(-100321, "x", message_thread_id=thread))
    await control.post("topic", chat_id=-100321, thread_id=thread, state="open")
    await bot.send_message(-100321, "x", message_thread_id=thread)
    await control.post("topic", chat_id=-100321, thread_id=thread, state="deleted")
    await assert_refused("thread not found", bot.send_message(-100321, "x", message_thread_id=thread))
    with pytest.raises(NotPossible):
        await control.post("topic", chat_id=-100321, thread_id=thread, state="open")


async def test_people_of_a_chat_speak_its_language(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("chats", id=9, language="fr")
    await control.post("send", chat_id=9, text="salut")
    (update,) = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    assert update.effective_user is not None
    assert update.effective_user.language_code == "fr"
