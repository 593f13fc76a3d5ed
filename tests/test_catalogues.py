"""Every text exists in every language, with the same placeholders, plural forms and commands, and fits Telegram."""

import gettext
import re
import string
from functools import cache
from itertools import chain

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from alerts.i18n import locale_of, read_catalogue
from alerts.types import Language
from classifiers.taxonomy import SIGNALS
from tests.messages import ROOT, labels, messages, toasts

OTHERS = [language for language in Language if language is not Language.EN]
FOLDERS = ("alerts", "chat")
EVERY = [(folder, language) for folder in FOLDERS for language in OTHERS]
COUNTS = [*range(202), 1000, 1003, 1011, 1_000_000]
COMMAND = re.compile(r"(?<![\w/:])/[a-z]+")
MOST_LABEL, MOST_TOAST, MOST_DESCRIPTION, MOST_TEXT = 40, 150, 256, 1000


def wanted(folder: str) -> set[tuple[str, str | None]]:
    own = {(facts.name, None) for facts in SIGNALS.values()} if folder == "alerts" else set()
    return messages(folder) | own


@cache
def catalogue(folder: str, language: Language) -> Catalog:
    return read_catalogue(ROOT / folder / "locale" / f"{language.value}.po", language)


def entries(folder: str, language: Language) -> list[Message]:
    return [message for message in catalogue(folder, language) if message.id]


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (str(message.id),)


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (str(message.string or ""),)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def category(language: Language, count: int) -> str:
    """CLDR's plural category; its "many" of whole millions has no gettext form where figures are written in digits."""
    found = str(locale_of(language).plural_form(count))
    return "other" if found == "many" and language in (Language.FR, Language.ES, Language.PT) else found


def counts_of_forms(folder: str, language: Language) -> dict[int, list[int]]:
    """The counts that are told in each plural form."""
    index = gettext.c2py(catalogue(folder, language).plural_expr)
    found: dict[int, list[int]] = {}
    for count in COUNTS:
        found.setdefault(index(count), []).append(count)
    return found


@pytest.mark.parametrize(("folder", "language"), EVERY)
def test_every_text_is_translated_and_none_is_left_over(folder: str, language: Language) -> None:
    found = {(m.id[0], m.id[1]) if m.pluralizable else (m.id, None) for m in entries(folder, language)}
    assert found == wanted(folder)
    for message in entries(folder, language):
        assert all(forms(message)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize(("folder", "language"), EVERY)
def test_translations_have_the_same_placeholders_and_commands(folder: str, language: Language) -> None:
    """A count may be said in words ("two incidents") in a form for one number alone, or for none and one."""
    counts = counts_of_forms(folder, language)
    for message in entries(folder, language):
        expected = set.union(*(placeholders(text) for text in ids(message)))
        commands = set(chain.from_iterable(COMMAND.findall(text) for text in ids(message)))
        for number, form in enumerate(forms(message)):
            alone = message.pluralizable and (len(counts[number]) == 1 or counts[number] == [0, 1])
            spare = {"count"} if alone or "{count}" not in message.id[0] else set()
            assert placeholders(form) | spare == expected | spare, form
            assert set(COMMAND.findall(form)) == commands, form
            assert "<" not in form, form  # texts are plain: nothing that Telegram would take for a tag


@pytest.mark.parametrize(("folder", "language"), EVERY)
def test_plural_forms_are_those_of_the_language(folder: str, language: Language) -> None:
    index = gettext.c2py(catalogue(folder, language).plural_expr)
    pairs = {(index(count), category(language, count)) for count in COUNTS}
    assert len(pairs) == len({number for number, _ in pairs}) == len({name for _, name in pairs})
    assert len(pairs) == catalogue(folder, language).num_plurals
    for message in entries(folder, language):
        if message.pluralizable:
            assert len(forms(message)) == len(pairs), message.id


def test_arabic_has_six_forms() -> None:
    assert {Locale("ar").plural_form(count) for count in COUNTS} == {"zero", "one", "two", "few", "many", "other"}
    assert catalogue("alerts", Language.AR).num_plurals == 6


@pytest.mark.parametrize("folder", FOLDERS)
def test_french_has_one_apostrophe(folder: str) -> None:
    assert [text for message in entries(folder, Language.FR) for text in forms(message) if "'" in text] == []


@pytest.mark.parametrize("language", OTHERS)
def test_texts_fit_into_what_telegram_shows(language: Language) -> None:
    texts = {ids(message)[0]: max(forms(message), key=len) for message in entries("chat", language)}
    assert toasts()
    assert labels() < texts.keys()
    for limit, found in ((MOST_LABEL, labels()), (MOST_TOAST, toasts()), (MOST_TEXT, texts.keys())):
        for text in found & texts.keys():
            assert len(texts[text]) <= limit, texts[text]


@pytest.mark.parametrize("language", Language)
def test_command_menus_fit(language: Language) -> None:
    from chat.about import COMMANDS
    from chat.i18n import translator

    for name, words in COMMANDS.items():
        assert len(name) <= 32
        assert 3 <= len(translator(language).text(words)) <= MOST_DESCRIPTION, words


def test_status_words_are_those_of_the_glossary() -> None:
    rows = re.findall(
        r"^\| ([A-Z]{5,}(?: by)?) \|(.*)\|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) == 12
    for english, cells in rows:
        for language, word in zip(OTHERS, (cell.strip() for cell in cells.split("|")), strict=True):
            said = [
                form
                for message in entries("alerts", language)
                for form in forms(message)
                if re.search(rf"(?<!\w){english}(?!\w)", ids(message)[0])
            ]
            assert said, english
            assert all(word in form for form in said), (word, said)
