"""Capacity rows as files that `read_rows` reads into the same rows, and templates to fill in."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planner.records import CapacityRow
from planner.services.rows import paid_of, tidy
from planner.services.words import COLUMNS, WORDS, heading, word
from planner.snapshot import Snapshot
from planner.uploads.words import EXAMPLE, LANGUAGES
from planner.uploads.writing import timeless

Cell = str | float | int | dt.date | None

_CHOSEN: Final = ("provider", "paid", "certainty", "origin")  # one code a cell
_LISTED: Final = ("languages", "channels")  # several
_TEMPLATE: Final = tuple(name for name in COLUMNS if name not in ("municipality_name", "origin"))
_WIDTHS: Final = {"municipality_name": 20, "provider": 26, "place": 26, "paid": 34, "channels": 34}
_WIDTH: Final = 18
_ROOM: Final = 500  # empty rows below that offer the choices too
_SHEET: Final = ("Digital support", "Digituki", "Digitalt stöd")
_PLACES: Final = ("main library", "pääkirjasto", "huvudbiblioteket")
_DAY: Final = {"fi": "d.m.yyyy", "sv": "d.m.yyyy", "en": "yyyy-mm-dd"}
_UNSAFE: Final = tuple("=+-@'#")  # a formula, an error, or our own mark


def write_csv(rows: Iterable[CapacityRow], snapshot: Snapshot) -> bytes:
    """CSV with codes and English headings, which Excel opens as a table in Finland.

    Semicolons, decimal commas and a byte order mark; days as 2026-01-12.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = _cells(tidy(row), snapshot)
        writer.writerow([_as_text(cells[name]) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[CapacityRow], snapshot: Snapshot, lang: str) -> bytes:
    """A workbook with headings and words in a language; a cell with one code offers the others."""
    book, sheet = _book(COLUMNS, lang)
    for row in rows:
        cells = _in_words(_cells(tidy(row), snapshot, lang), lang)
        _append(sheet, [cells[name] for name in COLUMNS])
    return _saved(book, COLUMNS, lang)


def template(snapshot: Snapshot, code: str | None, lang: str) -> bytes:
    """A workbook to fill in, with two example rows, which are refused when read.

    code: the municipality that the examples name; Raseborg, which has both languages, unless said.
    """
    place = snapshot.municipalities[snapshot.index(code or "710")]
    main = place.language_status.split("-")
    spoken = LANGUAGES.index(lang)
    rows = (
        CapacityRow(
            place.code,
            "library",
            _PLACES[spoken],
            12.5,
            people=2,
            languages=tuple(main),
            channels=("walk_in", "booked"),
        ),
        CapacityRow(
            place.code,
            "project",
            "",
            20.0,
            dt.date(2026, 1, 5),
            dt.date(2026, 8, 31),
            1,
            languages=tuple(main[:1]),
            channels=("group", "outreach"),
            contract=True,
            certainty="likely",
        ),
    )
    book, sheet = _book(_TEMPLATE, lang)
    for row in rows:
        cells = _in_words(_cells(row, snapshot, lang), lang)
        cells["municipality"] = f"{place.name(lang)} ({EXAMPLE[spoken]})"
        _append(sheet, [cells[name] for name in _TEMPLATE])
    return _saved(book, _TEMPLATE, lang)


def _cells(row: CapacityRow, snapshot: Snapshot, lang: str = "en") -> dict[str, Cell]:
    """The cells of a row by column, codes as they are and those of lists with commas between."""
    place = snapshot.municipalities[snapshot.index(row.municipality)]
    # a cell that begins like a formula would be run by a spreadsheet
    shown = f"'{row.place}" if row.place.startswith(_UNSAFE) else row.place
    return {
        "municipality": row.municipality,
        "municipality_name": place.name(lang),
        "provider": row.provider,
        "place": shown,
        "hours": row.hours,
        "first_week": row.first,
        "last_week": row.last,
        "people": row.people,
        "paid": paid_of(row),
        "languages": ", ".join(row.languages),
        "channels": ", ".join(row.channels),
        "certainty": row.certainty,
        "origin": "estimated" if row.estimated else "entered",
    }


def _in_words(cells: Mapping[str, Cell], lang: str) -> dict[str, Cell]:
    """The cells with words in place of codes."""
    said = dict(cells)
    for name in _CHOSEN:
        said[name] = word(name, str(cells[name]), lang)
    for name in _LISTED:
        given = str(cells[name])
        said[name] = ", ".join(word(name, code, lang) for code in given.split(", ") if code)
    return said


def _as_text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return "" if cell is None else str(cell)


def _book(columns: tuple[str, ...], lang: str) -> tuple[Workbook, Worksheet]:
    """A workbook whose only sheet has the headings."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _SHEET[LANGUAGES.index(lang)]
    _append(sheet, [heading(name, lang) for name in columns])
    return book, sheet


def _append(sheet: Worksheet, cells: list[Cell]) -> None:
    sheet.append([None if cell == "" else cell for cell in cells])


def _saved(book: Workbook, columns: tuple[str, ...], lang: str) -> bytes:
    """The workbook's bytes, its sheet made easy to work in; equal rows give equal bytes."""
    sheet = book.worksheets[0]
    rows = sheet.max_row
    sheet.freeze_panes = "A2"
    for at, name in enumerate(columns, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _WIDTH)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet[f"{letter}1"].alignment = Alignment(wrap_text=True, vertical="top")
        if name in ("first_week", "last_week"):
            sheet.column_dimensions[letter].number_format = _DAY[lang]  # of cells still empty
            for row in range(2, rows + 1):
                sheet[f"{letter}{row}"].number_format = _DAY[lang]
        if name in _CHOSEN:
            sheet.add_data_validation(_choices(name, f"{letter}2:{letter}{rows + _ROOM}", lang))
    saved = io.BytesIO()
    book.save(saved)
    return timeless(saved.getvalue())


def _choices(column: str, cells: str, lang: str) -> DataValidation:
    """A list of a column's words; others may be typed too, as reading understands more."""
    said = ",".join(word(column, code, lang) for code in WORDS[column])
    found = DataValidation("list", formula1=f'"{said}"', allow_blank=True, showErrorMessage=False)
    found.add(cells)
    return found
