"""Distances: how long a trainer travels, and which venue a village belongs to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

EARTH_KM = 6371.0
DETOUR = 1.3  # a way on the road, per kilometre of great circle
NEAR_KM = 3.0  # below this, distance hardly decides where people go


def kilometres(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Great-circle distances, km: float64 [from, to]; points in degrees (haversine)."""
    a, b = np.radians(lat)[:, None], np.radians(to_lat)[None, :]
    turn = np.radians(to_lon)[None, :] - np.radians(lon)[:, None]
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def travel_minutes(lon: Floats, lat: Floats, kmh: Floats) -> Floats:
    """Estimated travel time between venues, whole minutes rounded up: float64 [venue, venue].

    kmh: the speed around each venue; the slower of the two ends counts.
    """
    km = kilometres(lon, lat, lon, lat) * DETOUR
    return np.asarray(np.ceil(km / np.minimum(kmh[:, None], kmh[None, :]) * 60))


def venue_of(distance: Floats, hours: Floats, allowed: Bools) -> NDArray[np.intp]:
    """The venue each village belongs to: intp [village], −1 where none is allowed.

    By staffed hours and distance together (the form of Huff's model of where people go): the
    largest hours / (km + NEAR_KM)². distance: km [village, venue]; hours: a week, [venue];
    allowed: [village, venue].
    """
    if distance.shape[1] == 0:
        return np.full(distance.shape[0], -1, dtype=np.intp)
    pull = np.where(allowed, hours[None, :] / (distance + NEAR_KM) ** 2, -1.0)
    return np.where(allowed.any(axis=1), pull.argmax(axis=1), -1).astype(np.intp)
