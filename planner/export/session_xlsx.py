"""A plan as a workbook: sessions, weeks and villages on three sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from planner.export.session_json import session_record
from planner.export.session_rows import COLUMNS
from planner.export.session_words import Words
from planner.sessions import SessionPlan
from planner.snapshot import Snapshot
from planner.texts import Texts
from planner.uploads.writing import timeless

WIDEST = 60  # characters
DATE, TIME = "yyyy-mm-dd", "hh:mm"
LAST_MINUTE = dt.time(23, 59)  # a workbook's clock has no 24:00
SPOKEN = ("kind", "theme", "language")  # codes that are told in words too
WORDS = (*(f"{name}_words" for name in SPOKEN), "title", "description")


def session_workbook(
    plan: SessionPlan, snapshot: Snapshot, texts: Texts, words: Words = ()
) -> bytes:
    """The workbook's bytes, the same each time: real dates and times, columns as in the CSV.

    Beside the codes stand their words, and title and description; words: edited by hand, before
    the catalogue's.
    """
    record = session_record(plan, snapshot, texts, words)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    book.remove(sheet)
    columns = (*COLUMNS, *WORDS)
    rows = [_session(one, columns, texts) for one in record["sessions"]]
    _sheet(book, "sessions", columns, rows)
    names = tuple(record["weeks"][0])
    weeks = [[_cell(name, one[name]) for name in names] for one in record["weeks"]]
    _sheet(book, "weeks", names, weeks)
    mondays = [monday.isoformat() for monday in plan.mondays]
    villages = [
        [*(one[name] for name in ("postal_code", "municipality", "venue_id")), one["contacts"]]
        + one["unserved"]
        for one in record["villages"]
    ]
    heads = ("postal_code", "municipality", "venue_id", "contacts", *mondays)
    _sheet(book, "villages", heads, villages)
    target = BytesIO()
    book.save(target)
    return timeless(target.getvalue())


def _session(one: dict[str, Any], columns: Sequence[str], texts: Texts) -> list[Any]:
    said = {
        "kind_words": texts(f"sessions.kind.{one['kind']}"),
        "theme_words": texts(f"sessions.theme.{one['theme']}.title"),
        "language_words": texts(f"sessions.language.{one['language']}"),
    }
    told = {**one, **said}
    return [_cell(name, told[name]) for name in columns]


def _cell(name: str, value: Any) -> Any:
    if name in ("date", "week"):
        return dt.date.fromisoformat(value)
    if name in ("start", "end"):
        return LAST_MINUTE if value == "24:00" else dt.time.fromisoformat(value)
    return value


def _sheet(
    book: Workbook, name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.append(list(columns))
    for row in rows:
        sheet.append(list(row))
    for cell in (cell for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            cell.data_type = "s"  # a name that begins with = is a name
        elif isinstance(cell.value, dt.time):
            cell.number_format = TIME
        elif isinstance(cell.value, dt.date):
            cell.number_format = DATE
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(columns, start=1):
        longest = max([len(column), *(len(str(row[number - 1])) for row in rows)])
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)
