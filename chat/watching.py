"""/watch, a place typed or shared, and the buttons that settle what is meant."""

from collections.abc import Callable, Mapping

from alerts.types import Watch
from chat import previews
from chat.cards import card
from chat.labels import area_name, place_label, point_name
from chat.pause_lines import pause_line
from chat.place_keys import key_of, place_of
from chat.presses import Press
from chat.screens import Answer, Button, Screen, in_rows, said
from chat.turn import StalePress, Turn
from pipeline import asking
from pipeline.asking import BadRadius, Found
from pipeline.subscriptions import MAX_WATCHES, TooManyWatches
from places.types import Area, AreaKind, Place

RADII_KM = (25, 50, 100, 200)
FAR_TOO_LONG = 120  # a text longer than this is no place name


async def watch(turn: Turn) -> Answer:
    """/watch NAME, also with a radius; without a name, how it is done."""
    if not turn.text.strip():
        return said(
            turn.t.text(
                "Which place shall I watch? Write for example:\n"
                "/watch Walikale\n"
                "/watch 200 km around Walikale\n"
                "/watch North Kivu\n"
                "/watch Ukraine\n"
                "You can also share a location."
            )
        )
    return await asked(turn, turn.text)


async def typed(turn: Turn) -> Answer:
    """Text without a command: tried as the name of a place."""
    if len(turn.text) > FAR_TOO_LONG or not any(char.isalpha() for char in turn.text):
        return await not_understood(turn)
    return await asked(turn, turn.text)


async def not_understood(turn: Turn) -> Answer:
    """What is neither a command nor a place."""
    return said(turn.t.text("I did not understand that. Write the name of a place to watch it, or /help."))


async def asked(turn: Turn, text: str) -> Answer:
    """Watch what a text names: at once where it is clear, else after a question."""
    written = " ".join(text.split())
    whole = await turn.do(look_up, turn, written, False)
    if asking.is_world(written):
        return await save(turn, world(turn))
    if whole.sure:
        return await _one_or_which(turn, whole, None)
    wanted = asking.parse(written)
    if isinstance(wanted, BadRadius):
        return bad_radius(turn, wanted.written)
    found = whole if wanted.radius_km is None else await turn.do(look_up, turn, wanted.name, True)
    if not found.sure:
        return unknown(turn, wanted.name, found, wanted.radius_km)
    return await _one_or_which(turn, found, wanted.radius_km)


def world(turn: Turn) -> Area:
    return Area(AreaKind.WORLD, turn.t.text("The whole world"))


def look_up(turn: Turn, name: str, centre: bool) -> Found:
    """The places that a name may mean."""
    return asking.find(turn.services.gazetteer, turn.services.search, name, centre=centre)


def bad_radius(turn: Turn, written: str) -> Answer:
    return said(
        turn.t.text(
            "A radius is a number of kilometres from {least} to {most}; I read “{written}”. "
            "For example: /watch 200 km around Walikale",
            least=asking.MIN_RADIUS_KM,
            most=turn.t.number(asking.MAX_RADIUS_KM),
            written=written[:40],
        )
    )


def unknown(turn: Turn, name: str, found: Found, radius_km: int | None) -> Answer:
    """What is said where no place bears the name; `found`: those whose names resemble it."""
    said_name = name[: asking.MAX_NAME]
    if not found.places:
        return said(
            turn.t.text(
                "I know no place called “{name}”. Check the spelling, write a larger place nearby, or share a "
                "location. /help says what else I can do.",
                name=said_name,
            )
        )
    question = turn.t.text("I know no place called “{name}”. Did you mean:", name=said_name)
    return Answer((Screen(question, _choices(turn, found.places, radius_km)),))


async def _one_or_which(turn: Turn, found: Found, radius_km: int | None) -> Answer:
    found = await turn.do(asking.narrowed, turn.services.gazetteer, found)
    if len(found.places) == 1:
        return await _settled(turn, found.places[0], radius_km)
    return Answer((Screen(turn.t.text("Which one do you mean?"), _choices(turn, found.places, radius_km)),))


def _choices(turn: Turn, places: tuple[Place, ...], radius_km: int | None) -> tuple[tuple[Button, ...], ...]:
    gazetteer = turn.services.gazetteer
    labelled = {place_label(place, gazetteer, turn.t): place for place in reversed(places)}
    buttons = [
        Button(label, Press.CHOOSE.data(key_of(place), radius_km or "")) for label, place in reversed(labelled.items())
    ]
    return in_rows(buttons, 1)


async def choose(turn: Turn) -> Answer:
    """One of the places offered was pressed."""
    radius_km = turn.number(1) if turn.field(1) else None
    return await _settled(turn, place_at(turn, 0), radius_km)


async def save_circle_around(turn: Turn) -> Answer:
    """A radius was pressed for a place that was settled."""
    return await _settled(turn, place_at(turn, 0), _radius(turn, 1))


async def _settled(turn: Turn, place: Place, radius_km: int | None) -> Answer:
    gazetteer = turn.services.gazetteer
    if asking.has_radius(place) and radius_km is None:
        question = turn.t.text("{place}. How far around?", place=place_label(place, gazetteer, turn.t))
        areas = {radius: asking.area_for(place, radius, "") for radius in RADII_KM}
        lines = [question, *await _would_send(turn, areas)]
        return said("\n".join(lines), *_radius_buttons(turn, lambda radius: Press.SAVE.data(key_of(place), radius)))
    name = area_name(place, radius_km, turn.t)
    whole = radius_km is not None and not asking.takes_radius(place)
    note = turn.t.text("It is watched as a whole, without a radius.") if whole else ""
    return await save(turn, asking.area_for(place, radius_km, name), note)


def _radius_buttons(turn: Turn, data: Callable[[int], str]) -> tuple[tuple[Button, ...], ...]:
    return (tuple(Button(turn.t.text("{radius} km", radius=radius), data(radius)) for radius in RADII_KM),)


async def _would_send(turn: Turn, areas: Mapping[int, Area]) -> list[str]:
    """What a watch of each radius would have sent of late."""
    choices = [
        (turn.t.text("{radius} km", radius=radius), Watch(0, turn.chat.id, area)) for radius, area in areas.items()
    ]
    return await previews.of_choices(turn, choices)


async def located(turn: Turn) -> Answer:
    """A location was shared."""
    if turn.location is None:
        raise StalePress
    lat, lon = (round(part, 1) + 0.0 for part in turn.location)
    question = turn.t.text("{place}. How far around?", place=point_name(lat, lon, turn.t))
    buttons = _radius_buttons(turn, lambda radius: Press.CIRCLE.data(lat, lon, radius))
    note = turn.t.text("I keep the point rounded to 0.1 degree, about 11 km.")
    preview = await _would_send(turn, {radius: asking.circle(lat, lon, radius, "") for radius in RADII_KM})
    return said("\n".join([question, *preview, note]), *buttons)


async def save_circle(turn: Turn) -> Answer:
    """A radius was pressed for a shared location."""
    try:
        lat, lon = float(turn.field(0)), float(turn.field(1))
    except ValueError as error:
        raise StalePress from error
    radius_km = _radius(turn, 2)
    name = turn.t.text("{radius} km around {name}", radius=radius_km, name=point_name(lat, lon, turn.t))
    return await save(turn, asking.circle(lat, lon, radius_km, name))


async def save(turn: Turn, area: Area, note: str = "") -> Answer:
    """Save the watch and show it, with what can be changed."""
    try:
        saved = await turn.do(turn.subscriptions.add_watch, turn.chat, area)
    except TooManyWatches:
        return said(
            turn.t.text(
                "This chat has {most} watches, the most there can be. Remove one first: /watches", most=MAX_WATCHES
            )
        )
    if turn.services.on_watch:
        turn.services.on_watch(turn.chat.id)
    if not saved.known:
        done = turn.t.text("Saved. I write to you when something happens there.")
    elif saved.changed:
        done = turn.t.text("You watched this already; it is changed.")
    else:
        done = turn.t.text("You watch this already; nothing is changed.")
    lines = [done, note] if note else [done]
    lines += filter(None, [pause_line(turn)])
    shown = await card(turn, saved.watch, "\n".join(lines))
    return Answer((shown,))


def _radius(turn: Turn, index: int) -> int:
    radius = asking.parse_radius(turn.field(index))
    if isinstance(radius, BadRadius):
        raise StalePress
    return radius


def place_at(turn: Turn, index: int) -> Place:
    """The place that a field of the pressed button names; raises StalePress."""
    place = place_of(turn.services.gazetteer, turn.field(index))
    if place is None:
        raise StalePress
    return place
