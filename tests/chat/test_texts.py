"""Every text exists in every language, with the same placeholders; and texts are cut as Telegram counts."""

import string

import pytest

from alerts.i18n import read_catalogue
from alerts.types import Language
from chat.i18n import LOCALE
from chat.texts import clip
from tests.messages import messages

OTHERS = [language for language in Language if language is not Language.EN]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language: Language) -> None:
    catalogue = read_catalogue(LOCALE / f"{language.value}.po", language)
    found = {(m.id[0], m.id[1]) if m.pluralizable else (m.id, None) for m in catalogue if m.id}
    assert found == messages("chat")


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_same_placeholders(language: Language) -> None:
    for message in read_catalogue(LOCALE / f"{language.value}.po", language):
        ids = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        if not message.id:
            continue
        expected = set.union(*(placeholders(text) for text in ids))
        for form in forms:
            assert form, message.id
            assert placeholders(form) | {"count"} == expected | {"count"}, message.id


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one too long", 11, "one too lo…"),
        ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀😀", 6, "😀😀…"),
    ],
)
def test_cutting_counts_utf16_and_splits_no_character(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected
    assert len(clip(text, limit).encode("utf-16-le")) // 2 <= limit
