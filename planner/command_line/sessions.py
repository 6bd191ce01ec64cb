"""The command `sessions`: a plan of sessions as CSV, iCalendar, JSON or a workbook."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from planner import tables
from planner.clock import now, today_in_finland
from planner.command_line import session_options as said
from planner.command_line.logs import tell
from planner.command_line.scenarios import read_file, scenario_of
from planner.command_line.values import number, whole_number
from planner.command_line.writing import write
from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.export.session_ics import session_calendar
from planner.export.session_json import session_json
from planner.export.session_linked import linked_events
from planner.export.session_rows import session_frame
from planner.export.session_xlsx import session_workbook
from planner.plans.sessions.windows import Busy
from planner.scenario import Scenario
from planner.sessions import Request, SessionPlan, explained, plan_sessions, read_busy
from planner.sessions.ask import first_day
from planner.sessions.venue_files import venue_template
from planner.texts import LANGUAGES, catalogue

FORMATS = ("csv", "ics", "json", "xlsx", "linked-events")
GAP = 0.01  # stage 1 ends here; above it, the time ran out
SECONDS = 30.0  # for stage 1: long enough to end by its gap, so that a call repeats itself


def add_sessions(parser: argparse.ArgumentParser) -> None:
    """The options of the command; those of a scenario are added beside them."""
    add = parser.add_argument
    add("--weeks", type=whole_number, default=12, help="weeks to plan, 12 unless said")
    add(
        "--staff-hours",
        type=number,
        help="a week, preparation included; by the forecast unless said",
    )
    add("--trainers", type=whole_number, help="persons who can lead a session")
    add("--preset", default="steady", help="steady, wide or lean")
    add("--busy", type=Path, metavar="FILE", help="a calendar (.ics) of times that are taken")
    said.add_venue_options(parser)
    add("--format", help="csv, ics, json, xlsx or linked-events; as --out ends unless said")


def run_sessions(options: argparse.Namespace) -> int:
    """Write a plan of sessions for one municipality, or for several, by commas or by region."""
    if options.venues_template:
        write(venue_template(options.lang), options.out)
        return 0
    if options.format is None:
        ending = "" if options.out is None else options.out.suffix.removeprefix(".").lower()
        options.format = ending if ending in FORMATS else FORMATS[0]
    if options.format not in FORMATS:
        raise PlannerError("error.sessions_format", value=options.format, formats=list(FORMATS))
    if options.format == "xlsx" and options.out is None:
        raise PlannerError("error.sessions_binary")
    engine = load_engine()
    codes = said.codes_of(options, engine.snapshot)
    options.municipality = codes[0] if len(codes) == 1 else None
    scenario, _ = scenario_of(engine, options)
    today = options.today or today_in_finland()
    first = first_day(engine, scenario, options.since, today)
    request = _request(engine, options, codes, first)
    plan = plan_sessions(engine, scenario, request, today, SECONDS)
    if plan.gap > GAP:
        tell(catalogue(options.lang)("sessions.note.gap", gap=round(100 * plan.gap, 1)))
    write(_content(engine, scenario, plan, options), options.out)
    return 0


def _request(
    engine: Engine, options: argparse.Namespace, codes: tuple[str, ...], first: dt.date
) -> Request:
    snapshot = engine.snapshot
    own = said.own_venues(options.venues, codes, snapshot, catalogue(options.lang))
    known = said.venue_ids(codes, own, snapshot)
    return Request(
        codes=codes,
        first=options.since,
        weeks=options.weeks,
        staff_hours=options.staff_hours,
        people=options.trainers,
        preset=options.preset,
        venues=own,
        without=said.left_out(options, known),
        closures=said.closures_of(options, known),
        busy=_busy(options.busy, first),
        single_staffed=said.second_persons(options, known),
    )


def _content(
    engine: Engine, scenario: Scenario, plan: SessionPlan, options: argparse.Namespace
) -> str | bytes:
    """The plan in the format and language asked for."""
    texts, snapshot = catalogue(options.lang), engine.snapshot
    if options.format == "ics":
        return session_calendar(plan, snapshot, texts, _stamp(options.today))
    if options.format == "json":
        return session_json(explained(engine, scenario, plan), snapshot, texts)
    if options.format == "xlsx":
        return session_workbook(plan, snapshot, texts)
    if options.format == "linked-events":
        spoken = {str(lang): catalogue(lang) for lang in LANGUAGES}
        return linked_events(plan, snapshot, spoken, (), _stamp(options.today))
    return tables.as_csv(session_frame(plan, snapshot, texts))


def _busy(file: Path | None, first: dt.date) -> tuple[Busy, ...]:
    """The times taken by a calendar file, a year on from the plan's first day."""
    if file is None:
        return ()
    return read_busy(read_file(file), first - dt.timedelta(days=7), first + dt.timedelta(days=366))


def _stamp(today: dt.date | None) -> dt.datetime:
    """When a file was made: now, or the beginning of the day that was given for today."""
    if today is None:
        return now()
    return dt.datetime.combine(today, dt.time(), tzinfo=dt.UTC)
