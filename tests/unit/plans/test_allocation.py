"""Hours spread over places: the optimum beside brute force, budgets, limits and odd needs."""

from __future__ import annotations

import numpy as np
import pytest

from planner.plans.allocation import (
    Limits,
    Need,
    chosen,
    equal_per_head,
    most_helped,
    ordered,
)
from planner.plans.smallest_worst import smallest_worst
from tests.allocations import helped, most_by_trying, random_case, worst, worst_by_programme

CASES = range(240)


@pytest.mark.parametrize("seed", CASES)
def test_most_helped_is_the_best_of_all_plans(seed: int) -> None:
    short, need, budget, limits = random_case(seed)

    plan = most_helped(need, budget, limits)

    best = most_by_trying(short, need.rate, budget, limits)
    assert helped(short, need.rate, plan.hours) == pytest.approx(best, abs=1e-5)
    assert (plan.hours.sum(axis=0) <= budget + 1e-9).all()
    assert (plan.hours >= limits.low[:, None] - 1e-9).all()
    assert (plan.hours <= limits.high[:, None] + 1e-9).all()


@pytest.mark.parametrize("seed", CASES)
def test_smallest_worst_is_the_best_of_all_plans(seed: int) -> None:
    short, need, budget, limits = random_case(seed)

    plan = smallest_worst(need, budget, limits)

    least, most = worst_by_programme(short, need, budget, limits)
    assert worst(short, need.adults, plan.hours) == pytest.approx(least, abs=1e-4)
    assert plan.bound == pytest.approx(least, abs=1e-4)
    assert helped(short, need.rate, plan.hours) == pytest.approx(most, abs=1e-4)
    assert (plan.hours.sum(axis=0) <= budget + 1e-6).all()
    assert (plan.hours >= limits.low[:, None] - 1e-6).all()
    assert (plan.hours <= limits.high[:, None] + 1e-6).all()


@pytest.mark.parametrize("seed", CASES)
def test_equal_per_head_spends_the_budget_by_adults(seed: int) -> None:
    _, need, budget, limits = random_case(seed)

    hours = equal_per_head(need, budget, limits).hours

    expected = min(budget, float(limits.high.sum()))
    assert hours.sum(axis=0) == pytest.approx(expected, abs=1e-9)
    assert (hours >= limits.low[:, None] - 1e-9).all()
    assert (hours <= limits.high[:, None] + 1e-9).all()
    share = hours[:, 0] / need.adults
    free = (hours[:, 0] > limits.low + 1e-9) & (hours[:, 0] < limits.high - 1e-9)
    if free.any():
        assert share[free] == pytest.approx(share[free][0])
        # whom a limit holds has less than that at most, whom one lifts more at least
        assert (share[(hours[:, 0] <= limits.low) & ~free] >= share[free][0] - 1e-9).all() or (
            limits.high <= limits.low
        ).any()


def country(seed: int = 1, places: int = 40, weeks: int = 12, draws: int = 60) -> Need:
    """A need like a country's: places of all sizes, more at first, much of it uncertain."""
    rng = np.random.default_rng(seed)
    adults = np.exp(rng.normal(8, 1.3, places)).round()
    mean = adults[:, None, None] / 3000 * np.exp(-np.arange(weeks) / 5)[None, :, None]
    level = rng.lognormal(0, 0.5, (places, 1, 1)) * rng.lognormal(0, 0.6, (1, 1, draws))
    short = np.maximum(mean * level * rng.lognormal(0, 0.5, (places, weeks, draws)) - mean / 2, 0)
    return Need(ordered(short.astype(np.float32)), rng.uniform(1.2, 1.35, places), adults)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("limited", [False, True])
def test_scaling_comes_close_to_the_programme(seed: int, limited: bool) -> None:
    need = country(seed)
    budget = 0.4 * float(need.mean[:, 0].sum())
    limits = Limits.none(40)
    if limited:
        limits.low[3], limits.high[5], limits.high[7] = budget / 20, 0.0, 0.3

    scaled = smallest_worst(need, budget, limits, exact=0)
    exact = smallest_worst(need, budget, limits, exact=10**6)

    levels = [need.level(need.mean - need.helped_hours(plan.hours)) for plan in (scaled, exact)]
    assert levels[1].max() == pytest.approx(exact.bound, rel=1e-5)
    assert scaled.bound <= exact.bound * (1 + 1e-6)
    assert scaled.bound >= exact.bound * (1 - 5e-3)
    assert levels[0].max() <= exact.bound * (1 + 5e-3)
    assert (scaled.hours.sum(axis=0) <= budget * (1 + 1e-9)).all()
    assert (scaled.hours >= limits.low[:, None] - 1e-9).all()
    assert (scaled.hours <= limits.high[:, None] + 1e-9).all()


def test_more_hours_never_help_fewer() -> None:
    need = country()
    plans = [most_helped(need, float(budget), Limits.none(40)) for budget in range(0, 60, 3)]

    found = [need.helped_hours(plan.hours) @ np.ones(12) @ need.rate for plan in plans]

    assert (np.diff(found) >= -1e-9).all()
    prices = np.array([plan.price for plan in plans])
    assert (np.diff(prices, axis=0) <= 1e-9).all()


def test_the_price_is_what_the_last_hour_buys() -> None:
    need, step = country(draws=400), 0.01
    plans = [most_helped(need, budget, Limits.none(40)) for budget in (20.0, 20.0 + step)]

    gained = np.diff([need.rate @ need.helped_hours(plan.hours) for plan in plans], axis=0)[0]

    assert gained / step == pytest.approx(plans[0].price, rel=0.02)


def test_places_alike_share_alike() -> None:
    short = np.full((4, 1, 3), 5, dtype=np.float32)
    need = Need(short, np.ones(4), np.full(4, 100.0))

    assert most_helped(need, 6, Limits.none(4)).hours.ravel() == pytest.approx([1.5] * 4)


@pytest.mark.parametrize("rule", [most_helped, smallest_worst, equal_per_head])
def test_no_budget_is_a_plan_with_its_reason(rule) -> None:  # type: ignore[no-untyped-def]
    plan = rule(country(), 0.0, Limits.none(40))

    assert (plan.hours == 0).all()
    assert plan.reason == "no_budget"


@pytest.mark.parametrize("exact", [0, 10**6])
def test_more_than_all_need_is_not_spent(exact: int) -> None:
    need = country()

    for plan in (
        most_helped(need, 1e6, Limits.none(40)),
        smallest_worst(need, 1e6, Limits.none(40), exact),
    ):
        assert plan.reason == "all_need"
        assert plan.hours == pytest.approx(need.ordered[:, :, -1], abs=1e-4)


def test_upper_limits_that_hold_hours_back_are_told() -> None:
    limits = Limits(np.zeros(40), np.full(40, 0.01))

    for rule in (most_helped, smallest_worst, equal_per_head):
        plan = rule(country(), 5.0, limits)
        assert plan.reason == "limits"
        assert plan.hours.max() <= 0.01 + 1e-9


def test_a_need_of_nothing_gets_nothing() -> None:
    need = Need(np.zeros((3, 2, 4), dtype=np.float32), np.ones(3), np.full(3, 100.0))

    for exact in (0, 10**6):
        assert (smallest_worst(need, 10, Limits.none(3), exact).hours == 0).all()
    assert (most_helped(need, 10, Limits.none(3)).hours == 0).all()


def test_chosen_counts_the_draws_of_the_best_rate_first() -> None:
    # place 1 is quicker; it leaves room in the first draw only
    short = np.array([[[3, 3]], [[1, 4]]], dtype=np.float32)

    found = chosen(short, np.array([1.0, 1.2]), 4.0, Limits.none(2))

    assert found.ravel().tolist() == [0.5, 1.0]
