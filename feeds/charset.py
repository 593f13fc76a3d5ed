"""Bytes to text, for feeds that lie about their encoding."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BARE_UTF16 = ((b"<\x00?\x00", "utf-16-le"), (b"\x00<\x00?", "utf-16-be"))
# What browsers read under these names (WHATWG Encoding Standard): the Windows superset.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_LABELS = (
    "utf-8 ascii koi8-r koi8-u mac-roman mac-cyrillic cp866 cp874 tis-620 gb2312 gbk gb18030 hz big5 big5hkscs euc_jp "
    "shift_jis cp932 iso2022_jp euc_kr cp949 iso2022_kr"
)
# UTF-16 is told by its bytes alone; everything else that Python can decode (zip, idna, utf-7) is no feed's charset.
_KNOWN = frozenset([*_LABELS.split(), *(f"iso8859-{n}" for n in range(1, 17)), *(f"cp{n}" for n in range(1250, 1259))])
_SEVEN_BIT = ("iso2022", "hz")  # all their bytes are ASCII, so a UTF-8 reading would "succeed"
_ARABIC = frozenset({"ar", "fa", "ps", "ur", "ckb", "ug"})
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"})
_UNDECLARED = frozenset({"utf-8", "cp1252", None})  # labels that servers send without knowing

_PROLOG = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*(?:<!\[CDATA\[)?\s*([A-Za-z]{2,3})")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")


def decode(body: bytes, content_type: str | None = None, language: str | None = None) -> str:
    """The text of a feed's body; never fails, at worst with replacement characters.

    A byte order mark wins; then UTF-8 wherever the bytes are valid UTF-8 with any label (chance does not produce
    that); then the label of HTTP, then of the XML declaration; then a guess from the script of the bytes and from
    `language`.
    """
    for mark, encoding in _BOMS + _BARE_UTF16:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    label = _label(_CHARSET.search(content_type or "")) or _label(_PROLOG.match(body.lstrip()[:400]))
    if label and label.startswith(_SEVEN_BIT):
        return body.decode(label, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(body, label, language)


def _label(found: re.Match[str] | re.Match[bytes] | None) -> str | None:
    if found is None:
        return None
    name = found[1].decode("ascii") if isinstance(found[1], bytes) else found[1]
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(known, known) if known in _KNOWN else None


def _legacy(body: bytes, label: str | None, language: str | None) -> str:
    if label not in _UNDECLARED and label is not None:
        return body.decode(label, "replace")
    repaired = body.decode("utf-8", "replace")
    damage = repaired.count("\ufffd")
    if sum(1 for letter in repaired if letter > "\x7f") - damage > damage:  # UTF-8 with a few broken bytes
        return repaired
    return body.decode(_guess(body, language), "replace")


def _guess(body: bytes, language: str | None) -> str:
    """The Windows code page: Latin text has lone high bytes, Arabic and Cyrillic text has runs of them."""
    high = sum(1 for byte in body if byte > 0x7F)
    runs = b"".join(_HIGH_RUN.findall(body))
    if len(runs) * 2 < high:
        return "cp1252"
    stated = _LANGUAGE.search(body)
    code = language or (stated[1].decode("ascii").lower() if stated else "")
    if code in _ARABIC or code in _CYRILLIC:
        return "cp1256" if code in _ARABIC else "cp1251"
    # The most frequent Cyrillic letters lie from 0xE0 to 0xFF; hardly any Arabic letter lies above 0xEF.
    late = sum(1 for byte in runs if byte >= 0xF0)
    return "cp1251" if late * 8 > len(runs) else "cp1256"
