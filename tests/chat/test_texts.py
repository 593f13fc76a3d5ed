"""Texts are cut as Telegram counts."""

import pytest

from chat.texts import clip


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
