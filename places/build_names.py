"""Which of a source's names can be trusted to mean the place, and in what form."""

import re

from rapidfuzz import fuzz

from places.build_sources import Town
from places.text import fold, is_arabic, is_cyrillic, is_latin

ARABIC = frozenset(
    [
        "AE",
        "BH",
        "DZ",
        "EG",
        "IQ",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
        "EH",
        "DJ",
        "IR",
        "AF",
        "PK",
    ]
)
CYRILLIC = frozenset(
    ["RU", "UA", "BY", "BG", "RS", "MK", "KZ", "KG", "TJ", "UZ", "MN", "ME", "BA", "MD", "GE", "AM", "AZ"]
)
# a larger place is named in other scripts because people write about it there; a hamlet mostly by mistake
FOREIGN_SCRIPT_POPULATION = 3_000
ANY_NAME_POPULATION = 15_000
SIMILAR = 55

_TYPES = (
    "province|region|governorate|state|oblast|krai|kray|department|prefecture|division|wilaya|"
    "autonomous okrug|okrug|metropolitan city|municipality|special region|union territory|emirate|atoll"
)
_TYPES_SECOND = "raion|rayon|territory|subprefecture|cercle|locality"
_SUFFIX = re.compile(rf"(?<=\w)[ -](?:{_TYPES}|{_TYPES_SECOND})$", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:the state of|state of|province of|province (?:du|de la|de l['’]|des|de|d['’])|"
    r"r[ée]gion (?:du|de la|de l['’]|des|de|d['’])|d[ée]partement (?:du|de la|de l['’]|des|de|d['’])|"
    r"provincia del?|departamento del?|estado del?|mkoa wa|jimbo la|wilaya ya|territoire de|cercle de|"
    r"محافظة|ولاية|إقليم|منطقة|muḩāfaz̧at|mintaqat) ?",
    re.IGNORECASE,
)
_SUFFIX_RU = re.compile(r" (?:область|край|район|республика|губерния)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ODD = re.compile(r"\d|[(){}\[\]<>/@#]|^\W+$")
_TYPE_COUNTRIES_KEPT = {"US", "GB", "IE", "LR"}  # "Clay County" is never called "Clay"


def usable(name: str) -> bool:
    """Whether a name can stand in a text as written: a real word in one of our scripts, no code."""
    if len(name) < 2 or _ODD.search(name):
        return False
    if is_arabic(name) or is_cyrillic(name):
        return not any("a" <= c <= "z" for c in name.lower())
    if not is_latin(name) or not any(c.isalpha() for c in name):
        return False
    letters = [c for c in name if c.isalpha()]
    code = name.isupper() and len(letters) <= 4
    return letters[0].isupper() and not code


def strip_type(name: str, country: str) -> str:
    """ "Anbar Governorate" -> "Anbar"; counties keep their type, since a bare name never means them."""
    if country in _TYPE_COUNTRIES_KEPT and name.endswith((" County", " Parish", " Borough", " District")):
        return name
    bare = _SUFFIX_RU.sub("", _SUFFIX.sub("", _PREFIX.sub("", name.strip())))
    return bare if len(bare) > 1 else name


def town_names(town: Town) -> tuple[list[str], list[str]]:
    """Primary and alternate names of a town.

    GeoNames gives alternate names without language, and those of small places are often another place's (a hamlet
    "Nairobi" with the Kenyan capital's names in forty languages): of a small place only names like its own count.
    """
    alternates = []
    for name in town.alternates:
        if not usable(name) or fold(name) == fold(town.name):
            continue
        if is_arabic(name):
            trusted = town.country in ARABIC or town.population >= FOREIGN_SCRIPT_POPULATION
        elif is_cyrillic(name):
            trusted = town.country in CYRILLIC or town.population >= FOREIGN_SCRIPT_POPULATION
        else:
            alike = fuzz.ratio(fold(name), fold(town.name)) >= SIMILAR
            trusted = alike or town.population >= ANY_NAME_POPULATION
        if trusted:
            alternates.append(name)
    return [town.name], alternates


def swahili_peoples(name: str) -> list[str]:
    """ "Palestina" -> Wapalestina, Mpalestina, Kipalestina; names with the prefix of lands lose it: Urusi, Warusi."""
    stem = name[1:] if name.startswith("U") and name[1:2].islower() and name not in ("Uganda", "Ukraine") else name
    stem = stem.lower()
    stem = stem.removesuffix("e") + "i" if name == "Ukraine" else stem
    return [prefix + stem for prefix in ("Wa", "M", "Ki", "ki", "wa")]


def without_brackets(name: str) -> str:
    """ "Мьянма (Бирма)" -> "Мьянма"."""
    return _BRACKETS.sub("", name)
