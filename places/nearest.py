"""In which province a point of the map lies, as far as towns tell: the province of the nearest one."""

import numpy as np

from places.baked import Kind
from places.gazetteer import Gazetteer
from places.geometry import distance_km
from places.types import Place

REACH_KM = 150.0  # farther from any town lies desert or sea, and a guess would be one


def province_at(gazetteer: Gazetteer, lat: float, lon: float) -> Place | None:
    """The province of the town nearest to the point (degrees); None where none is within REACH_KM."""
    baked = gazetteer.baked
    towns = (np.frombuffer(baked.kind, "u1") == Kind.PLACE) & (np.asarray(baked.admin1) >= 0)
    around = (np.asarray(baked.lon) - lon + 180) % 360 - 180
    away = np.hypot(np.asarray(baked.lat) - lat, around * np.cos(np.radians(lat)))
    away[~towns] = np.inf
    row = int(np.argmin(away))
    if not towns[row] or distance_km(lat, lon, baked.lat[row], baked.lon[row]) > REACH_KM:
        return None
    return gazetteer.place_at(baked.admin1[row])
