"""Tables as a workbook: a sheet each, with numbers as numbers, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from planner.uploads.writing import timeless

Cell = str | float | int | dt.date | None
DIGITS = 12  # significant ones, as in CSV
WIDEST, NARROWEST = 44, 12
_DAY = "d.m.yyyy"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the heads of its columns, and its rows."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as XLSX; numbers have DIGITS digits, missing values are empty cells."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for given in sheets:
        sheet = book.create_sheet(given.name)
        sheet.append(list(given.heads))
        for row in given.rows:
            sheet.append([cell(value) for value in row])
        sheet.freeze_panes = "B2"
        for at, head in enumerate(given.heads, 1):
            letter = get_column_letter(at)
            longest = max((len(str(row[at - 1])) for row in given.rows if row[at - 1]), default=0)
            wide = longest if isinstance(given.rows[0][at - 1] if given.rows else "", str) else 0
            width = min(max(wide + 2, len(head) // 2 + 2, NARROWEST), WIDEST)
            sheet.column_dimensions[letter].width = width
            sheet[f"{letter}1"].font = Font(bold=True)
            sheet[f"{letter}1"].alignment = Alignment(wrap_text=True, vertical="top")
            for number in range(2, len(given.rows) + 2):
                if isinstance(sheet[f"{letter}{number}"].value, dt.date):
                    sheet[f"{letter}{number}"].number_format = _DAY
    saved = io.BytesIO()
    book.save(saved)
    return timeless(saved.getvalue())


def cell(value: object) -> Cell:
    """A value as a cell holds it: rounded to DIGITS digits, None where there is none."""
    if value is None or isinstance(value, (str, bool, dt.date)):
        return value
    number = float(value)  # type: ignore[arg-type]
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else float(f"{number:.{DIGITS}g}")
