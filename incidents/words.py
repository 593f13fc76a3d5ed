"""Words of a report as likeness sees them, and near-copies."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from classifiers.lexicon import ConceptName, default_lexicon
from classifiers.text import fold, words

WORDS = 100  # of a report: title and the start of its summary tell the event, the rest is background
SHINGLE = 4
COPIED = 0.5  # share of the shorter text's shingles; two outlets in their own words share under a tenth
FEWEST_SHINGLES = 6

RAREST = 0.002  # words in a smaller share of conflict news all weigh the same
SHORT = 3.0  # about the weight of one word that a twentieth of conflict news has
COMMONEST = 0.2  # words in a larger share of some language's conflict news weigh nothing

_WEIGHTS = Path(__file__).parent / "word_weights.tsv"
_ENDING = re.compile(r"(?:ings?|ed|es|s|e|i)$")
_STEM = 8  # longer words differ in endings: "rebels", "rebellion" no, "bombardement", "bombardements" yes
_SHORTEST_STEM = 3


def plain_words(text: str, hidden: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Folded words of `text` in order, hidden (start, end) spans left out, at most WORDS."""
    shown = list(text)
    for start, end in hidden:
        for index in range(max(start, 0), min(end, len(shown))):
            shown[index] = " "
    return tuple(fold(word) for word in words("".join(shown))[:WORDS])


# Concepts about the telling, not about what is told.
_TELLING = frozenset(
    {
        *(ConceptName.SAY, ConceptName.CLAIM, ConceptName.DENY, ConceptName.CONFIRM, ConceptName.CONDEMN),
        *(ConceptName.REPORTEDLY, ConceptName.ALLEGEDLY, ConceptName.NEGATION, ConceptName.FUTURE, ConceptName.IF),
        *(ConceptName.PAST_REF, ConceptName.OPINION),
    }
)


def event_concepts(text: str, language: str, hidden: Iterable[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Names of what the words of `text` stand for in any language, sorted; hidden spans left out."""
    spans = tuple(hidden)
    found = default_lexicon().concepts(text, language)
    return tuple(
        sorted(
            {
                concept.name.value
                for concept in found
                if concept.name not in _TELLING
                and not any(start <= concept.start and concept.end <= end for start, end in spans)
            }
        )
    )


@lru_cache(maxsize=1 << 13)  # some 15 kB each
def shingles(sequence: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """Every run of SHINGLE words."""
    return frozenset(sequence[i : i + SHINGLE] for i in range(len(sequence) - SHINGLE + 1))


def copied(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether one text is the other's copy or shortened copy."""
    if min(len(left), len(right)) - SHINGLE + 1 < FEWEST_SHINGLES:
        return False
    mine, theirs = shingles(tuple(left)), shingles(tuple(right))
    return _is_copy(len(mine & theirs), min(len(mine), len(theirs)))


class Texts:
    """Many texts, and whether one more is a copy of any of them: as `copied`, in one pass over its shingles."""

    def __init__(self) -> None:
        self._sizes: list[int] = []
        self._holding: dict[tuple[str, ...], list[int]] = {}

    def add(self, text: tuple[str, ...]) -> None:
        number = len(self._sizes)
        mine = shingles(text)
        self._sizes.append(len(mine))
        for shingle in mine:
            self._holding.setdefault(shingle, []).append(number)

    def holds(self, text: tuple[str, ...]) -> bool:
        mine = shingles(text)
        if len(mine) < FEWEST_SHINGLES:
            return False
        shared = Counter(number for shingle in mine for number in self._holding.get(shingle, ()))
        return any(_is_copy(count, min(len(mine), self._sizes[number])) for number, count in shared.items())


def _is_copy(shared: int, fewer: int) -> bool:
    return fewer >= FEWEST_SHINGLES and shared >= COPIED * fewer


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A crude stem of a folded word, enough for "kills", "killed" and "killing" to meet."""
    short = _ENDING.sub("", word)
    return (short if len(short) >= _SHORTEST_STEM else word)[:_STEM]


@cache
def weights() -> Mapping[str, float]:
    """Weight (inverse document frequency, natural logarithm) of common stems, as incidents.weigh_words counted them."""
    rows = (line.split("\t") for line in _WEIGHTS.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({word: _weight(float(share)) for word, share in rows})


def _weight(share: float) -> float:
    return 0.0 if share > COMMONEST else -math.log(max(share, RAREST))


@dataclass(frozen=True, slots=True)
class Profile:
    """The stems of a text that carry meaning, each with its weight, and the sum of these."""

    stems: Mapping[str, float]
    total: float


@lru_cache(maxsize=1 << 15)
def profile(sequence: tuple[str, ...]) -> Profile:
    table, rare = weights(), _weight(RAREST)
    stems = {stem(word) for word in sequence if len(word) >= _SHORTEST_STEM and not word.isdigit()}
    weighed = {s: w for s in stems if (w := table.get(s, rare)) > 0}
    return Profile(weighed, sum(weighed.values()))


def alike(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    """Likeness of two texts' words, 0 to 1: weight of the shared stems over the geometric mean of both weights.

    Very short texts, of which a single common word is a large part, are less alike than they seem: SHORT.
    """
    mine, theirs = profile(left), profile(right)
    shared = mine.stems.keys() & theirs.stems.keys()
    if not shared:
        return 0.0
    return sum(map(mine.stems.__getitem__, shared)) / (math.sqrt(mine.total * theirs.total) + SHORT)
