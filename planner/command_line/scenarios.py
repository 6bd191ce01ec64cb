"""The scenario that a command's options describe."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from planner import tables
from planner.command_line.entered import with_services
from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import (
    Answers,
    Scenario,
    default_scenario,
    following_target,
    read_scenario,
)


def scenario_of(engine: Engine, options: argparse.Namespace) -> tuple[Scenario, str | None]:
    """The scenario of the options, and the code of the only municipality wanted.

    What an option says lies on top of the scenario file; a start alone moves the target date too.
    """
    if options.hours is None and (options.people is not None or options.until is not None):
        raise PlannerError("error.hours_missing")
    if options.hours is not None and options.municipality is None:
        raise PlannerError("error.answers_need_municipality")
    scenario = with_services(_stated(engine, options))
    if options.municipality is None:
        return scenario, None
    code = engine.snapshot.codes[engine.snapshot.index(options.municipality)]
    if options.hours is not None and code in dict(scenario.capacity):
        place = engine.snapshot.municipalities[engine.snapshot.index(code)].name(options.lang)
        raise PlannerError("error.hours_entered", place=place)
    if options.hours is not None:
        answers = Answers(options.hours, options.people, options.until)
        scenario = scenario.with_answers(code, answers)
    return scenario, code


def check_asked(options: argparse.Namespace) -> None:
    """Raise PlannerError where the level is none, or doesn't go with a municipality."""
    tables.check_level(options.by)
    if options.municipality is not None and options.by != "municipality":
        raise PlannerError("error.municipality_and_level", level=options.by)


def _stated(engine: Engine, options: argparse.Namespace) -> Scenario:
    given = (options.start, options.target_date, options.existing, options.target)
    if options.scenario is None:
        return default_scenario(engine.assumptions, *given)
    scenario = read_scenario(
        read_file(options.scenario), engine.assumptions, engine.adults, engine.snapshot.codes
    )
    if options.start is not None:
        target = following_target(engine.assumptions, options.start, like=scenario)
        scenario = replace(scenario, start=options.start, target_date=target)
    names = ("target_date", "existing", "new_users")
    said = dict(zip(names, (options.target_date, options.existing, options.target), strict=True))
    return replace(scenario, **{name: value for name, value in said.items() if value is not None})


def read_file(path: Path) -> bytes:
    """The bytes of a file named on the command line; PlannerError where it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise PlannerError("error.cannot_read", file=str(path), reason=reason) from error
