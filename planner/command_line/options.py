"""The parser of all commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from planner.command_line.national import USUAL
from planner.command_line.sessions import add_sessions
from planner.command_line.values import day, number, whole_number
from planner.engine import REPORT_DRAWS
from planner.errors import PlannerError
from planner.national import RULES
from planner.national.hubs import MINUTES
from planner.risks import DEFAULT_KM

DESCRIPTION = "The command line: the same engine without a browser. `python -m planner --help`."


Adder = Callable[[argparse.ArgumentParser], None]

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes are one line, like every other message."""

    def error(self, message: str) -> NoReturn:
        """Print the message and the way to the help, and end with code 2."""
        raise PlannerError("error.command", message=message, command=self.prog)


def build_parser() -> Parser:
    """The parser of all commands."""
    parser = Parser(prog="python -m planner", description=DESCRIPTION, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, text: str, *more: Adder) -> None:
        _add_command(commands, name, text, more)

    learning = (_add_logs, _add_scenario, _add_level, _add_draws, _add_out)
    command("forecast", "weekly figures as CSV", _add_scenario, _add_level, _add_draws, _add_out)
    command("answer", "a municipality's answer as JSON", _add_scenario, _add_draws, _add_out)
    command("learn", "forecast corrected by logs, as CSV", *learning)
    risks = (_add_scenario, _add_distance, _add_draws, _add_out)
    command("risks", "what can go wrong with a municipality's service, as CSV", *risks)
    planning = (_add_scenario, _add_draws, _add_staffing, _add_out)
    command("staffing", "a municipality's missing hours, staff and euros, as CSV", *planning)
    sharing = (_add_scenario, _add_draws, _add_allocation, _add_out)
    command("allocate", "a budget of extra hours a week over municipalities, as CSV", *sharing)
    placing = (_add_scenario, _add_draws, _add_hubs, _add_out)
    command("hubs", "places within reach of most unserved demand, as CSV", *placing)
    command("readiness", "saved self-assessments as CSV", _add_place, _add_out)
    command("assumptions", "all assumptions as CSV", _add_out)
    command("desk", "smallest staff of a walk-in desk", _add_desk)
    command("sessions", "a calendar of sessions", _add_scenario, add_sessions, _add_out)
    command("backup", "write the whole store to a file", _add_file)
    command("restore", "replace the store by a file's", _add_file)
    command("check-data", "check the shipped data", _add_folder)
    _add_capacity(commands)
    return parser


def _add_command(commands: Commands, name: str, text: str, more: Iterable[Adder]) -> None:
    added = commands.add_parser(name, allow_abbrev=False, help=text)
    for add in more:
        add(added)
    added.add_argument("--lang", default="en", help="names and messages: fi, sv or en")


def _add_capacity(commands: Commands) -> None:
    text = "municipalities' capacity rows as CSV or XLSX, and back"
    capacity = commands.add_parser("capacity", allow_abbrev=False, help=text)
    actions = capacity.add_subparsers(dest="action", required=True, parser_class=Parser)
    export = (_add_file, _add_place, _add_scenario_file)
    _add_command(actions, "export", "write the rows, estimated ones too, to a file", export)
    given = (_add_file, _add_author, _add_scenario_file)
    _add_command(actions, "import", "replace the rows of a file's municipalities", given)
    _add_command(actions, "template", "write a workbook to fill in", (_add_file, _add_place))


def _add_place(parser: argparse.ArgumentParser) -> None:
    wanted = "code or name of the only municipality wanted"
    parser.add_argument("--municipality", metavar="CODE", help=wanted)


def _add_scenario_file(parser: argparse.ArgumentParser) -> None:
    text = "scenario file; what else is said comes first"
    parser.add_argument("--scenario", type=Path, metavar="FILE", help=text)


def _add_author(parser: argparse.ArgumentParser) -> None:
    text = "who stands in the history of changes; the login name unless said"
    parser.add_argument("--author", metavar="NAME", help=text)


def _add_scenario(parser: argparse.ArgumentParser) -> None:
    _add_place(parser)
    _add_scenario_file(parser)
    add = parser.add_argument
    add("--start", type=day, metavar="DATE", help="first day of the rollout")
    add("--target", type=number, metavar="PERSONS", help="new users by the target date")
    add("--target-date", type=day, metavar="DATE", help="353 days after the start unless said")
    add("--existing", type=number, metavar="PERSONS", help="users at the start")
    add("--hours", type=number, help="hours of support a week now (with --municipality)")
    add("--people", type=whole_number, help="by how many people")
    add("--until", type=day, metavar="DATE", help="funded until")
    add("--from", dest="since", type=day, metavar="DATE", help="figures from that week on")
    add("--today", type=day, metavar="DATE", help="day the horizon must reach; today unless said")


def _add_distance(parser: argparse.ArgumentParser) -> None:
    text = "farther from any support than so many km is far, 20 unless said"
    parser.add_argument("--distance", type=number, default=DEFAULT_KM, metavar="KM", help=text)


def _add_staffing(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--copes", type=number, metavar="SHARE", help="draws that every week is to cope in, 0.8")
    text = "ids of options that are not possible, with commas between"
    add("--without", metavar="OPTIONS", help=text)
    text = "also write the options side by side and the cheapest mix, as CSV"
    add("--options", type=Path, metavar="FILE", help=text)


def _add_allocation(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    text = "extra staff hours in every week"
    add("--hours-per-week", type=number, required=True, metavar="HOURS", help=text)
    add("--rule", default=RULES[0], help=f"{', '.join(RULES)}; the first unless said")
    text = "least extra hours a week of a municipality; may be said again"
    add("--at-least", action="append", metavar="CODE=HOURS", help=text)
    text = "most extra hours a week of a municipality; may be said again"
    add("--at-most", action="append", metavar="CODE=HOURS", help=text)
    text = "also write the three rules beside each other, as CSV"
    add("--compare", type=Path, metavar="FILE", help=text)


def _add_hubs(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--count", type=whole_number, required=True, metavar="N", help="number of hubs")
    text = "how far is near, 60 unless said"
    add("--minutes", type=number, default=MINUTES, metavar="MINUTES", help=text)
    text = "hours a week of each hub; what two full-time people give where no number is said"
    add("--capacity", type=number, nargs="?", const=USUAL, metavar="HOURS", help=text)
    text = "codes or names of municipalities that are hubs, with commas between"
    add("--fixed", metavar="CODES", help=text)
    add("--forbidden", metavar="CODES", help="those that can't be hubs")
    text = "travel times of your own in place of the estimates: from, to, minutes"
    add("--travel", type=Path, metavar="FILE", help=text)


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
