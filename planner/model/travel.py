"""How long it takes from place to place by road: estimates, and said to be so."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.model.distance import road_km

Floats = NDArray[np.float64]

SPEEDS = ((0.0, 50.0), (0.5, 65.0), (1.0, 75.0))
"""Rural class (0 urban, 0.5 semi-urban, 1 rural) and km/h on its roads (expert assumption)."""


def minutes(lon: Floats, lat: Floats, rural: Floats, island: NDArray[np.bool_]) -> Floats:
    """Estimated minutes by road between all places: float64 [place, place], symmetric.

    Roads are great circles × 1.3 (planner.model.distance); the speed is that of the slower of the
    two ends. Within a place 0. Where an end is an island without a road: inf, no road leads there.
    lon, lat: degrees; rural: class, see SPEEDS; island: whether no road leads to the place.
    """
    km = road_km(lon[:, None], lat[:, None], lon[None, :], lat[None, :])
    kinds, speeds = np.array(SPEEDS).T
    speed = np.interp(rural, kinds, speeds)
    result = 60.0 * km / np.minimum(speed[:, None], speed[None, :])
    result[island[:, None] | island[None, :]] = np.inf
    result = (result + result.T) / 2  # rounding must not make there and back differ
    np.fill_diagonal(result, 0.0)
    return np.asarray(result)
