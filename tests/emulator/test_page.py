"""The chat page's own words."""

import re
from pathlib import Path

import pytest

from alerts.types import Language
from chat.about import COMMANDS
from emulator import server

PAGE = Path(server.PAGE).read_text("utf-8")
WORDS = re.compile(r"^  (\w\w): \{(.*)\},$", re.MULTILINE)
PAIR = re.compile(r'(\w+): "([^"]+)"')


def words() -> dict[str, dict[str, str]]:
    return {language: dict(PAIR.findall(body)) for language, body in WORDS.findall(PAGE)}


@pytest.mark.parametrize("language", Language)
def test_every_language_has_every_word(language: Language) -> None:
    own, english = words()[language.value], words()["en"]
    assert own.keys() == english.keys()
    same = {key for key in own if own[key] == english[key]}
    assert language is Language.EN or same <= {"message", "chats", "point"}


def test_every_word_is_used_and_known() -> None:
    by_id = re.findall(r"for \(const id of \[(.*?)\]", PAGE)[0]
    used = {*re.findall(r"\bW\.(\w+)", PAGE), *re.findall(r"\w+", by_id)}
    assert used == words()["en"].keys()


def test_what_is_used_most_stands_first_in_the_menu() -> None:
    first = re.findall(r'"(\w+)"', re.findall(r"FIRST_COMMANDS = \[(.*?)\]", PAGE)[0])
    assert {"help", "map", "settings"} <= set(first) <= {*COMMANDS, "help"}
