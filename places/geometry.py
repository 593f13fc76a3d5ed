"""Distances on the sphere (haversine, mean Earth radius of 6371.0088 km)."""

import math
from collections.abc import Sequence

EARTH_KM = 6371.0088


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance between two points in degrees."""
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    half_phi, half_lambda = (phi2 - phi1) / 2, math.radians(lon2 - lon1) / 2
    a = math.sin(half_phi) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(a)))


def centre(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean of points on the sphere; needs at least one."""
    x = y = z = 0.0
    for lat, lon in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def spread_km(point: tuple[float, float], points: Sequence[tuple[float, float]], share: float = 0.95) -> float:
    """The radius around `point` that holds this share of `points`."""
    distances = sorted(distance_km(*point, *other) for other in points)
    return distances[min(len(distances) - 1, int(share * len(distances)))] if distances else 0.0
