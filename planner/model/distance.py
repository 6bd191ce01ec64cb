"""How far places lie from each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

EARTH_KM = 6371.0088
"""Mean radius of the earth."""
ROAD = 1.3
"""How much longer a road is than the great circle (expert assumption)."""


def great_circle_km(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Great-circle distances by the haversine formula, km; arrays in degrees, broadcast."""
    here, there = np.radians(lat), np.radians(to_lat)
    across = np.cos(here) * np.cos(there) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    half = np.sin((there - here) / 2) ** 2 + across
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


def road_km(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Roads between points, estimated as great circle × ROAD, km. Ferries are not known to it."""
    return great_circle_km(lon, lat, to_lon, to_lat) * ROAD
