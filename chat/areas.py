"""The area that a person names after a command: a place, perhaps with a radius."""

from collections.abc import Callable
from dataclasses import dataclass

from chat.labels import area_name, place_label, resized_name
from chat.periods import ALL_TIME, Period, trailing_period
from chat.screens import Answer, Button, in_rows, said
from chat.turn import Turn
from chat.watching import look_up
from pipeline import asking
from pipeline.area_names import base_called, without_radius
from pipeline.asking import BadRadius, Found
from places.types import Area, Place

RADIUS_KM = 100  # around a town that is named without a radius
ALIKE = 3  # names offered where none is borne


@dataclass(frozen=True, slots=True)
class Named:
    """`name`: as written, without the radius. `found`: the places it may mean, the likeliest first. `base`: the area
    that this chat watches under that name, which is none of the gazetteer's. `vague`: the last place is a region of no
    known borders, and those before it are the provinces that bear its name: which is meant has to be asked."""

    name: str
    found: Found
    radius_km: int | None = None
    base: Area | None = None
    vague: bool = False

    @property
    def sure(self) -> bool:
        return self.base is not None or self.found.sure


async def named(turn: Turn, written: str) -> Named | BadRadius:
    """What a text like "North Kivu", "200 km around Walikale" or the name of a base of this chat names."""
    if base := await base_of(turn, written):
        return Named(written, Found((), sure=False), base=base)
    whole = await turn.do(look_up, turn, written, False)
    if whole.sure:
        narrowed = await turn.do(asking.narrowed, turn.services.gazetteer, whole)
        return Named(written, narrowed, vague=len(narrowed.places) > len(whole.places))
    wanted = asking.parse(written)
    if isinstance(wanted, BadRadius):
        return wanted
    if base := await base_of(turn, wanted.name):
        return Named(wanted.name, Found((), sure=False), wanted.radius_km, _resized(turn, base, wanted.radius_km))
    found = await turn.do(look_up, turn, wanted.name, wanted.radius_km is not None)
    return Named(wanted.name, found, wanted.radius_km)


async def base_of(turn: Turn, written: str) -> Area | None:
    """The base or point of a file, of those that this chat watches, that is called so."""
    watches = await turn.do(turn.subscriptions.watches, turn.chat.id)
    return await turn.do(base_called, turn.services.gazetteer, [watch.area for watch in watches], written)


async def parted(turn: Turn, written: str) -> tuple[str, Period]:
    """The place and the period; the number at the end of a base's name ("Base 3") is no number of days."""
    if await base_of(turn, without_radius(written)):
        return written, ALL_TIME
    return trailing_period(written)


def _resized(turn: Turn, base: Area, radius_km: int | None) -> Area:
    """The base within the radius that was written."""
    return asking.resized(base, radius_km, resized_name(base, radius_km, turn.t)) if radius_km else base


def the_area(turn: Turn, wanted: Named) -> Area:
    """What is meant by a name that is known (`wanted.sure`); by a vague one, where nobody can be asked, the region."""
    return wanted.base or area_of(turn, wanted.found.places[-1 if wanted.vague else 0], wanted.radius_km)


def which(turn: Turn, wanted: Named, data_of: Callable[[Place], str]) -> Answer:
    """Asks which of several is meant by a vague name; `data_of`: what a button carries that names a place."""
    t, gazetteer = turn.t, turn.services.gazetteer
    buttons = [Button(place_label(place, gazetteer, t), data_of(place)) for place in wanted.found.places]
    return said(t.text("Which one do you mean?"), *in_rows(buttons, 1))


def unsure(turn: Turn, wanted: Named, unknown: str | None = None) -> str:
    """What to say where no place bears the name: an answer about another place is worse than none. `unknown`: the first
    line, where it is not the name of a place that is unknown."""
    t = turn.t
    line = unknown or t.text("I know no place called “{name}”.", name=wanted.name[: asking.MAX_NAME])
    names = list(dict.fromkeys(place.name for place in wanted.found.places))[:ALIKE]
    return f"{line}\n{t.text('Places that are called alike: {names}.', names=t.listing(names))}" if names else line


def area_of(turn: Turn, place: Place, radius_km: int | None) -> Area:
    """All of a province or country; the circle around a town, or around a region of no known borders."""
    radius = (radius_km or RADIUS_KM) if asking.has_radius(place) else radius_km
    return asking.area_for(place, radius, area_name(place, radius, turn.t))
