"""Files of rows: every fault told with its row, and then nothing is done."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from planner.command_line.scenarios import read_file
from planner.engine import Engine
from planner.errors import PlannerError
from planner.model.weeks import Horizon
from planner.texts import Texts
from planner.uploads import Reading

T = TypeVar("T")
MOST_TOLD = 50  # rows

Reader = Callable[..., Reading[T]]


def read_log(
    read: Reader[T], path: Path, engine: Engine, span: Horizon, today: dt.date, texts: Texts
) -> tuple[T, ...]:
    """The rows of a log; PlannerError, after a line for each bad row, where there are any.

    Remarks on a file that can be read are lines on standard error too.
    """
    last = span.day(span.count - 1) + dt.timedelta(days=6)
    reading = read(read_file(path), path.name, engine.snapshot, span.first, last, today)
    return sound_rows(reading, path.name, texts)


def sound_rows(reading: Reading[T], name: str, texts: Texts) -> tuple[T, ...]:
    """The rows of a file that was read, remarks and bad rows told as by `read_log`."""
    for note in reading.notes:
        tell(f"{name}: {texts.error(note)}")
    for problem in reading.problems[:MOST_TOLD]:
        said = texts.error(problem.error)
        where = "" if problem.row is None else texts("learn.row", row=problem.row)
        tell(f"{name}: {where}{said}")
    if reading.problems:
        raise PlannerError(
            "error.log_rows",
            file=name,
            bad=len(reading.problems),
            good=len(reading.rows),
            told=min(len(reading.problems), MOST_TOLD),
        )
    return reading.rows


def tell(line: str) -> None:
    """A line on standard error."""
    sys.stderr.write(" ".join(line.split()) + "\n")
