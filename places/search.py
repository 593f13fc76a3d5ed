"""Finding a place by what a person types: any language, small mistakes forgiven."""

import math

from rapidfuzz import fuzz, process

from places.baked import Kind, Naming
from places.gazetteer import Candidate, Gazetteer
from places.text import fold, is_latin
from places.transliterate import to_latin
from places.types import Place

MIN_SCORE, MIN_SCORE_LONG, LONG = 80, 74, 7
PREFIX_LIMIT = 400
FUZZY_POPULATION = 20_000
_WEIGHT = {Kind.COUNTRY: 8.0, Kind.ADMIN1: 6.5, Kind.REGION: 6.5, Kind.ADMIN2: 3.5, Kind.PLACE: 0.0}


class PlaceSearch:
    """Ranks by quality of the match, then by importance. Built once: it keeps the list of the larger places' names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        baked = gazetteer.baked
        large = {
            row
            for row in range(len(baked.kind))
            if baked.kind[row] != Kind.PLACE or baked.curated[row] or baked.population[row] >= FUZZY_POPULATION
        }
        self._names: list[str] = []
        self._rows: list[int] = []
        for row in sorted(large):
            self._names.append(fold(baked.names[row]))
            self._rows.append(row)

    def search(self, query: str, limit: int = 8) -> list[Place]:
        """The best matches first; none where nothing is near enough. Exact names of any size; prefixes and typing
        mistakes for what is large or curated, also of names in other letters that are known in Latin ones only."""
        key = fold(query)
        if len(key) < 2:
            return []
        scores: dict[int, float] = {}
        self._add(scores, [(c.row, 100.0 if c.naming is not Naming.ALTERNATE else 96.0) for c in self._exact(key)])
        if len(key) >= 3:
            self._add(scores, self._prefix(key))
        if len(key) >= 4 and max(scores.values(), default=0.0) < 96:
            self._add(scores, self._fuzzy(key))
        if not scores and len(key) >= 4 and not is_latin(key):
            self._add(scores, self._fuzzy(to_latin(key)))
        ranked = sorted(scores, key=lambda row: (-round(scores[row] / 4), -self._importance(row), row))
        return [self.gazetteer.place_at(row) for row in ranked[:limit]]

    def _exact(self, key: str) -> tuple[Candidate, ...]:
        return tuple(c for c in self.gazetteer.candidates(key) if c.naming is not Naming.ACTOR)

    @staticmethod
    def _add(scores: dict[int, float], found: list[tuple[int, float]]) -> None:
        for row, score in found:
            scores[row] = max(score, scores.get(row, 0.0))

    def _prefix(self, key: str) -> list[tuple[int, float]]:
        baked = self.gazetteer.baked
        found = []
        for number in baked.keys.starting_with(key, PREFIX_LIMIT):
            for at in range(baked.starts[number], baked.starts[number + 1]):
                row = baked.refs[at]
                if baked.namings[at] <= Naming.ALTERNATE and self._importance(row) >= math.log10(FUZZY_POPULATION):
                    found.append((row, 90.0))
        return found

    def _fuzzy(self, key: str) -> list[tuple[int, float]]:
        hits = process.extract(
            key, self._names, scorer=fuzz.ratio, score_cutoff=MIN_SCORE if len(key) < LONG else MIN_SCORE_LONG, limit=20
        )
        return [(self._rows[n], min(score, 92.0)) for _, score, n in hits]

    def _importance(self, row: int) -> float:
        baked = self.gazetteer.baked
        size = math.log10(baked.population[row] + 10)
        return max(size, _WEIGHT[Kind(baked.kind[row])]) + (2.0 if baked.curated[row] else 0.0)
