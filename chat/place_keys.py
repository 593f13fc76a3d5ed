"""Ids of places on buttons: as they are, or, where they are too long for one, a short hash of them."""

import zlib

from places.gazetteer import Gazetteer
from places.types import Place

MAX_BYTES = 48
_HASHED = "#"


def key_of(place: Place) -> str:
    return place.id if len(place.id.encode()) <= MAX_BYTES and "|" not in place.id else _hashed(place.id)


def place_of(gazetteer: Gazetteer, key: str) -> Place | None:
    """The place of a key; None: this gazetteer has none such."""
    if not key.startswith(_HASHED):
        return gazetteer.place(key)
    found = next((id_ for id_ in gazetteer.baked.own_ids if len(id_) > MAX_BYTES // 2 and _hashed(id_) == key), None)
    return gazetteer.place(found) if found else None


def _hashed(place_id: str) -> str:
    data = place_id.encode()
    return f"{_HASHED}{zlib.crc32(data):08x}{zlib.adler32(data):08x}"
