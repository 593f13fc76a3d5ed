"""Finds the numbers of a text: digits with separators, words, "dozens", "1.5 million"."""

from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.passage import Passage
from classifiers.phrases import Token
from classifiers.text import fold

_LINKS = frozenset(("and", "et", "y", "e", "na", "of", "de", "d", "ya", "و", "и", "a"))
_TEN, _DOZEN, _HUNDRED, _THOUSAND = 10, 12, 100, 1000
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
    """The number words of one language. `scale_first`: it says "thousand three" for 3,000, as Swahili does."""

    def __init__(self, words: Mapping[str, int], scale_first: bool = False) -> None:
        self._scale_first = scale_first
        self._values = {fold(str(word)): value for word, value in words.items()}

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
        token = passage.tokens[place]
        if token.written[0].isdigit():
            value = digits(token.written)
            return None if value is None else self._digits(passage, place, value)
        return self._words(passage, place) if self._value(token) is not None else None

    def _digits(self, passage: Passage, place: int, value: float) -> Quantity:
        last = place + 1
        fraction = _fraction(passage, place)
        if fraction is not None and self._scale(passage, place + 2) is not None:
            value, last = value + fraction, place + 2
        scale = self._scale(passage, last)
        return Quantity(place, last, int(value)) if scale is None else Quantity(place, last + 1, int(value * scale))

    def _scale(self, passage: Passage, place: int) -> int | None:
        """The dozen, thousand or million that the token at `place` stands for."""
        if place >= len(passage.tokens) or passage.sentences[place] != passage.sentences[place - 1]:
            return None
        value = self._value(passage.tokens[place])
        return value if value is not None and (value == _DOZEN or value >= _HUNDRED) else None

    def _value(self, token: Token) -> int | None:
        for form in token.forms:
            if form in self._values:
                return self._values[form]
        return None

    def _words(self, passage: Passage, place: int) -> Quantity | None:
        total = _Sum(self._scale_first)
        last = other = place
        while other < len(passage.tokens) and passage.clauses[other] == passage.clauses[place]:
            value = self._value(passage.tokens[other])
            if value is not None:
                if not total.take(value, linked=other > last):
                    break
                last = other + 1
            elif last == place or passage.tokens[other].folded not in _LINKS:
                break
            other += 1
        return Quantity(place, last, total.value, article=total.value == 1) if total.value else None


class _Sum:
    """Adds up number words: "twenty five", "two hundred", "kumi na wawili", "elfu tatu"."""

    def __init__(self, scale_first: bool) -> None:
        self._scale_first = scale_first
        self._whole = 0  # thousands and millions that are complete
        self._current = 0
        self._scale = 0  # a scale that came last and may still be counted

    @property
    def value(self) -> int:
        return self._whole + self._current

    def take(self, value: int, *, linked: bool) -> bool:
        """Whether `value` continues the number; then it is added. `linked`: a word such as "and" stands before it."""
        if (
            self._scale and not linked and value < _HUNDRED
        ):  # "thousand three": the one thousand counted so far is three
            more = self._scale * (value - 1)
            self._whole, self._current = (
                (self._whole + more, self._current) if self._scale >= _THOUSAND else (self._whole, self._current + more)
            )
            self._scale = 0
            return True
        if not self._continues(value):
            return False
        self._scale = value if self._scale_first and value >= _HUNDRED and self._current == 0 else 0
        self._current = max(self._current, 1) * value if value >= _HUNDRED else self._current + value
        if value >= _THOUSAND:
            self._whole, self._current = self._whole + self._current, 0
        return True

    def _continues(self, value: int) -> bool:
        if self._current == 0:
            return self._whole == 0 or value < self._whole
        if value >= _HUNDRED:
            return value > self._current or self._current % _HUNDRED == 0
        if self._current % _HUNDRED == 0:
            return True
        return value < _TEN <= self._current and self._current % _TEN == 0


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
