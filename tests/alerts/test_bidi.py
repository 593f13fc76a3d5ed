"""What runs from left to right keeps its place within Arabic."""

import pytest

from alerts.bidi import isolated, isolated_runs, led, left_to_right, unmarked
from alerts.i18n import load
from alerts.types import Language

FSI, LRI, PDI = "\u2068", "\u2066", "\u2069"


@pytest.mark.parametrize(
    ("value", "marked"),
    [
        ("M23", True),
        ("T-0417/2", True),
        ("https://okapi.example/a", True),
        ("-1.4", True),
        ("▁▂▃", True),
        ("1,200", False),
        ("94%", False),
        ("18:04", False),
        ("19 مارس 2025، 18:04", False),
        ("غزة (فلسطين)", False),
        ("حول Walikale", True),
        (f"حول {FSI}Walikale{PDI}", False),
        ("", False),
        ("M23\nFARDC", False),
        (f"{FSI}enter{PDI}، {FSI}rebels{PDI}", False),
    ],
)
def test_a_value_is_set_apart_where_it_must_be(value: str, marked: bool) -> None:
    assert isolated(value) == (f"{FSI}{value}{PDI}" if marked else value)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("يعرض /help المزيد.", f"يعرض {FSI}/help{PDI} المزيد."),
        ("مثلًا: /quiet 22:00-06:00 أو /quiet off", f"مثلًا: {FSI}/quiet 22:00-06:00{PDI} أو {FSI}/quiet off{PDI}"),
        ("بصيغة CSV. إذا", f"بصيغة {FSI}CSV{PDI}. إذا"),
        ("مثلًا /alert 417. /alerts يعرضها", f"مثلًا {FSI}/alert 417{PDI}. {FSI}/alerts{PDI} يعرضها"),
        ("مثلًا /channel @name", f"مثلًا {FSI}/channel @name{PDI}"),
        ("بين -90 و 90", f"بين {FSI}-90{PDI} و 90"),
        ("{name} من {count}", "{name} من {count}"),
    ],
)
def test_latin_words_of_a_message_are_set_apart(message: str, expected: str) -> None:
    assert isolated_runs(message) == expected
    assert unmarked(expected) == message


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        (f"{FSI}T-0417/1{PDI}: أول خبر", True),
        (f"«{FSI}Rebels enter{PDI}» (باللغة الإنجليزية)", True),
        ("من: M23", False),
        ("T-0417/2", False),
        ("19 مارس", False),
        ("", False),
    ],
)
def test_a_line_of_arabic_is_led_to_run_from_the_right(line: str, marked: bool) -> None:
    assert led(line) == ("\u200f" + line if marked else line)
    assert led(f"{line}\n{line}") == f"{led(line)}\n{led(line)}"
    assert unmarked(led(line)) == unmarked(line)


def test_only_arabic_is_marked() -> None:
    assert load(Language.AR).text("Who: {names}", names="M23") == f"من: {FSI}M23{PDI}"
    assert load(Language.FR).text("Who: {names}", names="M23") == "Qui\u00a0: M23"
    assert load(Language.AR).left_to_right("▁▂") == left_to_right("▁▂") == f"{LRI}▁▂{PDI}"
    assert load(Language.SW).left_to_right("▁▂") == "▁▂"
