"""Plans made better piece by piece keep every limit and never get worse."""

from __future__ import annotations

import numpy as np

from planner.plans.sessions.counting import count
from planner.plans.sessions.formulation import build
from planner.plans.sessions.polish import polished
from planner.plans.sessions.types import Counting
from tests.unit.plans.sessions.test_counting import problem

WEEKS = 8


def scarce(venues: int = 12) -> Counting:
    """Many venues, hours for a few sessions a week."""
    draw = np.random.default_rng(1)
    return problem(draw.uniform(0.5, 4.0, (venues, WEEKS)), limit=10.0)


def test_from_nothing_a_plan_near_the_optimum_within_the_limits() -> None:
    given = scarce()
    best = count(given, 60.0, enough=1e-3)
    programme, columns = build(given, list(range(12)), sole=True)

    found = polished(programme, columns, None, 60.0)

    assert found is not None
    assert found.values is not None
    assert -found.objective <= best.bound + 1e-6
    assert -found.objective >= 0.97 * best.objective
    hours = np.zeros(WEEKS)
    for times, one in zip(found.values[columns.x], columns.series, strict=True):
        assert abs(times - round(times)) < 1e-6
        hours[list(one.weeks)] += times * given.hours[one.venue, one.kind]
    assert (hours <= 10.0 + 1e-6).all()


def test_a_good_start_never_gets_worse() -> None:
    programme, columns = build(scarce(), list(range(12)), sole=True)
    start = programme.solve(0.05, 60.0)

    found = polished(programme, columns, start, 5.0)

    assert found is not None
    assert found.objective <= start.objective


def test_the_same_each_time_when_time_does_not_run_out() -> None:
    programme, columns = build(scarce(4), list(range(4)), sole=True)

    once, again = (polished(programme, columns, None, 60.0) for _ in range(2))

    assert once is not None
    assert again is not None
    assert once.objective == again.objective


def test_nothing_to_choose_and_no_time_are_borne() -> None:
    programme, columns = build(scarce(), [], sole=True)
    assert polished(programme, columns, None, 1.0) is None

    many, theirs = build(scarce(), list(range(12)), sole=True)
    found = polished(many, theirs, None, 0.0)
    assert found is None or found.values is not None


def test_many_venues_and_few_hours_have_a_plan_with_a_small_gap_in_little_time() -> None:
    found = count(scarce(), 2.0)

    assert found.gap < 0.1
    assert found.objective > 0
