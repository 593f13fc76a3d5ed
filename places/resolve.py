"""Deciding which place a name means: population, what stands beside it, what else the text names, the feed's home.

Scores are in powers of ten of population: a word that is worth 2 outweighs a hundred times as many people.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from places.baked import Kind, Naming
from places.gazetteer import Candidate, Gazetteer
from places.geometry import distance_km
from places.nearby import joins_nearby
from places.recognise import Found
from places.story_words import BORDER
from places.text import fold
from places.types import Resolution

ALTERNATE_PENALTY = 1.5
NATIONALITY_PRIOR = 6.0  # below a province of the same name: "Indiana" is Spanish for Indian, too
CAPITAL_BONUS = 0.8
KIND_PRIOR = {Kind.COUNTRY: 9.0, Kind.ADMIN1: 6.2, Kind.REGION: 6.5}
ADMIN2_PENALTY = 1.6
CURATED_BONUS = 1.2
CURATED_LEAST = 4.3  # a curated village weighs like a town of 20,000: conflict news speaks of it
CONTAINED = 4.0  # "X, Y" with Y containing X
CUE_MATCH, CUE_MISMATCH = 2.5, -2.0
SAME_COUNTRY, NEAR, FOCUS = 2.2, 2.5, 1.6
NATIONALITY_WEIGHT = 0.6
HOME = 1.5  # a publisher means the town at home that is thirty times smaller
NEAR_KM = 150.0
SHARPNESS = 1.0  # of the confidence: a lead of one power of ten means e to one
DOUBT, DOUBT_WEAK = 0.97, 0.5  # the confidence in an unambiguous name, and in one that nothing vouches for
MAX_SHARES = 6
SAME_SPOT_KM = 60.0
SEAT_POPULATION = 20_000
FEDERATIONS = frozenset({"US", "CA", "AU"})  # whose states are spoken of by their bare names
PASSES = 2
MAX_ALTERNATIVES = 4
UNKNOWN = 0.6  # confidence that an unknown town lies in the province named beside it
UNKNOWN_ALONE = 0.3  # that it lies in the feed's own country
NEGLIGIBLE = 5.0  # a reading that far behind gets no share
KM_PER_DEGREE = 111.0
REACH = NEAR_KM / KM_PER_DEGREE  # degrees of latitude
JOINS = frozenset({",", "(", "in", "in the", ", in", ", dans", "dans", "en", ", en", "au", ", au", "of", "-"})
MAX_JOIN = 12
BORDER_BEFORE = 24  # letters
MAX_NEAR = 40  # letters between a village and the town it is near
SENTENCE_END = re.compile(r"[.!?\n]")
Candidates = tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A resolved name with the row chosen, for those who go on working with it."""

    found: Found
    row: int
    confidence: float
    reason: str
    others: tuple[int, ...] = ()
    near: bool = False  # it is near the row, not in it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name means wherever the text uses it. `shares`: the likeliest rows, best first, with probabilities."""

    row: int
    confidence: float
    reason: str
    others: tuple[int, ...]
    shares: tuple[tuple[int, float], ...]


@dataclass(slots=True)
class Name:
    """One name of the text, with all its mentions: a text means one place by one name."""

    key: str
    candidates: Candidates
    cue: Kind | None
    weak: bool
    demonym: bool
    container: "Name | None" = None
    priors: tuple[float, ...] = ()


class Resolver:
    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.baked = gazetteer.baked
        self._prior = lru_cache(maxsize=1 << 16)(self._bare_prior)
        self._alone = lru_cache(maxsize=1 << 14)(self._judged_alone)
        self.votes = lru_cache(maxsize=1 << 14)(self._votes)
        self.country_numbers = {code: n for n, code in enumerate(self.baked.countries)}

    def resolve(self, found: Sequence[Found], text: str, home: str | None = None) -> list[Choice]:
        """One choice for each name, in order."""
        known = [item for item in found if item.candidates]
        names = self._names(known, text)
        homeland = self.country_numbers.get(home, -1) if home else -1
        verdicts: dict[str, Verdict] = {}
        for name in names.values():
            name.priors, verdicts[name.key] = self._alone(name.candidates, name.cue, name.weak, homeland)
        if len(names) > 1 and any(len(name.candidates) > 1 for name in names.values()):
            verdicts = self._in_context(list(names.values()), verdicts)
        choices = {id(item): self._choice(item, verdicts[_name_key(item)]) for item in known}
        resolved = [choices[id(item)] for item in known]
        return [c for c in (choices.get(id(item)) or self._around(item, resolved, text, home) for item in found) if c]

    def _choice(self, item: Found, verdict: Verdict) -> Choice:
        seat = self.gazetteer.capital_of.get(self.country(verdict.row)) if item.capital else None
        if seat is None or self.baked.kind[verdict.row] != Kind.COUNTRY:
            return Choice(item, verdict.row, verdict.confidence, verdict.reason, verdict.others)
        return Choice(item, seat, verdict.confidence, f"the capital of {self.baked.names[verdict.row]}")

    def _around(self, item: Found, resolved: Sequence[Choice], text: str, home: str | None) -> Choice | None:
        """For a name that the gazetteer lacks: the town it is near or a part of, else the province or country it
        lies in, by the names beside it, else the feed's home."""
        plain = [c for c in resolved if c.found.naming <= Naming.ALTERNATE and not c.found.weak] or list(resolved)
        if not plain:
            if home not in self.country_numbers:
                return None
            reason = "not in the gazetteer; the feed is from there"
            return Choice(item, self.gazetteer.country_row(home), UNKNOWN_ALONE, reason)
        plain = [c for c in plain if c.found.located or c.row not in self.gazetteer.capitals] or plain
        plain = [c for c in plain if not _beyond_border(c, text)] or plain
        whole = [c for c in plain if item.key.startswith(c.found.key + " ")]
        nearest = min(whole or plain, key=lambda c: self._distance(item, c, text))
        b = self.baked
        town = b.kind[nearest.row] == Kind.PLACE
        near = town and bool(whole or self._told_near(item, nearest, text))
        row = nearest.row if near or (not town and b.kind[nearest.row] != Kind.ADMIN2) else b.admin1[nearest.row]
        row = row if row >= 0 else self.gazetteer.country_row(self.country(nearest.row))
        reason = f"not in the gazetteer; named beside {b.names[nearest.row]}"
        return Choice(item, row, round(UNKNOWN * nearest.confidence, 3), reason, near=near)

    @staticmethod
    def _told_near(item: Found, choice: Choice, text: str) -> bool:
        """As in "the village of Zorbatuka near Sake"."""
        between = text[item.mention.end : choice.found.mention.start]
        return 0 < len(between) <= MAX_NEAR and not SENTENCE_END.search(between) and joins_nearby(between)

    def _distance(self, item: Found, choice: Choice, text: str) -> int:
        """Letters between two names; what follows joined ("X, Hama" or "X in Hama") is likelier to contain the name."""
        gap = choice.found.mention.start - item.mention.end
        if gap < 0:
            return item.mention.start - choice.found.mention.end
        joined = gap <= MAX_JOIN and text[item.mention.end : choice.found.mention.start].strip().casefold() in JOINS
        return 0 if joined else gap

    def _in_context(self, names: Sequence[Name], verdicts: dict[str, Verdict]) -> dict[str, Verdict]:
        for _ in range(PASSES):
            context = Context(self, names, verdicts)
            new = {
                name.key: self._judge(name.candidates, name.cue, name.weak, context.scores(name))
                if len(name.candidates) > 1
                else verdicts[name.key]
                for name in names
            }
            settled = all(new[key].row == verdicts[key].row for key in new)
            verdicts = new
            if settled:
                break
        return verdicts

    def _names(self, found: Sequence[Found], text: str) -> dict[str, Name]:
        names: dict[str, Name] = {}
        for item in found:
            key = _name_key(item)
            name = names.setdefault(key, Name(key, item.candidates, item.cue, item.weak, item.demonym))
            name.weak = name.weak and item.weak
        for item, following in pairwise(found):
            if following.demonym or self._names_country(item):
                continue
            between = text[item.mention.end : following.mention.start]
            if len(between) <= MAX_JOIN and between.strip().casefold() in JOINS:
                names[_name_key(item)].container = names[_name_key(following)]
        return names

    def _names_country(self, item: Found) -> bool:
        """In "Colombia, Cuba and Mexico" nothing contains anything."""
        return any(c.naming is Naming.PRIMARY and self.baked.kind[c.row] == Kind.COUNTRY for c in item.candidates)

    def prior(self, candidate: Candidate, cue: Kind | None, homeland: int) -> float:
        """How often the name means this row, as a power of ten; `homeland`: number of the feed's country, or -1."""
        score = self._prior(candidate.row, candidate.naming)
        if self.baked.country[candidate.row] == homeland:
            score += HOME
        if cue is not None and candidate.naming <= Naming.ALTERNATE:
            kind = self.baked.kind[candidate.row]
            same = kind == cue or (cue == Kind.ADMIN1 and kind == Kind.REGION)
            score += CUE_MATCH if same else CUE_MISMATCH
        return score

    def _bare_prior(self, row: int, naming: Naming) -> float:
        if naming > Naming.ALTERNATE:
            return NATIONALITY_PRIOR
        kind = Kind(self.baked.kind[row])
        size = math.log10(self.baked.population[row] + 10)
        score = KIND_PRIOR.get(kind, size)
        if kind is Kind.ADMIN1:
            score = 0.5 * score + 0.5 * size
        if kind is Kind.ADMIN2:
            score -= ADMIN2_PENALTY
        if row in self.gazetteer.capitals:
            score += CAPITAL_BONUS
        if self.baked.curated[row]:
            score = max(score + CURATED_BONUS, CURATED_LEAST) if kind is Kind.PLACE else score + CURATED_BONUS
        return score - ALTERNATE_PENALTY if naming is Naming.ALTERNATE else score

    def country(self, row: int) -> str:
        return self.baked.countries[self.baked.country[row]]

    def contained(self, row: int, container: Name) -> bool:
        """Whether the row lies in something that the other name may mean."""
        b = self.baked
        for candidate in container.candidates:
            other = candidate.row
            if other in (b.admin1[row], b.admin2[row]):
                return True
            if b.kind[other] == Kind.COUNTRY and b.country[other] == b.country[row] and other != row:
                return True
        return False

    def _town_before_province(self, candidates: Candidates, cue: Kind | None, scores: list[float]) -> None:
        """A bare name that both a town and the province around it bear means the town."""
        b = self.baked
        if len(scores) < 2 or cue in (Kind.ADMIN1, Kind.ADMIN2):
            return
        for n, candidate in enumerate(candidates):
            unit = candidate.row
            if b.kind[unit] not in (Kind.ADMIN1, Kind.ADMIN2) or self.country(unit) in FEDERATIONS:
                continue
            for m, other in enumerate(candidates):
                seat = b.kind[other.row] == Kind.PLACE and b.population[other.row] >= SEAT_POPULATION
                if seat and unit in (b.admin1[other.row], b.admin2[other.row]):
                    scores[n] = min(scores[n], scores[m] - 0.1)

    def _judged_alone(
        self, candidates: Candidates, cue: Kind | None, weak: bool, homeland: int
    ) -> tuple[tuple[float, ...], Verdict]:
        """The scores of a name's readings, and the verdict, without regard to the text's other names."""
        priors = tuple(self.prior(candidate, cue, homeland) for candidate in candidates)
        return priors, self._judge(candidates, cue, weak, list(priors))

    def _judge(self, candidates: Candidates, cue: Kind | None, weak: bool, scores: list[float]) -> Verdict:
        self._town_before_province(candidates, cue, scores)
        known = DOUBT_WEAK if weak else DOUBT
        if len(scores) == 1:
            only = candidates[0]
            return Verdict(only.row, known, _reason(candidates, cue, only), (), ((only.row, known),))
        ranked = sorted(zip(scores, candidates, strict=True), key=lambda pair: (-pair[0], pair[1].row))
        top, best = ranked[0]
        elsewhere = [
            (candidate.row, math.exp((score - top) * SHARPNESS))
            for score, candidate in ranked[1:]
            if top - score < NEGLIGIBLE and not self._same_spot(candidate.row, best.row)
        ]
        known /= 1.0 + sum(share for _, share in elsewhere)
        shares = ((best.row, known), *((row, known * share) for row, share in elsewhere[:MAX_SHARES]))
        others = tuple(row for row, _ in elsewhere[:MAX_ALTERNATIVES])
        return Verdict(best.row, round(known, 3), _reason(candidates, cue, best), others, shares)

    def _votes(self, candidates: Candidates) -> Mapping[int, float]:
        """The provinces that a name speaks for by itself, the more, the fewer they are; none for a country's name."""
        b = self.baked
        provinces: dict[int, float] = {}
        for row, naming in candidates:
            kind = b.kind[row]
            if kind == Kind.COUNTRY:
                return {}
            admin1 = row if kind == Kind.ADMIN1 else b.admin1[row]
            if admin1 >= 0:
                weight = (0.3 if naming is Naming.ALTERNATE else 1.0) * (1.5 if row == admin1 else 1.0)
                provinces[admin1] = max(provinces.get(admin1, 0.0), weight)
        return {admin1: weight / len(provinces) for admin1, weight in provinces.items()}

    def _same_spot(self, row: int, other: int) -> bool:
        """A town and the district or province around it are no rival readings."""
        b = self.baked
        if row in (b.admin1[other], b.admin2[other]) or other in (b.admin1[row], b.admin2[row]):
            return True
        if abs(b.lat[row] - b.lat[other]) > SAME_SPOT_KM / KM_PER_DEGREE:
            return False
        return distance_km(b.lat[row], b.lon[row], b.lat[other], b.lon[other]) <= SAME_SPOT_KM

    def resolution(self, choice: Choice) -> Resolution:
        place = self.gazetteer.place_at(choice.row)
        others = tuple(self.gazetteer.place_at(row) for row in choice.others)
        return Resolution(choice.found.mention, place, choice.confidence, choice.reason, others)


def _name_key(item: Found) -> str:
    return item.key if item.cue is None else f"{item.key} ({item.cue.name})"


def _beyond_border(choice: Choice, text: str) -> bool:
    """Whether a name only tells what the place borders on."""
    before = fold(text[max(0, choice.found.mention.start - BORDER_BEFORE) : choice.found.mention.start]).split()
    return any(word in BORDER for word in before[-2:])


def _reason(candidates: Candidates, cue: Kind | None, best: Candidate) -> str:
    if best.naming is Naming.DEMONYM:
        return "nationality"
    if best.naming is Naming.ACTOR:
        return "where this actor is at home"
    if len(candidates) == 1:
        return "the only place of that name"
    if cue is not None:
        return "the kind of place named beside it"
    return "size, and the other places named"


class Context:
    """What the other names of the text say for a reading: its country, its province, its neighbourhood.

    A name speaks for a province by itself, before it is decided what it means: the more, the fewer other provinces
    have a place of that name ("Rapides Parish" is in Louisiana alone, "Springfield" anywhere).
    """

    def __init__(self, resolver: Resolver, names: Sequence[Name], verdicts: dict[str, Verdict]) -> None:
        self.resolver = resolver
        self.baked = resolver.baked
        self.names = names
        self.verdicts = verdicts
        self.focus: dict[int, float] = {}
        self.own: dict[str, Mapping[int, float]] = {}
        for name in names:
            votes = {} if name.demonym else resolver.votes(name.candidates)
            self.own[name.key] = votes
            for admin1, vote in votes.items():
                self.focus[admin1] = self.focus.get(admin1, 0.0) + vote
        self.countries = self._countries()
        self.points = self._points()

    def _countries(self) -> dict[int, list[tuple[float, str]]]:
        """Country number -> the two strongest names that lie there, with their weight."""
        found: dict[int, list[tuple[float, str]]] = {}
        for name in self.names:
            verdict = self.verdicts[name.key]
            weight = verdict.confidence * (NATIONALITY_WEIGHT if name.demonym else 1.0)
            found.setdefault(self.baked.country[verdict.row], []).append((weight, name.key))
        return {country: sorted(weights, reverse=True)[:2] for country, weights in found.items()}

    def _points(self) -> list[tuple[float, str, float, float]]:
        """How surely a name (its key) means a place at a latitude and longitude, the surest first."""
        b = self.baked
        named = [
            (share, key, b.lat[row], b.lon[row])
            for key, verdict in self.verdicts.items()
            if key not in self.resolver.gazetteer.demonyms
            for row, share in verdict.shares
            if b.kind[row] == Kind.PLACE or b.kind[row] == Kind.ADMIN2
        ]
        return sorted(named, reverse=True)

    def scores(self, name: Name) -> list[float]:
        """The score of each reading of a name, with the evidence of every other name."""
        return [
            prior + self._support(candidate.row, name)
            for candidate, prior in zip(name.candidates, name.priors, strict=True)
        ]

    def _support(self, row: int, name: Name) -> float:
        b = self.baked
        admin1 = b.admin1[row]
        province = admin1 if admin1 >= 0 else row if b.kind[row] == Kind.ADMIN1 else -1
        focus = self.focus.get(province, 0.0) - self.own[name.key].get(province, 0.0)
        country = next((w for w, key in self.countries.get(b.country[row], ()) if key != name.key), 0.0)
        support = SAME_COUNTRY * country + NEAR * self._near(row, name) + FOCUS * math.log2(1.0 + max(0.0, focus))
        if name.container is not None and self.resolver.contained(row, name.container):
            support += CONTAINED
        return support

    def _near(self, row: int, name: Name) -> float:
        """How surely another name means a place in the neighbourhood, fading with the distance."""
        b = self.baked
        if b.kind[row] == Kind.COUNTRY:
            return 0.0
        best = 0.0
        lat, lon = b.lat[row], b.lon[row]
        for share, key, other_lat, other_lon in self.points:
            if share <= best * best:
                break  # nor are those that follow any surer
            if key != name.key and abs(lat - other_lat) <= REACH:
                away = distance_km(lat, lon, other_lat, other_lon)
                if away <= NEAR_KM:
                    best = max(best, math.sqrt(share) * (1.0 - 0.6 * away / NEAR_KM))
        return best
