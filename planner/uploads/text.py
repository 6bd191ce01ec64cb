"""CSV as people's programs write it: four separators, any line ends, quotes that may not pair."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from planner.errors import PlannerError
from planner.uploads.content import MAX_ROWS
from planner.uploads.headings import HEAD, known_headings
from planner.uploads.types import Cell, Row, Sheet
from planner.uploads.words import Form, filled

_SEPARATORS = ";\t,|"
_MAX_COLUMNS = 500  # more than municipalities or weeks as columns, which have their own message


def read_text(text: str, form: Form) -> tuple[Sheet, list[PlannerError]]:
    """The table of a text, and a remark where its quotation marks don't pair."""
    said = re.match(r'"?sep=(.)"?(\r\n|\r|\n)', text, re.IGNORECASE)
    # Excel takes this line as an order and shows the next one as row 1.
    text = text[said.end() :] if said else text
    records, torn = _records(text, said[1] if said else _separator(text, form))
    notes = [] if torn is None else [PlannerError("upload.note.quotes", row=torn)]
    return Sheet(_rows(records), counted=True), notes


def unfolded(sheet: Sheet, form: Form) -> Sheet | None:
    """The table where whole lines stand in one cell each, or None where they don't."""
    lines = []
    for row in sheet.rows:
        filled = [cell for cell in row.cells if cell is not None]
        if len(filled) != 1:
            return None
        lines.append((row.number, str(filled[0])))
    separator = _separator("\n".join(line for _, line in lines[:HEAD]), form)
    parted = (
        (number, record) for number, line in lines for _, record in _records(line, separator)[0]
    )
    return Sheet(_rows(parted), counted=True)


def _separator(text: str, form: Form) -> str:
    """The separator by which most headings are known, then the one that parts most cells."""

    def score(separator: str) -> tuple[int, int]:
        sample = io.StringIO(text[:20_000], newline="")
        head = list(islice(csv.reader(sample, delimiter=separator), HEAD))
        best = max((len(known_headings(record, form)) for record in head), default=0)
        return best, sum(map(len, head))

    return max(_SEPARATORS, key=score)


def _records(text: str, separator: str) -> tuple[list[tuple[int, list[str]]], int | None]:
    """Records with their number from 1; where a mark without its other half made them be reread."""
    found = []
    width, number = 2, 0
    try:
        for number, record in _numbered(text, separator):
            width = max(width, len(record))
            if any(_swallowed(cell, separator, record, width) for cell in record):
                break
            found.append((number, record))
        else:
            return found, None
    except csv.Error:  # a cell without end, for the same reason
        number += 1
    try:
        bare = _numbered(text, separator, csv.QUOTE_NONE)
        return [(at, [cell.strip(' "') for cell in record]) for at, record in bare], number
    except csv.Error as error:
        raise PlannerError("error.upload.not_a_table") from error


def _numbered(
    text: str, separator: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
) -> Iterator[tuple[int, list[str]]]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, quoting=quoting)
    found = 0
    for number, record in enumerate(reader, 1):
        if any(record):
            found += 1
            if any(record[_MAX_COLUMNS:]):
                raise PlannerError("error.upload.too_many_columns", row=number, limit=_MAX_COLUMNS)
            del record[_MAX_COLUMNS:]
            yield number, record
        if found > MAX_ROWS:
            raise PlannerError("error.upload.too_many_rows", limit=MAX_ROWS)


def _swallowed(cell: str, separator: str, record: list[str], width: int) -> bool:
    """Whether a cell holds rows: a mark opened it, and none or a later row's closed it."""
    if "\n" not in cell and "\r" not in cell:
        return False
    inside = cell.count(separator)
    return inside >= width - 1 or (inside > 0 and len(record) < width)


def _rows(records: Iterable[tuple[int, list[str]]]) -> list[Row]:
    seen: dict[str, Cell] = {}  # cells repeat: each different one is cleaned once
    rows = []
    for number, record in records:
        for text in record:
            if text not in seen:
                seen[text] = filled(text)
        cells = tuple([seen[text] for text in record])
        if any(cells):
            rows.append(Row(number, cells))
    return rows
