"""The command line: the same engine without a browser. `python -m planner --help`."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from planner import tables
from planner.answer import answer, record
from planner.assumption_tables import assumption_frame
from planner.assumptions import DATA, check_assumptions, load_assumptions
from planner.clock import today_in_finland
from planner.engine import Engine, load_engine
from planner.errors import PlannerError
from planner.handwritten import folder_problems
from planner.model.desk import served_within, smallest_staff
from planner.scenario import Answers, Scenario, default_scenario
from planner.snapshot import check_data
from planner.texts import LANGUAGES, catalogue

USAGE_ERROR = 2
LARGEST_NUMBER = 1e12


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line, like every other message."""

    def error(self, message: str) -> NoReturn:
        """Print the message and the way to the help, and end with code 2."""
        raise PlannerError("error.command", message=message, command=self.prog)


def number(text: str) -> float:
    """A finite number; decimal comma and point both count, but 2,800 could be either."""
    if re.fullmatch(r"-?[1-9][0-9]{0,2}([,.][0-9]{3})+", text.strip()):
        raise PlannerError("error.number_ambiguous", value=text)
    try:
        value = float(text.replace(",", ".").replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise PlannerError("error.not_a_number", value=text)
    if abs(value) > LARGEST_NUMBER:
        raise PlannerError("error.number_too_large", value=text)
    return value


def whole_number(text: str) -> int:
    """A whole number of people."""
    value = number(text)
    if value != int(value):
        raise PlannerError("error.not_whole", value=text)
    return int(value)


def day(text: str) -> dt.date:
    """A date written 2026-01-19 or 19.1.2026."""
    try:
        if "." in text:
            first, month, year = text.strip().split(".")
            if len(year) != len("2026"):
                raise ValueError("a year has four digits")
            return dt.date(int(year), int(month), int(first))
        return dt.date.fromisoformat(text.strip())
    except (ValueError, OverflowError) as error:
        raise PlannerError("error.not_a_date", value=text) from error


def build_parser() -> Parser:
    """The parser of all commands."""
    parser = Parser(prog="python -m planner", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, text: str, *more: Callable[[argparse.ArgumentParser], None]) -> None:
        added = commands.add_parser(name, allow_abbrev=False, help=text)
        for add in more:
            add(added)
        added.add_argument("--lang", default="en", help="names and messages: fi, sv or en")

    command("forecast", "weekly figures as CSV", _add_scenario, _add_level, _add_draws, _add_out)
    command("answer", "a municipality's answer as JSON", _add_scenario, _add_out)
    command("assumptions", "all assumptions as CSV", _add_out)
    command("desk", "smallest staff of a walk-in desk", _add_desk)
    command("check-data", "check the shipped data", _add_folder)
    return parser


def _add_scenario(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--municipality", metavar="CODE", help="code or name of the only municipality wanted")
    add("--start", type=day, metavar="DATE", help="first day of the rollout")
    add("--target", type=number, metavar="PERSONS", help="new users by the target date")
    add("--target-date", type=day, metavar="DATE", help="353 days after the start unless said")
    add("--existing", type=number, metavar="PERSONS", help="users at the start")
    add("--hours", type=number, help="hours of support a week now (with --municipality)")
    add("--people", type=whole_number, help="by how many people")
    add("--until", type=day, metavar="DATE", help="funded until")
    add("--from", dest="since", type=day, metavar="DATE", help="figures from that week on")
    add("--today", type=day, metavar="DATE", help="day the horizon must reach; today unless said")


def _add_level(parser: argparse.ArgumentParser) -> None:
    levels = "municipality, region, wellbeing_county, development_centre or country"
    parser.add_argument("--by", default="municipality", help=levels)


def _add_draws(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--draws", type=whole_number, metavar="N", help="add quantiles of so many draws, as 1000")
    add("--seed", type=whole_number, default=1, metavar="N", help="random seed of the draws")


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="standard output unless said")


def _add_desk(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--arrivals-per-hour", type=number, required=True)
    add("--minutes", type=number, required=True, help="mean length of one visit")
    add("--wait", type=number, required=True, help="minutes a client may wait")
    add("--served", type=number, required=True, help="share to be served within that wait, 0.8")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="another data folder")


def _scenario(engine: Engine, options: argparse.Namespace) -> tuple[Scenario, str | None]:
    """The scenario of the options, and the code of the only municipality wanted."""
    if options.hours is None and (options.people is not None or options.until is not None):
        raise PlannerError("error.hours_missing")
    if options.hours is not None and options.municipality is None:
        raise PlannerError("error.answers_need_municipality")
    scenario = default_scenario(
        engine.assumptions, options.start, options.target_date, options.existing, options.target
    )
    if options.municipality is None:
        return scenario, None
    code = engine.snapshot.codes[engine.snapshot.index(options.municipality)]
    if options.hours is not None:
        answers = Answers(options.hours, options.people, options.until)
        scenario = scenario.with_answers(code, answers)
    return scenario, code


def run_forecast(options: argparse.Namespace) -> int:
    """Write the weekly figures of a scenario."""
    tables.check_level(options.by)
    if options.municipality is not None and options.by != "municipality":
        raise PlannerError("error.municipality_and_level", level=options.by)
    engine = load_engine()
    scenario, code = _scenario(engine, options)
    result = engine.forecast(scenario, options.today or today_in_finland(), options.since)
    places = None if code is None else [engine.snapshot.index(code)]
    drawn = None
    if options.draws is not None:
        today = options.today or today_in_finland()
        drawn = engine.ensemble(scenario, today, options.since, options.draws, options.seed)
    frame = tables.weekly(
        engine.snapshot, result, options.by, options.lang, places, options.since, drawn
    )
    _write(tables.as_csv(frame), options.out)
    return 0


def run_answer(options: argparse.Namespace) -> int:
    """Write a municipality's answer: every figure of its page, unrounded."""
    if options.municipality is None:
        raise PlannerError("error.municipality_missing")
    engine = load_engine()
    scenario, code = _scenario(engine, options)
    today = options.today or today_in_finland()
    found = answer(engine, scenario, str(code), today, options.since)
    _write(json.dumps(record(found), indent=2, ensure_ascii=False) + "\n", options.out)
    return 0


def run_assumptions(options: argparse.Namespace) -> int:
    """Write all assumptions with their ranges, units, grades and sources."""
    _write(tables.as_csv(assumption_frame(load_assumptions())), options.out)
    return 0


def _write(text: str, target: Path | None) -> None:
    """Write to a file, or to standard output."""
    try:
        if target is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        elif not target.parent.is_dir():
            raise PlannerError("error.no_folder", folder=str(target.parent))
        else:
            target.write_text(text, encoding="utf-8", newline="")
    except BrokenPipeError:
        # whoever read has enough; nothing more may be flushed at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        if target is None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = error.strerror or str(error)
        name = "stdout" if target is None else str(target)
        raise PlannerError("error.cannot_write", file=name, reason=reason) from error


def run_desk(options: argparse.Namespace) -> int:
    """Print the smallest staff of a walk-in desk and the share it serves in time."""
    arrivals, minutes = options.arrivals_per_hour, options.minutes
    staff = int(smallest_staff(arrivals, minutes, options.wait, options.served))
    served = float(served_within(arrivals * minutes / 60, staff, options.wait / minutes))
    _write(f"staff: {staff}\nserved: {served:.2f}\n", None)
    return 0


def run_check_data(options: argparse.Namespace) -> int:
    """Print what is wrong with the data, or that nothing is."""
    folder = options.folder or DATA
    texts = catalogue(options.lang)
    # Where there is no folder, one line says so and not one for every file.
    problems = folder_problems(folder) or [*check_data(folder), *check_assumptions(folder)]
    told = texts.count("check_data.problems", len(problems)) if problems else texts("check_data.ok")
    lines = [" ".join(str(problem).split()) for problem in problems]
    _write("\n".join([*lines, told]) + "\n", None)
    return 1 if problems else 0


COMMANDS = {
    "forecast": run_forecast,
    "answer": run_answer,
    "assumptions": run_assumptions,
    "desk": run_desk,
    "check-data": run_check_data,
}


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, English where it is none of ours (found before parsing)."""
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else None
        if argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in LANGUAGES:
            return str(value)
    return "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 with one line on standard error when it didn't."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = build_parser().parse_args(given)
        if options.lang not in LANGUAGES:
            raise PlannerError("error.unknown_language", value=options.lang)
        return COMMANDS[options.command](options)
    except PlannerError as error:
        texts = catalogue(_language(given))
        print(re.sub(r"[\r\n]+", " ", texts.error(error)), file=sys.stderr)
        return USAGE_ERROR


if __name__ == "__main__":
    sys.exit(main())
