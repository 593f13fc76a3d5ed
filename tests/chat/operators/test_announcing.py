"""/broadcast and /stats, and how notices look in a chat."""

from datetime import timedelta

import pytest
from telegram.ext import ExtBot

from alerts.types import ChatState, Language
from chat.channel import TelegramChannel
from chat.services import Services
from emulator.client import Control
from pipeline.channel import ChatGone, Unreachable, Urgency
from pipeline.tell_notices import NoticeTeller
from tests.builders import NOW, make_article, make_chat
from tests.chat.conftest import OPERATOR
from tests.person import Person
from tests.telling import tell


@pytest.fixture
def teller(running: Services, bot: ExtBot[Urgency]) -> NoticeTeller:
    channel = TelegramChannel(bot)
    return NoticeTeller(running.store, channel, [OPERATOR], running.regions, lambda: NOW, lambda: 0.0)


async def test_a_broadcast_is_asked_about_and_reaches_all_once(
    boss: Person, ana: Person, running: Services, teller: NoticeTeller
) -> None:
    await ana.ask("/watch Ukraine")
    shown = await boss.ask("/broadcast We rest <tonight>\nfrom 22:00")
    assert shown.text == "This goes to 2 chats, as it stands here:\n\nWe rest <tonight> from 22:00"
    await teller.tick()
    before = len(await ana.all())
    assert (await boss.press("Send it", shown)).text.startswith("It is on its way")
    await teller.tick()
    await teller.tick()
    said = (await ana.all())[before:]
    assert [message.text for message in said] == ["From those who run this bot: We rest <tonight> from 22:00"]


async def test_a_broadcast_can_be_dropped(boss: Person, running: Services) -> None:
    shown = await boss.ask("/broadcast Hello")
    assert (await boss.press("Drop it", shown)).text == "Dropped. Nobody was told."
    with running.store.read() as tx:
        assert tx.notices.pending() is None


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/broadcast", "What shall I tell all chats?"),
        ("/broadcast " + "x" * 3_001, "That is too long: at most 3,000 characters."),
    ],
)
async def test_bad_input_has_a_plain_answer(boss: Person, typed: str, answer: str) -> None:
    assert (await boss.ask(typed)).text.startswith(answer)


async def test_silent_notices_make_no_sound_and_refusals_are_the_channels_own(
    running: Services, bot: ExtBot[Urgency], telegram: Control
) -> None:
    channel = TelegramChannel(bot)
    await channel.send_notice(7, "3 of 4 …", urgency=Urgency.MINOR, silent=True)
    (call,) = (await telegram.get("calls", method="sendMessage"))["calls"]
    assert str(call["params"]["disable_notification"]).lower() == "true"
    await telegram.post("faults", kind="blocked", chat_id=7, times=1)
    with pytest.raises(ChatGone):
        await channel.send_notice(7, "x", urgency=Urgency.MINOR, silent=False)
    await telegram.post("faults", kind="error", chat_id=7, times=1)
    with pytest.raises(Unreachable):
        await channel.send_notice(7, "x", urgency=Urgency.MINOR, silent=False)


async def test_stats_count_everything(boss: Person, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(7))
        tx.chats.put(make_chat(8, language=Language.FR, state=ChatState.PAUSED))
        tx.articles.add(make_article(fetched=NOW - timedelta(days=3)), "h")
    tell(running.store, 7, at=NOW - timedelta(hours=2), message_id=None)
    text = (await boss.ask("/stats")).text
    assert "2 active chats (English 2) and 1 paused chat (French 1)." in text
    assert "In 24 hours: 1 article, 1 incident" in text
    assert "In 7 days: 2 articles, 1 incident" in text
    assert "1 message waits to be sent, the oldest since 19 March 2025, 16:04." in text
    assert "Model: test-1." in text
    megabytes = int(text.partition("Memory: ")[2].partition(" MB")[0].replace(",", ""))
    assert 20 < megabytes < 20_000


async def test_in_french(boss: Person, running: Services) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(OPERATOR, language=Language.FR))
    assert (await boss.ask("/stats")).text.startswith("1 discussion active (français 1).")
    shown = await boss.ask("/broadcast Bonjour")
    assert shown.text.startswith("Ceci part à 1 discussion, tel quel :")
    assert (await boss.press("Abandonner", shown)).text == "Abandonné. Personne n’a rien reçu."
