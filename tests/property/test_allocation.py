"""What must hold of every plan: budgets and limits kept, more never helps fewer, hubs' bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plans.allocation import Limits, Need, equal_per_head, most_helped, ordered
from planner.plans.hubs import hubs
from planner.plans.smallest_worst import smallest_worst

seeds = st.integers(0, 2**32 - 1)


def some_need(seed: int) -> tuple[Need, Limits]:
    """A need of any size with limits that hold."""
    rng = np.random.default_rng(seed)
    places, weeks, draws = (int(n) for n in rng.integers(1, 9, 3))
    short = rng.gamma(0.5, 4, (places, weeks, draws)) * (rng.random((places, weeks, draws)) < 0.7)
    low = np.where(rng.random(places) < 0.2, rng.random(places), 0.0)
    high = np.where(rng.random(places) < 0.3, low + rng.random(places) * 3, np.inf)
    need = Need(
        ordered(short.astype(np.float32)),
        rng.uniform(0.5, 2, places),
        rng.integers(50, 9000, places).astype(float),
    )
    return need, Limits(low, high)


@given(seeds, st.floats(0, 60))
def test_plans_keep_budget_and_limits(seed: int, more: float) -> None:
    need, limits = some_need(seed)
    budget = float(limits.low.sum()) + more

    for plan in (
        most_helped(need, budget, limits),
        smallest_worst(need, budget, limits),
        smallest_worst(need, budget, limits, exact=0),
        equal_per_head(need, budget, limits),
    ):
        assert np.isfinite(plan.hours).all()
        assert (plan.hours.sum(axis=0) <= budget + 1e-6).all()
        assert (plan.hours >= limits.low[:, None] - 1e-6).all()
        assert (plan.hours <= limits.high[:, None] + 1e-6).all()


@given(seeds, st.floats(0, 30), st.floats(0, 30))
def test_more_hours_never_help_fewer_nor_raise_the_worst(seed: int, one: float, two: float) -> None:
    need, limits = some_need(seed)
    budgets = [float(limits.low.sum()) + more for more in sorted((one, two))]

    helped = [
        need.rate @ need.helped_hours(most_helped(need, budget, limits).hours).sum(axis=1)
        for budget in budgets
    ]
    worst = [smallest_worst(need, budget, limits).bound for budget in budgets]

    assert helped[1] >= helped[0] - 1e-5
    assert worst[1] <= worst[0] + 1e-5


@given(seeds, st.floats(0, 30))
def test_the_bound_of_scaling_is_a_bound(seed: int, more: float) -> None:
    need, limits = some_need(seed)
    budget = float(limits.low.sum()) + more

    scaled = smallest_worst(need, budget, limits, exact=0)
    exact = smallest_worst(need, budget, limits)

    level = need.level(need.mean - need.helped_hours(scaled.hours)).max()
    assert scaled.bound <= exact.bound + 1e-4 * max(exact.bound, 1)
    assert level >= exact.bound - 1e-4 * max(exact.bound, 1)


@given(seeds, st.integers(1, 8), st.floats(0, 80))
def test_more_hubs_never_cover_less(seed: int, count: int, within: float) -> None:
    rng = np.random.default_rng(seed)
    point, demand = rng.uniform(0, 100, (2, 10)), rng.gamma(0.5, 3, 10)
    minutes = np.hypot(*(point[:, :, None] - point[:, None, :]))

    found = [hubs(demand, minutes, hub_count, within) for hub_count in (count, count + 1)]

    assert found[1].covered >= found[0].covered - 1e-9
    for each in found:
        assert each.covered == pytest.approx(each.bound)
        assert each.covered <= each.total + 1e-9
