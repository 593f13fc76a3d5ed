"""What runs from left to right within a text that runs from right to left, set apart as Unicode's UAX #9 provides.

Without it the punctuation around a Latin name, an id or a link lands on its wrong side, and two such names in a row
change places. The marks have no width; Telegram still finds commands and links between them.
"""

import re
import unicodedata

FSI, LRI, PDI, RLM = "\u2068", "\u2066", "\u2069", "\u200f"
_STRONG_RIGHT = ("R", "AL")
_NUMBER = re.compile(r"\d[\d.,:/%\s\u2009\u202f-]*|")
_FIELD = re.compile(r"(\{[^{}]*\})")
_LATIN = r"[/@]?[A-Za-z](?:[\w./:@-]*\w)?"
_DIGITS = r"\d(?:[\d:.-]*\d)?"
_RUN = re.compile(rf"(?:{_LATIN}|[-+]{_DIGITS})(?:,? (?:{_LATIN}|{_DIGITS}))*", re.ASCII)


def isolated(value: str) -> str:
    """The value as one unit of its own direction; what reads right without marks, and what has lines, is left alone."""
    bare = _outside(value)
    only_joins = bare != value and not _has(bare, "L", "EN", *_STRONG_RIGHT)
    if "\n" in value or not bare.strip() or only_joins:
        return value
    needs = _has(bare, "L") if runs_right_to_left(bare) else not _NUMBER.fullmatch(bare)
    return f"{FSI}{value}{PDI}" if needs else value


def runs_right_to_left(text: str) -> bool:
    """Whether there is a letter of Arabic, Hebrew or the like in it."""
    return _has(text, *_STRONG_RIGHT)


def _has(text: str, *classes: str) -> bool:
    return any(unicodedata.bidirectional(character) in classes for character in text)


def left_to_right(value: str) -> str:
    """The value as one unit that runs from left to right whatever it holds, such as a row of bars."""
    return f"{LRI}{value}{PDI}"


def led(text: str) -> str:
    """Lines that begin with what is set apart, led by a mark that they run from right to left.

    Telegram on the web takes a line's direction from its first letter, also from one that is set apart.
    """
    return "\n".join(map(_led, text.split("\n")))


def _led(line: str) -> str:
    first = next((c for c in map(unicodedata.bidirectional, line) if c in ("L", *_STRONG_RIGHT)), None)
    return RLM + line if first == "L" and runs_right_to_left(_outside(line)) else line


def unmarked(text: str) -> str:
    """The text without marks of direction: for what is stored, or goes into a file."""
    return "".join(character for character in text if character not in (FSI, LRI, PDI, RLM))


def isolated_runs(message: str) -> str:
    """A message with its own Latin words, commands and signed numbers set apart; its {placeholders} stay."""
    parts = _FIELD.split(message)
    return "".join(part if number % 2 else _RUN.sub(rf"{FSI}\g<0>{PDI}", part) for number, part in enumerate(parts))


def _outside(value: str) -> str:
    """What stands outside of all isolates."""
    depth, kept = 0, []
    for character in value:
        if character in (FSI, LRI):
            depth += 1
        elif character == PDI:
            depth = max(depth - 1, 0)
        elif not depth:
            kept.append(character)
    return "".join(kept)
