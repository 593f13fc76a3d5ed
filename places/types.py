"""The values of the places stage."""

from dataclasses import dataclass, field
from enum import StrEnum


class Precision(StrEnum):
    """How finely a place is known; the finest first."""

    PLACE = "place"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer row. `uncertainty_km`: radius of the circle around (lat, lon) in which the event lies."""

    id: str  # stable across builds: "gn:204283", "sup:CD/walikale", "a1:CD/North Kivu", "a2:…", "c:CD"
    name: str
    precision: Precision
    country: str  # ISO 3166-1 alpha-2
    admin1: str | None  # English
    admin2: str | None
    lat: float  # WGS 84 degrees
    lon: float
    uncertainty_km: float
    population: int = 0
    near: bool = False  # told as near the place, not in it


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as written, at [start, end) of the text."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention means. `reason`: one short English line for "how was this resolved?"."""

    mention: Mention
    place: Place
    confidence: float  # 0 to 1
    reason: str
    alternatives: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """The places of one article: where its main event lies, and the other mentions in order of the text."""

    main: Resolution | None
    others: tuple[Resolution, ...] = ()


class AreaKind(StrEnum):
    WORLD = "world"
    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Area:
    """What a watch covers. Country, admin1 and admin2 as in Place; a circle has lat, lon and radius_km."""

    kind: AreaKind
    name: str = field(compare=False, default="")
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
