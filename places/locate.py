"""Where an article's main event lies, and every place it names."""

from collections.abc import Sequence

from classifiers.types import ArticleText
from places.baked import Kind
from places.gazetteer import Gazetteer
from places.recognise import Found, Recogniser, tokenise
from places.resolve import Choice, Resolver
from places.types import Located, Mention, Resolution

KEEP = 0.35  # of a weak name's confidence, below which it is taken for no place


class Locator:
    """The door to this folder. Deterministic; never raises on any text."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.recogniser = Recogniser(gazetteer)
        self.resolver = Resolver(gazetteer)

    def locate(
        self, text: ArticleText, reading_language: str | None, background: Sequence[tuple[int, int]] = ()
    ) -> Located:
        """The place of the main event and the other places named. `background`: spans that are no news."""
        joined = text.joined
        found = self.recogniser.find(joined, reading_language)
        choices = self._plausible(self.resolver.resolve(found, joined, text.home))
        main = self._main(choices, background)
        others = tuple(self.resolver.resolution(c) for c in choices if c is not main)
        return Located(self.resolver.resolution(main) if main else None, others)

    def _plausible(self, choices: list[Choice]) -> list[Choice]:
        """Without the weak names that nothing else in the text vouches for."""
        countries = {self.resolver.country(c.row) for c in choices if not c.found.weak}
        return [c for c in choices if not c.found.weak or self.resolver.country(c.row) in countries]

    def _main(self, choices: list[Choice], background: Sequence[tuple[int, int]]) -> Choice | None:
        def rank(choice: Choice) -> tuple[int, ...]:
            mention, kind = choice.found.mention, self.resolver.baked.kind[choice.row]
            old = any(start <= mention.start < end for start, end in background)
            coarse = (Kind.PLACE, Kind.ADMIN2, Kind.ADMIN1, Kind.REGION, Kind.COUNTRY).index(Kind(kind))
            return (old, choice.found.demonym, coarse > 1, not choice.found.located, coarse == 4, mention.start)

        return min(choices, key=rank, default=None)

    def geoparse(
        self, text: str, language: str | None = None, spans: Sequence[tuple[int, int]] | None = None
    ) -> list[Resolution | None]:
        """Given mentions resolved, one for each span in order, None where nothing fits; without spans, those found."""
        if spans is None:
            recognised = self._plausible(self.resolver.resolve(self.recogniser.find(text, language), text))
            return [self.resolver.resolution(choice) for choice in recognised]
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
        demonym = key in self.gazetteer.demonyms
        return Found(Mention(start, end, name), key, candidates, None, True, demonym, 0)
