"""Folding of names and texts to keys, so that "Kitchanga", "KITCHANGA" and "Kitchanga," meet.

`fold` is used on both sides: on gazetteer names when the gazetteer is baked and on the words of a text when it is read.
Changing it means baking again.
"""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ə": "e",
        "ى": "ي",
        "ة": "ه",
        "ی": "ي",
        "ک": "ك",
        "ـ": "",
        **dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff", ""),  # marks that nobody sees
        **dict.fromkeys("'’‘ʼʻ`´ʿʾʹʺ′.", ""),
        **dict.fromkeys('-‐‑–—_/,;:()[]"“”«»·־', " "),
    }
)
_WORDS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_ARTICLE = "ال"
_MIN_WITH_ARTICLE = 5


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The key of a name: lower case, no diacritics, apostrophes or hyphens, Arabic and Cyrillic letters unified."""
    text = name.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = text.translate(_LETTERS).split()
    return " ".join(_fold_word(word) for word in words)


def _fold_word(word: str) -> str:
    if word.startswith(_ARTICLE) and len(word) >= _MIN_WITH_ARTICLE:
        return word[len(_ARTICLE) :]
    return _WORDS.get(word, word)


def is_latin(name: str) -> bool:
    return all(c < "ɐ" or "Ḁ" <= c <= "ỿ" or not c.isalpha() for c in name)


def is_cyrillic(name: str) -> bool:
    return not name.isascii() and any("Ѐ" <= c <= "ӿ" for c in name)


def is_arabic(name: str) -> bool:
    return not name.isascii() and any("؀" <= c <= "ۿ" for c in name)
