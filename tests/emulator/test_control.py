"""The user's side, the page and the webhook, over HTTP."""

import asyncio
import re

import aiohttp
import pytest
from aiohttp import web
from telegram.ext import ExtBot

from emulator.client import Control, NotPossible
from emulator.server import RunningEmulator, start


async def test_messages_wait_for_what_comes(bot: "ExtBot[None]", control: Control) -> None:
    waiting = asyncio.ensure_future(control.messages(7, at_least=1))
    sent = await bot.send_message(7, "now")
    assert [row["message"]["text"] for row in await waiting] == ["now"]
    waiting = asyncio.ensure_future(control.messages(7, edits=1))
    await bot.edit_message_text("later", 7, sent.message_id)
    (row,) = await waiting
    assert row["message"]["text"] == "later"
    assert row["edits"][0]["was"]["text"] == "now"


async def test_what_a_person_cannot_do_is_refused(control: Control) -> None:
    await control.post("chats", id=7)
    for what, fields in {
        "press": {"chat_id": 7, "text": "Nothing there"},
        "member": {"chat_id": 99, "status": "kicked"},
        "nonsense": {},
        "chats": {"id": "seven"},
    }.items():
        with pytest.raises(NotPossible):
            await control.post(what, **fields)


async def test_a_user_posts_before_any_bot_called(control: Control, make_bot) -> None:  # type: ignore[no-untyped-def]
    await control.post("send", chat_id=7, text="/start now")
    async with make_bot() as bot:
        (update,) = await bot.get_updates()
    assert update.message.text == "/start now"
    assert update.message.parse_entity(update.message.entities[0]) == "/start"


async def test_a_location_and_a_topic_are_posted(bot: "ExtBot[None]", control: Control) -> None:
    await control.post("send", chat_id=7, extra={"location": {"latitude": -1.4, "longitude": 28.1}})
    await control.post("send", chat_id=-1005, text="hi", user_id=3, thread_id=12)
    located, topical = await bot.get_updates()
    assert located.message is not None
    assert located.message.location is not None
    assert located.message.location.longitude == 28.1
    assert topical.message is not None
    assert topical.message.message_thread_id == 12


async def test_the_calls_are_kept(bot: "ExtBot[None]", control: Control) -> None:
    await bot.send_message(7, "twice")
    await bot.send_message(7, "twice")
    stats = await control.get("stats")
    assert stats["duplicates"] == 1
    assert stats["messages"] == stats["methods"]["sendmessage"] == 2
    calls = (await control.get("calls", method="sendMessage"))["calls"]
    assert [call["params"]["text"] for call in calls] == ["twice", "twice"]
    await control.post("reset")
    assert (await control.get("stats"))["chats"] == 0


async def test_the_page_needs_nothing_from_elsewhere(server: RunningEmulator) -> None:
    async with aiohttp.ClientSession() as session, session.get(server.url + "/") as response:
        page = await response.text()
    assert response.status == 200
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", page) == []
    assert 'id="start"' in page


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://example.org"}, {"Host": "attacker.example:8081"}, {"Origin": "null"}]
)
async def test_pages_of_other_sites_are_refused(server: RunningEmulator, headers: dict[str, str]) -> None:
    url = server.url + "/ctl/send"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, data="{}") as response:
        assert response.status == 403


async def test_it_listens_on_loopback_only() -> None:
    with pytest.raises(ValueError, match="loopback"):
        await start(host="192.0.2.1")


async def test_updates_by_webhook_are_sent_until_taken(bot: "ExtBot[None]", control: Control) -> None:
    taken: asyncio.Queue[str] = asyncio.Queue()
    answers = iter([500, 200])

    async def hook(request: web.Request) -> web.Response:
        await taken.put((await request.json())["message"]["text"])
        return web.Response(status=next(answers))

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        await bot.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="s3cret")
        await control.post("send", chat_id=7, text="hi")
        assert [await taken.get(), await taken.get()] == ["hi", "hi"]
    finally:
        await runner.cleanup()
    assert (await control.get("stats"))["webhook_retries"] == 1
