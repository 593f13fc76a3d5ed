"""/level and the alert of a rise, as people see them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from alerts.levels import LevelView, render_rise, sparkline
from alerts.types import Edition, Language
from chat import easel
from chat.channel import TelegramChannel
from chat.charts import LEAST_DAYS, draw, plot
from chat.services import Services
from classifiers.taxonomy import Signal
from emulator.client import Control
from emulator.rules import image_size
from pipeline.channel import ChannelError, ChatGone, RetryLater, Unreachable, Urgency
from pipeline.deliver import Deliverer
from pipeline.tell_levels import LevelTeller
from tests.alerts.test_levels import STANDING
from tests.builders import NOW, make_article, make_chat, make_incident, make_watch, make_witness
from tests.chat.conftest import OPERATOR
from tests.person import Person

VIEW = LevelView(STANDING, Edition.LIVE, Language.EN)


@pytest.fixture
def fought(running: Services) -> Services:
    """A store that knows 200 days of news, and the fall of Walikale today."""
    with running.store.write() as tx:
        tx.articles.add(make_article(fetched=NOW - timedelta(days=200)), "h")
        article = tx.articles.add(make_article(), "h")
        signals = (Signal.TERRITORY_CAPTURED, Signal.ARMED_CLASH)
        tx.incidents.add(make_incident(make_witness(article.id), signals=signals))
    return running


async def _photo(telegram: Control, chat_id: int = 7) -> dict[str, object]:
    message: dict[str, object] = (await telegram.messages(chat_id))[-1]["message"]
    assert message["photo"]
    return message


@pytest.mark.usefixtures("fought")
async def test_a_region_is_shown_with_its_chart(ana: Person, telegram: Control) -> None:
    shown = await ana.ask("/level North Kivu")
    assert shown.text.startswith("North Kivu, DR Congo: High, since 19 March 2025\n1 incident of ground fighting")
    assert "Taken or lost: Walikale." in shown.text
    assert shown.text.endswith("\nEvents of the sample are not counted here.")
    await _photo(telegram)


@pytest.mark.usefixtures("fought")
async def test_a_town_is_shown_with_what_lies_around(ana: Person) -> None:
    assert (await ana.ask("/level Walikale")).text.startswith("100 km around Walikale: ")
    assert (await ana.ask("/level 20 km around Goma")).text.startswith("20 km around Goma: Calm")
    assert (await ana.ask("/level DR Congo")).text.startswith("DR Congo: ")


@pytest.mark.usefixtures("fought")
async def test_bars_stand_in_where_pictures_are_forbidden(ana: Person, telegram: Control) -> None:
    text = "Bad Request: not enough rights to send photos to the chat"
    await telegram.post("faults", kind="error", method="sendPhoto", chat_id=7, code=400, description=text)
    shown = await ana.ask("/level North Kivu")
    assert shown.text.startswith("North Kivu, DR Congo: High")
    assert shown.text.endswith("█")


@pytest.mark.usefixtures("fought")
async def test_without_a_name_the_watches_are_listed(ana: Person, running: Services) -> None:
    assert "Which place?" in (await ana.ask("/level")).text
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.chats.add_watch(make_watch(7))
    lines = (await ana.ask("/level")).text.splitlines()
    assert lines[0].startswith("Walikale: High; 1 incident")
    assert lines[1] == "/level and a place shows its past year."


async def test_operators_see_every_region_above_calm(
    person: Callable[..., Person], telegram: Control, fought: Services
) -> None:
    await telegram.post("chats", id=8)
    text = (await person(8, OPERATOR).ask("/level")).text
    assert "DR Congo: " in text
    assert "North Kivu (DR Congo): High" in text


async def test_nothing_above_calm(ana: Person) -> None:
    assert (await ana.ask("/level world")).text == "No region is above Calm."


async def test_what_cannot_be_understood(ana: Person) -> None:
    assert "I know no place called “Xyzzyxyzzy”" in (await ana.ask("/level Xyzzyxyzzy")).text
    mistyped = await ana.ask("/level Gomma")
    assert mistyped.text.startswith("I know no place called “Gomma”.\nPlaces that are called alike: Goma")
    assert mistyped.file is None
    assert "A radius is a number" in (await ana.ask("/level 99999 km around Goma")).text


async def test_it_speaks_french(ana: Person, fought: Services) -> None:
    with fought.store.write() as tx:
        tx.chats.put(make_chat(7, language=Language.FR))
    shown = await ana.ask("/level Nord-Kivu")
    assert shown.text.startswith("Nord-Kivu, RD Congo : Haut, depuis le 19 mars 2025")
    assert shown.text.endswith("\nLes événements de l’exemple ne sont pas comptés ici.")


@pytest.mark.parametrize("language", Language)
def test_the_chart_is_a_png_of_a_year(language: Language) -> None:
    assert image_size(draw(LevelView(STANDING, Edition.SAMPLE, language))) == (880, 495)


def test_a_chart_of_one_quiet_day_can_be_drawn() -> None:
    young = replace(STANDING, points=STANDING.points[:1], rose=())
    assert image_size(draw(replace(VIEW, standing=young))) == (880, 495)


@pytest.mark.parametrize("days", [1, 3, 20, 365])
def test_the_axis_counts_whole_days_and_incidents_however_young_the_bot(days: int) -> None:
    points = STANDING.points[-days:]
    figure = plot(replace(VIEW, standing=replace(STANDING, points=points, rose=())))
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert all(float(tick).is_integer() for tick in (*axes.get_xticks(), *axes.get_yticks()))
    labels = [label.get_text() for label in axes.get_xticklabels()]
    assert 4 <= len(labels) == len(set(labels))
    left, right = axes.get_xlim()
    assert right - left == max(days, LEAST_DAYS)
    assert axes.lines[0].get_marker() == ("o" if days < 20 else "None")


async def test_a_rise_goes_out_with_its_chart(bot: ExtBot[Urgency], telegram: Control) -> None:
    await TelegramChannel(bot).send_rise(7, VIEW, Urgency.SEVERE, pictures=True)
    assert (await _photo(telegram))["caption"] == render_rise(VIEW)


async def test_a_rise_that_would_wait_long_for_its_chart_goes_out_with_bars(
    bot: ExtBot[Urgency], telegram: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(easel, "MOST_WAITING", 0)
    await TelegramChannel(bot, easel.Easel()).send_rise(7, VIEW, Urgency.SEVERE, pictures=True)
    (row,) = await telegram.messages(7)
    assert row["message"]["text"] == f"{render_rise(VIEW)}\n{sparkline(STANDING)}"


async def test_a_chat_without_pictures_gets_the_rise_with_bars(bot: ExtBot[Urgency], telegram: Control) -> None:
    await telegram.post("faults", kind="error", method="sendPhoto", code=400, description="Bad Request: no photos here")
    await TelegramChannel(bot).send_rise(7, VIEW, Urgency.SEVERE, pictures=True)
    (row,) = await telegram.messages(7)
    assert row["message"]["text"] == f"{render_rise(VIEW)}\n{sparkline(STANDING)}"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "blocked"}, ChatGone),
        ({"kind": "error", "code": 400, "description": "Bad Request: chat not found"}, ChatGone),
        ({"kind": "error", "code": 502, "description": "Bad Gateway"}, Unreachable),
        ({"kind": "flood", "retry_after": 3}, RetryLater),
    ],
    ids=["blocked", "not found", "down", "too many"],
)
async def test_refusals_are_told_in_the_channels_words(
    bot: ExtBot[Urgency], telegram: Control, fault: dict[str, object], error: type[ChannelError]
) -> None:
    await telegram.post("faults", chat_id=7, times=1, **fault)
    with pytest.raises(error):
        await TelegramChannel(bot).send_rise(7, VIEW, Urgency.SEVERE, pictures=True)


@pytest.mark.usefixtures("fought")
@pytest.mark.parametrize(
    ("language", "head", "rise"),
    [
        ("en", "DIGEST: 0 events since 19 March, 18:04.", "LEVEL RISING: North Kivu (DR Congo), now High"),
        ("fr", "RÉSUMÉ : 0 événement depuis le 19 mars, 18:04.", "NIVEAU EN HAUSSE : Nord-Kivu (RD Congo), désormais"),
    ],
)
async def test_a_rise_is_read_in_the_digest(
    ana: Person, running: Services, bot: ExtBot[Urgency], language: str, head: str, rise: str
) -> None:
    for asked in (f"/language {language}", "/watch North Kivu", "/digest 07:30"):
        await ana.ask(asked)
    clock = [NOW]
    channel = TelegramChannel(bot)
    teller = LevelTeller(running.store, channel, lambda: clock[0], lambda: 0.0)
    deliverer = Deliverer(running.store, channel, lambda: clock[0], lambda: 0.0)
    running.levels.tick()
    before = len(await ana.all())
    await teller.tick()
    clock[0] = NOW.replace(day=20, hour=7, minute=30)
    await teller.tick()
    await deliverer.drain()
    shown = (await ana.all(before + 1))[before:]
    assert [one.buttons for one in shown] == [()]
    text = " ".join(shown[0].text.replace("\u202f", " ").replace("\xa0", " ").split(" "))
    assert text.startswith(head)
    assert rise in text
