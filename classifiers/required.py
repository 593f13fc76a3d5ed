"""What every match of a regular expression contains, so that most texts need not be searched at all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

Cover = frozenset[str]  # every match contains one of them

_PIECE = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<group>\((?:\?P<\w+>|\?[a-z]*(?:-[a-z]+)?:)?)|(?P<end>\))|(?P<or>\|)"
    r"|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[A-Za-z0-9]|[.^$])|\\(?P<escaped>.)|(?P<letter>.)",
    re.DOTALL,
)
_DIGIT = 3  # letters that one digit is worth
_REPEATED = re.compile(r"(?:(?P<maybe>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\})[?+]?")


def required(pattern: str) -> Cover:
    """Strings, as `plain` spells them, of which every match of `pattern` contains one, whatever its case.

    Empty where nothing can be said. Reads Python's syntax without comments, references and conditions.
    """
    return _Reader(pattern).alternatives()


def plain(text: str) -> str:
    """One spelling for all letters that a match without regard to case takes for the same."""
    return text.lower() if text.isascii() else text.casefold().replace("\u0307", "").replace("ı", "i")


def occurs(cover: Cover, text: str) -> bool:
    """Whether a match is possible in a text, of which `text` is the plain spelling."""
    for one in cover:  # a loop, since this is asked of every sentence
        if one in text:
            return True
    return not cover


def either(sought: Iterable["Sought"]) -> Cover:
    """What every match of any of them contains."""
    covers = [one.cover for one in sought]
    return _least(frozenset().union(*covers)) if all(covers) else frozenset()


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern that is rarely found, with what each of its matches contains."""

    pattern: re.Pattern[str]
    cover: Cover

    @classmethod
    def of(cls, pattern: re.Pattern[str]) -> Self:
        return cls(pattern, required(pattern.pattern))

    def found(self, text: str, spelled: str) -> Iterator[re.Match[str]]:
        """The matches in `text`; `spelled` is its plain spelling."""
        return self.pattern.finditer(text) if occurs(self.cover, spelled) else iter(())


def _strength(cover: Cover) -> tuple[float, float]:
    """How rare its strings are in texts: long ones are, and those with digits."""
    rarity = [sum(_DIGIT if letter.isdigit() else 1 for letter in one) for one in cover] or [0]
    return min(rarity), sum(rarity) / len(rarity)


def _least(cover: Cover) -> Cover:
    """Without strings that contain another."""
    return frozenset(one for one in cover if not any(other != one and other in one for other in cover))


@dataclass(slots=True)
class _Reader:
    """Reads one pattern from left to right."""

    pattern: str
    at: int = 0

    def alternatives(self) -> Cover:
        """Up to the end of the group or pattern."""
        covers = [self._sequence()]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            covers.append(self._sequence())
        self.at += 1
        return _least(frozenset().union(*covers)) if all(covers) else frozenset()

    def _sequence(self) -> Cover:
        best, run = Cover(), ""
        while (piece := _PIECE.match(self.pattern, self.at)) and piece.lastgroup not in ("or", "end"):
            self.at = piece.end()
            inner, letter = Cover(), piece["letter"] or piece["escaped"] or ""
            if piece.lastgroup in ("group", "look"):
                inner = self.alternatives()
            repeated = _REPEATED.match(self.pattern, self.at)
            if repeated:
                self.at = repeated.end()
            must = repeated is None or repeated["maybe"] is None
            run += plain(letter) if must else ""
            if not letter or repeated:
                best, run = max(best, Cover([run] if run else []), key=_strength), ""
            if must and piece.lastgroup == "group":
                best = max(best, inner, key=_strength)
        return max(best, Cover([run] if run else []), key=_strength)
