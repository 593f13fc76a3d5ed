"""Status, help, menus, order, and what happens when something breaks."""

import asyncio
import logging
import time

import pytest
from telegram import Update

from chat.app import build_application
from chat.limiter import PacedLimiter
from chat.ordering import MAX_WAITING, ChatByChat
from chat.presses import Press, parse
from chat.services import Services
from emulator.client import Control
from errors import InvalidInput
from feeds.schedule import FeedState, FeedStatus
from tests.builders import NOW, make_catalogue, make_feed, minutes
from tests.person import Person

TOKEN = "123456:TESTTOKEN"


async def test_help_names_every_command_of_the_menu(ana: Person, telegram: Control) -> None:
    shown = await ana.ask("/help")
    for command in ("/watch", "/watches", "/alerts", "/alert", "/status", "/stop", "/forget", "/quiet", "/timezone"):
        assert f"{command} - " in shown.text


async def test_status_tells_how_the_feeds_are(ana: Person, running: Services) -> None:
    feeds = [make_feed(f"https://{name}.example/feed") for name in ("well", "broken", "mute", "new")]
    states = {
        "well": FeedStatus.HEALTHY,
        "broken": FeedStatus.FAILING,
        "mute": FeedStatus.SILENT,
    }
    with running.store.write() as tx:
        tx.feeds.sync(make_catalogue(*feeds), NOW)
        for name, status in states.items():
            at = NOW - minutes(5)
            url = f"https://{name}.example/feed"
            tx.feeds.save(FeedState(url, NOW, status=status, last_attempt=at, last_success=at, newest=at))
    await ana.ask("/watch Ukraine")
    text = (await ana.ask("/status")).text
    assert "Feeds: 1 healthy, 1 failing, 1 silent." in text
    assert "1 feed was not read yet." in text
    assert "Last poll: 19 March, 17:59." in text
    assert "broken.example: failing" in text
    assert "mute.example: silent" in text
    assert "You watch 1 area." in text
    assert "Tocsin 0.1.0." in text


@pytest.mark.parametrize(
    ("minutes_ago", "words"),
    [
        (None, "No feed has answered yet"),
        (60, "No feed answers since 19 March, 17:04"),
        (1, "Last poll: 19 March, 18:04"),
    ],
)
async def test_status_says_when_nothing_answers(
    ana: Person, running: Services, minutes_ago: int | None, words: str
) -> None:
    url = "https://herald.example/feed"
    read = NOW - minutes(minutes_ago) if minutes_ago else None
    with running.store.write() as tx:
        tx.feeds.sync(make_catalogue(make_feed(url)), NOW)
        tx.feeds.save(FeedState(url, NOW, last_attempt=NOW, last_success=read))
    text = (await ana.ask("/status")).text
    assert words in text
    assert ("offline" in text) is (minutes_ago != 1)


async def test_a_failure_is_owned_up_to_and_logged_without_words(
    ana: Person, running: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    words = "while handling: my secret village"

    def broken(*args: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr("places.search.PlaceSearch.search", broken)
    assert "Something went wrong" in (await ana.ask("/status my secret village")).text
    assert "RuntimeError" in caplog.text
    assert "secret village" not in caplog.text
    assert "You watch nothing" in (await ana.ask("/watches")).text


async def test_a_press_that_fails_is_answered(ana: Person, running: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    await ana.ask("/watch Ukraine")

    def broken(*args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("pipeline.subscriptions.Subscriptions.remove_watch", broken)
    assert "Something went wrong" in await ana.toast("Remove")


async def test_buttons_of_another_time_have_a_plain_answer(ana: Person, bot: object, telegram: Control) -> None:
    stale = ("zz|1", "cd|x", "cd|999", "ch|gn:1|", "sv|gn:1", "hi", "hi|0||99||", "sy|1|7", "dt|T|999", "rg|77")
    keyboard = {"inline_keyboard": [[{"text": data, "callback_data": data}] for data in stale]}
    await bot.send_message(7, "old", reply_markup=keyboard)  # type: ignore[attr-defined]
    for label in stale:
        assert "out of date" in await ana.toast(label)


@pytest.mark.parametrize(
    ("token", "url", "names"),
    [
        ("", "https://api.telegram.org", "TELEGRAM_BOT_TOKEN"),
        ("not a token", "https://api.telegram.org", "TELEGRAM_BOT_TOKEN"),
        (TOKEN, "api.telegram.org", "TELEGRAM_API_URL"),
        (TOKEN, "ftp://x", "TELEGRAM_API_URL"),
    ],
)
def test_a_wrong_token_or_address_is_named(services: Services, token: str, url: str, names: str) -> None:
    with pytest.raises(InvalidInput, match=names) as refused:
        build_application(token, url, services, PacedLimiter(time.monotonic))
    assert "not a token" not in str(refused.value)


async def test_late_jobs_are_run_and_the_token_is_not_logged(services: Services) -> None:
    app = build_application(TOKEN, "http://127.0.0.1:9", services, PacedLimiter(time.monotonic))
    assert app.job_queue is not None
    app.job_queue.run_repeating(_nothing, 3600, name="tick")
    (job,) = app.job_queue.scheduler.get_jobs()
    assert job.name == "tick"
    assert app.job_queue.scheduler._job_defaults["misfire_grace_time"] is None
    assert logging.getLogger("httpx").getEffectiveLevel() >= logging.WARNING


async def _nothing(context: object) -> None: ...


async def test_one_chat_in_order_and_others_beside_it() -> None:
    processor, log, free = ChatByChat(), list[str](), asyncio.Event()

    async def slow() -> None:
        await free.wait()
        log.append("slow")

    async def quick(name: str) -> None:
        log.append(name)

    def update(chat_id: int) -> Update:
        message = {"message_id": 1, "date": 0, "chat": {"id": chat_id, "type": "private"}}
        made = Update.de_json({"update_id": 1, "message": message}, None)
        assert made is not None
        return made

    first = asyncio.ensure_future(processor.process_update(update(7), slow()))
    second = asyncio.ensure_future(processor.process_update(update(7), quick("second")))
    await processor.process_update(update(8), quick("other chat"))
    assert log == ["other chat"]
    free.set()
    await asyncio.gather(first, second)
    assert log == ["other chat", "slow", "second"]
    assert not processor._locks


def test_callback_data_is_read_back_and_never_too_long() -> None:
    assert parse(Press.DETAIL.data("T", 417)) == (Press.DETAIL, ["T", "417"])
    assert parse("nonsense") is None
    with pytest.raises(ValueError, match="longer than 64"):
        Press.CHOOSE.data("x" * 70)
    with pytest.raises(ValueError, match=r"\|"):
        Press.CHOOSE.data("a|b")


async def test_a_flood_of_one_chat_is_cut_off() -> None:
    processor, free, handled = ChatByChat(), asyncio.Event(), list[int]()

    async def slow(number: int) -> None:
        await free.wait()
        handled.append(number)

    message = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    tasks = [asyncio.ensure_future(processor.process_update(update, slow(n))) for n in range(MAX_WAITING + 5)]
    await asyncio.wait(tasks, timeout=0.01)
    free.set()
    await asyncio.gather(*tasks)
    assert handled == list(range(MAX_WAITING))
