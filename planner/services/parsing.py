"""What somebody typed into a capacity row, on the page or in a file, as values; or what is wrong.

A cell is text, or a number or a day where a spreadsheet says so itself.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Final

from planner.errors import PlannerError
from planner.services.words import code, codes
from planner.uploads import cells
from planner.uploads.content import clipped
from planner.uploads.types import Cell

_SPACE: Final = re.compile(r"(?<=[0-9])[ \u00a0\u202f'’](?=[0-9]{3}(?![0-9]))")
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_AMBIGUOUS: Final = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_DASH: Final = str.maketrans("−–", "--")


def hours_of(cell: Cell) -> float:
    """Hours a week, with a decimal comma or point."""
    if isinstance(cell, dt.date):  # Excel in Finnish takes 1.5 for the first of May
        raise PlannerError("error.services.hours_date", value=cell)
    if isinstance(cell, int | float):
        return float(cell)
    return _number(cell, "error.services.hours_number")


def people_of(cell: Cell) -> int:
    """How many people, a whole number."""
    if isinstance(cell, dt.date):
        raise PlannerError("error.services.people_number", value=cell)
    value = cell if isinstance(cell, int | float) else _number(cell, "error.services.people_number")
    if not math.isfinite(value) or value != int(value):
        raise PlannerError("error.services.people_number", value=clipped(cell))
    return int(value)


def week_of(cell: Cell) -> dt.date:
    """The Monday of the week that a cell names by any of its days or as an ISO week."""
    try:
        return cells.week(cell)
    except PlannerError as error:
        if error.code == "error.upload.not_monday":
            monday = error.values["monday"]
            assert isinstance(monday, dt.date)
            return monday
        if error.code == "error.upload.week_without_year":
            raise PlannerError("error.services.week_year", value=clipped(cell)) from error
        if error.code == "error.upload.not_a_week":  # any day will do here
            raise PlannerError("error.services.not_a_week", value=clipped(cell)) from error
        raise


def code_of(column: str, cell: Cell) -> str:
    """The code that a cell of the column provider, paid, certainty or origin names."""
    found = code(column, cell)
    if found is None:
        raise PlannerError(f"error.services.{column}", value=clipped(cell))
    return found


def codes_of(column: str, cell: Cell) -> tuple[str, ...]:
    """The codes that a cell of the column languages or channels names, each once."""
    found, unknown = codes(column, cell)
    if unknown:
        raise PlannerError(f"error.services.{column.removesuffix('s')}", value=clipped(unknown))
    return found


def _number(cell: Cell, fault: str) -> float:
    text = _SPACE.sub("", " ".join(str(cell).translate(_DASH).split()))
    if _AMBIGUOUS.fullmatch(text):
        raise PlannerError("error.number_ambiguous", value=clipped(cell))
    if not _NUMBER.fullmatch(text):
        raise PlannerError(fault, value=clipped(cell))
    return float(text.replace(",", "."))
