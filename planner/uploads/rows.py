"""Reading a record's cells, each different one once, and gathering what is wrong with the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from planner.errors import PlannerError
from planner.uploads import cells
from planner.uploads.content import clipped
from planner.uploads.types import Cell, Problem, Record

T = TypeVar("T")
Memo = dict[tuple[str, Cell], tuple[object, PlannerError | None]]


class RowReader:
    """Reads one record; `memo` lasts for a file, in which cells repeat."""

    def __init__(self, record: Record, memo: Memo) -> None:
        self.record = record
        self.faults: list[PlannerError] = []
        self._memo = memo

    def has(self, field: str) -> bool:
        """Whether the row has a cell of the field, be it a formula without a value."""
        return self.record.cells.get(field) is not None or field in self.record.uncalculated

    def read(self, field: str, parse: Callable[[Cell], T], missing: str = "") -> T | None:
        """What `parse` makes of the field's cell; None where empty or with a fault."""
        cell = self.record.cells.get(field)
        if cell is None:
            if field in self.record.uncalculated:
                self.faults.append(PlannerError("error.upload.formula"))
            elif missing:
                self.faults.append(PlannerError(missing))
            return None
        if (field, cell) not in self._memo:
            self._memo[field, cell] = _outcome(parse, cell)
        value, fault = self._memo[field, cell]
        if fault:
            self.faults.append(fault)
        return value  # type: ignore[return-value]

    def compare(
        self, field: str, claim: Callable[[str, Cell], object], agrees: Callable[[object], bool]
    ) -> None:
        """Adds a fault for each second cell of the field whose claim doesn't agree.

        `claim` makes of a heading and a cell what is compared, None where nothing can be.
        """
        for heading, cell in self.record.seconds.get(field, ()):
            known = (f"{field}/{heading}", cell)
            if known not in self._memo:
                self._memo[known] = claim(heading, cell), None
            said, _ = self._memo[known]
            if said is not None and not agrees(said):
                values = {"value": clipped(self.record.cells[field]), "other": clipped(cell)}
                self.faults.append(
                    PlannerError(
                        "error.upload.contradiction", column=clipped(heading, 40), **values
                    )
                )

    def check(self, fault: PlannerError | None) -> None:
        """Adds a fault, if there is one."""
        if fault:
            self.faults.append(fault)

    def problems(self) -> list[Problem]:
        """What is wrong with the row, a problem for each fault; a total's only that it is one."""
        if not self.faults:
            return []
        totals = [fault for fault in self.faults if fault.code == "error.upload.total_row"]
        return [Problem(self.record.row, fault) for fault in totals or self.faults]


def _outcome(parse: Callable[[Cell], object], cell: Cell) -> tuple[object, PlannerError | None]:
    try:
        cells.refuse_cell_error(cell)
        return parse(cell), None
    except PlannerError as error:
        # Errors are kept: without the frames they came through.
        error.__traceback__ = error.__context__ = None
        return None, error


def week_of(row: RowReader, missing: str = "") -> dt.date | None:
    """The Monday of the row, whose bare week number belongs to the year of its own column."""
    number = cells.bare_week(row.record.cells.get("week"))
    if number is not None:
        year = row.read("year", cells.year)
        if row.faults:
            return None
        if year is not None:
            joined = {**row.record.cells, "week": f"{number}/{year}"}
            row.record = row.record._replace(cells=joined)
    week = row.read("week", cells.week, missing)
    if week is not None:
        told = {(None, week.isocalendar().week), week.isocalendar()[:2]}
        row.compare("week", cells.week_claim, told.__contains__)
    return week


def without_duplicates(
    found: Sequence[tuple[int, T]],
    same: Callable[[T], Hashable],
    code: str,
    problems: list[Problem],
) -> list[tuple[int, T]]:
    """The first row of each key; the others become problems that name both rows."""
    firsts: dict[Hashable, int] = {}
    kept = []
    for number, row in found:
        first = firsts.setdefault(same(row), number)
        if first == number:
            kept.append((number, row))
        else:
            problems.append(Problem(number, PlannerError(code, row=number, first=first)))
    return kept
