"""/map, /trend and the Map button, as people see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.types import Language
from chat import easel
from chat.services import Services
from classifiers.taxonomy import Signal
from emulator.client import Control
from places.types import AreaKind, Precision
from tests.builders import NOW, make_area, make_article, make_chat, make_place, make_watch
from tests.person import Person
from tests.telling import Alerted, tell

DAY = timedelta(days=1)
KHARKIV = make_place(
    id="gn:706483", name="Kharkiv", country="UA", admin1="Kharkiv Oblast", admin2=None, lat=50.0, lon=36.2
)
CONGO = make_place(
    id="c:CD", name="DR Congo", precision=Precision.COUNTRY, admin1=None, admin2=None, uncertainty_km=1200.0
)
KIVU = make_area(kind=AreaKind.ADMIN1, name="North Kivu", country="CD", admin1="North Kivu", lat=None, lon=None)


@pytest.fixture
def told(running: Services) -> Services:
    """Chat 7 was told of Walikale today and of Kharkiv last month; news has been read for 200 days."""
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.articles.add(make_article(fetched=NOW - 200 * DAY), "h")
    tell(running.store, 7)
    tell(running.store, 7, place=KHARKIV, first_seen=NOW - 33 * DAY)
    return running


def happened(services: Services) -> None:
    """Something that another chat was told of."""
    with services.store.write() as tx:
        tx.chats.put(make_chat(8))
    tell(services.store, 8)


def watch(services: Services, *areas: Any) -> None:
    with services.store.write() as tx:
        for area in areas:
            tx.chats.add_watch(make_watch(7, area=area))


async def message(telegram: Control, chat_id: int = 7) -> dict[str, Any]:
    found: dict[str, Any] = (await telegram.messages(chat_id))[-1]["message"]
    return found


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("asked", ["North Kivu", "Walikale 200 km 30", "DR Congo 2025-03", "world", "Nord-Kivu 7 days"])
async def test_a_map_with_its_words(ana: Person, telegram: Control, asked: str) -> None:
    shown = await ana.ask(f"/map {asked}")
    assert "1 incident: Territory captured 1." in shown.text
    assert "· T-0001 REPORTED: Territory captured, Walikale (DR Congo)." in shown.text
    assert (await message(telegram))["photo"]


@pytest.mark.usefixtures("told")
async def test_the_period_counts(ana: Person, telegram: Control) -> None:
    assert "1 incident" in (await ana.ask("/map Ukraine 2025-02")).text
    assert (await message(telegram))["photo"]
    assert (await ana.ask("/map Ukraine")).text == (
        "Ukraine: the last 30 days, as of 19 March 2025, 18:04 (UTC).\n"
        "I know of nothing there that was worth an alert. That nothing is reported is no safety."
    )
    assert not (await message(telegram)).get("photo")


@pytest.mark.usefixtures("told")
async def test_weeks_with_their_words(ana: Person, telegram: Control) -> None:
    shown = await ana.ask("/trend North Kivu")
    assert shown.text.startswith("North Kivu, DR Congo: the last 12 weeks, as of 19 March 2025")
    assert "In the last 7 days of this: 1." in shown.text
    assert "by the 16 weeks before" in shown.text
    assert (await message(telegram))["photo"]
    assert (await ana.ask("/trend Ukraine 2025-02")).text.startswith("Ukraine: 4 weeks up to 28 February 2025, as of")


async def test_a_bot_without_news_says_so_and_draws_nothing(ana: Person, telegram: Control) -> None:
    shown = await ana.ask("/trend North Kivu")
    assert "I know of nothing there" in shown.text
    assert "not read the news for long enough" in shown.text
    assert not (await message(telegram)).get("photo")


@pytest.mark.parametrize("command", ["/map", "/trend"])
async def test_what_cannot_be_understood(ana: Person, command: str) -> None:
    unknown = (await ana.ask(f"{command} Xyzzyxyzzy")).text
    assert unknown.startswith("I know no place called “Xyzzyxyzzy”.")
    assert f"Write for example: {command} North Kivu 2025-03." in unknown
    assert "number of days up to 365." in (await ana.ask(f"{command} North Kivu 400 days")).text
    for number in ("400", "99999"):
        assert f"nor a period called “North Kivu {number}”" in (await ana.ask(f"{command} North Kivu {number}")).text
    assert "nor a period" not in (await ana.ask(f"{command} North Kivu 100")).text
    assert (
        "I know neither a place nor a period called “North Kivu 2025-13”"
        in (await ana.ask(f"{command} North Kivu 2025-13")).text
    )
    assert (await ana.ask(f"{command} North Kivu 2026-03")).text == "2026-03 is still to come."
    assert "from 1 to 1,000" in (await ana.ask(f"{command} abc km around Walikale")).text
    assert "Places that are called alike: Walikale" in (await ana.ask(f"{command} Walikalle")).text
    assert (await ana.ask(command)).text.startswith("Which place? Write for example")


@pytest.mark.parametrize("command", ["/map", "/trend"])
async def test_without_a_place_it_is_of_what_the_chat_watches(
    ana: Person, told: Services, telegram: Control, command: str
) -> None:
    watch(told, KIVU)
    assert (await ana.ask(command)).text.startswith("North Kivu: ")
    watch(told, make_area(name="200 km around Walikale"), KIVU)
    asked = await ana.ask(f"{command} 2025-03")
    assert asked.buttons == ("North Kivu", "200 km around Walikale", "The whole world")
    shown = await ana.press_for_new("200 km around Walikale", asked)
    assert shown.text.startswith("200 km around Walikale: ")
    assert (await message(telegram))["photo"]
    everywhere = await ana.press_for_new("The whole world", asked)
    assert everywhere.text.startswith("The whole world: ")


async def test_a_button_of_a_watch_that_is_gone_is_out_of_date(ana: Person, told: Services) -> None:
    watch(told, KIVU, make_area(name="Walikale"))
    asked = await ana.ask("/map")
    with told.store.write() as tx:
        for known in tx.chats.watches(7):
            tx.chats.remove_watch(7, known.id)
    assert "out of date" in await ana.toast("North Kivu", asked)


async def test_words_stand_in_where_pictures_are_off_or_forbidden(
    ana: Person, told: Services, telegram: Control
) -> None:
    for number in range(1, 7):
        tell(told.store, 7, kind=Signal.ARMED_CLASH, signals=(Signal.ARMED_CLASH,), first_seen=NOW - number * DAY)
    with told.store.write() as tx:
        tx.chats.put(replace(tx.chats.get(7) or make_chat(7), pictures=False))
    plain = (await ana.ask("/map North Kivu")).text
    assert not (await message(telegram)).get("photo")
    assert plain.count("\n· ") == 7
    weeks = (await ana.ask("/trend North Kivu")).text
    assert weeks.splitlines()[-1].endswith("Territory captured 1")
    assert "█" in weeks
    with told.store.write() as tx:
        tx.chats.put(replace(tx.chats.get(7) or make_chat(7), pictures=True))
    refusal = {"code": 400, "description": "Bad Request: not enough rights to send photos to the chat"}
    await telegram.post("faults", kind="error", method="sendphoto", times=1, **refusal)
    assert (await ana.ask("/map North Kivu")).text == plain


@pytest.mark.usefixtures("told")
async def test_words_come_at_once_where_many_wait_for_pictures(
    ana: Person, telegram: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(easel, "MOST_WAITING", 0)
    assert "1 incident" in (await ana.ask("/map North Kivu")).text
    assert not (await message(telegram)).get("photo")


async def test_the_button_of_an_alert_shows_where_it_was_and_is_taken_away(
    ana: Person, telegram: Control, alerted: Alerted
) -> None:
    await alerted()
    before = await ana.last()
    shown = await ana.press_for_new("Map", before)
    assert shown.text.startswith("100 km around Walikale: the last 30 days")
    assert shown.buttons == ("Take away",)
    answer = await message(telegram)
    assert answer["photo"]
    assert answer["reply_to_message"]["message_id"] == before.id
    await ana.toast("Take away", shown)
    assert all(row["deleted"] for row in await telegram.messages(7) if row["message"]["message_id"] == shown.id)
    assert not any(row["deleted"] for row in await telegram.messages(7) if row["message"]["message_id"] == before.id)


async def test_of_what_is_older_its_month_is_shown(ana: Person, running: Services, alerted: Alerted) -> None:
    incident = await alerted()
    with running.store.write() as tx:
        tx.incidents.revise(replace(incident, revision=2, first_seen=NOW - 60 * DAY))
    assert "2025-01, as of" in (await ana.press_for_new("Map")).text


async def test_what_is_known_by_its_country_has_no_picture(ana: Person, running: Services, alerted: Alerted) -> None:
    incident = await alerted()
    with running.store.write() as tx:
        tx.incidents.revise(replace(incident, revision=2, place=CONGO))
    shown = await ana.press_for_new("Map")
    assert shown.text.startswith("DR Congo: ")
    assert "1 is known by its country only and has no point." in shown.text


async def test_what_was_withdrawn_says_so(ana: Person, running: Services, alerted: Alerted) -> None:
    incident = await alerted()
    with running.store.write() as tx:
        tx.incidents.revise(replace(incident, revision=2, withdrawn=True))
    assert "WITHDRAWN, our error" in (await ana.press_for_new("Map")).text


async def test_the_sample_is_marked(ana: Person, running: Services) -> None:
    assert running.sample_store is not None
    with running.sample_store.write() as tx:
        tx.chats.put(make_chat(7))
    tell(running.sample_store, 7)
    assert (await ana.ask("/map North Kivu")).text.startswith("SAMPLE · North Kivu")
    assert (await ana.ask("/trend North Kivu")).text.startswith("SAMPLE · North Kivu")


async def test_in_french(ana: Person, told: Services, telegram: Control) -> None:
    with told.store.write() as tx:
        tx.chats.put(make_chat(7, language=Language.FR))
    shown = await ana.ask("/map Nord-Kivu 30 jours")
    assert "les 30 derniers jours, au 19 mars 2025" in shown.text
    assert "· T-0001 RAPPORTÉ\u00a0: Territoire pris" in shown.text
    assert (await message(telegram))["photo"]
    assert "les 12 dernières semaines" in (await ana.ask("/trend Nord-Kivu")).text
    assert "Je n’y connais rien" in (await ana.ask("/map France")).text
    assert "Je ne connais ni lieu ni période" in (await ana.ask("/map Nord-Kivu 2025-13")).text
    assert (await ana.ask("/trend")).text.startswith("Quel lieu\u00a0?")


async def test_members_of_a_group_see_maps_but_take_away_none(
    person: Callable[..., Person], running: Services, telegram: Control, alerted: Alerted
) -> None:
    await telegram.post("chats", id=-1001, type="supergroup", title="Lakes desk", admins=[1])
    await alerted(-1001)
    member = person(-1001, 2)
    shown = await member.press_for_new("Map")
    assert (await message(telegram, -1001))["photo"]
    assert "Only administrators" in await member.toast("Take away", shown)
    assert (await member.ask("/map North Kivu")).quoted == "/map North Kivu"


async def test_a_forum_gets_its_map_in_the_topic_where_it_asks(
    person: Callable[..., Person], running: Services, telegram: Control
) -> None:
    await telegram.post("chats", id=-100321, is_forum=True, title="Desk", admins=[1])
    thread = int((await telegram.post("topic", chat_id=-100321, name="North Kivu"))["thread_id"])
    happened(running)
    await person(-100321, 2).ask("/map North Kivu", thread=thread)
    answer = await message(telegram, -100321)
    assert answer["photo"]
    assert answer["message_thread_id"] == thread


async def test_a_channel_gets_its_map(person: Callable[..., Person], running: Services, telegram: Control) -> None:
    await telegram.post("chats", id=-1005, type="channel", title="News", admins=[7])
    happened(running)
    shown = await person(-1005).ask("/map North Kivu")
    assert "1 incident" in shown.text
    assert "· REPORTED" in shown.text  # without a number, which would open nothing here
    assert (await message(telegram, -1005))["photo"]
