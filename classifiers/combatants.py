"""Who fights: states and their forces, groups with a name, and armed people without one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale

from classifiers.passage import Passage
from classifiers.phrases import Found, PhraseBook
from classifiers.wordfile import read_words

_FILE = Path(__file__).parent / "actors.yaml"
_LOCALES = ("en", "fr", "es", "pt", "sw", "ar", "ru")
_OF = frozenset(
    (
        "of",
        "de",
        "du",
        "des",
        "la",
        "le",
        "l",
        "del",
        "da",
        "do",
        "dos",
        "das",
        "ya",
        "wa",
        "za",
        "vya",
        "cha",
        "ca",
        "ba",
    )
)


_BEFORE_NAMES = _OF | {"the"}
_MOST_OF = 2  # words between "rebels" and the letters of their group
_ACRONYM = re.compile(r"[A-Z]{3,6}(?:-[A-Z]+)?\d{0,2}")


class Kind(Enum):
    STATE = auto()  # "Israel", "Moscow", "Putin"
    PEOPLE = auto()  # "Israeli", alone mostly an adjective
    FORCES = auto()  # "IDF", "Israeli troops", "jeshi la Congo"
    GROUP = auto()  # "M23"
    GENERIC = auto()  # "gunmen", "Syrian rebels"
    ARMY = auto()  # "the army", nobody says whose
    WEAPON = auto()  # "drone"


@dataclass(frozen=True, slots=True)
class Combatant:
    """`name`: the short name, empty where people are told as written; `army`: what a state's forces are called."""

    kind: Kind
    name: str = ""
    army: str = ""
    country: str | None = None
    state: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A combatant at tokens[first:last]. `deed`: its weapon or attack is named ("Israeli airstrikes")."""

    first: int
    last: int
    who: Combatant
    name: str
    deed: bool = False


class Combatants:
    """The book of `actors.yaml`. Pure after loading."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._book = PhraseBook(_patterns(content))

    @classmethod
    def load(cls, path: Path = _FILE) -> "Combatants":
        """Raises InvalidInput naming the file and what it lacks."""
        return cls(read_words(path, "states", "groups", "generic", "army", "weapons"))

    def mentions(self, passage: Passage) -> list[Mention]:
        """Everybody armed, in order; "Israeli army" and "army of Israel" are one mention."""
        found = self._book.find(passage.tokens)
        mentions: list[Mention] = []
        number = 0
        while number < len(found):
            taken, mention = _compose(passage, found, number)
            mentions.append(_unlisted(passage, mention))
            number += taken
        return mentions


@cache
def default_combatants() -> Combatants:
    """The combatants of `actors.yaml`, read once."""
    return Combatants.load()


def _patterns(content: Mapping[str, Any]) -> Iterator[tuple[str, Combatant]]:
    for row in content["states"]:
        yield from _state(row)
    for row in content["groups"]:
        who = Combatant(Kind.GROUP, row["name"], country=row["country"], state=row["side"] != "non_state")
        yield from ((alias, who) for alias in row["aliases"])
    for key, kind in (("generic", Kind.GENERIC), ("army", Kind.ARMY), ("weapons", Kind.WEAPON)):
        for words in content[key].values():
            yield from ((word, Combatant(kind)) for word in words)


def _state(row: Mapping[str, Any]) -> Iterator[tuple[str, Combatant]]:
    name, army, country = row["name"], row.get("army", row["name"]), row["country"]
    for kind, key in ((Kind.FORCES, "forces"), (Kind.STATE, "names"), (Kind.PEOPLE, "people")):
        who = Combatant(kind, army if kind is Kind.FORCES else name, army, country, state=True)
        yield from ((alias, who) for alias in row.get(key, ()))
        if kind is Kind.STATE:
            local = {Locale(code).territories.get(country, name) for code in _LOCALES} | {name}
            yield from ((alias, who) for alias in sorted(local) if not set(alias) & set("()*"))


def _compose(passage: Passage, found: list[Found[Combatant]], number: int) -> tuple[int, Mention]:
    """The mention that starts with found[number], and of how many finds it consists."""
    first = found[number]
    who, last, deed, taken = first.value, first, False, 1
    while number + taken < len(found):
        other = found[number + taken]
        pair = _pair(who, other.value) if _touching(passage, last, other) else None
        if pair is None:
            break
        who, deed = pair[0], deed or pair[1]
        last = other
        taken += 1
    name = who.name or passage.text[first.start : last.end]
    return taken, Mention(first.first, last.last, who, name, deed)


def _unlisted(passage: Passage, mention: Mention) -> Mention:
    """Armed people beside letters that no book has: "FPRX rebels" and "rebelles du FPRX" are the FPRX."""
    tokens, written = passage.tokens, passage.text[passage.tokens[mention.first].start :]
    if mention.who.kind is not Kind.GENERIC or mention.who.country or written[:2].isupper():
        return mention
    before, after = mention.first - 1, mention.last
    while after < len(tokens) and after - mention.last < _MOST_OF and tokens[after].folded in _BEFORE_NAMES:
        after += 1
    for place in (before, after if after > mention.last else len(tokens)):
        if 0 <= place < len(tokens) and _is_acronym(passage, place, mention):
            name = tokens[place].written
            first, last = min(place, mention.first), max(place + 1, mention.last)
            return Mention(first, last, Combatant(Kind.GROUP, name), name, mention.deed)
    return mention


def _is_acronym(passage: Passage, place: int, mention: Mention) -> bool:
    """Whether the token is a group's letters, in the mention's clause, in a text that is not all in capitals."""
    written = passage.tokens[place].written
    if not _ACRONYM.fullmatch(written) or passage.clauses[place] != passage.clauses[mention.first]:
        return False
    first, last = (place, mention.first) if place < mention.first else (mention.last - 1, place)
    pairs = pairwise(passage.tokens[first : last + 1])
    side_by_side = all(passage.text[one.end : other.start] == " " for one, other in pairs)
    around = [passage.tokens[n].written for n in (place - 1, place + 1) if 0 <= n < len(passage.tokens)]
    return side_by_side and not any(_ACRONYM.fullmatch(other) for other in around)


def _touching(passage: Passage, one: Found[Combatant], other: Found[Combatant]) -> bool:
    """Side by side, or with only "of", "de la" or a genitive s between them, in one clause."""
    if passage.clauses[one.last - 1] != passage.clauses[other.first]:
        return False
    between = [token.folded for token in passage.tokens[one.last : other.first]]
    return len(between) <= 2 and all(word in _OF or word == "s" for word in between)


def _pair(one: Combatant, other: Combatant) -> tuple[Combatant, bool] | None:
    if other.kind is Kind.GROUP and one.kind in (Kind.STATE, Kind.PEOPLE):
        return other, False  # "Yemen's Houthis"
    owner, thing = (one, other) if other.kind in (Kind.ARMY, Kind.WEAPON, Kind.GENERIC) else (other, one)
    if owner.kind not in (Kind.STATE, Kind.PEOPLE, Kind.GROUP, Kind.FORCES):
        return None
    if thing.kind is Kind.WEAPON:
        return owner, True
    if thing.kind is Kind.ARMY and owner.kind in (Kind.STATE, Kind.PEOPLE):
        return Combatant(Kind.FORCES, owner.army, owner.army, owner.country, state=True), False
    if thing.kind is Kind.GENERIC and owner.kind in (Kind.PEOPLE, Kind.STATE):
        return Combatant(Kind.GENERIC, country=owner.country), False
    if thing.kind in (Kind.ARMY, Kind.GENERIC) and owner.kind in (Kind.GROUP, Kind.FORCES):
        return owner, False
    return None
