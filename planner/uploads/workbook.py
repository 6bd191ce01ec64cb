"""XLSX by openpyxl: values as Excel shows them, merged ranges, formulas that have no value yet."""

from __future__ import annotations

import datetime as dt
import io
import math
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any
from xml.etree import ElementTree

from openpyxl.cell.rich_text import CellRichText
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple, range_boundaries

from planner.errors import PlannerError
from planner.uploads.content import MAX_ROWS, clipped
from planner.uploads.headings import HEAD
from planner.uploads.types import Cell, Merge, Row, Sheet
from planner.uploads.words import filled

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAX_COLUMNS = 60
_MAX_MERGES = 10_000
_HEAD_ROWS = 1_000
_LAST_ROW = 1_048_576  # of any worksheet in Excel


class _Reader(ExcelReader):
    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """Nothing: a chart has no rows, and loading its pictures may fail."""


@dataclass(frozen=True)
class _Part:
    title: str
    hidden: bool
    path: str
    worksheet: Any  # openpyxl's read-only worksheet, which its stubs don't describe


def read_workbook(
    data: bytes, fits: Callable[[Sequence[Row]], bool]
) -> tuple[Sheet, list[PlannerError]]:
    """The first sheet whose first rows fit, else the first that isn't empty; remarks on others."""
    with _damage_told():
        reader = _Reader(io.BytesIO(data), True, data_only=True, keep_links=False, rich_text=True)
        reader.read()
        parts = _parts(reader)
        heads = [list(islice(_rows(part.worksheet, _HEAD_ROWS), HEAD)) for part in parts]
        filled = [at for at, head in enumerate(heads) if head]
        if not filled:
            raise PlannerError("error.upload.empty")
        at = next((at for at in filled if fits(heads[at])), filled[0])
        with reader.archive.open(parts[at].path) as source:
            merges, uncalculated = _layout(source)
        rows = list(_rows(parts[at].worksheet, _LAST_ROW))
        rows = _with_rows_of(uncalculated, rows)
        others = [parts[other].title for other in filled if other != at]
        notes = _notes(parts[at], others)
        return Sheet(rows, False, merges, uncalculated), notes


@contextmanager
def _damage_told() -> Iterator[None]:
    """A file that openpyxl can't read is told of as damaged, whatever broke inside."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and menus that are of no use here
            yield
    except PlannerError:
        raise
    except Exception as error:
        raise PlannerError("error.upload.damaged") from error


def _parts(reader: ExcelReader) -> list[_Part]:
    """The worksheets, visible ones first."""
    sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
    parts = [
        _Part(sheet.name, sheet.state != "visible", relation.target, sheets[sheet.name])
        for sheet, relation in reader.parser.find_sheets()
        if sheet.name in sheets
    ]
    return sorted(parts, key=lambda part: part.hidden)


def _rows(worksheet: Any, last: int) -> Iterator[Row]:
    """The rows that are not empty, down to row `last`."""
    worksheet.reset_dimensions()  # what the file claims about its size may be wrong
    values = worksheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True)
    for number, cells in enumerate(islice(values, last), 1):
        if cells.count(None) < len(cells):
            row = tuple(_cell(cell) for cell in cells)
            if row.count(None) < len(row):
                yield Row(number, row)


def _cell(value: object) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return filled(value)
    if isinstance(value, CellRichText):
        return filled("".join(map(_spelled, value)))
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and math.isfinite(value):
        # Sums in a spreadsheet leave 12.000000000000002 where 12 is meant.
        near = round(value)
        return near if abs(value - near) < 1e-9 * max(1.0, abs(value)) else value
    return value if isinstance(value, int | dt.date) else filled(str(value))


def _spelled(part: Any) -> str:
    """A part of a text in several fonts; a digit raised or lowered marks a footnote: "12¹"."""
    font = getattr(part, "font", None)
    raised = font is not None and font.vertAlign in ("superscript", "subscript")
    return str(part).translate(_RAISED) if raised else str(part)


def _with_rows_of(formulas: Iterable[tuple[int, int]], rows: Sequence[Row]) -> list[Row]:
    """The rows, with those in which nothing but formulas without a value stands."""
    hidden = {number for number, _ in formulas} - {row.number for row in rows}
    return sorted([*rows, *(Row(number, ()) for number in hidden)], key=lambda row: row.number)


def _layout(source: Any) -> tuple[list[Merge], frozenset[tuple[int, int]]]:
    """What read-only mode doesn't tell: merged ranges, and (row, column) of valueless formulas."""
    merges, formulas, rows = [], [], 0
    for _, element in ElementTree.iterparse(source):
        tag = element.tag.rpartition("}")[2]
        if tag == "c":
            inside = {child.tag.rpartition("}")[2]: child.text for child in element}
            if "f" in inside and not inside.get("v") and element.get("t") != "str":
                row, column = coordinate_to_tuple(element.get("r", "A1"))
                formulas.append((row, column - 1))
        elif tag == "row":
            element.clear()
            rows += 1
            # Empty rows with a format count too: a million of them take as long as full ones.
            if rows > MAX_ROWS:
                raise PlannerError("error.upload.too_many_rows", limit=MAX_ROWS)
        elif tag == "mergeCell":
            merges.append(_merge(element.get("ref", "")))
            if len(merges) > _MAX_MERGES:
                raise PlannerError("error.upload.merged", range=merges[0].name)
    return merges, frozenset(formulas)


def _merge(name: str) -> Merge:
    left, top, right, bottom = (int(edge or 1) for edge in range_boundaries(name))
    return Merge(name, (top, bottom), (left - 1, right - 1))


def _notes(part: _Part, others: Sequence[str]) -> list[PlannerError]:
    notes = []
    if part.hidden:
        notes.append(PlannerError("upload.note.hidden_sheet", sheet=clipped(part.title)))
    if others:
        named = [clipped(title, 40) for title in others[:10]]
        notes.append(
            PlannerError("upload.note.other_sheets", sheet=clipped(part.title), others=named)
        )
    return notes
