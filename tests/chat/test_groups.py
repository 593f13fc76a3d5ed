"""Groups, channels, and chats that come and go."""

from collections.abc import Callable

import pytest

from alerts.types import ChatState
from chat.dispatch import App
from chat.services import Services
from emulator.client import Control
from tests.person import Person

GROUP = -1001
ADMIN, MEMBER = 1, 2
ANONYMOUS = {"sender_chat": {"id": GROUP, "type": "supergroup", "title": "Group"}}


@pytest.fixture
async def group(telegram: Control) -> None:
    await telegram.post("chats", id=GROUP, type="supergroup", title="Lakes desk", admins=[ADMIN])


@pytest.mark.usefixtures("group")
async def test_administrators_configure_and_members_read(person: Callable[..., Person], running: Services) -> None:
    admin, member = person(GROUP, ADMIN), person(GROUP, MEMBER)
    saved = await admin.ask("/watch Ukraine")
    assert saved.text.startswith("Saved.")
    assert saved.quoted == "/watch Ukraine"
    assert "Only administrators" in (await member.ask("/watch Sudan")).text
    assert "Only administrators" in (await member.ask("/stop")).text
    assert "Only administrators" in await member.toast("Remove", saved)
    assert "You watch 1 area" in (await member.ask("/watches")).text
    assert "Feeds:" in (await member.ask("/status")).text
    assert len(running.subscriptions.watches(GROUP)) == 1
    assert "Removed: Ukraine" in (await admin.press("Remove", saved)).text


@pytest.mark.usefixtures("group")
async def test_anonymous_administrators_write_in_the_groups_name(
    person: Callable[..., Person], running: Services
) -> None:
    await person(GROUP, MEMBER).ask("/watch Sudan", **ANONYMOUS)
    assert [watch.area.country for watch in running.subscriptions.watches(GROUP)] == ["SD"]
    other = {"sender_chat": {"id": -1002, "type": "channel", "title": "Elsewhere"}}
    assert "Only administrators" in (await person(GROUP, ADMIN).ask("/watch Ukraine", **other)).text


@pytest.mark.usefixtures("group")
async def test_an_operator_may_configure_any_group(person: Callable[..., Person], running: Services) -> None:
    await person(GROUP, 4242).ask("/watch Ukraine")
    assert len(running.subscriptions.watches(GROUP)) == 1


@pytest.mark.usefixtures("group")
async def test_talk_among_people_is_left_alone(person: Callable[..., Person]) -> None:
    admin = person(GROUP, ADMIN)
    await admin.tell("Ukraine")
    await admin.tell("/frobnicate")
    await admin.tell("/watch@other_bot Ukraine")
    assert "/help" in (await admin.ask("/frobnicate@fake123456_bot")).text
    assert len(await admin.all()) == 1


async def test_a_channels_posts_are_its_administrators(
    person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=-1005, type="channel", title="News")
    assert (await person(-1005).ask("/watch Ukraine")).text.startswith("Saved.")
    assert len(running.subscriptions.watches(-1005)) == 1


@pytest.mark.usefixtures("group")
async def test_a_new_group_is_greeted(person: Callable[..., Person], telegram: Control) -> None:
    await telegram.post("member", chat_id=GROUP, status="left")
    await telegram.post("member", chat_id=GROUP, status="member")
    (greeting,) = await person(GROUP).all(at_least=1)
    assert "Administrators: /start" in greeting.text


async def test_who_blocks_is_retired_and_who_returns_is_active(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    await ana.telegram.post("member", chat_id=7, status="kicked")
    await ana.telegram.post("member", chat_id=7, status="member")
    assert "You watch 1 area" in (await ana.ask("/watches")).text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.state is ChatState.ACTIVE


async def test_blocking_alone_retires(
    ana: Person, person: Callable[..., Person], running: Services, application: App
) -> None:
    await ana.ask("/watch Ukraine")
    await ana.telegram.post("member", chat_id=7, status="kicked")
    await person(8).ask("/help")  # a later update was taken
    await application.stop()  # and every one taken is finished
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.state is ChatState.RETIRED


@pytest.mark.usefixtures("group")
async def test_a_group_that_becomes_a_supergroup_keeps_its_watches(
    person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=-55, type="group", admins=[ADMIN])
    await person(-55, ADMIN).ask("/watch Ukraine")
    await telegram.post("migrate", chat_id=-55, to=-10055)
    assert "You watch 1 area" in (await person(-10055, ADMIN).ask("/watches")).text
    assert running.subscriptions.chat(-55) is None
