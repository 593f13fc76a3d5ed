"""Every screen and every alert in every language: nothing is left in English, and all of it fits into a message."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from alerts.i18n import LOCALE, read_catalogue
from alerts.types import Language
from chat.about import COMMANDS
from chat.i18n import LOCALE as CHAT_LOCALE
from chat.services import Services
from tests.alerts.test_wording import story
from tests.messages import messages
from tests.person import Person
from tests.telling import tell

OTHERS = [language for language in Language if language is not Language.EN]
MESSAGE = 4096
LONG = 15  # letters of English in a row that no other language has by chance
ASKED = (
    *(f"/{name}" for name in COMMANDS if name not in ("start", "stop", "resume")),
    "/watch 200 km around Walikale",
    "/watch North Kivu",
    "/watch Ukraine",
    "/watch Nosuchplace",
    "/watch abc km around Walikale",
    "/watches",
    "/alerts",
    "/alert 1",
    "/alert 99",
    "/level North Kivu",
    "/status Walikale",
    "/map Walikale 30",
    "/trend North Kivu 30",
    "/search hospital",
    "/export North Kivu 2025-03 csv",
    "/quiet abc",
    "/quiet 22:00-06:00",
    "/digest 07:30",
    "/digest abc",
    "/pause 3 d",
    "/settings",
    "/resume",
    "/timezone Mars",
    "/share",
    "/forget",
    "/nosuchcommand",
    "/stop",
    "/start",
)


@cache
def english(language: Language) -> tuple[str, ...]:
    """The words of messages, between their placeholders, that are said otherwise in the language."""
    said = " ".join(
        form
        for folder in (LOCALE, CHAT_LOCALE)
        for message in read_catalogue(folder / f"{language.value}.po", language)
        for form in (message.string if isinstance(message.string, tuple | list) else (str(message.string or ""),))
    )
    found = {text for folder in ("alerts", "chat") for pair in messages(folder) for text in pair if text}
    pieces = {piece.strip() for text in found for piece in re.split(r"\{\w+\}|\n|/[a-z]+", text)}
    return tuple(piece for piece in pieces if len(piece) >= LONG and piece not in said)


def left_in_english(text: str, language: Language) -> Iterator[str]:
    """Pieces of English; what publishers wrote, between quotation marks, may be in any language."""
    own = re.sub(r"[«“][^»”]*[»”]", "", text)
    return (piece for piece in english(language) if piece in own)


@pytest.mark.parametrize("language", OTHERS)
async def test_every_screen_speaks_the_language(ana: Person, running: Services, language: Language) -> None:
    await ana.ask(f"/language {language.value}")
    tell(running.store, 7)
    for asked in ASKED:
        answer = await ana.ask(asked)
        for text in (answer.text, *answer.buttons):
            assert not list(left_in_english(text, language)), (asked, text)
            assert len(text.encode("utf-16-le")) // 2 <= MESSAGE


@pytest.mark.parametrize("language", OTHERS)
def test_every_alert_speaks_the_language(language: Language) -> None:
    for told in story(language):
        text = told.replace("200 km around Walikale", "")  # what its reader called a watch
        assert not list(left_in_english(text, language)), text
        assert len(text.encode("utf-16-le")) // 2 <= MESSAGE


def test_english_would_be_found() -> None:
    assert list(left_in_english("Nothing was erased.", Language.FR))
    assert not list(left_in_english("« Nothing was erased. »", Language.FR))
