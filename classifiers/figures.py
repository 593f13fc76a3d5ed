"""How many people were killed, hurt, driven away or are missing: the lowest number stated for the event itself."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from classifiers.passage import Passage, Span
from classifiers.phrases import Found, PhraseBook
from classifiers.quantities import Numerals, Quantity
from classifiers.text import fold
from classifiers.wordfile import read_words

_FILE = Path(__file__).parent / "counts.yaml"
_KIN = {"rw": "rn", "uk": "ru"}
_SCALE_FIRST = frozenset(("sw", "ln", "rn"))
_UNITS_FIRST = frozenset(("ar",))
_AHEAD, _BEHIND, _ONE = 7, 5, 3  # words between a number and what happened
_WINDOW = 30  # words around a number in which anything is looked for
_AND = frozenset(("and", "et", "y", "e", "na", "while", "tandis", "mientras", "enquanto", "и", "و"))
_AGAINST_WORDS = "or but while whereas ou mais tandis o pero mientras mas enquanto au lakini huku أو لكن بينما или но а"
_AGAINST = frozenset(map(fold, _AGAINST_WORDS.split()))
_ARABIC_AND, _DEATHS = "و", ("وفا", "وفي")  # "and" is written onto words; those for death only begin alike
_TO = frozenset(map(fold, ("to", "a", "hadi", "до", "إلى")))
_BETWEEN = frozenset(("between", "entre", "kati", "между", "بين"))
_PREPOSITION_WORDS = (
    "after in on near by at from with as dans apres sur par pres de des en tras por em apos com katika после в при"
)
_PREPOSITIONS = frozenset(_PREPOSITION_WORDS.split())
_AND_PENALTY, _NOUN_PENALTY = 4, 3
_FIRST_YEAR, _LAST_YEAR, _DAYS = 1900, 2100, 31
_MONEY = frozenset("$€£¥₽%")


class Word(StrEnum):
    """What a word of counts.yaml tells of the number beside it."""

    KILLED = "killed"
    INJURED = "injured"
    DISPLACED = "displaced"
    MISSING = "missing"
    THINGS = "things"
    PARTS = "parts"
    SUMS = "sums"
    TOLLS = "tolls"


_HARMS = (Word.KILLED, Word.INJURED, Word.DISPLACED, Word.MISSING)


@dataclass(frozen=True, slots=True)
class Figures:
    """People; None where no number is stated. Words that give no number count as the least they can mean: "dozens"
    24, "tens" or "dizaines" 20, "hundreds" 100, "thousands" 1000; of "10 to 15" it is 10."""

    killed: int | None = None
    injured: int | None = None
    displaced: int | None = None
    missing: int | None = None


class Counts:
    """The words of `counts.yaml`. Pure after loading."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._numerals = {
            language: Numerals(words, scale_first=language in _SCALE_FIRST, units_first=language in _UNITS_FIRST)
            for language, words in content["numbers"].items()
        }
        self._books = {
            language: PhraseBook((phrase, word) for word in Word for phrase in content[word].get(language, ()))
            for language in self._numerals
        }

    @classmethod
    def load(cls, path: Path = _FILE) -> "Counts":
        """Raises InvalidInput naming the file and what it lacks."""
        return cls(read_words(path, "numbers", *Word))

    def find(self, passage: Passage) -> tuple[list[Quantity], list[Found[Word]]]:
        language = _KIN.get(passage.language, passage.language)
        language = language if language in self._books else "en"
        return _merge_ranges(passage, self._numerals[language].find(passage)), self._books[language].find(
            passage.tokens
        )


@cache
def default_counts() -> Counts:
    """The words of `counts.yaml`, read once."""
    return Counts.load()


def find_figures(passage: Passage, elsewhere: Sequence[Span] = (), counts: Counts | None = None) -> Figures:
    """Figures told of the event; those of background clauses, sums over a war and parts of a figure do not count.

    `elsewhere`: further spans of the text whose figures are another event's.
    """
    passage = replace(passage, background=(*passage.background, *elsewhere))
    quantities, words = (counts or default_counts()).find(passage)
    told: dict[Word, list[Quantity]] = {harm: [] for harm in _HARMS}
    kinds = {place: word.value for word in words for place in range(word.first, word.last)}
    for number, quantity in enumerate(quantities):
        if _counts_people(passage, quantities, number, kinds):
            harm = _harm(passage, quantity, words, quantities)
            if harm is not None:
                told[harm].append(quantity)
    return Figures(*(_lowest(passage, told[harm]) for harm in _HARMS))


def _counts_people(passage: Passage, quantities: Sequence[Quantity], number: int, kinds: Mapping[int, Word]) -> bool:
    quantity = quantities[number]
    if passage.in_background(quantity.first) or _is_date(passage, quantity, kinds) or _is_money(passage, quantity):
        return False
    if _counts_things(passage, quantity, kinds):
        return False
    if any(kinds.get(place) is Word.PARTS for place in passage.back(quantity.first, 3)):
        return False
    around = (*passage.back(quantity.first, 7), *passage.ahead(quantity.last, 14))
    return not any(kinds.get(place) is Word.SUMS for place in around)


def _counts_things(passage: Passage, quantity: Quantity, kinds: Mapping[int, Word]) -> bool:
    """ "three villages", "three small villages", but not "21 after attack"."""
    for place in passage.ahead(quantity.last, 2):
        if kinds.get(place) is Word.THINGS:
            return True
        if passage.tokens[place].folded in _PREPOSITIONS or place in kinds:
            return False
    return False


def _merge_ranges(passage: Passage, quantities: Sequence[Quantity]) -> list[Quantity]:
    """A range as one quantity of its lower end."""
    merged: list[Quantity] = []
    for quantity in quantities:
        if merged and _is_range(passage, merged[-1], quantity):
            low = merged.pop()
            quantity = Quantity(low.first, quantity.last, low.value)
        merged.append(quantity)
    return merged


def _is_date(passage: Passage, quantity: Quantity, kinds: Mapping[int, Word]) -> bool:
    """A year, a day beside a month's name, or an age between commas."""
    written = passage.tokens[quantity.first].written
    if written.isdigit() and _FIRST_YEAR <= quantity.value <= _LAST_YEAR:
        return True
    before = next(passage.back(quantity.first, 1), None)
    beside = before is not None and passage.clauses[before] == passage.clauses[quantity.first]
    if before is not None and beside and quantity.value <= _DAYS and kinds.get(before) is Word.THINGS:
        return True
    end = passage.tokens[quantity.last - 1].end
    opened = passage.text[: passage.tokens[quantity.first].start].endswith(", ")
    return opened and written.isdigit() and passage.text[end : end + 2] in (", ", ",")


def _is_money(passage: Passage, quantity: Quantity) -> bool:
    start, end = passage.tokens[quantity.first].start, passage.tokens[quantity.last - 1].end
    around = passage.text[max(start - 1, 0) : start] + passage.text[end : end + 2].strip()[:1]
    return not _MONEY.isdisjoint(around)


def _is_range(passage: Passage, one: Quantity, other: Quantity) -> bool:
    """Whether `other` ends a range that `one` begins: "10-15", "10 to 15", "between 10 and 15"."""
    between = passage.text[passage.tokens[one.last - 1].end : passage.tokens[other.first].start]
    word = fold(between.strip())
    if one.value >= other.value:
        return False
    opened = any(passage.tokens[place].folded in _BETWEEN for place in passage.back(one.first, 3))
    linked = word in _AND or (not word and passage.tokens[other.first].written.startswith("و"))
    return word in ("-", "–") or word in _TO or (opened and linked)


def _harm(
    passage: Passage, quantity: Quantity, words: Sequence[Found[Word]], quantities: Sequence[Quantity]
) -> Word | None:
    """What happened to those counted: the nearest word that tells it, before or after."""
    best: tuple[float, Word] | None = None
    start = bisect_left(words, quantity.first - _WINDOW, key=lambda word: word.first)
    for word in islice(words, start, None):
        if word.first > quantity.last + _WINDOW:
            break
        kind = Word.KILLED if word.value is Word.TOLLS else word.value
        if kind not in _HARMS or passage.sentences[word.first] != passage.sentences[quantity.first]:
            continue
        distance = _distance(passage, quantity, word, quantities)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, kind)
    return best[1] if best else None


def _distance(passage: Passage, quantity: Quantity, word: Found[Word], quantities: Sequence[Quantity]) -> float | None:
    """Words between number and word, None where they have nothing to do with each other."""
    if quantity.article and word.value is Word.DISPLACED:
        return None  # "un site de déplacés"
    after = word.first >= quantity.last
    between = range(quantity.last, word.first) if after else range(word.last, quantity.first)
    most = (_ONE if after else 0) if quantity.article else _AHEAD if after else _BEHIND
    if word.value is Word.TOLLS and not after:
        return _BEHIND + 1.0  # "the toll of Monday's raid on the town, in the north, rose to 29"
    inserted = after and _inserted(passage, quantity, word)
    if not inserted:
        if len(between) > most or passage.clauses[word.first] != passage.clauses[quantity.first]:
            return None
        if any(other.first in between for other in quantities):
            return None
    distance = float(len(between)) + (0.0 if after else 0.5)
    folded = passage.tokens[word.first].folded
    joined = after and folded.startswith(_ARABIC_AND) and not folded.startswith(_DEATHS)
    if joined or any(passage.tokens[place].folded in _AND for place in between):
        distance += _AND_PENALTY
    if after and word.value is Word.DISPLACED and not between:
        distance += _NOUN_PENALTY  # "12 refugees were killed"
    return distance


def _inserted(passage: Passage, quantity: Quantity, word: Found[Word]) -> bool:
    """Over an insertion between commas: "12 people, including three children, were killed"."""
    return passage.clauses[word.first] - passage.clauses[quantity.first] == 2 and word.first - quantity.last <= 14


def _lowest(passage: Passage, told: Sequence[Quantity]) -> int | None:
    """The first sentence that gives a number decides. Of several in it the greatest is the whole and the others its
    parts, unless they are set against each other ("12, the army said, but rebels spoke of 20"): then the lowest."""
    if not told:
        return None
    first = [q for q in told if passage.sentences[q.first] == passage.sentences[told[0].first]]
    lowest = whole = first[0].value
    for before, quantity in pairwise(first):
        between = {passage.tokens[place].folded for place in range(before.last, quantity.first)}
        whole = quantity.value if between & _AGAINST else max(whole, quantity.value)
        lowest = min(lowest, whole) if between & _AGAINST else max(lowest, whole)
    return lowest
