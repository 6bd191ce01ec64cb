"""Travel times, and which venue a village belongs to."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plans.sessions.distance import kilometres, travel_minutes, venue_of


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    found = kilometres(np.array([25.0]), np.array([60.0]), np.array([25.0]), np.array([61.0]))

    assert found[0, 0] == pytest.approx(111.2, abs=0.1)


def test_the_slower_end_counts() -> None:
    lon, lat = np.array([25.0, 25.0]), np.array([60.0, 60.5])

    found = travel_minutes(lon, lat, np.array([50.0, 75.0]))

    assert found[0, 1] == found[1, 0] == np.ceil(55.6 * 1.3 / 50 * 60)
    assert found[0, 0] == 0


def test_hours_and_distance_together_decide() -> None:
    hours = np.array([2.0, 50.0, 500.0])
    distance = np.array([[1.0, 5.0, 1.0], [0.5, 40.0, 1.0]])
    allowed = np.array([[True, True, False]] * 2)

    assert venue_of(distance, hours, allowed).tolist() == [1, 0]
    assert venue_of(distance, hours, allowed & False).tolist() == [-1, -1]
    assert venue_of(np.zeros((2, 0)), np.zeros(0), np.zeros((2, 0), dtype=bool)).tolist() == [
        -1,
        -1,
    ]
