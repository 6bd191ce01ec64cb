"""Stage 1 against plans worked out by hand and against all plans tried one by one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from ortools.linear_solver.python import model_builder

from planner.plans.sessions.counting import count
from planner.plans.sessions.formulation import build
from planner.plans.sessions.packings import packings
from planner.plans.sessions.patterns import patterns
from planner.plans.sessions.presets import LEAN, STEADY, WIDE, Preset
from planner.plans.sessions.types import Counting
from tests.bench.bench_sessions import model_of

PLAIN = Preset("plain", staff_hour=0.01, waiting=0.0, change=0.0, gap=0.0, fresh=0.0)


def problem(demand: np.ndarray, limit: float = 100.0, **changes: object) -> Counting:
    """Venues with the demand [venue, week] of one channel and one kind: 3 people in 2.5 hours."""
    venues, weeks = demand.shape
    given = Counting(
        demand=demand[:, None, :],
        serves=np.ones((1, 1), dtype=bool),
        contacts=np.full((venues, 1), 3.0),
        hours=np.full((venues, 1), 2.5),
        slots=np.full((venues, weeks), 10.0),
        limit=np.full(weeks, limit),
        people_slots=np.full(weeks, 100.0),
        offered=np.ones((venues, 1, weeks), dtype=bool),
        blocks=np.arange(weeks) // 4,
        fixed=np.zeros((venues, 1, weeks)),
        several=np.zeros(1, dtype=bool),
        stay=0.5,
        preset=PLAIN,
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def held(given: Counting) -> np.ndarray:
    """Sessions [venue, week] that stage 1 chooses."""
    return count(given, 20.0, enough=0.0).sessions()[:, 0]


def test_enough_sessions_for_everybody_by_hand() -> None:
    result = count(problem(np.full((1, 4), 6.0)), 20.0, enough=0.0)

    assert result.sessions()[0, 0].tolist() == [2, 2, 2, 2]
    assert result.unserved.sum() == pytest.approx(0)
    assert result.gap <= 1e-6


def test_the_staff_hours_of_a_week_are_kept() -> None:
    given = problem(np.full((2, 8), 6.0), limit=7.6)

    n = held(given)

    assert (2.5 * n.sum(axis=0)).max() <= 7.6
    assert n.sum() == 24  # three a week


def test_who_waits_comes_later_as_far_as_people_stay() -> None:
    # nobody can come before week 1; of 4 people half still wait
    offered = np.array([[[False, True, False, False]]])

    result = count(problem(np.array([[4.0, 0, 0, 0]]), offered=offered), 20.0, enough=0.0)

    assert result.served.sum() == pytest.approx(2)
    assert result.unserved[0, 0].tolist() == pytest.approx([2, 0, 0, 0])


def test_everybody_is_either_helped_or_told_as_left() -> None:
    demand = np.random.default_rng(1).uniform(0, 5, (3, 12))

    result = count(problem(demand, limit=6.0), 20.0)

    assert result.served.sum() + result.unserved.sum() == pytest.approx(demand.sum())
    assert (result.served >= -1e-9).all()
    assert (result.unserved >= -1e-9).all()


def test_as_good_as_all_plans_tried_one_by_one() -> None:
    given = problem(np.array([[2.0, 1.0, 2.5, 1.0], [1.0, 1.5, 0.5, 1.0]]), limit=2.6)

    best = max(_value(given, weeks) for weeks in itertools.product(_sets_of_patterns(), repeat=2))

    assert count(given, 20.0, enough=0.0).objective == pytest.approx(best, rel=1e-6)


def _sets_of_patterns() -> list[np.ndarray]:
    """Sessions of one venue in four weeks that patterns can make, at most one a week."""
    ways = []
    for chosen in itertools.product((0, 1), repeat=4):
        n = np.zeros(4)
        for pattern, used in zip(patterns(range(4)), chosen, strict=True):
            n[list(pattern)] += used
        if n.max() <= 1:
            ways.append(n)
    return ways


def _value(given: Counting, weeks: tuple[np.ndarray, ...]) -> float:
    """The objective of a plan: who waits is helped in the next session that has room."""
    n = np.stack(weeks)
    if (given.hours[0, 0] * n.sum(axis=0) > given.limit).any():
        return -np.inf
    first, second = n.sum(axis=0)[:2]
    if first < second:
        return -np.inf  # the mirrored plan is told instead
    fixed = replace(given, fixed=n[:, None, :], offered=np.zeros_like(given.offered))
    helped = count(fixed, 20.0, enough=0.0).objective
    return helped - PLAIN.staff_hour * given.hours[0, 0] * float(n.sum())


@pytest.mark.parametrize("preset", [STEADY, WIDE, LEAN])
def test_more_staff_hours_never_serve_fewer_people(preset: Preset) -> None:
    demand = np.random.default_rng(2).uniform(0, 6, (2, 8))

    served = [
        count(problem(demand, limit=limit, preset=preset), 20.0).served.sum()
        for limit in (0.0, 3.0, 6.0, 9.0, 20.0)
    ]

    assert all(b >= a - 0.02 * demand.sum() for a, b in itertools.pairwise(served))
    assert served[0] == 0
    assert served[-1] > served[1]


def test_wide_leaves_no_venue_out_and_lean_does() -> None:
    demand = np.array([[6.0] * 4, [0.2] * 4])

    wide, lean = held(problem(demand, preset=WIDE)), held(problem(demand, preset=LEAN))

    assert wide[1].sum() >= 1
    assert lean[1].sum() == 0
    assert wide[0].sum() >= lean[0].sum()


def test_locked_sessions_stay_even_beyond_the_limit() -> None:
    fixed = np.zeros((1, 1, 4))
    fixed[0, 0, 1] = 4

    result = count(problem(np.full((1, 4), 3.0), limit=2.5, fixed=fixed), 20.0, enough=0.0)

    assert result.sessions()[0, 0, 1] == 0  # the week is more than full
    assert result.served[0, 0, 0, 1] == pytest.approx(3.0 + 1.5, abs=1.6)


def test_nothing_to_do_is_a_plan_too() -> None:
    none = count(problem(np.zeros((2, 4))))
    nowhere = count(problem(np.zeros((0, 4))))

    assert none.series == ()
    assert nowhere.series == ()
    assert none.gap == nowhere.gap == 0


def test_packings_by_hand() -> None:
    found = packings([2.0, 3.0], 7.0, [9, 9])

    assert found is not None
    assert sorted(map(tuple, found.tolist())) == [(0, 2), (2, 1), (3, 0)]
    assert packings([0.1, 0.11, 0.12], 50.0, [999] * 3) is None


def test_another_solver_finds_nothing_better() -> None:
    demand = np.random.default_rng(5).uniform(0, 6, (2, 8))
    given = problem(demand, limit=8.0, preset=STEADY)
    outside = model_builder.Solver("scip")

    outside.solve(model_of(build(given, [0, 1])[0]))

    found = count(given, 20.0, enough=0.0)
    assert found.objective == pytest.approx(-outside.objective_value, rel=1e-5)
    assert found.bound == pytest.approx(found.objective, rel=1e-5)


def test_venues_solved_one_by_one_have_a_bound_of_their_own() -> None:
    demand = np.random.default_rng(3).uniform(0, 6, (4, 12))
    apart, at_once = problem(demand, limit=1000.0), problem(demand, limit=1000.0)

    found = count(apart, 20.0, enough=0.0)
    programme, _ = build(at_once, [0, 1, 2, 3])
    whole = programme.solve(0.0, 20.0)

    assert found.bound >= found.objective - 1e-6
    assert found.objective == pytest.approx(-whole.objective, rel=2e-3)
    assert count(apart, 20.0, enough=0.2).gap > 0


def test_a_plan_within_the_limits_even_without_time() -> None:
    demand = np.random.default_rng(4).uniform(2, 9, (12, 24))
    given = problem(demand, limit=50.0)

    found = count(given, 0.01)

    n = found.sessions()
    assert (2.5 * n.sum(axis=(0, 1))).max() <= 50.0 + 1e-6
    assert found.served.sum() > 0.5 * 0.5 * demand.sum()
    assert found.served.sum() + found.unserved.sum() == pytest.approx(demand.sum())
