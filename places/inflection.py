"""Light stemming of names: Cyrillic case endings and Arabic clitics, as candidate base forms."""

from collections.abc import Iterator, Sequence

from places.text import fold, is_arabic, is_cyrillic

# ending -> what the nominative may end in; the first that the gazetteer knows is taken, longer endings first
_ENDINGS = (
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
_CYRILLIC = tuple((fold(ending), tuple(map(fold, bases))) for ending, bases in _ENDINGS)
_MIN_STEM = 3
_ARABIC_PREFIXES = ("وال", "بال", "ولل", "لل", "وب", "ول", "و", "ب", "ل")
_MIN_ARABIC = 3


def phrase_forms(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The forms that a declined name may stand for, with the number of words it takes up, the longest first."""
    if is_cyrillic(words[0]):
        for count in range(len(words), 1, -1):
            yield from ((count, key) for key in cyrillic_phrases(words[:count]))
        yield from ((1, key) for key in cyrillic_bases(words[0]))
    elif is_arabic(words[0]):
        rest = [fold(word) for word in words[1:]]
        for count in range(len(words), 0, -1):
            yield from ((count, " ".join([base, *rest[: count - 1]])) for base in arabic_bases(words[0]))


def cyrillic_phrases(words: Sequence[str]) -> Iterator[str]:
    """Folded nominatives of a name of several words of which the last, or every one, is declined: "Порт-о-Пренса",
    "Южном Судане"."""
    *first, last = words
    heads = [fold(word) for word in first]
    for base in cyrillic_bases(last):
        yield " ".join([*heads, base])
    declined = [[head, *cyrillic_bases(word)] for head, word in zip(heads, first, strict=True) if len(head) > _MIN_STEM]
    if len(declined) == len(heads) == 1:
        for head in declined[0][1:]:
            yield from (f"{head} {base}" for base in (fold(last), *cyrillic_bases(last)))


def cyrillic_bases(word: str) -> Iterator[str]:
    """Folded nominatives that an oblique form may stand for: "Харькове" gives "харьков" among others."""
    key = fold(word)
    for ending, nominatives in _CYRILLIC:
        if key.endswith(ending) and len(key) - len(ending) >= _MIN_STEM:
            stem = key[: -len(ending)]
            yield from (stem + nominative for nominative in nominatives)


def arabic_bases(word: str) -> Iterator[str]:
    """Folded forms without conjunction, preposition and article: "وبالموصل" gives "موصل" among others."""
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _MIN_ARABIC:
            yield fold(word[len(prefix) :])
