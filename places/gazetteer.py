"""The gazetteer: places by name, by id, and what contains them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from places.baked import Baked, Kind, Naming, read
from places.geometry import distance_km
from places.local_names import owners
from places.text import fold
from places.types import Area, AreaKind, Place, Precision

DEFAULT_PATH = Path(__file__).with_name("data") / "gazetteer.npz"
_COMMON_WORDS = """centre nord est sud ouest lac lakes unity plateau north south east west far northwest southwest
northern southern central district river nile white blue upper federal capital territory"""
_WORDS = frozenset(_COMMON_WORDS.split())
_PRECISIONS = {
    Kind.COUNTRY: Precision.COUNTRY,
    Kind.ADMIN1: Precision.ADMIN1,
    Kind.REGION: Precision.ADMIN1,
    Kind.ADMIN2: Precision.ADMIN2,
    Kind.PLACE: Precision.PLACE,
}


class Candidate(NamedTuple):
    """A row that a name may mean."""

    row: int
    naming: Naming


class Gazetteer:
    """Read-only; one instance serves the whole process. Rows are numbers, places are what others see of them."""

    def __init__(self, baked: Baked) -> None:
        self.baked = baked
        self._rows_of_country = {
            baked.countries[baked.country[row]]: row
            for row in range(len(baked.own_ids))
            if baked.kind[row] == Kind.COUNTRY
        }
        self._own = {id_: row for row, id_ in enumerate(baked.own_ids)}
        self.candidates = lru_cache(maxsize=1 << 16)(self._candidates)
        self.place_at = lru_cache(maxsize=1 << 14)(self._place_at)
        self.has_longer = lru_cache(maxsize=1 << 16)(self._has_longer)
        self.demonyms = self._demonyms()
        self.abbreviations = self._abbreviations()
        capitals = {code: self.row(str(id_)) for code, id_ in baked.header["capitals"].items()}
        self.capital_of = {code: row for code, row in capitals.items() if row is not None}
        self.capitals = frozenset(self.capital_of.values())

    @classmethod
    def load(cls, path: Path | None = None) -> "Gazetteer":
        """Raises InvalidInput when the file is missing or damaged."""
        return cls(read(path or DEFAULT_PATH))

    def _candidates(self, key: str) -> tuple[Candidate, ...]:
        """The rows that a folded name may mean."""
        return self._baked_candidates(key) or self._called_locally.get(key, ())

    def _baked_candidates(self, key: str) -> tuple[Candidate, ...]:
        baked, number = self.baked, self.baked.keys.find(key)
        if number < 0:
            return ()
        span = range(baked.starts[number], baked.starts[number + 1])
        return tuple(Candidate(baked.refs[i], Naming(baked.namings[i])) for i in span)

    def _has_longer(self, key: str) -> bool:
        """Whether some name begins with these words and goes on."""
        return bool(self.baked.keys.starting_with(key + " ", 1)) or key in self._local_beginnings

    @cached_property
    def _called_locally(self) -> dict[str, tuple[Candidate, ...]]:
        """What local_names.tsv calls a place, where the baked names lack it: "ماسيسي". Not where it would be a word of
        every text: the lake province, the north."""
        lacking = {
            key: [owner for owner in of if not set(fold(owner[1]).split()) <= _WORDS]
            for key, of in owners().items()
            if self.baked.keys.find(key) < 0
        }
        named = {key: tuple(chain.from_iterable(self._named(*owner) for owner in of)) for key, of in lacking.items()}
        return {key: candidates for key, candidates in named.items() if candidates}

    def _named(self, country: str, name: str) -> tuple[Candidate, ...]:
        baked = self.baked
        rows = [c.row for c in self._baked_candidates(fold(name)) if c.naming is Naming.PRIMARY]
        own = [row for row in rows if baked.names[row] == name and baked.countries[baked.country[row]] == country]
        return tuple(Candidate(row, Naming.ALTERNATE) for row in own)

    @cached_property
    def _local_beginnings(self) -> frozenset[str]:
        words = (key.split() for key in self._called_locally)
        return frozenset(" ".join(part[:end]) for part in words for end in range(1, len(part)))

    def _demonyms(self) -> frozenset[str]:
        """The folded adjectives of nationality, and actors' names."""
        baked, found = self.baked, set()
        for naming in (Naming.DEMONYM, Naming.ACTOR):
            at = baked.namings.find(naming)
            while at >= 0:
                found.add(baked.keys[bisect_right(baked.starts, at) - 1])
                at = baked.namings.find(naming, at + 1)
        return frozenset(found)

    def _abbreviations(self) -> dict[str, tuple[Candidate, ...]]:
        """Short forms as written ("Ky.", "OH") of states and provinces."""
        lines = DEFAULT_PATH.with_name("abbreviations.tsv").read_text("utf-8").splitlines()[1:]
        pairs = [line.split("\t") for line in lines]
        rows = {short: self.row(place) for short, place in pairs}
        return {short: (Candidate(row, Naming.PRIMARY),) for short, row in rows.items() if row is not None}

    def lookup(self, name: str, language: str | None = None) -> Sequence[Place]:
        """Every place of this name, the most populous first. Demonyms count as their country's name."""
        named = [c for c in self.candidates(fold(name)) if c.naming is not Naming.ACTOR]
        named.sort(key=lambda c: (c.naming, -self.baked.population[c.row]))
        return [self.place_at(candidate.row) for candidate in named]

    def place(self, place_id: str) -> Place | None:
        """The place with this id; None if this gazetteer has none."""
        row = self.row(place_id)
        return None if row is None else self.place_at(row)

    def row(self, place_id: str) -> int | None:
        if not place_id.startswith("gn:"):
            return self._own.get(place_id)
        number = place_id[3:]
        if not number.isdecimal():
            return None
        at = bisect_left(self.baked.gids, int(number))
        found = at < len(self.baked.gids) and self.baked.gids[at] == int(number)
        return len(self.baked.own_ids) + at if found else None

    def _place_at(self, row: int) -> Place:
        baked, kind = self.baked, Kind(self.baked.kind[row])
        admin1, admin2 = baked.admin1[row], baked.admin2[row]
        own = len(baked.own_ids)
        name = baked.names[row]
        return Place(
            id=baked.own_ids[row] if row < own else f"gn:{baked.gids[row - own]}",
            name=name,
            precision=_PRECISIONS[kind],
            country=baked.countries[baked.country[row]],
            admin1=name if kind in (Kind.ADMIN1, Kind.REGION) else baked.names[admin1] if admin1 >= 0 else None,
            admin2=name if kind is Kind.ADMIN2 else baked.names[admin2] if admin2 >= 0 else None,
            lat=baked.lat[row],
            lon=baked.lon[row],
            uncertainty_km=round(baked.radius_km[row], 1),
            population=baked.population[row],
        )

    def admin_chain(self, place: Place) -> tuple[Place, ...]:
        """What contains the place: its second level, first level and country, as far as known."""
        row = self.row(place.id)
        if row is None:
            country = self.country(place.country)
            return (country,) if country else ()
        parents = [self.baked.admin2[row], self.baked.admin1[row], self.country_row(place.country)]
        return tuple(self.place_at(parent) for parent in parents if parent >= 0 and parent != row)

    def country(self, code: str) -> Place | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        row = self._rows_of_country.get(code)
        return None if row is None else self.place_at(row)

    def country_row(self, code: str) -> int:
        return self._rows_of_country[code]

    def provinces(self, country: str) -> list[Place]:
        """The first-level areas of a country."""
        baked = self.baked
        code = baked.countries.index(country) if country in baked.countries else -1
        rows = range(len(baked.own_ids))
        return [self.place_at(r) for r in rows if baked.country[r] == code and baked.kind[r] == Kind.ADMIN1]

    def within(self, area: Area) -> list[Place]:
        """Every place whose own point lies in the area, the most populous first."""
        baked = self.baked
        rows = [row for row in range(len(baked.kind)) if self._inside(row, area)]
        return [self.place_at(row) for row in sorted(rows, key=lambda row: -baked.population[row])]

    def _inside(self, row: int, area: Area) -> bool:
        baked = self.baked
        if area.kind is AreaKind.WORLD:
            return True
        if area.kind is AreaKind.CIRCLE:
            if area.lat is None or area.lon is None or area.radius_km is None:
                return False
            near = abs(baked.lat[row] - area.lat) <= area.radius_km / 111 + 0.1
            return near and distance_km(baked.lat[row], baked.lon[row], area.lat, area.lon) <= area.radius_km
        if baked.countries[baked.country[row]] != area.country:
            return False
        place = self.place_at(row)
        if area.kind is AreaKind.COUNTRY:
            return True
        if area.kind is AreaKind.ADMIN1:
            return place.admin1 == area.admin1
        return place.admin2 == area.admin2 and place.admin1 == area.admin1

    @property
    def header(self) -> Mapping[str, object]:
        """What the file was baked from: `format`, `packages` (name -> version), `rows`, `keys`."""
        return self.baked.header
