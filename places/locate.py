"""Where an article's main event lies, and every place it names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from classifiers.types import ArticleText
from places.baked import Naming
from places.gazetteer import Gazetteer
from places.main_place import MainPlace
from places.recognise import Found, Recogniser, Token, tokenise
from places.resolve import Choice, Resolver
from places.types import Located, Mention, Resolution


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
        chosen = self.main_place.choose(choices, tokens, background, text.home)
        main = chosen[0] if chosen else None
        others = [c for c in choices if c is not main and c.found.naming is not Naming.ACTOR]
        return Located(self._main(*chosen) if chosen else None, tuple(map(self.resolver.resolution, others)))

    def read(self, text: ArticleText, tokens: list[Token], reading_language: str | None) -> list[Choice]:
        """Every name of the text resolved, actors that tell a country included."""
        found = self.recogniser.scan(tokens, text.joined, reading_language)
        return self._plausible(self.resolver.resolve(found, text.joined, text.home))

    def _main(self, choice: Choice, probability: float) -> Resolution:
        confidence = round(choice.confidence * probability, 3)
        return self.resolver.resolution(replace(choice, confidence=confidence))

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
        given = [self._given(text, span) for span in spans]
        known = [item for item in given if item is not None]
        choices = iter(self.resolver.resolve(known, text))
        return [self.resolver.resolution(next(choices)) if item is not None else None for item in given]

    def _given(self, text: str, span: tuple[int, int]) -> Found | None:
        start, end = span
        name = text[start:end]
        tokens = tokenise(name)
        key = " ".join(token.key for token in tokens)
        candidates = self.gazetteer.candidates(key)
        if not candidates:
            return None
        naming = min(candidate.naming for candidate in candidates)
        return Found(Mention(start, end, name), key, candidates, None, True, naming, 0, 0)
