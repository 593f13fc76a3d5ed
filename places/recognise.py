"""Finding names of places in a text: longest match against the gazetteer, with case, language and neighbours."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from places.baked import Kind, Naming
from places.gazetteer import Candidate, Gazetteer
from places.inflection import phrase_forms
from places.neighbours import capital_end, cue_beside, extent, is_organisation, is_water, located_by, site_after
from places.text import is_arabic, is_cyrillic
from places.tokens import Token, tokenise
from places.types import Mention
from places.words import (
    ABBREVIATED,
    ACRONYMS,
    ARTICLES,
    CALENDAR,
    CAPITAL_WORDS,
    COMPASS,
    OF_WORDS,
    PHRASES,
    SHORT_LEADERS,
    SITES,
    STRONG_IN,
    TITLES,
    TYPES,
    WIDE,
    WIDE_FIRST,
    common_words,
    given_names,
)

_JOINS = frozenset({" ", "-", "‑", "–", "'", "’", ""})
# feminine adjectives of Spanish and Portuguese that are the country's name in small letters
FEMININES = frozenset({"siria", "libia", "india", "serbia", "armenia", "indonesia", "estonia", "bosnia"})
MAX_WORDS = 7
MAX_DECLINED = 3
KNOWN_TOWN = 50_000  # a smaller one needs a word of place before it or company in the text
Match = tuple[int, str, tuple[Candidate, ...]]  # the token behind a name, its key, and what it may mean
_LOWER_DEMONYMS = frozenset({"fr", "es", "pt", "ru", "uk", "it"})


@dataclass(frozen=True, slots=True)
class Found:
    """A name and what it may mean. `cue`: the kind that a word beside it announces; `located`: after a word of place;
    `weak`: a small place that nothing in the neighbourhood vouches for."""

    mention: Mention
    key: str
    candidates: tuple[Candidate, ...]
    cue: Kind | None
    located: bool
    naming: Naming  # the strongest way in which the name means one of them
    first: int  # its tokens: [first, last)
    last: int
    weak: bool = False
    capital: bool = False  # a country's name that stands for its capital: "the Sudanese capital"

    @property
    def demonym(self) -> bool:
        return self.naming in (Naming.DEMONYM, Naming.ACTOR)


class _Standing(NamedTuple):
    """What a name may mean at its strongest. `country`: that it may be a country's."""

    naming: Naming
    importance: int
    country: bool


class Recogniser:
    """Finds names; holds nothing but the gazetteer and the word lists."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.kind = gazetteer.baked.kind
        self.population = gazetteer.baked.population
        self.curated = gazetteer.baked.curated
        self.common = common_words()
        self.given = given_names()
        self._standing = lru_cache(maxsize=1 << 16)(self._stand)
        self._begins_none = lru_cache(maxsize=1 << 16)(self._leads_nowhere)
        self._is_place = lru_cache(maxsize=1 << 16)(self._means_place)

    def find(self, text: str, language: str | None) -> list[Found]:
        """The names of places in order of the text; those that nothing vouches for are marked weak."""
        return self.scan(tokenise(text), text, language)

    def scan(self, tokens: list[Token], text: str, language: str | None) -> list[Found]:
        """As `find`, of a text already cut into tokens."""
        found, free = [], 0
        small = language in _LOWER_DEMONYMS
        for at in [n for n, token in enumerate(tokens) if token.capital or small or token.text in ARTICLES]:
            if at >= free:
                item, free = self._next(text, tokens, at, language)
                if item:
                    found.append(item)
        return found

    def _next(self, text: str, tokens: list[Token], at: int, language: str | None) -> tuple[Found | None, int]:
        """The name that begins at a token, and where to look for the next."""
        match = None if tokens[at].capital and self._begins_none(tokens[at].key) else self._match(tokens, at, language)
        if match is None:
            unknown = self._unknown(text, tokens, at, language)
            return unknown, unknown.last if unknown else at + 1
        end, key, candidates = match
        if self._part_of_more(tokens, end) and (unknown := self._unknown(text, tokens, at, language)):
            return unknown, unknown.last
        known = self._judge(text, tokens, at, end, key, candidates, language)
        if known:
            return known, end
        if unknown := self._unknown(text, tokens, at, language):
            return unknown, unknown.last
        # a rejected long name may hide a shorter one; what was named after a region of the world hides none
        return None, end if end == at + 1 or key in WIDE else at + 1

    def _leads_nowhere(self, key: str) -> bool:
        """Whether no name that the gazetteer has begins with this word: most words of most texts, told at one look."""
        if not key.isascii() or key in WIDE_FIRST:
            return False
        return not self.gazetteer.candidates(key) and not self.gazetteer.has_longer(key)

    def _part_of_more(self, tokens: list[Token], end: int) -> bool:
        """Whether an unknown capitalised word follows a name directly, as in "Aden Adde International Airport"."""
        if end >= len(tokens) or tokens[end].gap != " " or not tokens[end].capital or tokens[end].headline:
            return False
        key = tokens[end].key
        return not (key in TYPES or key in SITES or key in self.common["en"] or self.gazetteer.candidates(key))

    def _unknown(self, text: str, tokens: list[Token], at: int, language: str | None) -> Found | None:
        """A name that the gazetteer lacks, announced as a place: "the village of Maw Luu", "Ajristan District"."""
        token = tokens[at]
        if not token.capital or token.headline or token.caps or is_arabic(token.text):
            return None
        if token.key in COMPASS or token.key in self.common["en"] or token.key in self.common.get(language or "", ()):
            return None
        end = at + 1
        while end < len(tokens) and end - at < 4 and tokens[end].gap in (" ", "-") and tokens[end].capital:
            if tokens[end].key in TYPES or tokens[end].key in SITES or tokens[end].key in self.gazetteer.demonyms:
                break
            end += 1
        if (token.opens and end == at + 1) or any(item.caps for item in tokens[at:end]):
            return None  # "An MSF base" is the base of the MSF
        cue, stop = cue_beside(tokens, at, end)
        if cue is None:
            cue, stop = site_after(tokens, at, end)
        if cue is Kind.ADMIN1 or (cue is None and not self._put_in_place(tokens, at, end)):
            return None
        if any(self._names_country(tokens, n, language) for n in range(at + 1, end)):
            return None
        start, last = token.start, tokens[stop - 1].end
        key = " ".join(item.key for item in tokens[at:end])
        mention = Mention(start, last, text[start:last])
        return Found(mention, key, (), cue, True, Naming.PRIMARY, at, stop)

    def _names_country(self, tokens: list[Token], at: int, language: str | None) -> bool:
        """As in "Second DR Congo city"."""
        match = self._match(tokens, at, language)
        return match is not None and bool(match[2]) and self._standing(match[1]).country

    def _put_in_place(self, tokens: list[Token], at: int, end: int) -> bool:
        """Whether an unknown name stands where a place does: "in Foutouri, Burkina Faso", "near Pashtun Kot"."""
        if at == 0 or tokens[at].opens or len(tokens[at].key) < 4 or tokens[at].key in self.given:
            return False
        before = at - 1 if tokens[at - 1].key != "the" else at - 2
        if before < 0 or tokens[before].key not in STRONG_IN or tokens[before + 1].gap != " ":
            return False
        return all(not token.caps and not token.text[0].isdigit() for token in tokens[at:end])

    def _match(self, tokens: list[Token], at: int, language: str | None) -> Match | None:
        token = tokens[at]
        if not token.capital:
            return self._lower_case(tokens, at, language)
        wide = self._wide(tokens, at) if token.key in WIDE_FIRST else None
        best = None
        key = token.key
        end = at + 1
        while True:
            candidates = self.gazetteer.candidates(key)
            if candidates and (end == at + 1 or tokens[end - 1].capital or tokens[end - 1].text.isdigit()):
                best = (end, key, candidates)
            if end >= len(tokens) or end - at >= MAX_WORDS or not self._joined(tokens, end):
                break
            if not self.gazetteer.has_longer(key):
                break
            key = f"{key} {tokens[end].key}"
            end += 1
        if wide and (best is None or wide[0] >= best[0]):
            return wide
        if best is None or (best[0] == at + 1 and self._may_be_declined(tokens, at)):
            return self._inflected(tokens, at) or best
        return best

    def _may_be_declined(self, tokens: list[Token], at: int) -> bool:
        """Whether a Cyrillic name goes on after its first word: "Порт-о-Пренса"."""
        end = at + 1
        return (
            end < len(tokens)
            and tokens[end].gap == "-"
            and not tokens[at].text.isascii()
            and is_cyrillic(tokens[at].text)
        )

    def _wide(self, tokens: list[Token], at: int) -> Match | None:
        """The name of a part of the world that begins here."""
        for end in range(min(len(tokens), at + 4), at, -1):
            key = " ".join(token.key for token in tokens[at:end])
            if key in WIDE and all(self._joined(tokens, n) for n in range(at + 1, end)):
                return end, key, ()
        return None

    @staticmethod
    def _joined(tokens: list[Token], n: int) -> bool:
        gap = tokens[n].gap
        return gap in _JOINS or (gap in (". ", ".") and tokens[n - 1].key in ABBREVIATED)

    def _lower_case(self, tokens: list[Token], at: int, language: str | None) -> Match | None:
        """Adjectives of nationality in languages that write them small, and "al-Hol" with a small article."""
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following and token.text in ARTICLES and following.gap == "-" and following.capital:
            key = f"{token.key} {following.key}"
            candidates = self.gazetteer.candidates(key)
            return (at + 2, key, candidates) if candidates else None
        if language not in _LOWER_DEMONYMS or len(token.key) < 4:
            return None
        if following and following.gap == "-":
            key = f"{token.key} {following.key}"
            if key in self.gazetteer.demonyms:
                return at + 2, key, self.gazetteer.candidates(key)
        if token.key in self.gazetteer.demonyms or token.key in FEMININES:
            return at + 1, token.key, self.gazetteer.candidates(token.key)
        return None

    def _inflected(self, tokens: list[Token], at: int) -> Match | None:
        if tokens[at].text.isascii() or tokens[at].key in self.common["ar"]:
            return None
        end = at + 1
        while end < len(tokens) and end - at < MAX_DECLINED and self._joined(tokens, end):
            end += 1
        for count, key in phrase_forms([token.text for token in tokens[at:end]]):
            candidates = self.gazetteer.candidates(key)
            if candidates and self._standing(key).importance >= KNOWN_TOWN / 10:
                return at + count, key, candidates
        return None

    def _stand(self, key: str) -> _Standing:
        """Of a name that the gazetteer has."""
        candidates = self.gazetteer.candidates(key)
        country = any(self.kind[c.row] == Kind.COUNTRY for c in candidates)
        return _Standing(min(candidate.naming for candidate in candidates), self._importance(candidates), country)

    def _importance(self, candidates: tuple[Candidate, ...]) -> int:
        """The population of the largest place meant; administrative units and curated places count as large."""
        return max(
            1_000_000
            if self.kind[c.row] in (Kind.COUNTRY, Kind.ADMIN1, Kind.REGION) or self.curated[c.row]
            else self.population[c.row]
            for c in candidates
        )

    def _judge(
        self,
        text: str,
        tokens: list[Token],
        at: int,
        end: int,
        key: str,
        candidates: tuple[Candidate, ...],
        language: str | None,
    ) -> Found | None:
        if key in WIDE or key in ARTICLES or key in CALENDAR:
            return None
        if _is_direction(tokens[end - 1]) or (end == at + 1 and key in self.common["ar"]):
            return None
        before = tokens[at - 1] if at and "\n" not in tokens[at].gap else None
        after = tokens[end] if end < len(tokens) and "\n" not in tokens[end].gap else None
        cue, stop = cue_beside(tokens, at, end)
        located = located_by(tokens, at, cue)
        naming, importance, country = self._standing(key)
        if not tokens[at].capital and tokens[at].key in FEMININES:
            naming = Naming.DEMONYM
        if cue is None and (key in PHRASES or self._no_place(tokens, at, end, key, language, located)):
            return None
        if naming <= Naming.ALTERNATE:
            if is_water(before, after, tokens, at, country=country) or is_organisation(before, after):
                return None
            if self._person(tokens, at, key, before, after):
                return None
        seat = capital_end(tokens, at, end) if country and naming <= Naming.DEMONYM else None
        if seat is not None:
            return _capital(text, tokens, at, seat, key, candidates)
        weak = cue is None and importance < KNOWN_TOWN and not located
        start, last = extent(tokens, at, stop, naming)
        return Found(Mention(start, last, text[start:last]), key, candidates, cue, located, naming, at, stop, weak)

    def _no_place(
        self,
        tokens: list[Token],
        at: int,
        end: int,
        key: str,
        language: str | None,
        located: bool,
    ) -> bool:
        """Whether an everyday word only looks like a name."""
        token = tokens[at]
        if end - at > 1:
            return False
        naming, importance, country = self._standing(key)
        if naming is Naming.ACTOR:
            return len(key) <= 4 and not token.caps and key not in SHORT_LEADERS
        if key in COMPASS:
            return True
        if token.caps and len(token.text) < 5 and not token.headline and key not in ACRONYMS:
            return True
        if token.caps and len(token.text) <= 2 and key not in ACRONYMS:
            return True
        if key == "us":
            return not token.caps
        if country:
            return False
        arabic = is_arabic(token.text)
        if arabic:
            return key in self.common["ar"] or (importance < 20_000 and not located)
        if len(key) <= 3 and importance < 100_000:
            return True
        if key in self.common["en"] or key in self.common.get(language or "", ()):
            if not token.headline and not token.opens and self._is_watched_town(key):
                return False
            if language not in (None, "en") and not token.opens and not token.headline and located:
                return importance < 5_000
            return not (located and importance >= 100_000 and not token.headline and not token.opens)
        if naming is Naming.ALTERNATE and not located and importance < 1_000_000 and token.text.isascii():
            return True
        return token.opens and importance < 2_000

    def _person(
        self,
        tokens: list[Token],
        at: int,
        key: str,
        before: Token | None,
        after: Token | None,
    ) -> bool:
        token = tokens[at]
        if before and before.capital and tokens[at].gap == " " and not is_arabic(token.text):
            if before.key in TITLES:
                return True
            if before.key in self.given and not self._is_place(before.key):
                return True
        if token.headline or is_arabic(token.text):
            return False
        if after and after.capital and after.gap == " " and key in self.given and after.key not in TYPES:
            return not self._is_place(after.key) and not after.caps
        if self._standing(key).importance >= 100_000:
            return False
        unknown = [t for t, gap in ((before, token.gap), (after, after.gap if after else "")) if t and gap == " "]
        return any(
            t.capital
            and not t.caps
            and not (t is before and t.opens)
            and t.key not in TYPES
            and t.key not in self.common["en"]
            and t.key not in self.gazetteer.demonyms
            and not self._is_place(t.key)
            for t in unknown
        )

    def _is_watched_town(self, key: str) -> bool:
        """Whether a town of the wars is called by this everyday word: "rebels enter Sake"."""
        return any(self.curated[c.row] and self.kind[c.row] == Kind.PLACE for c in self.gazetteer.candidates(key))

    def _means_place(self, key: str) -> bool:
        candidates = tuple(c for c in self.gazetteer.candidates(key) if c.naming <= Naming.ALTERNATE)
        return bool(candidates) and self._importance(candidates) >= KNOWN_TOWN and key not in self.given


def _is_direction(token: Token) -> bool:
    """Arabic "north of": a point of the compass without article."""
    return token.key in COMPASS and is_arabic(token.text) and not token.text.startswith("ال")


def _capital(text: str, tokens: list[Token], at: int, end: int, key: str, candidates: tuple[Candidate, ...]) -> Found:
    first = at
    while (
        first
        and tokens[first].gap == " "
        and (tokens[first - 1].key in OF_WORDS or tokens[first - 1].key in CAPITAL_WORDS)
    ):
        first -= 1
    while first < at and tokens[first].key not in CAPITAL_WORDS:
        first += 1
    start, last = tokens[first].start, tokens[end - 1].end
    mention = Mention(start, last, text[start:last])
    return Found(mention, key, candidates, None, True, Naming.PRIMARY, first, end, capital=True)
