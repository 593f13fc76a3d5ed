"""Forum topics: /topic, alerts in the topic of their watch, and the fall back to General."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from telegram.ext import ExtBot

from alerts.types import ChatKind, Language, Watch
from chat.channel import TelegramChannel
from chat.services import Services
from emulator.client import Control
from pipeline.channel import Urgency
from pipeline.deliver import Deliverer
from tests.builders import NOW, make_area, make_chat, make_place, make_watch
from tests.person import Person
from tests.telling import tell

FORUM = -100321
KHARKIV = make_place(id="gn:706483", name="Kharkiv", country="UA", admin1=None, admin2=None, lat=50.0, lon=36.2)
ADMIN, MEMBER = 1, 2
Told = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def kivu(telegram: Control, running: Services) -> int:
    """A forum with a topic for North Kivu: its thread."""
    await telegram.post("chats", id=FORUM, is_forum=True, title="Desk", admins=[ADMIN])
    return int((await telegram.post("topic", chat_id=FORUM, name="North Kivu"))["thread_id"])


@pytest.fixture
def watches(running: Services) -> tuple[Watch, Watch]:
    with running.store.write() as tx:
        tx.chats.put(make_chat(FORUM, kind=ChatKind.SUPERGROUP))
        return (
            tx.chats.add_watch(make_watch(FORUM, area=make_area(name="Walikale"))),
            tx.chats.add_watch(make_watch(FORUM, area=make_area(name="Kharkiv", lat=50.0, lon=36.2))),
        )


@pytest.fixture
def told(running: Services, bot: ExtBot[Urgency], telegram: Control) -> Told:
    """Tells the forum of an incident at Walikale; the message."""
    deliverer = Deliverer(running.store, TelegramChannel(bot), running.clock, lambda: 0.0)

    async def told_of(*matched: Watch, **fields: Any) -> dict[str, Any]:
        tell(running.store, FORUM, message_id=None, watch_ids=[watch.id for watch in matched], **fields)
        await deliverer.drain()
        message: dict[str, Any] = (await telegram.messages(FORUM))[-1]["message"]
        return message

    return told_of


async def test_a_watch_is_bound_where_topic_is_said(
    person: Callable[..., Person], kivu: int, watches: tuple[Watch, Watch], told: Told
) -> None:
    admin = person(FORUM, ADMIN)
    shown = await admin.ask("/topic", thread=kivu)
    assert shown.buttons == ("Walikale", "Kharkiv")
    assert (await admin.press("Walikale", shown)).buttons == ("✓ Walikale", "Kharkiv")
    message = await told(watches[0])
    assert message["message_thread_id"] == kivu
    assert "message_thread_id" not in await told(watches[1], title="Elsewhere", place=KHARKIV)


async def test_a_watch_is_brought_back_to_general(
    person: Callable[..., Person], kivu: int, watches: tuple[Watch, Watch], running: Services
) -> None:
    running.topics.set(FORUM, watches[0].id, kivu)
    admin = person(FORUM, ADMIN)
    shown = await admin.ask("/topic")
    assert shown.buttons == ("Walikale", "✓ Kharkiv")
    assert (await admin.press("Walikale", shown)).buttons == ("✓ Walikale", "✓ Kharkiv")
    assert running.topics.topics(FORUM) == {}
    again = await admin.ask("/topic", thread=kivu)
    first = await admin.press("Walikale", again)
    assert (await admin.press("✓ Walikale", first)).buttons == ("Walikale", "Kharkiv")


@pytest.mark.parametrize("state", ["closed", "deleted"])
async def test_a_topic_that_takes_nothing_falls_back_to_general_and_says_so_once(
    kivu: int, watches: tuple[Watch, Watch], told: Told, running: Services, telegram: Control, state: str
) -> None:
    running.topics.set(FORUM, watches[0].id, kivu)
    await telegram.post("topic", chat_id=FORUM, thread_id=kivu, state=state)
    first = await told(watches[0])
    assert "message_thread_id" not in first
    assert "The topic for Walikale is closed or gone" in first["text"]
    second = await told(watches[0], title="Another event")
    assert "message_thread_id" not in second
    assert "closed or gone" not in second["text"]
    assert running.topics.topics(FORUM) == {}


async def test_only_administrators_move_watches(
    person: Callable[..., Person], kivu: int, watches: tuple[Watch, Watch], running: Services
) -> None:
    admin, member = person(FORUM, ADMIN), person(FORUM, MEMBER)
    assert "Only administrators" in (await member.ask("/topic", thread=kivu)).text
    shown = await admin.ask("/topic", thread=kivu)
    assert "Only administrators" in await member.toast("Walikale", shown)
    assert running.topics.topics(FORUM) == {}


async def test_a_button_of_a_watch_that_is_gone_is_out_of_date(
    person: Callable[..., Person], kivu: int, watches: tuple[Watch, Watch], running: Services
) -> None:
    admin = person(FORUM, ADMIN)
    shown = await admin.ask("/topic", thread=kivu)
    running.subscriptions.remove_watch(FORUM, watches[0].id)
    assert "out of date" in await admin.toast("Walikale", shown)


async def test_where_there_are_no_topics_it_says_so(ana: Person) -> None:
    assert "This chat has no topics" in (await ana.ask("/topic")).text


async def test_in_french(
    person: Callable[..., Person],
    kivu: int,
    watches: tuple[Watch, Watch],
    told: Told,
    running: Services,
    telegram: Control,
) -> None:
    running.subscriptions.set_language(FORUM, ChatKind.SUPERGROUP, Language.FR)
    assert "signalés dans ce sujet" in (await person(FORUM, ADMIN).ask("/topic", thread=kivu)).text
    running.topics.set(FORUM, watches[0].id, kivu)
    await telegram.post("topic", chat_id=FORUM, thread_id=kivu, state="closed")
    assert "Le sujet pour Walikale est fermé ou supprimé" in (await told(watches[0], at=NOW))["text"]
