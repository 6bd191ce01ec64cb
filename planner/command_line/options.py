"""The parser of all commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from planner.command_line.values import day, number, whole_number
from planner.engine import REPORT_DRAWS
from planner.errors import PlannerError

DESCRIPTION = "The command line: the same engine without a browser. `python -m planner --help`."


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line, like every other message."""

    def error(self, message: str) -> NoReturn:
        """Print the message and the way to the help, and end with code 2."""
        raise PlannerError("error.command", message=message, command=self.prog)


def build_parser() -> Parser:
    """The parser of all commands."""
    parser = Parser(prog="python -m planner", description=DESCRIPTION, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, text: str, *more: Callable[[argparse.ArgumentParser], None]) -> None:
        added = commands.add_parser(name, allow_abbrev=False, help=text)
        for add in more:
            add(added)
        added.add_argument("--lang", default="en", help="names and messages: fi, sv or en")

    learning = (_add_logs, _add_scenario, _add_level, _add_draws, _add_out)
    command("forecast", "weekly figures as CSV", _add_scenario, _add_level, _add_draws, _add_out)
    command("answer", "a municipality's answer as JSON", _add_scenario, _add_draws, _add_out)
    command("learn", "forecast corrected by logs, as CSV", *learning)
    command("assumptions", "all assumptions as CSV", _add_out)
    command("desk", "smallest staff of a walk-in desk", _add_desk)
    command("backup", "write the whole store to a file", _add_file)
    command("restore", "replace the store by a file's", _add_file)
    command("check-data", "check the shipped data", _add_folder)
    return parser


def _add_scenario(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--municipality", metavar="CODE", help="code or name of the only municipality wanted")
    add(
        "--scenario", type=Path, metavar="FILE", help="scenario file; what else is said comes first"
    )
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
    more = "add quantiles of so many draws, 1000 unless said"
    add("--draws", type=whole_number, nargs="?", const=REPORT_DRAWS, metavar="N", help=more)
    add("--seed", type=whole_number, default=1, metavar="N", help="random seed of the draws")


def _add_out(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, metavar="FILE", help="standard output unless said")


def _add_logs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--visits", type=Path, metavar="FILE", help="visit log: municipality, week, contacts")
    add("--users", type=Path, metavar="FILE", help="user counts: date, users")
    add("--as-of", type=day, required=True, metavar="DATE", help="learn from weeks ended by then")
    add("--backtest", type=Path, metavar="FILE", help="how well it would have done so far, as CSV")


def _add_desk(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--arrivals-per-hour", type=number, required=True)
    add("--minutes", type=number, required=True, help="mean length of one visit")
    add("--wait", type=number, required=True, help="minutes a client may wait")
    add("--served", type=number, required=True, help="share to be served within that wait, 0.8")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, help="another data folder")
