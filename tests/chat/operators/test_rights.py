"""To all but operators in their private chats, operators' commands do not exist."""

from collections.abc import Callable
from typing import Any

import pytest

from chat.operators.menu import COMMANDS
from chat.presses import Press
from chat.services import Services
from emulator.client import Control
from tests.chat.conftest import OPERATOR
from tests.person import Person

UNKNOWN = "I do not know this command. /help lists those I know."


@pytest.mark.parametrize("command", COMMANDS)
async def test_others_are_told_that_there_is_no_such_command(ana: Person, command: str, running: Services) -> None:
    assert (await ana.ask(f"/{command} add http://example.com/")).text == UNKNOWN
    assert running.subscriptions.chat(7) is None


async def test_buttons_of_operators_are_dead_in_other_hands(ana: Person, bot: Any, running: Services) -> None:
    with running.store.write() as tx:
        draft = tx.operating.add_draft("Hello", running.clock())
    presses = [
        Press.BROADCAST.data(draft, "yes"),
        Press.FEEDS.data(0, ""),
        Press.FEED_ADD.data(draft),
        Press.WITHDRAW.data(draft, "yes"),
        Press.REVIEW.data(1, "withdrawn"),
        Press.INVITE.data(""),
    ]
    keyboard = {"inline_keyboard": [[{"text": data, "callback_data": data}] for data in presses]}
    await bot.send_message(7, "forged", reply_markup=keyboard)
    for data in presses:
        assert "out of date" in await ana.toast(data)
    with running.store.read() as tx:
        assert tx.notices.pending() is None


async def test_in_groups_nobody_has_them(person: Callable[..., Person], telegram: Control) -> None:
    await telegram.post("chats", id=-1001, type="supergroup", admins=[OPERATOR])
    boss = person(-1001, OPERATOR)
    await boss.tell("/stats")
    assert (await boss.ask("/stats@fake123456_bot")).text == UNKNOWN
    assert len(await boss.all()) == 1


async def test_an_operator_who_used_them_can_be_told_of_trouble(boss: Person, running: Services) -> None:
    await boss.ask("/stats")
    assert running.subscriptions.chat(OPERATOR) is not None


async def test_help_tells_operators_of_their_commands(boss: Person, ana: Person) -> None:
    assert "/broadcast - Tell all chats something" in (await boss.ask("/help")).text
    assert "/broadcast" not in (await ana.ask("/help")).text
