"""Light stemming of names: Cyrillic case endings and Arabic clitics, as candidate base forms."""

from collections.abc import Iterator

from places.text import fold

# ending -> what the nominative may end in; the first that the gazetteer knows is taken, longer endings first
_CYRILLIC = (
    ("скими", ("ская", "ский")),
    ("ского", ("ский", "ск")),
    ("скому", ("ский", "ск")),
    ("ской", ("ская",)),
    ("скую", ("ская",)),
    ("ском", ("ский", "ск")),
    ("ским", ("ский",)),
    ("ских", ("ские",)),
    ("ами", ("ы", "а")),
    ("ями", ("и",)),
    ("ией", ("ия",)),
    ("ого", ("ое", "ый", "ий")),
    ("ому", ("ое", "ый", "ий")),
    ("ах", ("ы", "а", "и")),
    ("ях", ("и", "я")),
    ("ом", ("", "о")),
    ("ем", ("", "ь", "е")),
    ("ой", ("а", "ая", "ое")),
    ("ую", ("ая",)),
    ("ым", ("ый", "ое")),
    ("ей", ("я", "ь")),
    ("ии", ("ия",)),
    ("ию", ("ия",)),
    ("ью", ("ь",)),
    ("у", ("", "а", "о")),
    ("ю", ("я", "ь", "й")),
    ("ы", ("а", "")),
    ("и", ("а", "ь", "я", "")),
    ("е", ("", "а", "о", "ь", "я")),
    ("а", ("", "о")),
    ("я", ("ь", "й", "е")),
)
_MIN_STEM = 3
_ARABIC_PREFIXES = ("وال", "بال", "ولل", "لل", "وب", "ول", "و", "ب", "ل")
_MIN_ARABIC = 3


def cyrillic_bases(word: str) -> Iterator[str]:
    """Folded nominatives that an oblique form may stand for: "Харькове" gives "харьков" among others."""
    key = fold(word)
    for ending, nominatives in _CYRILLIC:
        ending = fold(ending)
        if key.endswith(ending) and len(key) - len(ending) >= _MIN_STEM:
            stem = key[: -len(ending)]
            yield from (fold(stem + nominative) for nominative in nominatives)


def arabic_bases(word: str) -> Iterator[str]:
    """Folded forms without conjunction, preposition and article: "وبالموصل" gives "موصل" among others."""
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_ARABIC:
            yield fold(word[len(prefix) :])
