"""Language, time zone, quiet hours, pausing and forgetting."""

from datetime import time

import pytest

from alerts.types import ChatState
from chat.hours import parse_quiet
from chat.services import Services
from pipeline.subscriptions import Quiet
from tests.person import Person
from tests.telling import tell


async def test_stop_pauses_and_start_resumes(ana: Person, running: Services) -> None:
    assert "you watch nothing yet" in (await ana.ask("/stop")).text
    await ana.ask("/watch Ukraine")
    assert "paused" in (await ana.ask("/stop")).text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.state is ChatState.PAUSED
    assert "paused" in (await ana.ask("/watches")).text
    assert "paused" in (await ana.ask("/watch Sudan")).text
    again = await ana.ask("/start")
    assert again.text.startswith("Alerts are on again.")
    assert "Ukraine" in again.text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.state is ChatState.ACTIVE


async def test_the_button_under_stop_resumes_too(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    await ana.ask("/stop")
    assert (await ana.press("Send alerts again")).text.startswith("Alerts are on again.")


async def test_forget_asks_then_erases(ana: Person, running: Services) -> None:
    assert "nothing to erase" in (await ana.ask("/forget")).text
    await ana.ask("/watch Ukraine")
    assert running.sample_store is not None
    tell(running.store, 7)
    tell(running.sample_store, 7)
    assert "1 watch and what it was told" in (await ana.ask("/forget")).text
    assert (await ana.press("Keep it")).text == "Nothing was erased."
    assert running.subscriptions.chat(7) is not None
    await ana.ask("/forget")
    done = await ana.press("Erase everything")
    everything = "the settings of this chat, 1 watch and the record of 2 alerts"
    assert done.text == f"Erased: {everything}. /start begins anew."
    assert running.subscriptions.chat(7) is None
    assert running.subscriptions.watches(7) == []


async def test_language_is_changed_by_button_and_by_word(ana: Person) -> None:
    await ana.ask("/watch Ukraine")
    assert {"English", "Français"} <= set((await ana.ask("/language")).buttons)
    assert (await ana.press("Français")).text == "Je parle français maintenant."
    assert "Ce que je sais faire" in (await ana.ask("/help")).text
    assert (await ana.ask("/language en")).text == "I speak English now."


async def test_time_zones_by_name_and_by_button(ana: Person, running: Services) -> None:
    shown = await ana.ask("/timezone africa/kinshasa")
    assert shown.text == "Times are shown in Africa/Kinshasa now. It is 19 March, 19:04 there."
    await ana.ask("/timezone")
    assert "Europe/Kyiv" in (await ana.press("Kyiv")).text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.time_zone == "Europe/Kyiv"
    assert "I know no time zone" in (await ana.ask("/timezone Qwzxqwzx")).text


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("Goma", "Africa/Lubumbashi"),
        ("Kinshasa", "Africa/Kinshasa"),
        ("Nord-Kivu", "Africa/Lubumbashi"),
        ("Soudan", "Africa/Khartoum"),
        ("غزة", "Asia/Gaza"),
    ],
)
async def test_a_time_zone_by_a_place(ana: Person, running: Services, written: str, zone: str) -> None:
    assert zone in (await ana.ask(f"/timezone {written}")).text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert chat.time_zone == zone


async def test_a_country_of_several_clocks_is_asked_about(ana: Person, running: Services) -> None:
    asked = await ana.ask("/timezone RDC")
    assert asked.buttons == ("Kinshasa", "Lubumbashi")
    assert "Africa/Lubumbashi" in (await ana.press("Lubumbashi")).text


async def test_quiet_hours_by_text_and_by_button(ana: Person, running: Services) -> None:
    assert "Quiet from 22:00 to 06:00 (UTC)" in (await ana.ask("/quiet 22:00-06:00")).text
    chat = running.subscriptions.chat(7)
    assert chat is not None
    assert (chat.quiet_from, chat.quiet_until) == (time(22), time(6))
    assert "Quiet hours: 22:00-06:00" in (await ana.ask("/quiet")).text
    assert "No quiet hours" in (await ana.press("No quiet hours")).text
    assert "I read no hours" in (await ana.ask("/quiet at night")).text
    assert "No quiet hours" in (await ana.ask("/quiet off")).text


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("22:00-06:00", Quiet(time(22), time(6))),
        ("22-6", Quiet(time(22), time(6))),
        ("22h30 à 6h", Quiet(time(22, 30), time(6))),
        ("21.15 to 5", Quiet(time(21, 15), time(5))),
        ("22-24", Quiet(time(22), time(0))),
        ("22:00-22:00", None),
        ("25:00-06:00", None),
        ("22:00", None),
        ("night", None),
    ],
)
def test_hours_as_people_write_them(written: str, hours: Quiet | None) -> None:
    assert parse_quiet(written) == hours
