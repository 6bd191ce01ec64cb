"""The commands `allocate` and `hubs`: where limited help goes, and where hubs should be."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from planner import national
from planner.clock import today_in_finland
from planner.command_line.logs import sound_rows, tell
from planner.command_line.scenarios import read_file, scenario_of
from planner.command_line.values import number
from planner.command_line.writing import write
from planner.engine import REPORT_DRAWS, Engine, load_engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.tables import as_csv
from planner.texts import catalogue

USUAL = -1.0  # --capacity without a number


def run_allocate(options: argparse.Namespace) -> int:
    """Write the extra hours of every municipality and week under a rule."""
    engine, texts = load_engine(), catalogue(options.lang)
    scenario = _scenario(engine, options)
    limits = _limits(engine, options.at_least or (), options.at_most or ())
    rules = national.RULES if options.compare is not None else (options.rule,)
    if options.rule not in national.RULES:
        known = ", ".join(national.RULES)
        raise PlannerError("error.allocate.rule", value=options.rule, known=known)
    found = national.allocations(
        engine,
        scenario,
        options.today or today_in_finland(),
        options.hours_per_week,
        limits,
        REPORT_DRAWS if options.draws is None else options.draws,
        options.seed,
        options.since,
        rules,
    )
    if options.compare is not None:
        write(as_csv(national.comparison_frame(found)), options.compare)
    plan = found[options.rule]
    write(as_csv(national.allocation_frame(plan)), options.out)
    if plan.reason:
        tell(texts(f"national.reason.{plan.reason}"))
    return 0


def run_hubs(options: argparse.Namespace) -> int:
    """Write every municipality's hub, the minutes to it and the share of its need it serves."""
    engine, texts = load_engine(), catalogue(options.lang)
    scenario = _scenario(engine, options)
    table = None
    if options.travel is not None:
        reading = national.read_travel(
            read_file(options.travel), options.travel.name, engine.snapshot
        )
        table = sound_rows(reading, options.travel.name, texts)[0]
    capacity = options.capacity
    if capacity == USUAL:
        capacity = national.full_time_hours(engine, scenario)
    found = national.plan_hubs(
        engine,
        scenario,
        options.today or today_in_finland(),
        options.count,
        options.minutes,
        capacity,
        _names(options.fixed),
        _names(options.forbidden),
        table,
        REPORT_DRAWS if options.draws is None else options.draws,
        options.seed,
        options.since,
    )
    write(as_csv(national.hub_frame(found)), options.out)
    if found.estimated:
        tell(texts("national.minutes_estimated"))
    return 0


def _scenario(engine: Engine, options: argparse.Namespace) -> Scenario:
    """The scenario of the options; a municipality goes with its answers only."""
    if options.municipality is not None and options.hours is None:
        raise PlannerError("error.national.municipality")
    return scenario_of(engine, options)[0]


def _limits(
    engine: Engine, least: Sequence[str], most: Sequence[str]
) -> dict[str, tuple[float, float | None]]:
    """Limits by code, from texts such as 249=2,5."""
    limits: dict[str, tuple[float, float | None]] = {}
    for text in least:
        code, hours = _limit(engine, text)
        limits[code] = hours, None
    for text in most:
        code, hours = _limit(engine, text)
        limits[code] = limits.get(code, (0.0, None))[0], hours
    return limits


def _limit(engine: Engine, text: str) -> tuple[str, float]:
    place, mark, hours = text.partition("=")
    if not mark:
        raise PlannerError("error.allocate.limit_form", value=text)
    return engine.snapshot.codes[engine.snapshot.index(place)], number(hours)


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in (text or "").split(","))))
