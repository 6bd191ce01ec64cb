"""The rows of a tally as CSV, and the way back, also from a workbook that others have typed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable
from typing import Final

from planner.errors import PlannerError
from planner.records import TallyRow
from planner.tally.sums import UNKNOWN, Period, check, thin_weeks
from planner.tally.words import FORM, code
from planner.uploads import Reading, cells
from planner.uploads.content import clipped
from planner.uploads.rows import Memo, RowReader, week_of
from planner.uploads.table import open_table
from planner.uploads.types import Cell

COLUMNS: Final = ("point", "topic", "minutes", "language", "outcome", "within_other", "day", "week")


def write_tally(rows: Iterable[TallyRow]) -> bytes:
    """CSV that `read_tally` reads into the same rows, and that Excel opens in Finland."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        minutes = f"{row.minutes:g}".replace(".", ",")
        within = "1" if row.within_other else "0"
        days = ["" if day is None else day.isoformat() for day in (row.day, row.week)]
        point = row.point
        # a cell that begins like a formula would be run by a spreadsheet
        shown = f"'{point}" if point[:1] in "=+-@" else point
        writer.writerow([shown, row.topic, minutes, row.language, row.outcome, within, *days])
    return text.getvalue().encode("utf-8-sig")


def read_tally(data: bytes, name: str, period: Period) -> Reading[TallyRow]:
    """The rows of a tally's file, each either read or told of; days lie in the period.

    PlannerError where none of it can be read.
    """
    table = open_table(data, name, FORM)
    memo: Memo = {}
    rows: list[TallyRow] = []
    for record in table.records:
        reader = RowReader(record, memo)
        row = _row(reader, period)
        if row is not None:
            rows.append(row)
        table.problems += reader.problems()
    problems = sorted(table.problems, key=lambda problem: problem.row or 0)
    thin = thin_weeks(rows)
    if thin:
        table.notes.append(PlannerError("tally.note.thin_weeks", weeks=thin))
    return Reading(tuple(rows), tuple(problems), tuple(table.notes))


def _row(reader: RowReader, period: Period) -> TallyRow | None:
    """The row of a record, None where anything in it can't be read: the reader has the faults."""
    point = reader.read("point", lambda cell: str(cell).strip().removeprefix("'"))
    topic = reader.read("topic", lambda cell: _code("topic", cell), "error.tally_topic")
    outcome = reader.read("outcome", lambda cell: _code("outcome", cell), "error.tally_no_outcome")
    language = reader.read("language", lambda cell: _code("language", cell))
    within = reader.read("within_other", lambda cell: _code("within_other", cell))
    nobody_helped = outcome == "turned_away"
    minutes = reader.read("minutes", _minutes, "" if nobody_helped else "error.tally_no_minutes")
    day, week = reader.read("day", cells.day), week_of(reader)
    if day is not None and week is not None and not 0 <= (day - week).days < 7:
        reader.check(PlannerError("error.tally_week", day=day, week=week))
    if reader.faults or topic is None or outcome is None:
        return None
    row = TallyRow(
        point=point or "",
        topic=topic,
        minutes=minutes or 0.0,
        language=language or "fi",
        outcome=outcome,
        within_other=within == "yes",
        day=day,
        week=week if day is None else None,
    )
    try:
        check(row)
        period.check(row)
    except PlannerError as error:
        reader.check(error)
        return None
    return row


def _code(field: str, cell: Cell) -> str:
    found = code(field, cell)
    if found is None:
        raise PlannerError(UNKNOWN[field], value=clipped(cell))
    return found


def _minutes(cell: Cell) -> float:
    try:
        minutes = float(str(cell).replace(",", ".").strip())
    except ValueError:
        minutes = math.nan
    if not math.isfinite(minutes):
        raise PlannerError("error.tally_minutes_number", value=clipped(cell))
    return minutes
