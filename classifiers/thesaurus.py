"""What else a word that somebody searches for is called, in any language we read: "hospital" is "clinic" and "hôpital".

The words are those of the lexicon: of each thing and language the plainest, which stand first there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from classifiers.concepts import ConceptName
from classifiers.lexicon import Concept, Lexicon, default_lexicon
from classifiers.lexicon_file import Pattern, Word
from classifiers.parties import party
from classifiers.taxonomy import Facility

Phrase = tuple[str, ...]  # folded words; one with BEGINNING behind it stands for all that begin with it
BEGINNING = "*"

_MOST_SPELLED = 4  # phrases that one pattern is written out as
_SHORTEST = 3  # letters of a word that are worth searching for
_LONG = 6  # letters of a word that few others begin with
_SHOWN = ("en", "fr", "sw", "es", "pt", "ar")
_ARABIC_ENDINGS = ("ه", "ي")  # which the lexicon folds, and an index of words does not
_ARABIC_ARTICLE = "ال"

_C = ConceptName
# What people search for, each with what it is kin to. Words about the telling, and those that most news have, are not.
_KINDS: tuple[tuple[frozenset[ConceptName], Facility | None], ...] = (
    (frozenset({_C.HOSPITAL, _C.CLINIC}), Facility.HEALTH),
    (frozenset({_C.AMBULANCE}), Facility.HEALTH),
    (frozenset({_C.SCHOOL}), Facility.SCHOOL),
    (frozenset({_C.CAMP}), Facility.CAMP),
    (frozenset({_C.AID_WORKER}), Facility.AID),
    (frozenset({_C.CONVOY}), None),
    (frozenset({_C.CHURCH}), Facility.WORSHIP),
    (frozenset({_C.MOSQUE}), Facility.WORSHIP),
    (frozenset({_C.MARKET}), Facility.MARKET),
    (frozenset({_C.JOURNALIST}), Facility.MEDIA),
    *((frozenset({name}), None) for name in (_C.AIRPORT, _C.PORT, _C.BRIDGE, _C.BORDER, _C.POLICE)),
    *((frozenset({name}), None) for name in (_C.CAPTURE, _C.CLASH, _C.AMBUSH, _C.SHELL, _C.AIRSTRIKE, _C.DRONE)),
    *((frozenset({name}), None) for name in (_C.MISSILE, _C.MINE, _C.EXPLOSION, _C.MASSACRE, _C.ABDUCT, _C.RAPE)),
    *((frozenset({name}), None) for name in (_C.LOOT, _C.SIEGE, _C.BLOCKADE, _C.CURFEW, _C.TRUCE, _C.COUP)),
    *((frozenset({name}), None) for name in (_C.MUTINY, _C.PROTEST, _C.REBEL, _C.MILITIA, _C.MERCENARY)),
    (frozenset({_C.FLEE, _C.DISPLACED}), None),
)


@dataclass(frozen=True, slots=True)
class Kin:
    """`form`: what was written; `phrases`: all that its kind is called; `words`: some of them to show, "…" behind a
    beginning; `facility`: the kind of site that it is."""

    form: str
    phrases: tuple[Phrase, ...]
    words: tuple[str, ...]
    facility: Facility | None


def kin_of(text: str, language: str, lexicon: Lexicon | None = None) -> list[Kin]:
    """What the words of a search are kin to, in their order; `language`: the one that is tried first, ISO 639-1.

    The name of a side is only itself: who searches for the M23 does not mean every rebel.
    """
    book = lexicon or default_lexicon()
    for tried in dict.fromkeys((language, *book.languages)):
        found = {c.start: kin for c in book.concepts(text, tried) if (kin := _kin(c, book)) is not None}
        if found:
            return list(found.values())
    return []


def _kin(concept: Concept, lexicon: Lexicon) -> Kin | None:
    kind = next((kind for kind in _KINDS if concept.name in kind[0]), None)
    who = party(concept.form)
    if kind is None or (who is not None and who.name):
        return None
    return Kin(concept.form, _phrases(kind[0], lexicon), _shown(kind[0], lexicon), kind[1])


@lru_cache(maxsize=256)
def _shown(names: frozenset[ConceptName], lexicon: Lexicon) -> tuple[str, ...]:
    """The plainest word of each language that has one."""
    central = [lexicon.central(name) for name in sorted(names, reverse=True)]
    first = [patterns[language][0] for language in _SHOWN for patterns in central if language in patterns]
    return tuple(dict.fromkeys(_plain(pattern.words[0]) for pattern in first if len(pattern.words) == 1))


def _plain(word: Word) -> str:
    return min(word.exact, key=lambda form: (len(form), form)) if word.exact else word.stems[0] + "…"


@lru_cache(maxsize=256)
def _phrases(names: frozenset[ConceptName], lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Of each language, without those that a shorter one finds as well."""
    patterns = [p for name in sorted(names) for found in lexicon.central(name).values() for p in found]
    phrases = sorted({phrase for pattern in patterns for phrase in _spelled(pattern)}, key=lambda p: (len(p), p))
    kept: list[Phrase] = []
    for phrase in phrases:
        if not any(len(phrase) == len(other) == 1 and _finds(other[0], phrase[0]) for other in kept):
            kept.append(phrase)
    return tuple(kept)


def _finds(word: str, other: str) -> bool:
    """Whether who looks for the one finds the other as well."""
    return word.endswith(BEGINNING) and other.startswith(word.removesuffix(BEGINNING))


def _spelled(pattern: Pattern) -> Iterator[Phrase]:
    words = [_forms(word) for word in pattern.words]
    if all(words):
        yield from list(product(*words))[:_MOST_SPELLED]


def _forms(word: Word) -> list[str]:
    """Of a word the forms that an index of whole words holds; none for verbs that begin with what they agree with."""
    exact = sorted(word.exact, key=lambda form: (len(form), form))
    if word.free or (word.prefixes is not None and not any(map(_is_arabic, (*exact, *word.stems)))):
        return []
    forms = [*map(_as_indexed, exact), *(stem + BEGINNING for stem in word.stems)]
    articled = [_ARABIC_ARTICLE + form for form in forms if _is_arabic(form)]
    return [form for form in (*forms, *articled) if len(form) >= _SHORTEST]


def _as_indexed(form: str) -> str:
    if _is_arabic(form) and form.endswith(_ARABIC_ENDINGS):
        return form[:-1] + BEGINNING
    return form + BEGINNING if len(form) >= _LONG else form


def _is_arabic(form: str) -> bool:
    return "\u0620" <= form[:1] <= "\u064a"
