"""The words of a text, alike for finding whatever their case and accents, on every database."""

import re
import unicodedata
from itertools import filterfalse

LONGEST = 40  # characters of a word that are kept
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Text for finding words whatever their case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    if decomposed.isascii():
        return decomposed
    return "".join(filterfalse(unicodedata.combining, decomposed))


def words_of(text: str, most: int) -> list[str]:
    """The first `most` words of a text, folded: letters and digits only, so that no database reads more into them."""
    return [match.group()[:LONGEST] for _, match in zip(range(most), _WORD.finditer(folded(text)), strict=False)]
