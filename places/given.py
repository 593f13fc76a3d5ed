"""Resolving mentions that somebody else marked: what to look up, and what to say of a name that nothing bears."""

from collections.abc import Sequence

from places.baked import Kind
from places.gazetteer import Gazetteer
from places.inflection import arabic_bases, cyrillic_bases
from places.recognise import Found
from places.text import is_arabic, is_cyrillic
from places.tokens import tokenise
from places.types import Mention
from places.words import COMPASS, SITES, TYPES, WATER_AFTER, WATER_BEFORE

_PEOPLE = ("ians", "ans", "ns", "ers", "ian", "an", "n", "i", "is", "s", "ese")


def given(text: str, span: tuple[int, int], gazetteer: Gazetteer) -> Found | None:
    """The mention with what it may mean; None where no form of it is known."""
    start, end = span
    name = text[start:end]
    for key, cue in _forms(name, text[end : end + 1], gazetteer):
        candidates = gazetteer.abbreviations.get(key) if "." in key or key.isupper() else gazetteer.candidates(key)
        if candidates:
            naming = min(candidate.naming for candidate in candidates)
            return Found(Mention(start, end, name), key, tuple(candidates), cue, True, naming, 0, 0)
    return None


def _forms(name: str, following: str, gazetteer: Gazetteer) -> Sequence[tuple[str, Kind | None]]:
    """Keys to try, the likeliest first, each with the kind that the name itself announces."""
    tokens = tokenise(name)
    keys = [token.key for token in tokens]
    forms: list[tuple[str, Kind | None]] = []
    short = name.replace(" ", "").strip(",")
    for form in (short, short + "." if following == "." else short):
        if form in gazetteer.abbreviations:
            forms.append((form, None))
    forms.append((" ".join(keys), None))
    while keys and keys[0] in ("the", "la", "le", "el", "los"):
        keys = keys[1:]
    trimmed, cue = list(keys), None
    while len(trimmed) > 1 and (trimmed[-1] in TYPES or trimmed[-1] in SITES or trimmed[-1] in WATER_AFTER):
        cue = cue or TYPES.get(trimmed[-1])
        trimmed = trimmed[:-1]
        forms.append((" ".join(trimmed), cue))
    while len(trimmed) > 1 and (trimmed[0] in COMPASS or trimmed[0] in WATER_BEFORE or trimmed[0] in TYPES):
        trimmed = trimmed[1:]
        forms.append((" ".join(trimmed), cue))
    if len(tokens) == 1:
        forms += [(base, None) for base in _bases(tokens[0].text)]
    last = trimmed[-1] if trimmed else ""
    for ending in _PEOPLE:
        if last.endswith(ending) and len(last) - len(ending) > 3:
            stem = " ".join([*trimmed[:-1], last[: -len(ending)]])
            forms += [(stem + tail, Kind.ADMIN1) for tail in ("", "a", "ia", "o")]
    return forms


def _bases(word: str) -> Sequence[str]:
    if is_cyrillic(word):
        return list(cyrillic_bases(word))
    return list(arabic_bases(word)) if is_arabic(word) else []
