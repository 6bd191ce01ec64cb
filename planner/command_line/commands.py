"""What each command does; 0 when it worked."""

from __future__ import annotations

import argparse
import json

from planner import explain, influence, tables
from planner.answer import answer, record
from planner.assumption_tables import assumption_frame
from planner.assumptions import DATA, check_assumptions, load_assumptions
from planner.clock import today_in_finland
from planner.command_line.capacity import run_capacity
from planner.command_line.keeping import run_backup, run_restore
from planner.command_line.learning import run_learn
from planner.command_line.national import run_allocate, run_hubs
from planner.command_line.readiness import check_questions, run_readiness
from planner.command_line.risks import run_risks
from planner.command_line.scenarios import check_asked, scenario_of
from planner.command_line.sessions import run_sessions
from planner.command_line.staffing import run_staffing
from planner.command_line.writing import write
from planner.engine import REPORT_DRAWS, load_engine
from planner.errors import PlannerError
from planner.handwritten import folder_problems
from planner.model.desk import served_within, smallest_staff
from planner.model.ensemble import Ensemble
from planner.model.worlds import PlaceDraws
from planner.snapshot import check_data
from planner.staffing import check_options
from planner.texts import catalogue


def run_forecast(options: argparse.Namespace) -> int:
    """Write the weekly figures of a scenario."""
    check_asked(options)
    engine = load_engine()
    scenario, code = scenario_of(engine, options)
    today = options.today or today_in_finland()
    result = engine.forecast(scenario, today, options.since)
    asked = (today, options.since, options.draws, options.seed)
    places = None if code is None else [engine.snapshot.index(code)]
    drawn: Ensemble | PlaceDraws | None = None
    if options.draws is not None and places is not None:
        drawn = engine.place_draws(scenario, places[0], *asked)
    elif options.draws is not None:
        drawn = engine.ensemble(scenario, *asked)
    frame = tables.weekly(
        engine.snapshot, result, options.by, options.lang, places, options.since, drawn
    )
    write(tables.as_csv(frame), options.out)
    return 0


def run_answer(options: argparse.Namespace) -> int:
    """Write a municipality's answer: every figure of its page, unrounded."""
    if options.municipality is None:
        raise PlannerError("error.municipality_missing")
    engine = load_engine()
    scenario, code = scenario_of(engine, options)
    today = options.today or today_in_finland()
    draws = REPORT_DRAWS if options.draws is None else options.draws
    found = answer(engine, scenario, str(code), today, options.since, draws, options.seed)
    asked = (engine, scenario, found.place.code, today, options.since)
    drivers = influence.place_influence(*asked, draws, options.seed)
    steps = influence.place_waterfall(*asked, found.mondays[explain.worst_week(found)])
    content = {
        **record(found),
        **influence.record(drivers, steps),
        "sums": explain.record(explain.sums(engine, found)),
    }
    write(json.dumps(content, indent=2, ensure_ascii=False) + "\n", options.out)
    return 0


def run_assumptions(options: argparse.Namespace) -> int:
    """Write all assumptions with their ranges, units, grades and sources."""
    write(tables.as_csv(assumption_frame(load_assumptions())), options.out)
    return 0


def run_desk(options: argparse.Namespace) -> int:
    """Print the smallest staff of a walk-in desk and the share it serves in time."""
    arrivals, minutes = options.arrivals_per_hour, options.minutes
    staff = int(smallest_staff(arrivals, minutes, options.wait, options.served))
    served = float(served_within(arrivals * minutes / 60, staff, options.wait / minutes))
    write(f"staff: {staff}\nserved: {served:.2f}\n", None)
    return 0


def run_check_data(options: argparse.Namespace) -> int:
    """Print what is wrong with the data, or that nothing is."""
    folder = options.folder or DATA
    texts = catalogue(options.lang)
    # Where there is no folder, one line says so and not one for every file.
    checks = (check_data, check_options, check_questions, check_assumptions)
    problems = folder_problems(folder) or [found for check in checks for found in check(folder)]
    told = texts.count("check_data.problems", len(problems)) if problems else texts("check_data.ok")
    lines = [" ".join(str(problem).split()) for problem in problems]
    write("\n".join([*lines, told]) + "\n", None)
    return 1 if problems else 0


COMMANDS = {
    "forecast": run_forecast,
    "answer": run_answer,
    "learn": run_learn,
    "risks": run_risks,
    "staffing": run_staffing,
    "allocate": run_allocate,
    "hubs": run_hubs,
    "readiness": run_readiness,
    "assumptions": run_assumptions,
    "desk": run_desk,
    "sessions": run_sessions,
    "capacity": run_capacity,
    "check-data": run_check_data,
    "backup": run_backup,
    "restore": run_restore,
}
