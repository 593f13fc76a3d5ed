"""What the areas that a chat watches are called in another language than the one they were saved in."""

from collections.abc import Callable
from dataclasses import replace

from alerts.bidi import unmarked
from alerts.i18n import Translator
from alerts.types import Language
from chat.i18n import translator
from chat.labels import area_name, point_name
from chat.turn import Turn
from pipeline.area_names import bare_name, place_of
from places.gazetteer import Gazetteer
from places.types import Area, AreaKind


def renamed(area: Area, gazetteer: Gazetteer, t: Translator) -> Area:
    """The area with its name in the language of `t`: a place of the gazetteer as it is called there, a base of a file
    by the name it was given."""
    return replace(area, name=_name(area, gazetteer, t))


def _name(area: Area, gazetteer: Gazetteer, t: Translator) -> str:
    if area.kind is AreaKind.WORLD:
        return t.text("The whole world")
    radius_km = None if area.radius_km is None else round(area.radius_km)
    if place := place_of(gazetteer, area):
        return area_name(place, radius_km, t)
    name = bare_name(area)
    if name == area.name:
        return name
    if area.lat is not None and area.lon is not None and _is_point(name, area.lat, area.lon):
        name = point_name(area.lat, area.lon, t)
    return unmarked(t.text("{radius} km around {name}", radius=radius_km, name=name))


def _is_point(name: str, lat: float, lon: float) -> bool:
    """Whether the name is the point itself, in any language."""
    return any(name == unmarked(point_name(lat, lon, translator(language))) for language in Language)


def renaming(turn: Turn, language: Language) -> Callable[[Area], Area]:
    """Calls areas as they are called in the language."""
    return lambda area: renamed(area, turn.services.gazetteer, translator(language))
