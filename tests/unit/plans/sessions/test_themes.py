"""Whole sessions shared out by wanted shares."""

from __future__ import annotations

import numpy as np

from planner.plans.sessions.themes import shared_out


def test_at_no_time_more_than_one_session_from_the_share() -> None:
    share = np.array([0.5, 0.3, 0.2])

    found = shared_out(np.tile(share, (40, 1)), ["a"] * 40)

    for until in range(1, 41):
        counts = np.bincount(found[:until], minlength=3)
        assert np.abs(counts - until * share).max() <= 1


def test_each_venue_gets_its_own_mix() -> None:
    found = shared_out(np.tile([0.6, 0.4], (4, 1)), ["a", "b", "a", "b"])

    assert found == [0, 0, 1, 1]


def test_nothing_to_share_out() -> None:
    assert shared_out(np.zeros((0, 3)), []) == []
