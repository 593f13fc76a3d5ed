"""Words that put an event beside a place, not in it: "near Sake", "10 km north of Sake", "the road between A and B"."""

from collections.abc import Sequence

from places.tokens import Token
from places.words import COMPASS, OF_WORDS, TYPES, folded_words

NEAR = folded_words(
    "near nearby outside beside près proche autour cerca perto karibu nje около близ возле вблизи под قرب"
)
_HEADS = folded_words(
    "close next outskirts vicinity environs surroundings periphery km kms kilometres kilometers kilometre "
    "kilometer miles "
    "road highway route axe périphérie alentours abords sortie proximité kilomètres kilomètre "
    "afueras cercanías inmediaciones alrededores kilómetros carretera arredores imediações quilômetros quilómetros "
    "estrada kilomita viunga barabara недалеко рядом окрестностях окраине окраинах километрах километров км "
    "بالقرب ضواحي محيط مشارف كيلومترا كيلومتر كم طريق"
)
_BETWEEN = folded_words("between entre между بين kati")
_LINKS = OF_WORDS | folded_words("to from a à au aux por na no em с от من на و")
_ARABIC_DIRECTIONS = folded_words("شمال جنوب شرق غرب شمالي جنوبي شرقي غربي")
_MAX_BACK = 6


def is_nearby(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name that begins at a token is told as what something is near to."""
    back = at - 1
    while back >= 0 and at - back <= _MAX_BACK and not tokens[back + 1].opens and "\n" not in tokens[back + 1].gap:
        key = tokens[back].key
        if key in NEAR:
            return True
        if key in _ARABIC_DIRECTIONS and back == at - 1 and not tokens[back].text.startswith("ال"):
            return True
        if key in _HEADS:
            return back < at - 1 and tokens[back + 1].key in _LINKS
        if key in COMPASS and tokens[back + 1].key in OF_WORDS and back + 2 == at:
            return True
        if key not in _LINKS and key not in TYPES and key not in COMPASS:
            return False
        back -= 1
    return False


def is_between(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name that begins at a token is the first of two that something lies between."""
    return at > 0 and tokens[at - 1].key in _BETWEEN and not tokens[at].opens


def joins_nearby(between: str) -> bool:
    """Whether what stands between two names says that the first lies near the second."""
    return any(word in NEAR or word in _HEADS for word in folded_words(between))
