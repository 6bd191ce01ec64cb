"""The command line: the same engine without a browser. `python -m planner --help`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from planner.command_line.commands import COMMANDS
from planner.command_line.options import build_parser
from planner.errors import PlannerError
from planner.texts import LANGUAGES, catalogue

USAGE_ERROR = 2


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
