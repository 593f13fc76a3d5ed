"""Where an article's main event lies, and every place it names."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from classifiers.types import ArticleText
from classifiers.untaken import default_words
from places.baked import Kind, Naming
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.given import given
from places.main_place import MainPlace
from places.nearby import is_between, is_nearby
from places.recognise import Found, Recogniser
from places.resolve import Choice, Resolver
from places.tokens import Token, tokenise
from places.types import Located, Mention, Precision, Resolution

UNSURE, SHARED = 0.4, 0.6  # below the first, readings that share a province give way to it, with the second
NEAR_KM = 15.0  # how far from a place something "near" it may be
MAX_BETWEEN_KM = 100.0
_BEFORE_NAME = 16  # letters between "at the gates of" and the name: "the town of"
_THE_TOWN = re.compile(
    r"\s*(?:(?:de|of|from|du)\s+)?(?:la|le|the|el|o|a)?\s*(?:cité|ville|localité|agglomération|town|city|ciudad|cidade|mji|город\w*|"
    r"المدينة|البلدة)\b(?!\s+(?:of|de|d|del|da|do|wa|ya)\b)",
    re.IGNORECASE,
)
UNKNOWN = 0.1  # confidence in a name that the gazetteer does not have


class Locator:
    """The door to this folder. Deterministic; never raises on any text."""

    def __init__(self, gazetteer: Gazetteer, weights: Mapping[str, float] | None = None) -> None:
        """`weights`: of the main place's traits, None: those in the package."""
        self.gazetteer = gazetteer
        self.recogniser = Recogniser(gazetteer)
        self.resolver = Resolver(gazetteer)
        self.main_place = MainPlace(gazetteer, weights)

    def locate(
        self, text: ArticleText, reading_language: str | None, background: Sequence[tuple[int, int]] = ()
    ) -> Located:
        """The place of the main event and the other places named. `background`: spans that are no news."""
        tokens = tokenise(text.joined)
        choices = self.read(text, tokens, reading_language)
        neared = _neared(text.joined, choices)
        chosen = self.main_place.choose(choices, tokens, background, text.home, neared)
        main = chosen[0] if chosen else None
        others = [c for c in choices if c is not main and c.found.naming is not Naming.ACTOR]
        return Located(
            self._main(*chosen, tokens, choices, neared) if chosen else None,
            tuple(map(self.resolver.resolution, others)),
        )

    def read(self, text: ArticleText, tokens: list[Token], reading_language: str | None) -> list[Choice]:
        """Every name of the text resolved, actors that tell a country included."""
        found = self.recogniser.scan(tokens, text.joined, reading_language)
        return self._plausible(self.resolver.resolve(found, text.joined, text.home))

    def _main(
        self,
        choice: Choice,
        probability: float,
        tokens: Sequence[Token],
        choices: Sequence[Choice],
        neared: Collection[int],
    ) -> Resolution:
        choice = self._sure(choice)
        found = self.resolver.resolution(replace(choice, confidence=round(choice.confidence * probability, 3)))
        if found.place.precision is not Precision.PLACE:
            return found
        between = self._between(choice, tokens, choices)
        beside = choice.near or choice.row in neared or is_nearby(tokens, choice.found.first)
        if between is None and not beside:
            return found
        radius = max(NEAR_KM, found.place.uncertainty_km, between or 0.0)
        return replace(found, place=replace(found.place, near=True, uncertainty_km=round(radius, 1)))

    def _between(self, choice: Choice, tokens: Sequence[Token], choices: Sequence[Choice]) -> float | None:
        """How far apart the two places are that the event lies between, in km; None: the text tells of no such."""
        towns = [c for c in choices if self.gazetteer.baked.kind[c.row] == Kind.PLACE]
        for one, other in pairwise(towns):
            joined = 0 <= other.found.first - one.found.last <= 1
            if joined and choice.row in (one.row, other.row) and is_between(tokens, one.found.first):
                a, b = self.gazetteer.place_at(one.row), self.gazetteer.place_at(other.row)
                return min(MAX_BETWEEN_KM, distance_km(a.lat, a.lon, b.lat, b.lon))
        return None

    def _sure(self, choice: Choice) -> Choice:
        """The province or country that an undecided name's likeliest readings share, instead of a guess."""
        if choice.confidence >= UNSURE or not choice.others:
            return choice
        rivals = (choice.row, *choice.others[:2])
        for parent_of in (self._province, self._country):
            parents = {parent_of(row) for row in rivals}
            if len(parents) == 1 and -1 not in parents:
                parent = parents.pop()
                reason = f"several places of that name in {self.gazetteer.baked.names[parent]}"
                return replace(choice, row=parent, confidence=max(choice.confidence, SHARED), reason=reason)
        return choice

    def _province(self, row: int) -> int:
        return self.gazetteer.baked.admin1[row]

    def _country(self, row: int) -> int:
        return self.gazetteer.country_row(self.resolver.country(row))

    def _plausible(self, choices: list[Choice]) -> list[Choice]:
        """Without the weak names that nothing else in the text vouches for."""
        countries = {self.resolver.country(c.row) for c in choices if not c.found.weak}
        return [c for c in choices if not c.found.weak or self.resolver.country(c.row) in countries]

    def geoparse(
        self, text: str, language: str | None = None, spans: Sequence[tuple[int, int]] | None = None
    ) -> list[Resolution | None]:
        """Given mentions resolved, one for each span in order, None where nothing fits; without spans, those found."""
        if spans is None:
            recognised = self._plausible(self.resolver.resolve(self.recogniser.find(text, language), text))
            return [self.resolver.resolution(c) for c in recognised if c.found.naming is not Naming.ACTOR]
        marked = [given(text, span, self.gazetteer) for span in spans]
        known = [item for item in marked if item is not None]
        beside = [item for item in self.recogniser.find(text, language) if not _overlaps(item, spans)]
        choices = self.resolver.resolve(known + beside, text)
        answers = iter(choices)
        return [
            self.resolver.resolution(next(answers)) if item is not None else self._nearby(text, span, choices)
            for item, span in zip(marked, spans, strict=True)
        ]

    def _nearby(self, text: str, span: tuple[int, int], choices: Sequence[Choice]) -> Resolution | None:
        """For a name that nothing bears: around the town named nearest to it, else what the text names most."""
        plain = [c for c in choices if not c.found.demonym and not c.found.weak]
        if not plain:
            return None
        start, end = span
        fine = [c for c in plain if self.gazetteer.baked.kind[c.row] in (Kind.PLACE, Kind.ADMIN2)]
        votes = Counter(c.row for c in plain)
        if fine:
            best = min(fine, key=lambda c: abs(c.found.mention.start - start))
        else:
            best = max(plain, key=lambda c: (votes[c.row], c.confidence))
        place = self.gazetteer.place_at(best.row)
        reason = f"not known; named beside {place.name}"
        return Resolution(Mention(start, end, text[start:end]), place, UNKNOWN, reason)


def _neared(text: str, choices: Sequence[Choice]) -> frozenset[int]:
    """Rows of the towns that fighters are on the way to: what follows the words for it; all, if "the town" does."""
    found: set[int] = set()
    for start, end in default_words().neared(text):
        if _THE_TOWN.match(text, end):
            return frozenset(choice.row for choice in choices)
        for choice in choices:
            named = choice.found.mention.start
            if start <= named <= end + _BEFORE_NAME and "." not in text[end:named]:
                found.add(choice.row)
    return frozenset(found)


def _overlaps(item: Found, spans: Sequence[tuple[int, int]]) -> bool:
    mention = item.mention
    return any(start < mention.end and mention.start < end for start, end in spans)
