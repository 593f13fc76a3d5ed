"""What people write around the name of a place: what kind of place it is, what it lies in, which part of it. Pure.

In the languages of the interface and Russian; the forms are tried one after the other on a name that is not known as it
was written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from places.types import Precision

_OF_FR = r"(?:\s+(?:de\s+l|d)['’]|\s+(?:de\s+la|du|des|de)\s+)"
_OF_ES_PT = r"(?:\s+(?:de\s+la|del|de|do|da)\s+)"
_OF_EN = r"\s+of\s+(?:the\s+)?"
_OF_SW = r"\s+(?:wa|ya|la|cha)\s+"

_BEFORE: Mapping[Precision, tuple[str, ...]] = {
    Precision.PLACE: (
        rf"(?:ville|cité|cite|village|localité|localite|bourg|centre){_OF_FR}",
        rf"(?:town|city|village){_OF_EN}",
        rf"(?:ciudad|pueblo|villa|cidade|vila){_OF_ES_PT}",
        rf"(?:mji|jiji|kijiji){_OF_SW}",
        r"(?:город|місто|село|г\.)\s*",
        r"(?:مدينة|بلدة|قرية)\s+",
    ),
    Precision.ADMIN1: (
        rf"(?:province|région|region|état|etat|gouvernorat){_OF_FR}",
        rf"(?:province|region|state|governorate|oblast){_OF_EN}",
        rf"(?:provincia|estado|región|província|região){_OF_ES_PT}",
        rf"(?:mkoa|jimbo){_OF_SW}",
        r"(?:область|провинция|штат)\s+",
        r"(?:ولاية|محافظة|إقليم|مقاطعة)\s+",
    ),
    Precision.ADMIN2: (
        rf"(?:territoire|district){_OF_FR}",
        rf"(?:territory|district|county){_OF_EN}",
        rf"(?:territorio|distrito|território){_OF_ES_PT}",
        rf"wilaya{_OF_SW}",
        r"(?:район|منطقة|قضاء)\s+",
    ),
}
_AFTER: Mapping[Precision, str] = {
    Precision.PLACE: r"\s+(?:ville|cité|centre|center|city|town|village|mjini)",
    Precision.ADMIN1: r"\s+(?:province|region|state|governorate|oblast|область|край)",
    Precision.ADMIN2: r"\s+(?:territory|territoire|district|county|wilayani|район)",
}
_KINDS = tuple(
    (precision, re.compile(rf"(?:{before})(?P<name>\S.*)", re.IGNORECASE))
    for precision, forms in _BEFORE.items()
    for before in forms
) + tuple((precision, re.compile(rf"(?P<name>.*\S){after}", re.IGNORECASE)) for precision, after in _AFTER.items())
_WITHIN = (
    re.compile(r"(?P<name>[^,]*[^\s,])\s*,\s*(?P<within>[^,]+)(?:,.*)?"),
    re.compile(r"(?P<name>.*[^\s(])\s*\(\s*(?P<within>[^()]+?)\s*\)"),
    re.compile(r"(?P<name>.*\S)\s+(?P<within>\S+)"),
)
_INVERTED = re.compile(r"(?P<name>\S.*)\s+(?:du|del|do)\s+(?P<side>nord|sud|norte|sur|sul)", re.IGNORECASE)

_NORTH, _SOUTH, _EAST, _WEST = (0, 1), (0, -1), (1, 0), (-1, 0)
_SIDES: Mapping[tuple[int, int], str] = {
    (1, 1): r"north-?\s?east(?:ern)?|nord-est|noreste|nordeste|северо-восток|شمال شرق",
    (-1, 1): r"north-?\s?west(?:ern)?|nord-ouest|noroeste|северо-запад|شمال غرب",
    (1, -1): r"south-?\s?east(?:ern)?|sud-est|sureste|sudeste|юго-восток|جنوب شرق",
    (-1, -1): r"south-?\s?west(?:ern)?|sud-ouest|suroeste|sudoeste|юго-запад|جنوب غرب",
    _NORTH: r"north(?:ern)?|nord|norte|kaskazini|север|شمال",
    _SOUTH: r"south(?:ern)?|sud|sur|sul|kusini|юг|جنوب",
    _EAST: r"east(?:ern)?|est|este|leste|mashariki|восток|شرق",
    _WEST: r"west(?:ern)?|ouest|oeste|magharibi|запад|غرب",
}
_LINK = rf"(?:{_OF_FR}|{_OF_ES_PT}|{_OF_EN}|\s+(?:ya|mwa|wa|kwa)\s+|\s+)"
_PARTS = tuple(
    (side, re.compile(rf"(?:the\s+|l['’]|le\s+|el\s+|o\s+)?(?:{words}){_LINK}(?P<name>\S.*)", re.IGNORECASE))
    for side, words in _SIDES.items()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`name`: of the place itself. `kind`: what it is said to be. `within`: what it is said to lie in."""

    name: str
    kind: Precision | None = None
    within: str | None = None


def readings(written: str) -> Iterator[Reading]:
    """What a name may be made of, the likeliest first; the name as it is written is not among them."""
    for kind, form in _KINDS:
        if match := form.fullmatch(written):
            yield Reading(match["name"], kind=kind)
    if match := _INVERTED.fullmatch(written):
        yield Reading(f"{match['side']} {match['name']}")
    for form in _WITHIN:
        if match := form.fullmatch(written):
            yield Reading(match["name"], within=match["within"])


def part_of(written: str) -> tuple[tuple[int, int], str] | None:
    """The side ("east of", as (1, 0): east and north are positive) and the name of what it is a side of; None: the text
    names no part."""
    for side, form in _PARTS:
        if match := form.fullmatch(written):
            return side, match["name"]
    return None
