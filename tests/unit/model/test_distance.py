"""Distances between points, against known ones."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.distance import ROAD, great_circle_km, road_km


def km(*degrees: float) -> float:
    return float(great_circle_km(*(np.array(value) for value in degrees)))


def test_a_degree_of_latitude_is_a_three_hundred_and_sixtieth_of_the_globe() -> None:
    assert km(25.0, 60.0, 25.0, 61.0) == pytest.approx(2 * np.pi * 6371.0088 / 360)


def test_helsinki_to_utsjoki_is_more_than_a_thousand_kilometres() -> None:
    # railway square to the village: 1,085 km by the geodesic on the ellipsoid
    assert km(24.9414, 60.1719, 27.0286, 69.9077) == pytest.approx(1085, rel=0.005)


def test_distances_broadcast_and_vanish_on_the_spot() -> None:
    lon, lat = np.array([[25.0], [26.0]]), np.array([[62.0], [63.0]])

    found = great_circle_km(lon, lat, np.array([25.0, 26.0]), np.array([62.0, 63.0]))

    assert found.shape == (2, 2)
    assert np.diag(found) == pytest.approx([0, 0], abs=1e-9)
    assert found[0, 1] == pytest.approx(found[1, 0])


def test_a_road_is_longer_than_the_great_circle() -> None:
    points = [np.array(value) for value in (25.0, 62.0, 26.0, 63.0)]
    assert road_km(*points) == pytest.approx(ROAD * great_circle_km(*points))
