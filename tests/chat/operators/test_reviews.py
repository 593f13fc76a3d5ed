"""/review and /withdraw: from people's votes to a withdrawal that everyone who was told hears of."""

from collections.abc import Callable

import pytest
from telegram.ext import ExtBot

from alerts.types import Language, Verdict
from chat.channel import TelegramChannel
from chat.services import Services
from classifiers.taxonomy import Fault
from incidents.types import Incident
from pipeline.channel import Urgency
from pipeline.deliver import Deliverer
from tests.builders import NOW, make_chat
from tests.chat.conftest import OPERATOR
from tests.person import Person
from tests.telling import Alerted


@pytest.fixture
async def judged(alerted: Alerted, running: Services) -> Incident:
    """An alert that chat 7 was sent and found wrong."""
    incident = await alerted(7)
    with running.store.write() as tx:
        tx.verdicts.put(Verdict(7, incident.id, Fault.NOT_AN_EVENT, 1, NOW))
    return incident


@pytest.fixture
def deliver(running: Services, bot: ExtBot[Urgency]) -> Callable[[], Deliverer]:
    return lambda: Deliverer(running.store, TelegramChannel(bot), lambda: NOW, lambda: 0.0)


async def test_nothing_waits(boss: Person) -> None:
    assert (await boss.ask("/review")).text == "Nothing waits for review."


async def test_votes_are_counted_and_no_voter_named(boss: Person, judged: Incident) -> None:
    shown = await boss.ask("/review")
    assert shown.text.startswith("1 of 1 that waits for review:\n\n")
    assert "Walikale" in shown.text
    assert shown.text.endswith("1 person says: not an event\n1 chat was told of it.")
    assert shown.buttons == ("Withdraw…", "It was right", "Learn from it", "Next")


async def test_a_withdrawal_reaches_everyone_who_was_told(
    boss: Person, ana: Person, judged: Incident, deliver: Callable[[], Deliverer], running: Services
) -> None:
    await boss.ask("/review")
    asked = await boss.press("Withdraw…")
    assert asked.text.startswith("Withdraw T-0001? 1 chat was told of it")
    done = await boss.press("Withdraw it")
    assert done.text == "T-0001 is withdrawn; 1 chat hears of it.\nNothing waits for review."
    await deliver().drain()
    told = (await ana.all())[-1]
    assert told.text.startswith("WITHDRAWN")
    assert "no such event happened" in told.text


async def test_the_reason_is_told_in_the_readers_language(
    boss: Person, ana: Person, judged: Incident, deliver: Callable[[], Deliverer]
) -> None:
    await ana.ask("/language fr")
    await boss.ask("/review")
    await boss.press("Withdraw…")
    await boss.press("Withdraw it")
    await deliver().drain()
    assert "cet événement n’a pas eu lieu" in (await ana.all())[-1].text


@pytest.mark.parametrize(
    ("button", "words"),
    [("It was right", "its votes teach nothing"), ("Learn from it", "training learns from it")],
)
async def test_what_is_left_standing_is_not_asked_about_again(
    boss: Person, ana: Person, judged: Incident, button: str, words: str
) -> None:
    before = len(await ana.all())
    shown = await boss.ask("/review")
    assert words in (await boss.press(button, shown)).text
    assert (await boss.ask("/review")).text == "Nothing waits for review."
    assert len(await ana.all()) == before


async def test_the_next_one_comes_round(boss: Person, judged: Incident) -> None:
    shown = await boss.ask("/review")
    assert "unchanged" not in (await boss.toast("Next", shown))
    assert (await boss.last()).text == shown.text


async def test_withdrawing_by_number_asks_first(
    boss: Person, ana: Person, judged: Incident, deliver: Callable[[], Deliverer]
) -> None:
    shown = await boss.ask("/withdraw T-0001 the video is of <2019>")
    assert "Reason: the video is of <2019>" in shown.text
    assert (await boss.press("Leave it", shown)).text == "Nothing was withdrawn."
    shown = await boss.ask("/withdraw 1 the video is of <2019>")
    assert (await boss.press("Withdraw it", shown)).text == "T-0001 is withdrawn; 1 chat hears of it."
    await deliver().drain()
    assert "the video is of <2019>" in (await ana.all())[-1].text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/withdraw", "Which one, and why?"),
        ("/withdraw 1", "Which one, and why?"),
        ("/withdraw one because", "Which one, and why?"),
        ("/withdraw 4711 because", "There is no T-4711 to withdraw"),
        ("/withdraw S-1 because", "S-0001 is of the sample, which tells no news"),
        ("/withdraw 1 " + "x" * 301, "That is too long: at most 300 characters."),
    ],
)
async def test_bad_input_has_a_plain_answer(boss: Person, judged: Incident, typed: str, answer: str) -> None:
    assert (await boss.ask(typed)).text.startswith(answer)


async def test_in_french(boss: Person, judged: Incident, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(OPERATOR, language=Language.FR))
    assert (await boss.ask("/review")).text.startswith("1 de 1 qui attend un examen :")
    assert (await boss.press("Retirer…")).text.startswith("Retirer T-0001 ? 1 discussion l’a reçue")
