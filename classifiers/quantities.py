"""Finds the numbers of a text: digits with separators, words, "dozens", "1.5 million", "half a million"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from classifiers.passage import Passage
from classifiers.phrases import Token
from classifiers.text import fold

_ANDS = frozenset(("and", "et", "y", "e", "na", "و", "и"))
_LINKS = _ANDS | {"of", "de", "d", "ya", "a"}
_ARABIC_AND = "و"  # written onto the word after it
_ARABIC_PLURAL = "ات"  # "tens of", "hundreds of": never the end of another number
_ARABIC_DIGITS = re.compile(r"[\u0620-\u064a]{1,2}(\d+)")  # "و40": a particle written onto a number
_TEN, _DOZEN, _TWENTY, _HUNDRED, _THOUSAND = 10, 12, 20, 100, 1000
_BEFORE_TEENS = frozenset((60, 80))  # "soixante-dix", "quatre-vingt-onze"
_MOST_DIGITS = 10  # longer ones count no people
_DECIMALS = 2  # digits behind a decimal mark, at most


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at tokens[first:last]. `article`: a lone "one", which may be no more than "a"."""

    first: int
    last: int
    value: int
    article: bool = False


class Numerals:
    """The number words of one language, some of them two words; a half is 0.5. `scale_first`: it says "thousand three"
    for 3,000, as Swahili does; `units_first`: "three and twenty", as Arabic does."""

    def __init__(self, words: Mapping[str, float], *, scale_first: bool = False, units_first: bool = False) -> None:
        self._scale_first, self._units_first = scale_first, units_first
        values = {tuple(map(fold, str(word).split())): value for word, value in words.items()}
        self._values = {key[0]: value for key, value in values.items() if len(key) == 1}
        self._pairs = {key: value for key, value in values.items() if len(key) > 1}
        self._pair_starts = frozenset(key[0] for key in self._pairs)

    def find(self, passage: Passage) -> list[Quantity]:
        found = []
        place = 0
        while place < len(passage.tokens):
            quantity = self._at(passage, place)
            if quantity is not None:
                found.append(quantity)
            place = quantity.last if quantity is not None else place + 1
        return found

    def _at(self, passage: Passage, place: int) -> Quantity | None:
        written = passage.tokens[place].written
        prefixed = _ARABIC_DIGITS.fullmatch(written)
        if prefixed or written[0].isdigit():
            value = digits(prefixed.group(1) if prefixed else written)
            return None if value is None else self._digits(passage, place, value)
        return self._words(passage, place) if self._value(passage, place) is not None else None

    def _digits(self, passage: Passage, place: int, value: float) -> Quantity:
        last = place + 1
        fraction = _fraction(passage, place)
        if fraction is not None and self._scale(passage, place + 2) is not None:
            value, last = value + fraction, place + 2
        scale = self._scale(passage, last)
        return Quantity(place, last, int(value)) if scale is None else Quantity(place, last + 1, int(value * scale))

    def _scale(self, passage: Passage, place: int) -> float | None:
        """The dozen, thousand or million that the token at `place` stands for."""
        if place >= len(passage.tokens) or passage.sentences[place] != passage.sentences[place - 1]:
            return None
        value = self._of_one(passage.tokens[place])
        return value if value is not None and (value == _DOZEN or value >= _HUNDRED) else None

    def _value(self, passage: Passage, place: int) -> tuple[float, int] | None:
        """What the token at `place` stands for, alone or with the next, and how many tokens that takes."""
        token = passage.tokens[place]
        if not self._pair_starts.isdisjoint(token.forms) and place + 1 < len(passage.tokens):
            other = passage.tokens[place + 1]
            for one in token.forms:
                value = self._pairs.get((one, other.folded))
                if value is not None and passage.clauses[place] == passage.clauses[place + 1]:
                    return value, 2
        alone = self._of_one(token)
        return None if alone is None else (alone, 1)

    def _of_one(self, token: Token) -> float | None:
        return next((self._values[form] for form in token.forms if form in self._values), None)

    def _words(self, passage: Passage, place: int) -> Quantity | None:
        total = _Sum(self._scale_first, self._units_first)
        last = other = place
        while other < len(passage.tokens) and passage.clauses[other] == passage.clauses[place]:
            found = self._value(passage, other)
            if found is not None:
                if not total.take(found[0], self._link(passage, last, other)):
                    break
                last = other + found[1]
            elif last == place or passage.tokens[other].folded not in _LINKS:
                break
            other = max(other + 1, last)
        value = int(total.value)
        return Quantity(place, last, value, article=value == 1) if value else None

    def _link(self, passage: Passage, last: int, place: int) -> "_Link":
        """What stands between a number and the further number word at `place`."""
        between = {passage.tokens[other].folded for other in range(last, place)}
        folded = passage.tokens[place].folded
        if not between.isdisjoint(_ANDS) or (self._units_first and folded.startswith(_ARABIC_AND)):
            return _Link.APART if folded.endswith(_ARABIC_PLURAL) else _Link.AND
        return _Link.OF if between else _Link.NONE


class _Link(Enum):
    """How a number word follows the one before: at once, after "of", after "and", or as a number of its own."""

    NONE = auto()
    OF = auto()
    AND = auto()
    APART = auto()


class _Sum:
    """Adds up number words: "twenty five", "two hundred", "kumi na wawili", "elfu tatu", "soixante-dix-sept"."""

    def __init__(self, scale_first: bool, units_first: bool) -> None:
        self._scale_first, self._units_first = scale_first, units_first
        self._whole = 0.0  # thousands and millions that are complete
        self._current = 0.0
        self._scale = 0.0  # a scale that came last and may still be counted
        self._tens = 0.0  # a scale counted by tens, whose units may still come: "elfu kumi na tano" is 15,000

    @property
    def value(self) -> float:
        return self._whole + self._current

    def take(self, value: float, link: _Link) -> bool:
        """Whether `value` continues the number; then it is added."""
        if self._tens and link is _Link.AND and 1 <= value < _TEN:
            self._whole, self._tens = self._whole + self._tens * value, 0
            return True
        if self._scale and link is _Link.NONE and 1 <= value < _HUNDRED:
            self._count_scale(value)
            return True
        if value < 1 and self.value == 1 and link is _Link.NONE:  # "un demi-million"
            self._current = value
            return True
        if self.value and (link is _Link.APART or not self._continues(value, link)):
            return False
        self._scale = value if self._scale_first and value >= _HUNDRED and self._current == 0 else 0
        multiplies = value >= _HUNDRED or 0 < self._current < 1  # "half a dozen"
        self._current = (self._current or 1) * value if multiplies else self._current + value
        if value >= _THOUSAND:
            self._whole, self._current = self._whole + self._current, 0
        self._tens = 0
        return True

    def _count_scale(self, value: float) -> None:
        """ "thousand three": the one thousand counted so far is three."""
        more = self._scale * (value - 1)
        if self._scale >= _THOUSAND:
            self._whole += more
            self._tens = self._scale if value >= _TEN and value % _TEN == 0 else 0
        else:
            self._current += more
        self._scale = 0

    def _continues(self, value: float, link: _Link) -> bool:
        if 0 < self._current < 1:
            return value >= _DOZEN
        if value < 1:
            return link is _Link.AND and self._current == int(self._current)  # "two and a half million"
        if self._current == 0:
            return value < self._whole
        if value >= _HUNDRED:  # "three killed and hundreds hurt" are two numbers
            return link is not _Link.AND and (value > self._current or self._current % _HUNDRED == 0)
        rest = self._current % _HUNDRED
        if rest == 0:
            return True
        if self._units_first and rest < _TEN:
            return value == _TEN if link is _Link.NONE else value >= _TWENTY and value % _TEN == 0
        if value < _TEN:
            return rest >= _TEN and rest % _TEN == 0
        return value < _TWENTY and rest in _BEFORE_TEENS


def _fraction(passage: Passage, place: int) -> float | None:
    """The tenths of "1.5", which is two tokens."""
    if place + 1 >= len(passage.tokens):
        return None
    one, other = passage.tokens[place], passage.tokens[place + 1]
    decimal = passage.text[one.end : other.start] in (".", ",")
    if decimal and other.written.isdecimal() and len(other.written) <= _DECIMALS:
        return float(f"0.{other.written}")
    return None


def digits(written: str) -> int | None:
    """The number that digits with separators write; None for "3rd" and "23e"."""
    plain = "".join(character for character in written if character.isdecimal())
    if not plain or len(plain) > _MOST_DIGITS or any(character.isalpha() for character in written):
        return None
    return int(plain)
