"""A log's rows by field: the file opened, its headings found, rows that are no rows told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils import get_column_letter

from planner.errors import PlannerError
from planner.uploads.content import clipped, decoded, note_on_name, recognised
from planner.uploads.headings import Layout, find_layout, is_complete, named
from planner.uploads.text import read_text, unfolded
from planner.uploads.types import Cell, Problem, Record, Row, Second, Sheet
from planner.uploads.words import EXAMPLE, Form, key
from planner.uploads.workbook import read_workbook

_EXAMPLE: Final = re.compile(rf"\((?:{'|'.join(EXAMPLE)})\)")


@dataclass
class Table:
    """The records that can be read one by one, what is wrong with the others, remarks."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[PlannerError] = field(default_factory=list)


def open_table(
    data: bytes, name: str, form: Form, is_place: Callable[[Cell], bool] = lambda _: False
) -> Table:
    """The table of a file; PlannerError where none of it can be read.

    is_place: whether a cell names a municipality.
    """
    kind = recognised(data)
    on_name = note_on_name(name, kind)
    table = Table(notes=[on_name] if on_name else [])
    if kind == "workbook":
        sheet, notes = read_workbook(data, lambda rows: is_complete(rows, form))
    else:
        sheet, notes = read_text(decoded(data), form)
    table.notes += notes
    if not sheet.rows:
        raise PlannerError("error.upload.empty")
    if not is_complete(sheet.rows, form):
        lines = unfolded(sheet, form)
        if lines is not None and is_complete(lines.rows, form):
            sheet = lines
            table.notes.append(PlannerError("upload.note.one_column"))
    layout = find_layout(sheet.rows, form, is_place)
    _fill(table, sheet, layout, form)
    return table


def _fill(table: Table, sheet: Sheet, layout: Layout, form: Form) -> None:
    heading, body = sheet.rows[layout.at], sheet.rows[layout.at + 1 :]
    if not body:
        raise PlannerError("error.upload.no_rows")
    _note_columns(table, sheet, layout)
    merged = _merged_rows(sheet, layout, heading, body)
    if heading.number in merged:
        table.problems.append(merged[heading.number])
    headings = _record(heading, sheet, layout).cells
    for row in body:
        record = _record(row, sheet, layout)
        filled = [cell for cell in record.cells.values() if cell is not None]
        ragged = _ragged(row, sheet, layout)
        # The headings come once more where files were put together.
        if record.cells == headings or not (filled or record.uncalculated or ragged):
            continue
        fault = merged.get(row.number) or ragged or _no_row(row, record, filled, form)
        if fault:
            table.problems.append(fault)
        else:
            table.records.append(record)
    if not (table.records or table.problems):
        raise PlannerError("error.upload.no_rows")


def _record(row: Row, sheet: Sheet, layout: Layout) -> Record:
    columns, width = layout.columns.items(), len(row.cells)
    cells = {name: row.cells[at] if at < width else None for name, at in columns}
    record = Record(row.number, cells)
    if sheet.uncalculated:
        waiting = {name for name, at in columns if (row.number, at) in sheet.uncalculated}
        record = record._replace(uncalculated=frozenset(waiting))
    return _with_seconds(record, row, layout) if layout.seconds else record


def _with_seconds(record: Record, row: Row, layout: Layout) -> Record:
    """The record with what its fields' other columns say; where a cell is empty, that stands in."""
    cells, seconds = dict(record.cells), {}
    for name, columns in layout.seconds.items():
        said = [
            Second(str(layout.headings[at]), row.cells[at])
            for at in columns
            if at < len(row.cells) and row.cells[at] is not None
        ]
        if said and cells[name] is None and name not in record.uncalculated:
            cells[name] = said.pop(0).cell
        seconds[name] = tuple(said)
    return record._replace(cells=cells, seconds=seconds)


def _no_row(row: Row, record: Record, filled: Sequence[Cell], form: Form) -> Problem | None:
    """Why a row is none of the log's: an example, a footnote, one not filled in yet."""
    for cell in filled:
        if isinstance(cell, str) and "(" in cell and _EXAMPLE.search(key(cell)):
            return Problem(row.number, PlannerError("error.upload.example_row"))
    # Of two cells that are needed, the empty one is told instead.
    if len(filled) == 1 and len(form.required) > 2 and not record.uncalculated:
        return Problem(row.number, PlannerError("error.upload.stray", value=clipped(filled[0])))
    return None


def _ragged(row: Row, sheet: Sheet, layout: Layout) -> Problem | None:
    expected = len(layout.headings)
    if not sheet.counted or not any(row.cells[expected:]):
        return None
    found = max(_filled(row)) + 1
    error = PlannerError("error.upload.ragged", found=found, expected=expected)
    return Problem(row.number, error)


def _merged_rows(
    sheet: Sheet, layout: Layout, heading: Row, body: Sequence[Row]
) -> Mapping[int, Problem]:
    """By number, rows of which a merged range covers a cell that is to be read."""
    found: dict[int, Problem] = {}
    done = heading.number - 1
    for merge in sorted(sheet.merges, key=lambda merge: merge.rows):
        left, right = merge.columns
        # Merging a heading downwards hides no other heading.
        start = max(merge.rows[0], done + 1, heading.number + (left == right))
        if not any(left <= column <= right for column in layout.columns.values()):
            continue
        error = PlannerError("error.upload.merged", range=merge.name)
        for number in range(start, min(merge.rows[1], body[-1].number) + 1):
            found[number] = Problem(number, error)
            done = number
    return found


def _note_columns(table: Table, sheet: Sheet, layout: Layout) -> None:
    if layout.unread:
        table.notes.append(PlannerError("upload.note.unread_columns", columns=layout.unread))
    if layout.compared:
        table.notes.append(PlannerError("upload.note.compared_columns", columns=layout.compared))
    used = {column for row in sheet.rows[layout.at + 1 :] for column in _filled(row)}
    width = len(layout.headings)
    nameless = [
        get_column_letter(column + 1)
        for column in sorted(used)
        if (column < width and layout.headings[column] is None)
        or (column >= width and not sheet.counted)
    ]
    if nameless:
        table.notes.append(PlannerError("upload.note.nameless_columns", columns=named(nameless)))


def _filled(row: Row) -> Iterator[int]:
    return (column for column, cell in enumerate(row.cells) if cell is not None)
