"""Deciding which place a name means: population, what stands beside it, what else the text names, the feed's home.

Scores are in powers of ten of population: a word that is worth 2 outweighs a hundred times as many people.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from places.baked import Kind, Naming
from places.gazetteer import Candidate, Gazetteer
from places.geometry import distance_km
from places.recognise import Found
from places.types import Resolution

ALTERNATE_PENALTY = 1.0
KIND_PRIOR = {Kind.COUNTRY: 8.0, Kind.ADMIN1: 6.2, Kind.REGION: 6.5}
ADMIN2_PENALTY = 1.6
CURATED_BONUS = 1.2
CURATED_LEAST = 4.3  # a curated village weighs like a town of 20,000: conflict news speaks of it
CONTAINED = 4.0  # "X, Y" with Y containing X
CUE_MATCH, CUE_MISMATCH = 2.5, -2.0
SAME_COUNTRY, SAME_ADMIN1, NEAR = 1.6, 1.6, 1.2
HOME = 0.8
NEAR_KM = 150.0
TEMPERATURE = 0.9  # of the confidence: a lead of one power of ten means about three to one
SAME_SPOT_KM = 60.0
PASSES = 2
MAX_ALTERNATIVES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A resolved name with the row chosen, for those who go on working with it."""

    found: Found
    row: int
    confidence: float
    reason: str
    others: tuple[int, ...] = ()


class Resolver:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.baked = gazetteer.baked

    def resolve(self, found: Sequence[Found], text: str, home: str | None = None) -> list[Choice]:
        """One choice for each name, in order."""
        choices = [self._choose(item, self._prior_scores(item, home)) for item in found]
        inside = [self._container(found, n, text) for n in range(len(found))]
        for _ in range(PASSES):
            context = Context(self, choices)
            choices = [
                self._choose(item, self._scores(item, n, home, context, choices, inside[n]))
                for n, item in enumerate(found)
            ]
        return choices

    def _container(self, found: Sequence[Found], n: int, text: str) -> int | None:
        """The name that follows after a comma or in brackets and may contain this one."""
        if n + 1 >= len(found):
            return None
        between = text[found[n].mention.end : found[n + 1].mention.start].strip().casefold()
        joins = {",", "(", "in", "in the", ", in", ", dans", "dans", "en", ", en", "au", ", au", "of", "-"}
        return n + 1 if between in joins and not found[n + 1].demonym else None

    def _prior_scores(self, item: Found, home: str | None) -> list[tuple[Candidate, float]]:
        return [(c, self.prior(c, item.cue) + self._home(c, home)) for c in item.candidates]

    def prior(self, candidate: Candidate, cue: Kind | None) -> float:
        """How often the bare name means this row, as a power of ten."""
        row, kind = candidate.row, Kind(self.baked.kind[candidate.row])
        size = math.log10(self.baked.population[row] + 10)
        score = KIND_PRIOR.get(kind, size)
        if kind is Kind.ADMIN1:
            score = 0.5 * score + 0.5 * size
        if kind is Kind.ADMIN2:
            score -= ADMIN2_PENALTY
        if self.baked.curated[row]:
            score = max(score + CURATED_BONUS, CURATED_LEAST) if kind is Kind.PLACE else score + CURATED_BONUS
        if candidate.naming is Naming.ALTERNATE:
            score -= ALTERNATE_PENALTY
        elif candidate.naming is not Naming.PRIMARY and cue is not Kind.COUNTRY:
            return KIND_PRIOR[Kind.COUNTRY]
        if cue is not None and cue is not Kind.COUNTRY:
            same = kind is cue or {kind, cue} == {Kind.ADMIN1, Kind.REGION}
            score += CUE_MATCH if same else CUE_MISMATCH
        return score

    def _home(self, candidate: Candidate, home: str | None) -> float:
        return HOME if home and self.country(candidate.row) == home else 0.0

    def country(self, row: int) -> str:
        return self.baked.countries[self.baked.country[row]]

    def _scores(
        self,
        item: Found,
        n: int,
        home: str | None,
        context: "Context",
        choices: Sequence[Choice],
        container: int | None,
    ) -> list[tuple[Candidate, float]]:
        scored = []
        for candidate in item.candidates:
            score = self.prior(candidate, item.cue) + self._home(candidate, home)
            score += context.support(candidate.row, n, item.key)
            if container is not None and self._contained(candidate.row, found_rows(choices[container])):
                score += CONTAINED
            scored.append((candidate, score))
        return scored

    def _contained(self, row: int, containers: Sequence[int]) -> bool:
        parents = (self.baked.admin1[row], self.baked.admin2[row], self.gazetteer.country_row(self.country(row)))
        return any(parent in containers and parent != row for parent in parents)

    def _choose(self, item: Found, scored: list[tuple[Candidate, float]]) -> Choice:
        ranked = sorted(scored, key=lambda pair: (-pair[1], pair[0].row))
        best, top = ranked[0]
        total = 0.0
        for candidate, score in ranked:
            if candidate.row == best.row or not self._same_spot(candidate.row, best.row):
                total += math.exp(min(0.0, score - top) * math.log(10) * TEMPERATURE / 2)
        known = 0.5 if item.weak else 0.97
        others = tuple(c.row for c, _ in ranked[1:] if not self._same_spot(c.row, best.row))[:MAX_ALTERNATIVES]
        return Choice(item, best.row, round(known / total, 3), self._reason(item, best, len(ranked)), others)

    def _same_spot(self, row: int, other: int) -> bool:
        """A town and the district around it are no rival readings."""
        b = self.baked
        return distance_km(b.lat[row], b.lon[row], b.lat[other], b.lon[other]) <= SAME_SPOT_KM

    def _reason(self, item: Found, best: Candidate, rivals: int) -> str:
        if best.naming is Naming.DEMONYM:
            return "nationality"
        if best.naming is Naming.ACTOR:
            return "where this actor is at home"
        if rivals == 1:
            return "only place of that name"
        if item.cue is not None:
            return "kind of place named beside it"
        return "most populous, and fits the other places named"

    def resolution(self, choice: Choice) -> Resolution:
        place = self.gazetteer.place_at(choice.row)
        others = tuple(self.gazetteer.place_at(row) for row in choice.others)
        return Resolution(choice.found.mention, place, choice.confidence, choice.reason, others)


def found_rows(choice: Choice) -> tuple[int, ...]:
    return tuple(candidate.row for candidate in choice.found.candidates)


class Context:
    """What the other names of the text say for a reading: its country, its province, its neighbourhood."""

    def __init__(self, resolver: Resolver, choices: Sequence[Choice]) -> None:
        self.resolver = resolver
        self.baked = resolver.baked
        self.choices = choices

    def support(self, row: int, n: int, key: str) -> float:
        """The evidence for a row from every other name, none counted for naming the row itself."""
        country, admin1 = self.resolver.country(row), self.baked.admin1[row]
        same_country = same_admin1 = near = 0.0
        seen: set[str] = {key}
        for m, choice in enumerate(self.choices):
            if m == n or choice.found.key in seen:
                continue
            seen.add(choice.found.key)
            other = choice.row
            weight = choice.confidence * (0.6 if choice.found.demonym else 1.0)
            if self.resolver.country(other) == country:
                same_country = max(same_country, weight)
            if admin1 >= 0 and (other == admin1 or self.baked.admin1[other] == admin1):
                same_admin1 = max(same_admin1, weight) if other != admin1 else max(same_admin1, 1.5 * weight)
            if self._near(row, other):
                near = max(near, weight)
        return SAME_COUNTRY * same_country + SAME_ADMIN1 * same_admin1 + NEAR * near

    def _near(self, row: int, other: int) -> bool:
        b = self.baked
        if b.kind[other] in (Kind.COUNTRY, Kind.ADMIN1, Kind.REGION) or b.kind[row] == Kind.COUNTRY:
            return False
        if abs(b.lat[row] - b.lat[other]) > NEAR_KM / 111:
            return False
        return distance_km(b.lat[row], b.lon[row], b.lat[other], b.lon[other]) <= NEAR_KM


def with_confidence(choice: Choice, confidence: float, reason: str) -> Choice:
    return replace(choice, confidence=round(confidence, 3), reason=reason)
