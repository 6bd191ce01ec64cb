"""The command `risks`: what can go wrong with a municipality's service."""

from __future__ import annotations

import argparse

from planner import risks, tables
from planner.clock import today_in_finland
from planner.command_line.entered import held_of
from planner.command_line.scenarios import scenario_of
from planner.command_line.writing import write
from planner.engine import REPORT_DRAWS, load_engine
from planner.errors import PlannerError


def run_risks(options: argparse.Namespace) -> int:
    """Write a municipality's risks, the worst first."""
    if options.municipality is None:
        raise PlannerError("error.risks.municipality")
    engine = load_engine()
    scenario, code = scenario_of(engine, options)
    found = risks.risks(
        engine,
        scenario,
        str(code),
        held_of(str(code)),
        options.today or today_in_finland(),
        options.since,
        REPORT_DRAWS if options.draws is None else options.draws,
        options.seed,
        options.distance,
    )
    write(tables.as_csv(risks.frame(str(code), found)), options.out)
    return 0
