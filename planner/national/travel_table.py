"""A table of travel times of the user's own, in place of the estimates: CSV or XLSX.

Columns: from, to (municipality codes or names), minutes. A pair given once holds both ways; one
given both ways holds as given. Every pair of two municipalities must be there: a hole could not be
told from "no way", for which `no`, `ei` or `nej` stands in the cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.errors import PlannerError
from planner.snapshot import Snapshot
from planner.uploads import Problem, Reading
from planner.uploads.content import clipped
from planner.uploads.places import Places
from planner.uploads.rows import Memo, RowReader
from planner.uploads.table import open_table
from planner.uploads.types import Cell
from planner.uploads.words import Form

Floats = NDArray[np.float64]

MOST_MINUTES = 24 * 60.0
NO_WAY = ("no", "ei", "nej")
FORM = Form(
    {
        "from": ("from", "lähtö", "mistä", "från", "avgång"),
        "to": ("to", "kohde", "mihin", "till", "mål"),
        "minutes": ("minutes", "min", "minuuttia", "minuutit", "matka-aika", "minuter", "restid"),
    },
    ("from", "to", "minutes"),
    "error.travel.columns",
)


def read_travel(data: bytes, name: str, snapshot: Snapshot) -> Reading[Floats]:
    """The table as one row, float64 [from, to] minutes, inf where there is no way; without rows
    where there are problems, each with its row. PlannerError where the file can't be read.
    """
    places = Places(snapshot)
    opened = open_table(data, name, FORM, places.knows)
    size = len(snapshot.codes)
    table = np.full((size, size), np.nan)
    memo: Memo = {}
    for record in opened.records:
        row = RowReader(record, memo)
        ends = [row.read(field, places.code, "error.travel.no_place") for field in ("from", "to")]
        value = row.read("minutes", _minutes, "error.travel.no_minutes")
        if value is not None and ends[0] is not None and ends[1] is not None:
            at = tuple(snapshot.codes.index(code) for code in ends if code is not None)
            if not np.isnan(table[at]) and at[0] != at[1]:
                row.check(PlannerError("error.travel.twice", first=ends[0], second=ends[1]))
            table[at] = value
        opened.problems += row.problems()
    table = np.where(np.isnan(table), table.T, table)
    np.fill_diagonal(table, 0.0)
    holes = np.argwhere(np.isnan(table))
    if holes.size and not opened.problems:
        first, second = (snapshot.codes[at] for at in holes[0])
        count = len(holes) // 2
        error = PlannerError("error.travel.hole", first=first, second=second, count=count)
        opened.problems.append(Problem(None, error))
    rows = () if opened.problems else (table,)
    return Reading(rows, tuple(opened.problems), tuple(opened.notes))


def _minutes(cell: Cell) -> float:
    """Minutes that a cell gives; PlannerError where it gives none."""
    if isinstance(cell, str) and cell.strip().casefold() in NO_WAY:
        return float("inf")
    try:
        value = float(str(cell).strip().replace(",", "."))
    except ValueError as error:
        raise PlannerError(
            "error.travel.minutes", value=clipped(cell), most=MOST_MINUTES
        ) from error
    if not 0 <= value <= MOST_MINUTES:
        raise PlannerError("error.travel.minutes", value=clipped(cell), most=MOST_MINUTES)
    return value
