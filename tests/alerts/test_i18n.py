"""Texts, times, numbers and names in the reader's language; broken catalogues are named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from alerts.i18n import LOCALE, Translator, load, read_catalogue, zone
from alerts.types import Language
from errors import InvalidInput


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        (Language.EN, 0, "0 people killed"),
        (Language.EN, 1, "1 person killed"),
        (Language.EN, 1200, "1,200 people killed"),
        (Language.FR, 0, "0 personne tuée"),
        (Language.FR, 1, "1 personne tuée"),
        (Language.FR, 2, "2 personnes tuées"),
        (Language.SW, 1, "mtu 1 ameuawa"),
        (Language.SW, 1200, "watu 1.200 wameuawa"),
        (Language.ES, 1, "1 persona muerta"),
        (Language.PT, 0, "0 pessoas mortas"),
        (Language.AR, 0, "0 قتيل"),
        (Language.AR, 1, "قتيل واحد"),
        (Language.AR, 2, "قتيلان"),
        (Language.AR, 7, "7 قتلى"),
        (Language.AR, 12, "12 قتيلًا"),
        (Language.AR, 103, "103 قتلى"),
        (Language.AR, 200, "200 قتيل"),
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


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.EN, ("20 March", "20 March 2025, 05:15", "a, b and c")),
        (Language.FR, ("20 mars", "20 mars 2025, 05:15", "a, b et c")),
        (Language.SW, ("20 Machi", "20 Machi 2025 05:15", "a, b na c")),
        (Language.ES, ("20 de marzo", "20 de marzo de 2025, 05:15", "a, b y c")),
        (Language.PT, ("20 de março", "20 de março de 2025, 05:15", "a, b e c")),
        (Language.AR, ("20 مارس", "20 مارس 2025، 05:15", "\u2068a\u2069 و\u2068b\u2069 و\u2068c\u2069")),
    ],
)
def test_each_language_writes_dates_and_lists_its_own_way(language: Language, expected: tuple[str, str, str]) -> None:
    t, moment, kathmandu = load(language), datetime(2025, 3, 19, 23, 30, tzinfo=UTC), zone("Asia/Kathmandu")
    assert t.time(moment, kathmandu).startswith(expected[0])
    assert (t.full_time(moment, kathmandu), t.listing(["a", "b", "c"])) == expected[1:]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.EN, "North Kivu"),
        (Language.FR, "Nord-Kivu"),
        (Language.SW, "Kivu Kaskazini"),
        (Language.ES, "Kivu del Norte"),
        (Language.PT, "Kivu do Norte"),
        (Language.AR, "شمال كيفو"),
    ],
)
def test_provinces_are_named_in_the_reader_s_language(language: Language, expected: str) -> None:
    assert load(language).place("North Kivu", "CD") == expected
    assert load(language).place("Nowhere at all", "CD") == "Nowhere at all"


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
