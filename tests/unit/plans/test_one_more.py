"""What one more weekly session buys."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plans.one_more import one_more
from planner.plans.suggestion import Service

WEEKS = 6
ALL = slice(0, WEEKS)


def service(rollout: np.ndarray, capacity: float = 0.0, baseline: float = 0.0) -> Service:
    """Draws [draw, week] of demand against the same capacity in every week."""
    draws = rollout.shape[0]
    return Service(
        rollout=rollout,
        contacts=rollout,
        capacity=np.full((draws, WEEKS + 2), capacity),
        baseline=np.full((draws, WEEKS + 2), baseline),
        stay=np.ones(draws),
    )


def test_two_hours_a_week_by_hand() -> None:
    rollout = np.array([[0.0, 1.0, 3.0, 5.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]])

    gain = one_more(service(rollout, capacity=1.0), rollout, ALL)

    # 0, 2 and 4 hours are short; two hours more leave 0, 0 and 2
    assert gain.short_before.tolist() == [6, 0]
    assert gain.short_after.tolist() == [2, 0]
    # after week 3 six hours wait for two: half of the draws cope; with three a week two hours do
    assert gain.copes_before.tolist() == [1, 1, 1, 0.5, 0.5, 0.5]
    assert gain.copes_after.tolist() == [1] * 6


def test_baseline_and_margins_count_in_the_hours_short() -> None:
    rollout = np.full((1, WEEKS), 4.0)

    gain = one_more(service(rollout, capacity=5.0, baseline=3.0), rollout * 1.25 + 3.0, ALL)

    assert gain.short_before.tolist() == [pytest.approx(6 * 3)]
    assert gain.short_after.tolist() == [pytest.approx(6 * 1)]


def test_only_the_weeks_asked_for_count() -> None:
    rollout = np.array([[9.0, 0.0, 0.0, 0.0, 3.0, 3.0]])

    gain = one_more(service(rollout), rollout, slice(4, WEEKS))

    assert gain.short_before.tolist() == [6]
    assert gain.short_after.tolist() == [2]
    # nothing is added before: the nine hours of the first week still wait
    assert gain.copes_after.tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(5))
def test_a_session_more_never_does_harm(seed: int) -> None:
    rollout = np.random.default_rng(seed).gamma(0.6, 5.0, (40, WEEKS))

    gain = one_more(service(rollout, capacity=2.0, baseline=1.0), rollout + 1.0, ALL)

    assert (gain.short_after <= gain.short_before).all()
    assert (gain.copes_after >= gain.copes_before).all()
    assert gain.short_after.sum() < gain.short_before.sum()
