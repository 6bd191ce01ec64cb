"""Distances: how long a trainer travels, and which venue a village belongs to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.model.distance import great_circle_km, road_km

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

NEAR_KM = 3.0  # below this, distance hardly decides where people go


def kilometres(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Great-circle distances of all pairs, km: float64 [from, to]; points in degrees."""
    return great_circle_km(lon[:, None], lat[:, None], to_lon[None, :], to_lat[None, :])


def travel_minutes(lon: Floats, lat: Floats, kmh: Floats) -> Floats:
    """Estimated travel time between venues, whole minutes rounded up: float64 [venue, venue].

    kmh: the speed around each venue; the slower of the two ends counts.
    """
    km = road_km(lon[:, None], lat[:, None], lon[None, :], lat[None, :])
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
