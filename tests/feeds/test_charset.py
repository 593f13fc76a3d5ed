import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.charset import decode

FRENCH = "Les déplacés de Kalehe – « l’armée » à 5 €"
ARABIC = "اشتباكات عنيفة في مدينة الفاشر بين الجيش وقوات الدعم السريع، والسكان يفرون"
RUSSIAN = "Войска обстреляли город ночью, сообщили местные власти, погибли два человека"


def xml(text: str, label: str | None = None, language: str | None = None) -> str:
    prolog = f' encoding="{label}"' if label else ""
    stated = f"<language>{language}</language>" if language else ""
    return f'<?xml version="1.0"{prolog}?><rss>{stated}<title>{text}</title></rss>'


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", "windows-1252", "us-ascii", "utf-16", "nonsense", None])
def test_valid_utf_8_is_utf_8_whatever_it_is_called(label: str | None) -> None:
    header = f"text/xml; charset={label}" if label else None
    assert FRENCH in decode(xml(FRENCH, label).encode(), header)


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1252", "utf-8", "us-ascii", None])
def test_windows_latin_is_read_under_the_usual_wrong_names(label: str | None) -> None:
    header = f'text/xml; charset="{label}"' if label else None
    assert FRENCH in decode(xml(FRENCH).encode("cp1252"), header)
    assert FRENCH in decode(xml(FRENCH, label).encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso-8859-6", "iso-8859-6"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        ("戦闘が続く", "shift_jis", "Shift_JIS"),
        ("戦闘が続く", "iso-2022-jp", "iso-2022-jp"),
        ("冲突升级", "gb18030", "gb2312"),
        ("Ağır çatışmalar", "cp1254", "iso-8859-9"),
    ],
)
def test_a_true_label_is_followed(text: str, encoding: str, label: str) -> None:
    assert text in decode(xml(text, label).encode(encoding))
    assert text in decode(xml(text).encode(encoding), f"application/rss+xml; charset={label}")


def test_http_outranks_the_prolog() -> None:
    assert ARABIC in decode(xml(ARABIC, "windows-1251").encode("cp1256"), "text/xml; charset=windows-1256")


@pytest.mark.parametrize("label", ["utf-8", "iso-8859-1", None])
@pytest.mark.parametrize("hint", ["argument", "feed", "none"])
def test_a_script_without_a_true_label_is_guessed(label: str | None, hint: str) -> None:
    for text, encoding, language in ((ARABIC, "cp1256", "ar"), (RUSSIAN, "cp1251", "ru")):
        body = xml(text, label, language if hint == "feed" else None).encode(encoding)
        assert text in decode(body, None, language if hint == "argument" else None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_bare_utf_16(encoding: str) -> None:
    assert decode(xml(FRENCH).encode(encoding), "text/xml; charset=iso-8859-1") == xml(FRENCH)


def test_one_broken_byte_does_not_turn_utf_8_into_gibberish() -> None:
    body = xml(FRENCH * 3).encode() + b"\xff"
    assert FRENCH in decode(body)


@pytest.mark.parametrize("label", ["utf-7", "zip", "rot13", "unicode_escape", "idna"])
def test_codecs_that_are_no_charsets_are_not_used(label: str) -> None:
    text = decode(b"<rss>+ADw-script+AD4- \\u003cscript\\u003e \xe9</rss>", f"text/xml; charset={label}")
    assert "+ADw-" in text
    assert "<script" not in text


@given(st.binary(max_size=200), st.sampled_from([None, "text/xml; charset=utf-16", "text/xml; charset=koi8-r"]))
def test_it_never_fails(body: bytes, header: str | None) -> None:
    assert isinstance(decode(body, header), str)
