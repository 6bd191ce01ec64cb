"""Allocation and hubs for the country, the hubs beside spopt's maximal covering."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator

import numpy as np

from planner.engine import Engine, load_engine
from planner.national import allocations, travel_minutes
from planner.national.hubs import mean_short
from planner.national.needs import Needs, needs
from planner.plans.allocation import (
    Limits,
    Need,
    chosen,
    equal_per_head,
    most_helped,
    ordered,
)
from planner.plans.hubs import hubs
from planner.plans.smallest_worst import smallest_worst
from planner.scenario import default_scenario
from tests.bench.harness import Result, bench, seconds

WEEKS, BUDGET, COUNT, MINUTES = 52, 300.0, 30, 60.0
TODAY = dt.date(2026, 5, 1)


def _three_rules(engine: Engine, found: Needs, short: np.ndarray) -> None:
    """The three rules and how often each place is chosen; `short` is sorted thereby."""
    adults = engine.facts.people.sum(axis=1)
    limits = Limits.none(adults.size)
    chosen(short, found.rate, BUDGET, limits)
    need = Need(ordered(short), found.rate, adults)
    for rule in (most_helped, smallest_worst, equal_per_head):
        need.helped_hours(rule(need, BUDGET, limits).hours)


@bench
def allocation() -> Iterator[Result]:
    """308 x 52 under all three rules, from draws given; and a page's question from the start."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    first = engine.span(scenario, TODAY).start_index

    def rules(draws: int) -> Result:
        found = needs(engine, scenario, TODAY, None, draws, 1)
        part = found.short[:, first : first + WEEKS]
        copies = [part.copy() for _ in range(3)]
        taken = seconds(lambda: _three_rules(engine, found, copies.pop()), times=3)
        return Result(f"three rules, 308 x {WEEKS} x {draws} draws", taken, 3.0, "s")

    yield rules(1000)
    yield rules(200)
    seeds = itertools.count(2)
    whole = seconds(
        lambda: allocations(engine, scenario, TODAY, BUDGET, draws=200, seed=next(seeds)), times=3
    )
    yield Result("three rules with the draws (200), whole horizon, last hours", whole, 3.0, "s")


@bench
def covering() -> Iterator[Result]:
    """30 hubs within 60 minutes; the same objective by spopt, where it is installed."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    demand = mean_short(engine, scenario, TODAY, None, 200, 1)
    minutes = travel_minutes(engine)
    ours = seconds(lambda: hubs(demand, minutes, COUNT, MINUTES), times=9)
    yield Result(f"{COUNT} hubs", ours, 0.3, "s")
    try:
        import pulp
        from spopt.locate import MCLP
    except ImportError:
        return  # no dependency of ours
    # spopt takes no infinite times
    costs = np.where(np.isfinite(minutes), minutes, 1e6)

    def solve() -> float:
        model = MCLP.from_cost_matrix(costs, demand, MINUTES, p_facilities=COUNT)
        solved = model.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0))
        return float(solved.problem.objective.value())

    theirs = seconds(solve, times=3)
    found = hubs(demand, minutes, COUNT, MINUTES).covered
    off = abs(found - solve()) / found
    yield Result("hubs, relative difference from spopt's objective", off, 1e-6, "")
    yield Result("hubs, times faster than spopt's MCLP", theirs / ours, 10.0, "x", True)
