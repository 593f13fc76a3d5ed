"""What falls short of taking a town."""

from pathlib import Path

import pytest

from classifiers.untaken import Short, default_words, load_words
from errors import InvalidInput


def kinds(text: str) -> set[Short]:
    return set(default_words().found(text))


def test_where_a_text_falls_short_is_found() -> None:
    text = "Army beats rebels back from Mavuno"
    [(start, end)] = default_words().found(text)[Short.REPELLED]
    assert text[start:end] == "beats rebels back"


def test_several_kinds_are_told_apart() -> None:
    assert kinds("Rebels advance on Kilima; others still hold Mavuno") == {Short.NEARED, Short.STAYED}


@pytest.mark.parametrize(
    "text", ["Rebels advance on Kilima after they entered Mavuno", "Mavuno market opens at dawn", ""]
)
def test_nothing_falls_short_where_a_town_was_taken_or_none_is_told_of(text: str) -> None:
    assert kinds(text) == set()


def test_a_verb_within_what_falls_short_is_no_capture() -> None:
    assert kinds("Войска отбили атаку") == {Short.REPELLED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mavuno under the control of the army", True),
        ("Mavuno falls under the control of the army", False),
        ("Mavuno passe sous contrôle des rebelles", False),
        ("Mavuno sous contrôle des FARDC", True),
        ("Army takes Mavuno, now in the hands of its troops", False),
        ("Market in Mavuno reopens", False),
    ],
)
def test_holding_a_town_is_told_from_taking_it(text: str, expected: bool) -> None:
    assert default_words().says_held(text) is expected


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "untaken.yaml"
    sections = "".join(f"{name}: {{en: ['[']}}\n" for name in (*Short, "held", "taken"))
    path.write_text(sections)
    with pytest.raises(InvalidInput, match=r"untaken\.yaml, reassured"):
        load_words(path)
    path.write_text("reassured: {}\n")
    with pytest.raises(InvalidInput, match="lacks neared"):
        load_words(path)
