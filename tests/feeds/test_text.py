import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.text import first_sentence, plain, shorten


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Les habitants</p><p>fuient</p>", "Les habitants fuient"),
        ("Les rebelles du <b>M</b>23", "Les rebelles du M23"),
        ("L&#8217;arm&eacute;e d&amp;eacute;ment", "L’armée dément"),
        ("&lt;p&gt;twice&lt;/p&gt; escaped", "twice escaped"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("AT&T and R&D", "AT&T and R&D"),
        ('<img alt="a > b" src="x">after', "after"),
        ("<a title='unpaired\">link</a> text", "link text"),
        ("one<br/>two<hr>three", "one two three"),
        ("<script>alert(1)</script>kept<style>p{}</style>", "kept"),
        ("<SCRIPT>never closed", ""),
        ("before<!-- never closed <p>x</p>", "before"),
        ("cut off in a <a href='x", "cut off in a"),
        ("a\u202eb\u2066c\u2069 \u200bd\u00ade\x00\x1b[0m", "abc de[0m"),
        ("a\u0085b\u2028c\u00a0d", "a b c d"),
        ("می\u200cرود", "می\u200cرود"),
        ("Cafe\u0301", "Café"),
        ("&#0;&#x110000;&#xD800;x", None),
        ("", ""),
    ],
)
def test_markup_becomes_text(markup: str, text: str | None) -> None:
    read = plain(markup, 100)
    assert read == text or (text is None and read.endswith("x"))


@pytest.mark.parametrize("limit", [10, 11, 12, 40])
def test_a_long_text_is_cut_at_a_word(limit: int) -> None:
    text = "the rebels entered the town at dawn"
    assert len(shorten(text, limit)) <= limit
    assert shorten(text, limit) == {10: "the rebel…", 11: "the rebels…", 12: "the rebels…"}.get(limit, text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The town fell. People fled.", "The town fell."),
        ("Who fled? Nobody.", "Who fled?"),
        ("At 5.30 they came", "At 5.30 they came"),
        ("سقطت المدينة؟ نعم", "سقطت المدينة؟"),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text, 100) == first


@given(st.text(max_size=300), st.integers(2, 100))
def test_any_text_comes_out_short_clean_and_settled(markup: str, limit: int) -> None:
    text = plain(markup, limit)
    assert len(text) <= limit
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert "  " not in text
    assert text == text.strip()


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "<a b='", '<a b="', "<", "&", "&#", "<script", "<![CDATA[", "</", "<p"]
)
def test_hostile_markup_takes_no_time(piece: str) -> None:
    start = time.process_time()
    plain(piece * 200_000, 4_000)
    assert time.process_time() - start < 1
