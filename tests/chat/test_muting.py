"""The "Mute" button of an alert and /mutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.mutes import MuteScope, mute_of
from alerts.types import Edition, Language
from chat.services import Services
from emulator.client import Control
from tests.builders import NOW, make_chat
from tests.person import Person
from tests.telling import Alerted, tell

OWN = ("Sources", "Map", "Why?", "Mute", "Wrong?")


def scopes(running: Services, chat_id: int = 7) -> list[MuteScope]:
    with running.store.read() as tx:
        return [mute.scope for mute in tx.mutes.of_chat(chat_id, NOW)]


async def test_a_place_is_muted_within_the_alert_s_buttons(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    asked = await ana.press("Mute")
    assert asked.buttons == ("Walikale (DR Congo)", "Territory captured", "This event", "◀ Back")
    assert (await ana.press("Walikale (DR Congo)")).buttons == ("6 hours", "24 hours", "A week", "◀ Back")
    done, toast = await ana.press_and_hear("6 hours")
    assert toast.startswith("Muted until 20 March, 00:04: Walikale (DR Congo). Withdrawals and corrections still come.")
    assert (done.text, done.buttons) == ("REPORTED", OWN)
    assert scopes(running) == [MuteScope.PLACE]
    assert len(await ana.all()) == 1


async def test_a_mute_is_seen_and_ended_where_it_was_made(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    for label in ("Mute", "This event", "A week", "Mute"):
        shown = await ana.press(label)
    assert "✓ This event" in shown.buttons
    assert "End the mute" in (await ana.press("✓ This event")).buttons
    done, toast = await ana.press_and_hear("End the mute")
    assert (done.buttons, toast) == (OWN, "The mute has ended.")
    assert scopes(running) == []


async def test_a_button_of_before_does_no_harm(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    await ana.press("Mute")
    running.subscriptions.forget(7)
    assert "out of date" in await ana.toast("This event")
    assert scopes(running) == []


async def test_mutes_are_listed_with_their_end_and_ended(ana: Person, alerted: Alerted, running: Services) -> None:
    assert "Nothing is muted" in (await ana.ask("/mutes")).text
    await alerted()
    alert = await ana.last()
    for label in ("Mute", "Territory captured", "24 hours", "Mute", "This event", "6 hours"):
        await ana.press(label, alert)
    listed = await ana.ask("/mutes")
    assert listed.text.splitlines() == [
        "You muted 2 things:",
        "1. T-0001 Territory captured, until 20 March, 00:04",
        "2. Territory captured, until 20 March, 18:04",
        "Withdrawals and corrections of what I told you still come.",
    ]
    twin = await ana.ask("/mutes")
    left = await ana.press("1. End", listed)
    assert "You muted 1 thing:" in left.text
    assert scopes(running) == [MuteScope.KIND]
    assert "out of date" in await ana.toast("1. End", twin)
    assert "Nothing is muted" in (await ana.press("1. End", left)).text


async def test_what_is_muted_in_the_sample_is_muted_in_both(ana: Person, running: Services) -> None:
    """A place or kind is; an incident is that of its own archive."""
    assert running.sample_store is not None
    running.subscriptions.ensure(7, make_chat(7).kind, Language.EN)
    incident = tell(running.sample_store, 7)
    for scope in (MuteScope.PLACE, MuteScope.INCIDENT):
        data = mute_of(scope, incident, 7, NOW + timedelta(hours=6))
        for store in running.stores if scope is MuteScope.PLACE else [running.sample_store]:
            with store.write() as tx:
                tx.mutes.put(data)
    listed = await ana.ask("/mutes")
    assert "1. Walikale (DR Congo), until" in listed.text
    assert f"2. {Edition.SAMPLE.value}-0001 Territory captured, until" in listed.text
    await ana.press("1. End", listed)
    assert scopes(running) == []


async def test_in_french(ana: Person, alerted: Alerted, running: Services) -> None:
    await alerted()
    running.subscriptions.set_language(7, make_chat(7).kind, Language.FR)
    await ana.press("Mute")
    await ana.press("Cet événement")
    _, toast = await ana.press_and_hear("Une semaine")
    assert toast.startswith("Silence jusqu’au 26 mars, 18:04\u00a0: T-0001.")
    assert "1. T-0001 Territoire pris, jusqu’au 26 mars, 18:04" in (await ana.ask("/mutes")).text


@pytest.mark.parametrize("chat_type", ["group", "channel"])
async def test_only_administrators_mute_for_a_group(
    person: Callable[..., Person], alerted: Alerted, telegram: Control, running: Services, chat_type: str
) -> None:
    await telegram.post("chats", id=-50, type=chat_type, admins=[11])
    await alerted(-50)
    assert "Only administrators" in await person(-50, user_id=12).toast("Mute")
    admin = person(-50, user_id=11)
    for label in ("Mute", "This event", "6 hours"):
        await admin.press(label)
    assert scopes(running, -50) == [MuteScope.INCIDENT]
