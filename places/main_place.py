"""Which of the places named is where the main event lies: a linear model over traits that a person can read.

Every place named is a candidate; its traits are added up with the weights of data/main_place.json (fitted by
`python -m places.train` on labelled items), the highest sum wins, and the softmax over the candidates is the
confidence.
"""

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from errors import InvalidInput
from places import story_words as story
from places.baked import Kind, Naming
from places.gazetteer import Gazetteer
from places.recognise import Found
from places.resolve import Choice
from places.tokens import Token

DATA = Path(__file__).with_name("data")
WEIGHTS_PATH = DATA / "main_place.json"
POWERS = frozenset(["US", "RU", "IL", "GB", "FR", "TR", "IR", "SA", "AE", "RW", "CN", "DE", "QA", "EG"])
NEAR_EVENT, BY_EVENT = 8, 3
NEAR_FIRE = 5
NEARED = -1.5  # score of a town that fighters are only on the way to: the news is from where they are


_PUT_IN_PLACE = ("after in", "after near", "after at", "after across")


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A place named, with its traits (name -> value) and the sighting to show for it."""

    row: int
    choice: Choice
    traits: dict[str, float]


@lru_cache(maxsize=1)
def conflict_levels() -> dict[str, int]:
    """Country -> 0 to 3: how much of the world's news of armed conflict is from there."""
    lines = (DATA / "conflicts.tsv").read_text("utf-8").splitlines()[1:]
    return {country: int(level) for country, level, _ in (line.split("\t") for line in lines)}


def load_weights(path: Path = WEIGHTS_PATH) -> dict[str, float]:
    """Raises InvalidInput when the file is missing or no table of numbers."""
    expected = "weights written by `python -m places.train`"
    try:
        weights = json.loads(path.read_text("utf-8"))["weights"]
        return {str(name): float(value) for name, value in weights.items()}
    except OSError as error:
        raise InvalidInput(str(path), f"cannot be read: {error.strerror or error}", expected) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidInput(str(path), f"damaged ({type(error).__name__})", expected) from error


class MainPlace:
    def __init__(self, gazetteer: Gazetteer, weights: Mapping[str, float] | None = None) -> None:
        self.gazetteer = gazetteer
        self.baked = gazetteer.baked
        self.weights = load_weights() if weights is None else weights
        self.levels = conflict_levels()
        self.capitals = frozenset(gazetteer.capitals)

    def choose(
        self,
        choices: Sequence[Choice],
        tokens: Sequence[Token],
        background: Sequence[tuple[int, int]],
        home: str | None,
        neared: Collection[int] = (),
    ) -> tuple[Choice, float] | None:
        """The sighting of the main place and the probability that it is right; None where nothing is named. `neared`:
        rows of towns that fighters are on the way to; they give way to another town that the title names."""
        if not choices:
            return None
        if all(choice.row == choices[0].row and choice.found.candidates for choice in choices):
            return min(choices, key=_plainness), 1.0
        candidates = self.candidates(choices, tokens, background, home)
        gives_way = any(c.row not in neared and {"in title", "kind place"} <= c.traits.keys() for c in candidates)
        scores = [self.score(c.traits) + NEARED * (gives_way and c.row in neared) for c in candidates]
        top = max(scores)
        best = candidates[scores.index(top)]
        return best.choice, 1.0 / sum(math.exp(score - top) for score in scores)

    def score(self, traits: Mapping[str, float]) -> float:
        weights = self.weights
        return sum([weights[name] * value for name, value in traits.items() if name in weights])

    def candidates(
        self,
        choices: Sequence[Choice],
        tokens: Sequence[Token],
        background: Sequence[tuple[int, int]],
        home: str | None,
    ) -> list[Candidate]:
        """One candidate for each place named, in order of first mention."""
        grouped: dict[tuple[int, str], list[Choice]] = {}
        for choice in (self._governing(choice, tokens) for choice in choices):
            unknown = "" if choice.found.candidates else choice.found.key
            grouped.setdefault((choice.row, unknown), []).append(choice)
        rows = {row for row, _ in grouped}
        events = [n for n, token in enumerate(tokens) if token.event]
        keys = [token.key for token in tokens]
        talks, ships = not story.TALKS.isdisjoint(keys), not story.SHIPS.isdisjoint(keys)
        title_end = next((n for n, token in enumerate(tokens) if "\n" in token.gap), len(tokens))
        scene = Scene(tokens, events, talks, title_end, background)
        countries: dict[str, float] = {}
        for choice in choices:
            country = self._country(choice.row)
            countries[country] = countries.get(country, 0.0) + 1.0
        result = []
        for order, ((row, unknown), sightings) in enumerate(grouped.items()):
            traits = self._place_traits(row, order, sightings, rows, countries, home)
            if unknown:
                strength = "announced" if sightings[0].found.cue is not None else "unannounced"
                traits[f"not in gazetteer, {strength}"] = 1.0
            for choice in sightings:
                for name in scene.traits(choice, row in self.capitals, self.baked.kind[row] == Kind.COUNTRY):
                    traits[name] = 1.0
            if ships and self._country(row) == "XZ":
                traits["at sea, with ships"] = 1.0
            traits["sightings"] = min(3, len(sightings)) - 1
            result.append(Candidate(row, self._shown(sightings, scene), traits))
        self._compare(result)
        return result

    def _governing(self, choice: Choice, tokens: Sequence[Token]) -> Choice:
        """A capital that speaks or owns stands for its country: "Kyiv says", "Kyiv's allies"."""
        if choice.row not in self.capitals or choice.found.capital or choice.found.naming > Naming.ALTERNATE:
            return choice
        if not stands_for_government(tokens, choice.found.last):
            return choice
        row = self.gazetteer.country_row(self._country(choice.row))
        return replace(choice, row=row, others=())

    def _compare(self, candidates: Sequence[Candidate]) -> None:
        """Traits that a candidate has by the others: where its country, and where other countries, are put in place."""
        put = {c: any(name in c.traits for name in _PUT_IN_PLACE) for c in candidates}
        first = next((self._country(c.row) for c in candidates if put[c]), None)
        for candidate in candidates:
            country, traits = self._country(candidate.row), candidate.traits
            mine = [c for c in candidates if self._country(c.row) == country]
            if first == country:
                traits["country first put in place"] = 1.0
            if any(put[c] for c in mine if c is not candidate):
                traits["country put in place elsewhere"] = 1.0
            if any(put[c] and "kind country" not in c.traits for c in candidates if c not in mine):
                traits["rival town put in place"] = 1.0
            if any("in title" in c.traits for c in mine):
                traits["country in title"] = 1.0

    @staticmethod
    def _shown(sightings: Sequence[Choice], scene: "Scene") -> Choice:
        """The sighting that says most: news before background, names before adjectives, "northern Gaza" before Gaza."""
        return min(sightings, key=lambda c: (scene.is_background(c), *_plainness(c)))

    def _country(self, row: int) -> str:
        return self.baked.countries[self.baked.country[row]]

    def _place_traits(
        self,
        row: int,
        order: int,
        sightings: Sequence[Choice],
        rows: Set[int],
        countries: Mapping[str, float],
        home: str | None,
    ) -> dict[str, float]:
        baked, country = self.baked, self._country(row)
        kind = Kind(baked.kind[row])
        namings = {choice.found.naming for choice in sightings}
        traits = {f"kind {kind.name.lower()}": 1.0, f"order {min(order, 4)}": 1.0}
        if kind is Kind.COUNTRY and Naming.PRIMARY not in namings and Naming.ALTERNATE not in namings:
            traits["only " + ("nationality" if Naming.DEMONYM in namings else "actor")] = 1.0
        level = self.levels.get(country, 0)
        traits[f"conflict level {level}"] = 1.0
        others = {c for c in countries if c != country}
        if country in POWERS and any(self.levels.get(other, 0) >= 1 for other in others):
            traits[f"abroad {country}"] = 1.0
        if level < max((self.levels.get(other, 0) for other in others), default=0):
            traits["calmer than another"] = 1.0
        traits["share of country"] = countries[country] / sum(countries.values())
        if any(self._inside(other, row) for other in rows if other != row):
            traits[f"contains another, {kind.name.lower()}"] = 1.0
        if any(self._inside(row, other) for other in rows if other != row):
            traits["contained in another"] = 1.0
        if any(other != row and self._country(other) == country for other in rows):
            traits["company in country"] = 1.0
        if home == country:
            traits["home"] = 1.0
        if baked.curated[row]:
            traits["curated"] = 1.0
        traits["certainty"] = max(choice.confidence for choice in sightings)
        if kind is Kind.PLACE:
            traits["size"] = min(6.0, math.log10(baked.population[row] + 10)) / 6
        return traits

    def _inside(self, row: int, container: int) -> bool:
        b = self.baked
        if container in (b.admin1[row], b.admin2[row]):
            return True
        return (
            b.kind[container] == Kind.COUNTRY and b.kind[row] != Kind.COUNTRY and b.country[row] == b.country[container]
        )


def _plainness(choice: Choice) -> tuple[int, int, bool]:
    """Sorts adjectives behind names, short mentions behind long ones, bare ones behind those after a preposition."""
    found = choice.found
    length = found.mention.end - found.mention.start if found.naming <= Naming.ALTERNATE else 0
    return found.naming, -length, not found.located


def stands_for_government(tokens: Sequence[Token], last: int) -> bool:
    """Whether the name before a token speaks or owns something."""
    if last < len(tokens) and tokens[last].gap.startswith(("'s", "’s")):
        return True
    return any(token.key in story.SPEECH and not token.opens for token in tokens[last : last + 1])


@dataclass(frozen=True, slots=True)
class Scene:
    """The text around the names."""

    tokens: Sequence[Token]
    events: Sequence[int]
    talks: bool
    title_end: int
    background: Sequence[tuple[int, int]]

    def is_background(self, choice: Choice) -> bool:
        start = choice.found.mention.start
        return any(begin <= start < end for begin, end in self.background)

    def traits(self, choice: Choice, capital: bool, country: bool) -> Iterable[str]:
        """What the words beside one sighting say."""
        found, tokens = choice.found, self.tokens
        if self.is_background(choice):
            yield "in background"
            return
        yield "in title" if found.first < self.title_end else "in summary"
        if found.first in (0, self.title_end):
            yield "opens title" if found.first == 0 else "opens summary"
        before = self._before(found.first)
        after = tokens[found.last].key if found.last < len(tokens) and "\n" not in tokens[found.last].gap else ""
        plain = found.naming in (Naming.PRIMARY, Naming.ALTERNATE)
        preposition = story.preposition(before)
        if plain or preposition in ("by", "against"):
            yield f"after {preposition}"
            yield f"after {preposition}, {'title' if found.first < self.title_end else 'summary'}"
            yield f"after {preposition}, {'country' if country else 'finer'}"
        yield from self._fire(found.first, found.last, preposition)
        if any(token.key in story.BORDER for token in tokens[max(0, found.first - 3) : found.first]):
            yield "border with"
        if (found.first and tokens[found.first].gap in ("-", "–")) or (after and tokens[found.last].gap in ("-", "–")):
            yield "hyphenated"
        if found.cue is not None:
            yield "kind named beside"
        if plain and capital:
            yield from self._capital(preposition)
        yield from self._after(found, after, plain)
        yield from self._events(found.first)
        if self.talks and preposition == "in":
            yield "in, with talks"

    def _before(self, at: int) -> str:
        back = at - 1
        while back >= 0 and at - back <= 3 and self.tokens[back].key in story.SKIPPED:
            back -= 1
        if back < 0 or "\n" in self.tokens[back + 1].gap or self.tokens[back + 1].opens:
            return ""
        return self.tokens[back].key

    def _capital(self, preposition: str) -> Iterable[str]:
        if preposition == "nothing":
            yield "bare capital"

    def _fire(self, first: int, last: int, preposition: str) -> Iterable[str]:
        """Whether the name tells from where something is fired, or at what; or who is visiting."""
        start = first
        while start > 0 and first - start < NEAR_FIRE and not self.tokens[start].opens:
            start -= 1
        before = [token.key for token in self.tokens[start:first]]
        beside = before + [token.key for token in self.tokens[last : last + 2] if not token.opens]
        if preposition == "from" and not story.LAUNCHED.isdisjoint(beside):
            yield "origin of fire"
        elif preposition in ("at", "to", "on", "against", "across", "in") and not story.LAUNCHED.isdisjoint(before):
            yield "target of fire"
        if not story.VISIT.isdisjoint(before[-3:]):
            yield "visited"

    def _after(self, found: Found, after: str, plain: bool) -> Iterable[str]:
        last = found.last
        following = [token.key for token in self.tokens[last : last + 3] if not token.opens]
        if any(word in story.SPEECH for word in following[:2]):
            yield "speaks"
        possessed = last < len(self.tokens) and self.tokens[last].gap.startswith(("'s", "’s"))
        if possessed:
            yield "possessive"
        group = story.noun(after) or (None if plain else self._noun_before(found.first))
        if group:
            yield f"before {group}" if plain else f"adjective of {group}"
        if after in story.BACKED:
            yield "backing"
        if last < len(self.tokens) and self.tokens[last].gap[:2] in (" (", ": ", " –", " —", " -", "– "):
            yield "before a break"

    def _noun_before(self, at: int) -> str | None:
        """What an adjective that follows its noun belongs to: "base saoudienne"."""
        token = self.tokens[at]
        follows = at > 0 and token.gap == " " and not token.text[0].isupper() and not token.opens
        return story.noun(self.tokens[at - 1].key) if follows else None

    def _events(self, at: int) -> Iterable[str]:
        begin = at
        while begin > 0 and not self.tokens[begin].opens:
            begin -= 1
        end = at + 1
        while end < len(self.tokens) and not self.tokens[end].opens:
            end += 1
        distances = [abs(event - at) for event in self.events if begin <= event < end]
        if not distances:
            yield "no event in sentence"
        elif min(distances) <= BY_EVENT:
            yield "beside event"
        elif min(distances) <= NEAR_EVENT:
            yield "near event"
