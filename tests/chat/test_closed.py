"""A bot for a closed team: who is let in, and what the others see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.types import ChatState, Language
from chat.services import Services
from emulator.client import Control
from pipeline.admission import LIFE, Admission
from tests.builders import NOW, make_chat
from tests.chat.conftest import OPERATOR
from tests.person import Person

ALLOWED, GROUP, ADMIN = 55, -1001, 1


@pytest.fixture
async def services(services: Services) -> Services:
    """Of a bot that serves one chat, the operator and the invited."""
    admission = Admission(services.store, services.clock, closed=True, allowed=[ALLOWED], operators=[OPERATOR])
    return replace(services, admission=admission)


@pytest.fixture
async def boss(person: Callable[..., Person], telegram: Control) -> Person:
    await telegram.post("chats", id=OPERATOR)
    return person(OPERATOR, OPERATOR)


async def invited(boss: Person) -> str:
    """A new code."""
    link = (await boss.ask("/invite")).text.splitlines()[1]
    assert link.startswith("https://t.me/fake123456_bot?start=join-")
    return link.partition("start=")[2]


async def test_strangers_get_a_plain_answer_and_nothing_is_stored(ana: Person, running: Services) -> None:
    for words in ("/start", "/watch Ukraine", "hello", "/start join-wrong", "/start@fake123456_bot x"):
        assert (await ana.ask(words)).text.startswith("This bot is for a closed team"), words
    french: dict[str, Any] = {"from": {"id": 7, "is_bot": False, "first_name": "Ana", "language_code": "fr"}}
    assert (await ana.ask("/start", **french)).text.startswith("Ce bot est réservé à une équipe")
    with running.store.read() as tx:
        assert tx.counts.chats() == {}


async def test_a_code_lets_one_chat_in_for_good(boss: Person, ana: Person, person: Callable[..., Person]) -> None:
    code = await invited(boss)
    assert "Choose a language" in (await ana.ask(f"/start {code}")).text
    assert (await ana.ask("/watch Ukraine")).text.startswith("Saved.")
    assert "You watch:" in (await ana.ask(f"/start {code}")).text  # the link pressed again
    await boss.telegram.post("chats", id=8)
    assert (await person(8).ask(f"/start {code}")).text.startswith("This bot is for a closed team")


async def test_a_code_is_kept_as_a_hash_and_shown_once(boss: Person, running: Services) -> None:
    code = await invited(boss)
    with running.store.write() as tx:
        assert not tx.invites.use(code, 7, NOW)
    listed = await boss.ask("/invite list")
    assert code not in listed.text
    assert listed.text.splitlines()[1] == "1. of 19 March, 18:04, not used yet, dies 26 March, 18:04"


async def test_a_revoked_code_is_dead_and_its_chat_is_out(boss: Person, ana: Person, running: Services) -> None:
    code = await invited(boss)
    assert "Invitation 1 is revoked." in (await boss.press("Revoke it")).text
    assert (await ana.ask(f"/start {code}")).text.startswith("This bot is for a closed team")
    await ana.ask(f"/start {await invited(boss)}")
    await ana.ask("/watch Ukraine")
    listed = await boss.ask("/invite list")
    assert listed.text.splitlines()[1] == "2. of 19 March, 18:04, used"
    await boss.press("Revoke 2")
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.state is ChatState.RETIRED
    assert (await ana.ask("/watches")).text.startswith("This bot is for a closed team")


async def test_a_code_dies_after_a_week(ana: Person, running: Services) -> None:
    late = Admission(running.store, lambda: NOW - LIFE, closed=True)
    _, code = late.invite()
    assert (await ana.ask(f"/start {code}")).text.startswith("This bot is for a closed team")
    early = Admission(running.store, lambda: NOW - LIFE + timedelta(minutes=1), closed=True)
    _, code = early.invite()
    assert "Choose a language" in (await ana.ask(f"/start {code}")).text


async def test_listed_chats_need_no_code(person: Callable[..., Person], telegram: Control) -> None:
    await telegram.post("chats", id=ALLOWED)
    assert "Choose a language" in (await person(ALLOWED).ask("/start")).text


async def test_a_group_is_let_in_by_its_administrator(
    boss: Person, person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    code = await invited(boss)
    await telegram.post("chats", id=GROUP, type="supergroup", admins=[ADMIN])
    admin, member = person(GROUP, ADMIN), person(GROUP, 2)
    assert (await member.ask(f"/start {code}")).text.startswith("This bot is for a closed team")
    assert "Choose a language" in (await admin.ask(f"/start {code}")).text
    await telegram.post("migrate", chat_id=GROUP, to=-10055)
    await telegram.post("chats", id=-10055, type="supergroup", admins=[ADMIN])
    assert "Feeds:" in (await person(-10055, ADMIN).ask("/status")).text


async def test_a_stranger_group_is_not_greeted(person: Callable[..., Person], telegram: Control, boss: Person) -> None:
    await telegram.post("chats", id=GROUP, type="supergroup", admins=[ADMIN])
    await telegram.post("member", chat_id=GROUP, status="left")
    await telegram.post("member", chat_id=GROUP, status="member")
    await boss.ask("/stats")
    assert await person(GROUP).all() == []


async def test_forgetting_takes_the_invitation_too(boss: Person, ana: Person, running: Services) -> None:
    await ana.ask(f"/start {await invited(boss)}")
    await ana.ask("/watch Ukraine")
    assert "you would need a new invitation" in (await ana.ask("/forget")).text
    await ana.press("Erase everything")
    assert (await ana.ask("/start")).text.startswith("This bot is for a closed team")
    with running.store.read() as tx:
        assert tx.invites.all(NOW) == []


def test_chats_of_before_are_retired_when_the_bot_closes(services: Services) -> None:
    with services.store.write() as tx:
        for chat_id in (7, ALLOWED, OPERATOR):
            tx.chats.put(make_chat(chat_id, language=Language.FR))
    services.admission.shut()
    with services.store.read() as tx:
        assert tx.chats.active(None, 9) == [ALLOWED, OPERATOR]
