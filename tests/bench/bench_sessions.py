"""Plans of sessions: all municipalities, the largest city, and stage 1 beside another solver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter, process_time

import numpy as np
from ortools.linear_solver.python import model_builder

from planner.engine import load_engine
from planner.plans.sessions.counting import count
from planner.plans.sessions.formulation import build
from planner.plans.sessions.programme import Programme
from planner.plans.sessions.types import Counting
from planner.scenario import default_scenario
from planner.sessions import Request, plan_sessions
from planner.sessions.problem import facts_of
from tests.bench.harness import Result, bench
from tests.session_checker import broken_rules

FIRST = dt.date(2026, 2, 2)
LARGEST, MIDDLING = "091", "249"
PROVEN = 1e-3  # gap to which both solvers go
SECONDS = 20.0
SECONDS_EACH = 15.0  # beyond these the clock, not the gap, ends a search
# CP-SAT counts in whole numbers: shares of a contact in steps of 1e-5, with coarser ones it stays
# far from the optimum
CP_SAT = f"num_workers: 2, relative_gap_limit: {PROVEN}, mip_var_scaling: 100000"


def planned(code: str, weeks: int = 12) -> tuple[float, int, float]:
    """Gap, broken rules and seconds of the processor for one municipality's plan."""
    engine = load_engine()
    start = process_time()
    request = Request((code,), FIRST, weeks)
    plan = plan_sessions(engine, default_scenario(engine.assumptions), request, FIRST)
    taken = process_time() - start
    rows = [
        {
            "date": one.day.isoformat(),
            "start": f"{one.start // 60:02d}:{one.start % 60:02d}",
            "end": f"{one.end // 60:02d}:{one.end % 60:02d}",
            "venue_id": one.venue,
            "venue": one.venue,
            "kind": one.kind,
            "language": one.language,
            "staff": one.staff,
            "staff_hours": one.staff_hours,
            "expected_contacts": one.expected_contacts,
            "trainer": one.trainer,
        }
        for one in plan.sessions
    ]
    limit = dict(zip(plan.mondays, plan.limit.tolist(), strict=True))
    return plan.gap, len(broken_rules(rows, {code}, FIRST, weeks, limit)), taken


@bench
def all_municipalities() -> Iterator[Result]:
    """308 plans of 12 weeks in two processes, each judged by the checker of the tests."""
    codes = load_engine().snapshot.codes
    start = perf_counter()
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = list(pool.map(planned, codes, chunksize=4))
    taken = perf_counter() - start
    gaps = np.array([gap for gap, _, _ in found])
    yield Result("sessions, 308 x 12 weeks", taken, 120.0, "s")
    kept = float(sum(bad == 0 for _, bad, _ in found))
    yield Result("sessions, every rule kept", kept, float(len(codes)), "plans", True)
    yield Result("sessions, gap within 1 %", float((gaps <= 0.01).sum()), 295.0, "plans", True)
    yield Result("sessions, widest gap", float(gaps.max() * 100), 5.0, "%")
    slowest = max(seconds for _, _, seconds in found)
    yield Result("sessions, slowest place, processor", slowest, SECONDS_EACH, "s")


@bench
def largest_city() -> Iterator[Result]:
    """Helsinki, all branches, 26 weeks."""
    load_engine()
    start = perf_counter()
    gap, bad, _ = planned(LARGEST, 26)
    taken = perf_counter() - start
    yield Result("sessions, Helsinki x 26 weeks", taken, 15.0, "s")
    yield Result("sessions, Helsinki's gap", gap * 100, 1.0, "%")
    yield Result("sessions, Helsinki keeps every rule", float(bad == 0), 1.0, "plan", True)


@bench
def beside_other_solvers() -> Iterator[Result]:
    """One stage-1 instance, the same rows and columns, to the same gap by CP-SAT and by SCIP."""
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    problem = facts_of(engine, scenario, Request((MIDDLING,), FIRST, 12), FIRST).counting
    start = perf_counter()
    ours = count(problem, SECONDS, PROVEN).objective
    yield Result("sessions, stage 1 by milp", perf_counter() - start, SECONDS, "s")
    for name, asked in (("CP-SAT", CP_SAT), ("SCIP", "")):
        start = perf_counter()
        theirs = outside(problem, "sat" if asked else "scip", asked)
        taken = perf_counter() - start
        worse = (theirs - ours) / theirs * 100
        yield Result(f"sessions, the same by {name}", taken, np.inf, "s")
        yield Result(f"sessions, stage 1 worse than {name}", worse, PROVEN * 100, "%")


def outside(problem: Counting, solver: str, asked: str) -> float:
    """The objective that another solver reaches in the same time."""
    programme, _ = build(problem, list(range(problem.demand.shape[0])))
    model = model_of(programme)
    other = model_builder.Solver(solver)
    other.set_time_limit_in_seconds(SECONDS)
    if asked:
        other.set_solver_specific_parameters(asked)
    other.solve(model)
    return -float(other.objective_value)


def model_of(programme: Programme) -> model_builder.Model:
    """The same rows and columns in the outside library."""
    cost, upper, whole, low, high = programme.data()
    matrix = programme.matrix().tocsr()
    model = model_builder.Model()
    # CP-SAT wants bounds: no flow is larger than all contacts
    bound = np.where(np.isfinite(upper), upper, 1e4)
    columns = [
        model.new_num_var(0.0, float(top), f"x{at}")
        if not whole[at]
        else model.new_int_var(0, int(top), f"x{at}")
        for at, top in enumerate(bound)
    ]
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        terms = zip(matrix.indices[part], matrix.data[part], strict=True)
        total = sum((columns[at] * float(value) for at, value in terms), 0.0)
        if not isinstance(total, float):
            model.add_linear_constraint(total, float(low[row]), float(high[row]))
    model.minimize(sum(columns[at] * float(value) for at, value in enumerate(cost) if value))
    return model
