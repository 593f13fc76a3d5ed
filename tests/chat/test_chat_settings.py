"""/settings, /digest, /pause and /resume: what a chat chooses, on one screen that changes in place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from telegram.ext import ExtBot

from alerts.types import Chat, ChatState, Language, Reason, Rhythm, Severity
from chat.channel import TelegramChannel
from chat.i18n import language_of
from chat.services import Services
from chat.settings import parse_rhythm
from emulator.client import Control
from incidents.types import Incident
from pipeline.channel import Urgency
from pipeline.deliver import Deliverer
from tests.builders import NOW, make_article, make_incident, make_witness
from tests.person import Person

GROUP = -4001


def chat_of(services: Services, chat_id: int = 7) -> Chat:
    chat = services.subscriptions.chat(chat_id)
    assert chat is not None
    return chat


async def test_one_screen_shows_all_and_changes_in_place(ana: Person, running: Services) -> None:
    shown = await ana.ask("/settings")
    assert shown.text.splitlines() == [
        "Settings of this chat:",
        "Language: English",
        "Time zone: UTC, where it is 19 March, 18:04",
        "Quiet hours: none",
        "Alerts: at once",
        "Pictures: yes, maps and charts are sent",
    ]
    for section, choice, line in [
        ("Time zone", "Kinshasa", "Time zone: Africa/Kinshasa, where it is 19 March, 19:04"),
        ("Quiet hours", "22:00-06:00", "Quiet hours: 22:00 to 06:00"),
        ("At once or together", "Daily 18:00", "Alerts: together in a digest every day at 18:00; Extreme at once"),
        ("At once or together", "Hourly", "Alerts: together in a digest at each full hour; Extreme at once"),
        ("Pause", "3 days", "Alerts are paused until 22 March, 19:04. /resume sends them again."),
        ("Language", "Français", "Langue : Français"),
    ]:
        await ana.press(section)
        shown = await ana.press(choice)
        assert line in shown.text.splitlines()
    assert "Images : non, seulement leur texte" in (await ana.press("Sans images")).text
    assert "en pause" not in (await ana.press("Reprendre les alertes")).text
    assert len(await ana.all()) == 1
    assert chat_of(running) == replace(
        Chat(7, chat_of(running).kind, Language.FR),
        time_zone="Africa/Kinshasa",
        quiet_from=time(22),
        quiet_until=time(6),
        rhythm=Rhythm.HOURLY,
        digest_at=time(18),
        pictures=False,
    )


async def test_the_choice_that_stands_is_marked_and_back_changes_nothing(ana: Person, running: Services) -> None:
    await ana.ask("/settings")
    choices = await ana.press("At once or together")
    assert "✓ At once" in choices.buttons
    assert "Alerts: at once" in (await ana.press("◀ Back")).text
    assert running.subscriptions.chat(7) is None


async def test_pressing_twice_and_buttons_of_another_version_are_answered(ana: Person, telegram: Control) -> None:
    await ana.ask("/settings")
    screen = await ana.press("At once or together")
    await ana.press("Hourly")
    assert "out of date" not in await ana.toast("No pictures", screen)


@pytest.mark.parametrize(
    ("written", "said", "rhythm", "at"),
    [
        ("hourly", "at each full hour", Rhythm.HOURLY, time(7)),
        ("07:30", "every day at 07:30", Rhythm.DAILY, time(7, 30)),
        ("daily 18h", "every day at 18:00", Rhythm.DAILY, time(18)),
        ("daily", "every day at 07:00", Rhythm.DAILY, time(7)),
        ("off", "at once", Rhythm.INSTANT, time(7)),
    ],
)
async def test_a_digest_by_word(
    ana: Person, running: Services, written: str, said: str, rhythm: Rhythm, at: time
) -> None:
    assert said in (await ana.ask(f"/digest {written}")).text
    assert (chat_of(running).rhythm, chat_of(running).digest_at) == (rhythm, at)


@pytest.mark.parametrize("written", ["", "sometimes", "25:00", "7", "12:75"])
def test_what_names_no_rhythm(written: str) -> None:
    assert parse_rhythm(written) is None


async def test_a_digest_by_button_and_a_word_that_is_none(ana: Person, running: Services) -> None:
    assert "I read no hour in “sometimes”" in (await ana.ask("/digest sometimes")).text
    assert running.subscriptions.chat(7) is None
    assert "Alerts: at once" in (await ana.ask("/digest")).text
    assert "every day at 07:00" in (await ana.press("Daily 07:00")).text
    assert chat_of(running).rhythm is Rhythm.DAILY


async def test_a_pause_has_an_end_and_is_ended(ana: Person, running: Services) -> None:
    assert "you watch nothing yet" in (await ana.ask("/pause 3 days")).text
    await ana.ask("/watch Ukraine")
    assert "paused until 22 March, 18:04" in (await ana.ask("/pause 3 days")).text
    assert chat_of(running).paused_until == NOW + timedelta(days=3)
    for command in ("/watches", "/status", "/watch Sudan", "/settings", "/pause"):
        assert "paused until 22 March, 18:04" in (await ana.ask(command)).text, command
    assert (await ana.ask("/resume")).text.startswith("Alerts are on again.")
    assert chat_of(running).paused_until is None


async def test_a_pause_by_button(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    assert "not even Extreme" in (await ana.ask("/pause")).text
    assert "paused until 20 March, 02:04" in (await ana.press("8 hours")).text
    assert (await ana.press("Send alerts again")).text.startswith("Alerts are on again.")


@pytest.mark.parametrize(
    ("written", "answer"), [("a while", "I read no time in “a while”"), ("200 days", "at most 90 days long")]
)
async def test_a_pause_that_cannot_be(ana: Person, running: Services, written: str, answer: str) -> None:
    await ana.ask("/watch Ukraine")
    assert answer in (await ana.ask(f"/pause {written}")).text
    assert chat_of(running).paused_until is None


async def test_stop_takes_the_place_of_a_pause(ana: Person, running: Services) -> None:
    await ana.ask("/watch Ukraine")
    await ana.ask("/pause 3 days")
    await ana.ask("/stop")
    assert (chat_of(running).state, chat_of(running).paused_until) == (ChatState.PAUSED, None)


async def test_in_french(ana: Person, running: Services) -> None:
    await ana.ask("/language fr")
    await ana.ask("/watch Ukraine")
    assert "en pause jusqu’au 24 mars, 08:00" in (await ana.ask("/pause jusqu’à lundi 8h")).text
    assert "chaque jour à 07:30" in (await ana.ask("/digest 07:30")).text
    assert (await ana.ask("/settings")).text.startswith("Réglages de cette conversation")


async def test_in_a_group_only_administrators_change_settings(
    person: Callable[..., Person], telegram: Control, running: Services
) -> None:
    await telegram.post("chats", id=GROUP, type="group", title="Team")
    member = person(GROUP, 8)
    assert "Only administrators" in (await member.ask("/pause 3 days")).text
    shown = await member.ask("/settings")
    assert "Only administrators" in await member.toast("No pictures", shown)
    assert running.subscriptions.chat(GROUP) is None


@pytest.mark.parametrize(
    ("tag", "language"),
    [("fr", Language.FR), ("fr-CD", Language.FR), ("pt-BR", Language.PT), ("EN", Language.EN), ("xx", Language.EN)],
)
def test_the_language_at_first_is_telegram_s(tag: str, language: Language) -> None:
    assert language_of(tag) is language


def happens(services: Services, number: int, severity: Severity = Severity.SEVERE) -> Incident:
    with services.store.write() as tx:
        article = tx.articles.add(make_article(), "hash")
        incident = tx.incidents.add(make_incident(make_witness(article.id, title=f"Report {number}")))
        ids = [watch.id for watch in tx.chats.watches(7)]
        wanted = {"revision": 1, "reason": Reason.NEW, "severity": severity}
        tx.outbox.want(7, incident.id, **wanted, watch_ids=ids, now=NOW, next_at=NOW)  # type: ignore[arg-type]
    return incident


async def test_what_a_pause_kept_comes_as_one_digest_when_it_is_ended(
    ana: Person, running: Services, bot: ExtBot[Urgency], telegram: Control
) -> None:
    await ana.ask("/watch 200 km around Walikale")
    await ana.ask("/pause 3 days")
    deliverer = Deliverer(running.store, TelegramChannel(bot), lambda: NOW, lambda: 0.0)
    first, second = happens(running, 1), happens(running, 2, Severity.EXTREME)
    await deliverer.drain()
    before = len(await ana.all())
    await ana.ask("/resume")
    await deliverer.drain()
    shown = (await ana.all(before + 2))[-1]
    assert len(await ana.all()) == before + 2  # the answer to /resume, and the digest
    assert shown.text.startswith("DIGEST of the pause: 2 events")
    assert shown.buttons == (f"T-{second.id:04d}", f"T-{first.id:04d}")
    detail = await ana.press_for_new(f"T-{first.id:04d}", shown)
    assert "Report 1" in detail.text
    assert f"T-{first.id:04d}" in (await ana.ask("/alerts")).text


@pytest.mark.parametrize(
    ("fault", "twice"),
    [({"kind": "flood", "retry_after": 0}, 0), ({"kind": "drop_before"}, 0), ({"kind": "drop_after"}, 1)],
)
async def test_a_digest_that_telegram_does_not_take_at_first(
    ana: Person, running: Services, bot: ExtBot[Urgency], telegram: Control, fault: dict[str, Any], twice: int
) -> None:
    """A message whose answer was lost may come twice, what it told of is told; the rest comes once."""
    await ana.ask("/watch 200 km around Walikale")
    await ana.ask("/digest hourly")
    clock = [NOW]
    deliverer = Deliverer(running.store, TelegramChannel(bot), lambda: clock[0], lambda: 0.0)
    for number in range(60):
        happens(running, number)
    await deliverer.drain()
    before = len(await ana.all())
    clock[0] = NOW + timedelta(hours=1)
    await telegram.post("faults", **fault, method="sendMessage", times=1)
    await deliverer.drain()
    clock[0] += timedelta(seconds=41)
    await deliverer.drain()
    assert (await telegram.get("stats"))[f"fault_{fault['kind']}"] == 1
    digests = (await ana.all(before + 2))[before:]
    assert [shown.text.partition(":")[0].partition(",")[0] for shown in digests] == ["DIGEST"] * (2 + twice)
    assert len({label for shown in digests for label in shown.buttons}) == 60


async def test_a_chat_that_blocks_between_two_messages_of_a_digest(
    ana: Person, running: Services, bot: ExtBot[Urgency], telegram: Control
) -> None:
    await ana.ask("/watch 200 km around Walikale")
    await ana.ask("/digest hourly")
    clock = [NOW]

    async def blocked_after_one(chat_id: int, text: str, **more: Any) -> None:
        await sending(chat_id, text, **more)
        await telegram.post("member", chat_id=7, status="kicked")

    channel = TelegramChannel(bot)
    sending, channel.send_digest = channel.send_digest, blocked_after_one  # type: ignore[method-assign]
    deliverer = Deliverer(running.store, channel, lambda: clock[0], lambda: 0.0)
    for number in range(60):
        happens(running, number)
    await deliverer.drain()
    clock[0] = NOW + timedelta(hours=1)
    await deliverer.drain()
    assert chat_of(running).state is ChatState.RETIRED
    digests = [shown for shown in await ana.all() if shown.text.startswith("DIGEST")]
    assert len(digests) == 1
    with running.store.read() as tx:
        assert len(tx.outbox.owed_to(7)) == 60 - len(digests[0].buttons)


async def test_a_quiet_night_s_digest_in_french(ana: Person, running: Services, bot: ExtBot[Urgency]) -> None:
    await ana.ask("/language fr")
    await ana.ask("/watch 200 km around Walikale")
    await ana.ask("/quiet 17:00-06:00")
    clock = [NOW]
    deliverer = Deliverer(running.store, TelegramChannel(bot), lambda: clock[0], lambda: 0.0)
    for number in range(4):
        happens(running, number)
    await deliverer.drain()
    before = len(await ana.all())
    clock[0] = NOW.replace(day=20, hour=6, minute=0)
    await deliverer.drain()
    shown = (await ana.all(before + 1))[-1]
    assert len(await ana.all()) == before + 1
    assert shown.text.startswith("RÉSUMÉ de vos heures calmes : 4 événements depuis le 19 mars, 18:04.")
