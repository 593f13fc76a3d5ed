"""Every text exists in every language, with the same placeholders; broken catalogues are named."""

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.i18n import LOCALE, Translator, load, read_catalogue, zone
from alerts.types import Language
from classifiers.taxonomy import SIGNALS
from errors import InvalidInput
from tests.messages import messages

WANTED = messages("alerts") | {(facts.name, None) for facts in SIGNALS.values()}
OTHERS = [language for language in Language if language is not Language.EN]


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_and_none_is_left_over(language: Language) -> None:
    catalogue = read_catalogue(LOCALE / f"{language.value}.po", language)
    found = {(m.id[0], m.id[1]) if m.pluralizable else (m.id, None) for m in catalogue if m.id}
    assert found == WANTED


@pytest.mark.parametrize("language", OTHERS)
def test_translations_have_the_same_placeholders(language: Language) -> None:
    for message in read_catalogue(LOCALE / f"{language.value}.po", language):
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        expected = set.union(*(placeholders(text) for text in ids))
        for form in forms:
            assert form, message.id
            assert placeholders(form) == expected, message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        (Language.EN, 0, "0 people killed"),
        (Language.EN, 1, "1 person killed"),
        (Language.EN, 1200, "1,200 people killed"),
        (Language.FR, 0, "0 personne tuée"),
        (Language.FR, 1, "1 personne tuée"),
        (Language.FR, 2, "2 personnes tuées"),
    ],
)
def test_plural_forms(language: Language, count: int, expected: str) -> None:
    assert load(language).plural("{count} person killed", "{count} people killed", count) == expected


def test_values_are_inserted_as_they_are() -> None:
    assert load(Language.FR).text("Who: {names}", names="{names} %s") == "Qui\u00a0: {names} %s"


def test_a_message_without_a_translation_is_given_in_english() -> None:
    assert load(Language.FR).text("Not in the catalogue: {name}", name="x") == "Not in the catalogue: x"
    assert load(Language.FR).plural("{count} thing", "{count} things", 2) == "2 things"


def test_times_are_the_reader_s() -> None:
    moment = datetime(2025, 3, 19, 23, 30, tzinfo=UTC)
    kathmandu = zone("Asia/Kathmandu")
    assert load(Language.EN).time(moment, kathmandu) == "20 March, 05:15"
    assert load(Language.FR).full_time(moment, kathmandu) == "20 mars 2025, 05:15"


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "Africa/\x00"])
def test_an_unknown_time_zone_is_named(name: str) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        zone(name)


def test_countries_and_languages_have_names() -> None:
    assert load(Language.EN).country("CD") == "DR Congo"
    assert load(Language.FR).country("UA") == "Ukraine"
    assert load(Language.EN).country("ZZZ") == "ZZZ"
    assert load(Language.FR).language_name("sw") == "swahili"


def test_a_missing_or_broken_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"fr\.po: cannot be read"):
        load(Language.FR, tmp_path)
    (tmp_path / "fr.po").write_text('msgid "a"\nmsgtr "b"\n', encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"fr\.po: is no gettext catalogue"):
        read_catalogue(tmp_path / "fr.po", Language.FR)


def test_catalogues_of_several_folders_are_joined(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text('msgid "Who: {names}"\nmsgstr "Acteur {names}"\n', encoding="utf-8")
    translator: Translator = load(Language.FR, LOCALE, tmp_path)
    assert translator.text("Who: {names}", names="M23") == "Acteur M23"
    assert translator.text("Severe") == "Grave"
