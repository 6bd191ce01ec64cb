"""The command `staffing`: what missing hours mean week by week, and what the options cost."""

from __future__ import annotations

import argparse

from planner.clock import today_in_finland
from planner.command_line.scenarios import scenario_of
from planner.command_line.writing import write
from planner.engine import REPORT_DRAWS, load_engine
from planner.errors import PlannerError
from planner.staffing import LEVEL, options_frame, staffing, weekly_frame
from planner.tables import as_csv


def run_staffing(options: argparse.Namespace) -> int:
    """Write a municipality's weekly figures, and the options side by side where asked for."""
    if options.municipality is None:
        raise PlannerError("error.staffing_municipality")
    engine = load_engine()
    scenario, code = scenario_of(engine, options)
    found = staffing(
        engine,
        scenario,
        str(code),
        options.today or today_in_finland(),
        options.since,
        REPORT_DRAWS if options.draws is None else options.draws,
        options.seed,
        LEVEL if options.copes is None else options.copes,
        tuple(filter(None, (name.strip() for name in (options.without or "").split(",")))),
    )
    if options.options is not None:
        write(as_csv(options_frame(found)), options.options)
    write(as_csv(weekly_frame(found)), options.out)
    return 0
