"""The area that a person names after a command: a place, perhaps with a radius."""

from dataclasses import dataclass

from chat.labels import area_name
from chat.turn import Turn
from chat.watching import look_up
from pipeline import asking
from pipeline.asking import BadRadius, Found
from places.types import Area, Place

RADIUS_KM = 100  # around a town that is named without a radius
ALIKE = 3  # names offered where none is borne


@dataclass(frozen=True, slots=True)
class Named:
    """`name`: as written, without the radius. `found`: the places it may mean, the likeliest first."""

    name: str
    found: Found
    radius_km: int | None = None


async def named(turn: Turn, written: str) -> Named | BadRadius:
    """What a text like "North Kivu" or "200 km around Walikale" names."""
    whole = await turn.do(look_up, turn, written, False)
    if whole.sure:
        return Named(written, whole)
    wanted = asking.parse(written)
    if isinstance(wanted, BadRadius):
        return wanted
    found = await turn.do(look_up, turn, wanted.name, wanted.radius_km is not None)
    return Named(wanted.name, found, wanted.radius_km)


def unsure(turn: Turn, wanted: Named, unknown: str | None = None) -> str:
    """What to say where no place bears the name: an answer about another place is worse than none. `unknown`: the first
    line, where it is not the name of a place that is unknown."""
    t = turn.t
    line = unknown or t.text("I know no place called “{name}”.", name=wanted.name[: asking.MAX_NAME])
    names = list(dict.fromkeys(place.name for place in wanted.found.places))[:ALIKE]
    return f"{line}\n{t.text('Places that are called alike: {names}.', names=t.listing(names))}" if names else line


def area_of(turn: Turn, place: Place, radius_km: int | None) -> Area:
    """All of a province or country; the circle around a town."""
    radius = (radius_km or RADIUS_KM) if asking.has_radius(place) else None
    return asking.area_for(place, radius, area_name(place, radius, turn.t))
