"""Whatever is wrong with what people send gets a plain answer in the chat's language, and nothing is half-saved."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from telegram.ext import ExtBot

from alerts.types import ChatKind, ChatState, Language
from chat.channel import TelegramChannel
from chat.services import Services
from emulator.client import Control
from pipeline.channel import Urgency
from pipeline.deliver import Deliverer
from tests.builders import make_chat
from tests.person import Person
from tests.telling import tell

GROUP = -1001
FIVE_MB = 5 << 20
Words = dict[str, str]

UNKNOWN: Words = {"en": "I know no place called “Qwzxqwzx”", "fr": "Je ne connais pas de lieu appelé « Qwzxqwzx »"}
RADIUS: Words = {"en": "I read “abc”", "fr": "j’ai lu « abc »"}
NOT_UNDERSTOOD: Words = {"en": "I did not understand that", "fr": "Je n’ai pas compris"}
STALE: Words = {"en": "out of date", "fr": "périmé"}
RIGHTS: Words = {"en": "Only administrators", "fr": "Seuls les administrateurs"}
NO_LINK: Words = {"en": "This link does not work", "fr": "Ce lien ne marche pas"}


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def ana(person: Callable[..., Person], telegram: Control, language: str) -> Person:
    """Somebody new in private chat 7, whose Telegram speaks the language."""
    await telegram.post("chats", id=7, language=language)
    return person(7)


@pytest.fixture(autouse=True)
def nothing_saved(running: Services) -> Iterator[None]:
    """What was refused left no watch behind; tests that save one remove it."""
    yield
    assert running.subscriptions.watches(7) == []
    assert running.subscriptions.watches(GROUP) == []


def plain(text: str) -> str:
    """With simple spaces: French has narrow ones before its signs."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/watch Qwzxqwzx", UNKNOWN),
        ("Qwzxqwzx", UNKNOWN),
        ("/watch 50 km around Qwzxqwzx", UNKNOWN),
        ("/watch abc km around Walikale", RADIUS),
        ("/watch Walikale -5 km", {"en": "I read “-5”", "fr": "j’ai lu « -5 »"}),
        ("/watch Walikale 99999 km", {"en": "I read “99999”", "fr": "j’ai lu « 99999 »"}),
        ("/level Qwzxqwzx", UNKNOWN),
        ("/export Qwzxqwzx csv", UNKNOWN),
        ("/search Qwzxqwzx", {"en": "nothing", "fr": "rien"}),
        ("/alerts Qwzxqwzx", {"en": "nothing", "fr": "rien"}),
        ("/alert 999999", {"en": "999999", "fr": "999999"}),
        ("/export csv", {"en": "I told you of nothing", "fr": "je ne vous ai rien signalé"}),
        ("/timezone Mars/Base", {"en": "Mars/Base", "fr": "Mars/Base"}),
        ("/quiet whenever", {"en": "/quiet 22:00-06:00", "fr": "/quiet 22:00-06:00"}),
        ("/frobnicate", {"en": "I do not know this command", "fr": "Je ne connais pas cette commande"}),
        ("!!! 12345", NOT_UNDERSTOOD),
        ("a" * 4096, NOT_UNDERSTOOD),
        ("/watch " + "é" * 4089, {"en": "I know no place called", "fr": "Je ne connais pas de lieu"}),
        ("/search " + "mot " * 1000, {"en": "nothing", "fr": "rien"}),
        ("/start wAAAAAAAAAAAAAAAAAAAAAA", NO_LINK),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
async def test_a_text_that_cannot_be_served(ana: Person, language: str, text: str, words: Words) -> None:
    await ana.tell(text)
    first = (await ana.all(at_least=1))[0]
    assert words[language] in plain(first.text), first.text
    assert len(first.text) <= 4096
    assert "a" * 200 not in first.text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bases.csv", bytes(FIVE_MB + 1), {"en": "up to 5 MB", "fr": "jusqu’à 5 Mo"}),
        (
            "bases.csv",
            b"name,lat,lon\nBunia,1.5,30.2\nGoma,93.1,29.2\n",
            {
                "en": "line 3: latitude 93.1 is not between -90 and 90",
                "fr": "ligne 3 : la latitude 93.1 n’est pas entre -90 et 90",
            },
        ),
        ("bases.csv", b"name,lat,lon\n", {"en": "There are no bases", "fr": "Il n’y a pas de bases"}),
        ("bases.geojson", b"[" * 10**5, {"en": "no JSON that I can read", "fr": "pas du JSON que je sache lire"}),
        ("photo.exe", b"MZ", {"en": "CSV and GeoJSON", "fr": "CSV et GeoJSON"}),
    ],
    ids=["5 MB", "a bad coordinate", "no rows", "a bomb", "a program"],
)
async def test_a_file_that_cannot_be_served(ana: Person, language: str, name: str, data: bytes, words: Words) -> None:
    shown = await ana.send_file(name, data)
    assert words[language] in plain(shown.text)
    assert shown.buttons == ()


async def test_a_button_of_another_time(ana: Person, language: str, bot: ExtBot[Urgency]) -> None:
    await ana.ask("/help")
    stale = ("zz|1", "cd|999", "ch|gn:1|", "im|yes", "rv|x", "ad|w", "tp|0|1|2", "cn|set|x")
    keyboard: Any = {"inline_keyboard": [[{"text": data, "callback_data": data}] for data in stale]}
    await bot.send_message(7, "old", reply_markup=keyboard)
    for label in stale:
        assert STALE[language] in await ana.toast(label), label


async def test_a_button_pressed_twice(ana: Person, telegram: Control, running: Services) -> None:
    """The second press is on its way before the first is answered: Telegram sends both."""
    await ana.ask("/watch Walikale")
    await ana.press((await ana.last()).buttons[0])
    message = (await telegram.messages(7))[-1]["message"]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    user = {"id": 7, "is_bot": False, "first_name": "Ana"}
    for number in (1, 2):
        query = {"id": f"twice{number}", "from": user, "chat_instance": "7", "message": message, "data": data}
        await telegram.post("update", callback_query=query)
    await ana.ask("/help")
    watches = running.subscriptions.watches(7)
    assert [watch.area.radius_km is not None for watch in watches] == [True], "one watch, saved once"
    running.subscriptions.remove_watch(7, watches[0].id)


async def test_html_in_a_headline(
    ana: Person, language: str, running: Services, bot: ExtBot[Urgency], telegram: Control
) -> None:
    with running.store.write() as tx:
        tx.chats.put(make_chat(7, language=Language(language)))
    title = "<b>Rebels</b> & <script>alert(1)</script> enter <a href='https://evil.example'>Walikale</a>"
    tell(running.store, 7, title=title, message_id=None)
    await Deliverer(running.store, TelegramChannel(bot), running.clock, lambda: 0.0).drain()
    message = (await telegram.messages(7))[-1]["message"]
    assert not message.get("entities")
    detail = await ana.ask("/alert 1")
    assert "<b>Rebels</b> & <script>" in detail.text, "shown as it is, read as nothing"


async def test_a_user_without_rights(person: Callable[..., Person], telegram: Control, language: str) -> None:
    await telegram.post("chats", id=GROUP, type="supergroup", title="Desk", admins=[1], language=language)
    member = person(GROUP, 2)
    for command in ("/watch Ukraine", "/stop", "/forget", "/share", "/topic", "/quiet 22:00-06:00", "/start"):
        assert RIGHTS[language] in (await member.ask(command)).text, command
    assert RIGHTS[language] in (await member.send_file("b.csv", b"name,lat,lon\nA,1,2\n", caption="/import")).text


async def test_a_chat_that_blocks_in_the_middle(
    ana: Person, person: Callable[..., Person], telegram: Control, running: Services, language: str
) -> None:
    """The tap that came before the block is kept whole, and nothing more is sent until the person is back."""
    running.subscriptions.ensure(7, ChatKind.PRIVATE, Language(language))
    await ana.ask("/watch Walikale")
    message = (await telegram.messages(7))[-1]["message"]
    data = message["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await telegram.post("faults", kind="blocked", chat_id=7)
    user = {"id": 7, "is_bot": False, "first_name": "Ana"}
    query = {"id": "1", "from": user, "chat_instance": "7", "message": message, "data": data}
    await telegram.post("update", callback_query=query)
    deadline = time.monotonic() + 20
    while (chat := running.subscriptions.chat(7)) and chat.state is not ChatState.RETIRED:
        await person(8).ask("/help")
        assert time.monotonic() < deadline, "a chat that blocks is retired"
    await telegram.clear_faults()
    assert (await ana.ask("/help")).text
    back = running.subscriptions.chat(7)
    assert back is not None
    assert back.state is ChatState.ACTIVE
