"""/share: a link that carries what a chat watches to others."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.types import Severity, Watch
from chat.services import Services
from classifiers.taxonomy import Signal
from emulator.client import Control
from pipeline.sharing import LIFE, MAX_SHARES
from pipeline.subscriptions import MAX_WATCHES
from tests.builders import NOW, make_area, make_chat, make_watch
from tests.person import Person, Shown

GROUP = -1001


@pytest.fixture
def watching(running: Services) -> list[Watch]:
    """Chat 7 watches two places, one of them with settings of its own."""
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        return [
            tx.chats.add_watch(
                make_watch(7, min_severity=Severity.EXTREME, kinds=frozenset({Signal.UNREST, Signal.DISPLACEMENT}))
            ),
            tx.chats.add_watch(make_watch(7, area=make_area(name="Goma", lat=-1.7, lon=29.2))),
        ]


def token_in(shown: Shown) -> str:
    found = re.search(r"\?start=(\S+)", shown.text)
    assert found is not None
    return found[1]


def at(services: Services, moment: datetime) -> None:
    object.__setattr__(services, "clock", lambda: moment)


async def test_a_link_carries_whole_watches_and_names_no_chat(
    ana: Person, person: Callable[..., Person], watching: list[Watch], running: Services
) -> None:
    shown = await ana.ask("/share")
    token = token_in(shown)
    assert "https://t.me/fake123456_bot?start=" in shown.text
    assert "To add them to a group:\n" in shown.text
    assert f"?startgroup={token}" in shown.text
    assert "until 26 March 2025, 18:04" in shown.text
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", token), "what Telegram takes in a deep link"
    ben = person(8)
    preview = await ben.ask(f"/start {token}")
    assert "This link adds 2 watches" in preview.text
    assert "Walikale" in preview.text
    assert "Goma" in preview.text
    assert running.subscriptions.watches(8) == [], "nothing is saved before the tap"
    assert "Added: 2 watches." in (await ben.press("Add")).text
    copies = running.subscriptions.watches(8)
    assert [(w.area, w.min_severity, w.kinds) for w in copies] == [(w.area, w.min_severity, w.kinds) for w in watching]


@pytest.mark.usefixtures("watching")
async def test_only_a_hash_of_the_token_is_kept(ana: Person, running: Services, sqlite_url: str) -> None:
    token = token_in(await ana.ask("/share"))
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    files = [file.read_bytes() for file in folder.glob("tocsin.sqlite*")]
    assert any(b"shares" in data for data in files)
    assert not any(token.encode() in data for data in files)


@pytest.mark.usefixtures("watching")
async def test_adding_twice_changes_nothing(ana: Person, person: Callable[..., Person], running: Services) -> None:
    token = token_in(await ana.ask("/share"))
    ben = person(8)
    first, second = await ben.ask(f"/start {token}"), await ben.ask(f"/start {token}")
    await ben.press("Add", first)
    assert "left as they were: 2" in (await ben.press("Add", second)).text
    assert len(running.subscriptions.watches(8)) == 2
    again = await ben.ask(f"/start {token}")
    assert "You watch 2 of these areas already" in again.text
    assert again.buttons == ()


@pytest.mark.usefixtures("watching")
async def test_what_is_watched_already_keeps_its_own_settings(
    ana: Person, person: Callable[..., Person], running: Services
) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(8))
        own = tx.chats.add_watch(make_watch(8, area=make_area(radius_km=50), min_severity=Severity.MINOR))
    ben = person(8)
    await ben.ask(f"/start {token_in(await ana.ask('/share'))}")
    assert "Added: 1 watch." in (await ben.press("Add")).text
    assert own in running.subscriptions.watches(8)


@pytest.mark.usefixtures("watching")
async def test_a_link_that_was_taken_back_is_dead(ana: Person, person: Callable[..., Person]) -> None:
    shown = await ana.ask("/share")
    ben = person(8)
    preview = await ben.ask(f"/start {token_in(shown)}")
    listed = await ana.press("My links", shown)
    assert "1 link works" in listed.text
    gone, toast = await ana.press_and_hear("Take back 1")
    assert "No link of this chat works" in gone.text
    assert "does not work any more" in toast
    assert "This link does not work" in (await ben.ask(f"/start {token_in(shown)}")).text
    assert "This link does not work" in (await ben.press("Add", preview)).text


@pytest.mark.usefixtures("watching")
async def test_a_link_dies_after_seven_days(ana: Person, person: Callable[..., Person], running: Services) -> None:
    token = token_in(await ana.ask("/share"))
    ben = person(8)
    at(running, NOW + LIFE - timedelta(minutes=1))
    assert "This link adds" in (await ben.ask(f"/start {token}")).text
    at(running, NOW + LIFE)
    assert "older than 7 days" in (await ben.ask(f"/start {token}")).text


@pytest.mark.parametrize("token", ["w", "wAAAAAAAAAAAAAAAAAAAAAA", "w" * 64, "cm0|7", "🙂"])
async def test_a_malformed_link_says_so_and_begins(ana: Person, token: str) -> None:
    await ana.tell(f"/start {token}")
    texts = [shown.text for shown in await ana.all(at_least=1)]
    assert "This link does not work" in texts[0]


@pytest.mark.usefixtures("watching")
async def test_nobody_takes_back_the_links_of_others(
    ana: Person, person: Callable[..., Person], running: Services
) -> None:
    await ana.ask("/share")
    (share,) = running.sharing.shares(7, NOW)
    assert not running.sharing.revoke(8, share.id)
    assert running.sharing.shares(7, NOW) == [share]


@pytest.mark.usefixtures("watching")
async def test_a_full_chat_gets_all_or_nothing(ana: Person, person: Callable[..., Person], running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(8))
        for number in range(MAX_WATCHES - 1):
            tx.chats.add_watch(make_watch(8, area=make_area(lat=50.0, lon=number / 10)))
    ben = person(8)
    await ben.ask(f"/start {token_in(await ana.ask('/share'))}")
    assert "Nothing was added" in (await ben.press("Add")).text
    assert len(running.subscriptions.watches(8)) == MAX_WATCHES - 1


@pytest.mark.usefixtures("watching")
async def test_there_are_so_many_links_and_no_more(ana: Person, running: Services) -> None:
    for _ in range(MAX_SHARES):
        running.sharing.share(7, NOW)
    full = await ana.ask("/share")
    assert "the most there can be" in full.text
    assert "10. 2 watches, made 19 March 2025, 18:04" in full.text
    assert len(running.sharing.shares(7, NOW)) == MAX_SHARES


async def test_who_watches_nothing_has_nothing_to_share(ana: Person) -> None:
    assert "nothing to share" in (await ana.ask("/share")).text


@pytest.mark.usefixtures("watching")
async def test_forgetting_takes_the_links_along(ana: Person, person: Callable[..., Person]) -> None:
    token = token_in(await ana.ask("/share"))
    await ana.ask("/forget")
    await ana.press("Erase everything")
    assert "This link does not work" in (await person(8).ask(f"/start {token}")).text


@pytest.mark.usefixtures("watching")
async def test_in_french(ana: Person, person: Callable[..., Person], telegram: Control) -> None:
    await telegram.post("chats", id=9, language="fr")
    await ana.ask("/language fr")
    shown = await ana.ask("/share")
    assert "Un lien vers vos 2 lieux surveillés" in shown.text
    ben = person(9)
    preview = await ben.ask(f"/start {token_in(shown)}")
    assert "Ce lien ajoute 2 lieux surveillés" in preview.text
    assert "2 lieux surveillés ajoutés" in (await ben.press("Ajouter")).text
    assert "Ce lien ne marche pas" in (await ben.ask("/start wrong")).text


@pytest.mark.usefixtures("watching")
async def test_a_group_takes_it_from_an_administrator_only(
    ana: Person, person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=GROUP, type="supergroup", title="Desk", admins=[1])
    token = token_in(await ana.ask("/share"))
    admin, member = person(GROUP, 1), person(GROUP, 2)
    assert "Only administrators" in (await member.ask(f"/start@fake123456_bot {token}")).text
    preview = await admin.ask(f"/start@fake123456_bot {token}")
    assert "Only administrators" in await member.toast("Add", preview)
    await admin.press("Add", preview)
    assert len(running.subscriptions.watches(GROUP)) == 2
    assert "Only administrators" in (await member.ask("/share")).text


async def test_one_watch_is_spoken_of_as_one(ana: Person) -> None:
    await ana.ask("/watch Ukraine")
    assert "To add it to a group:" in (await ana.ask("/share")).text
    await ana.ask("/language fr")
    french = (await ana.ask("/share")).text
    assert "Un lien vers votre 1 lieu surveillé" in french
    assert "Pour l’ajouter à un groupe\u00a0:" in french
