"""/channel @name: a channel watches what a private chat watches."""

from collections.abc import Callable

import pytest

from chat.services import Services
from emulator.client import Control
from tests.person import Person

CHANNEL, BOT = -1005, 123456


@pytest.fixture
async def channel(telegram: Control) -> None:
    """@news: chat 7's person and the bot are its administrators."""
    await telegram.post("chats", id=CHANNEL, type="channel", title="News", username="news", admins=[7, BOT])


@pytest.mark.usefixtures("channel")
async def test_a_channel_takes_over_what_its_administrator_watches(ana: Person, running: Services) -> None:
    for words in ("/watch Ukraine", "/watch North Kivu", "/language fr", "/timezone Africa/Lubumbashi"):
        await ana.ask(words)
    shown = await ana.ask("/channel @news")
    assert "News surveille 0 zone." in shown.text
    assert "News surveille 2 zones." in (await ana.press("Surveiller la même chose là-bas")).text
    assert [w.area for w in running.subscriptions.watches(CHANNEL)] == [
        w.area for w in running.subscriptions.watches(7)
    ]
    chat = running.subscriptions.chat(CHANNEL)
    assert chat is not None
    assert (chat.kind, chat.language, chat.time_zone) == ("channel", "fr", "Africa/Lubumbashi")


@pytest.mark.usefixtures("channel")
async def test_it_takes_over_changes_and_can_be_emptied(
    ana: Person, person: Callable[..., Person], running: Services
) -> None:
    await person(CHANNEL).ask("/watch Sudan")
    await ana.ask("/watch Ukraine")
    shown = await ana.ask("/channel news")
    assert "· Sudan" in shown.text
    await ana.press("Watch the same there", shown)
    assert [w.area.country for w in running.subscriptions.watches(CHANNEL)] == ["UA"]
    assert "News watches 0 areas." in (await ana.press("Watch nothing there")).text
    assert running.subscriptions.watches(CHANNEL) == []
    assert len(running.subscriptions.watches(7)) == 1


@pytest.mark.usefixtures("channel")
async def test_who_is_no_administrator_there_gets_nothing(
    person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    ben = person(8)
    await ben.ask("/watch Ukraine")
    assert "I can do nothing for @news" in (await ben.ask("/channel @news")).text
    await telegram.post("chats", id=CHANNEL, type="channel", title="News", username="news", admins=[7])
    assert "I can do nothing for @news" in (await person(7).ask("/channel @news")).text, "the bot has no rights"
    assert "I can do nothing for @nowhere" in (await ben.ask("/channel @nowhere")).text
    assert running.subscriptions.watches(CHANNEL) == []


@pytest.mark.usefixtures("channel")
async def test_rights_are_looked_at_again_when_it_is_pressed(ana: Person, telegram: Control, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    shown = await ana.ask("/channel @news")
    await telegram.post("chats", id=CHANNEL, type="channel", title="News", username="news", admins=[BOT])
    assert "I can do nothing" in (await ana.press("Watch the same there", shown)).text
    assert running.subscriptions.watches(CHANNEL) == []


@pytest.mark.parametrize(("text", "words"), [("/channel", "Prepare here"), ("/channel a b", "Prepare here")])
async def test_how_it_is_done(ana: Person, text: str, words: str) -> None:
    assert words in (await ana.ask(text)).text


async def test_it_is_for_private_chats(person: Callable[..., Person], telegram: Control) -> None:
    await telegram.post("chats", id=-1001, type="supergroup", admins=[1])
    assert "private chat" in (await person(-1001, 1).ask("/channel @news")).text
