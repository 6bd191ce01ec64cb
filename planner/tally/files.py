"""The rows of a tally as CSV, and the way back, also from a workbook that others have typed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from typing import Final

from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow
from planner.tally.sums import TALLY_LANGUAGES, TALLY_TOPICS, check
from planner.uploads import Problem, Reading, cells
from planner.uploads.content import clipped, decoded, note_on_name, recognised
from planner.uploads.headings import HEAD, is_complete, known_headings
from planner.uploads.text import read_text
from planner.uploads.types import Cell, Row
from planner.uploads.words import Form, key
from planner.uploads.workbook import read_workbook

COLUMNS: Final = ("point", "topic", "minutes", "language", "outcome", "within_other", "day")
_NEEDED: Final = ("point", "topic", "minutes", "outcome")
_FORM: Final = Form(
    "tally",
    {
        "point": ("point", "service point", "palvelupiste", "serviceställe"),
        "topic": ("topic", "aihe", "ämne", "topic no", "aiheen nro", "ämnets nr"),
        "minutes": ("minutes", "minuutit", "minuter", "min"),
        "language": ("language", "kieli", "språk"),
        "outcome": ("outcome", "tulos", "utfall", "miten kävi", "hur gick det"),
        "within_other": ("within other", "muun palvelun yhteydessä", "i samband med annan service"),
        "day": ("day", "date", "päivä", "dag", "datum"),
    },
    _NEEDED,
)
# What people write for a code, besides the code itself; topics go by their number on the sheet.
_TOPICS: Final = {str(number): code for number, code in enumerate(TALLY_TOPICS, 1)}
_LANGUAGES: Final = {
    **dict.fromkeys(("suomi", "finska", "finnish"), "fi"),
    **dict.fromkeys(("ruotsi", "svenska", "swedish"), "sv"),
    **dict.fromkeys(("englanti", "engelska", "english"), "en"),
    **dict.fromkeys(("muu", "annat", "muu kieli", "annat språk"), "other"),
}
_OUTCOMES: Final = {
    **dict.fromkeys(("ratkesi", "löstes"), "solved"),
    **dict.fromkeys(("ohjattiin muualle", "hänvisades vidare"), "referred"),
    **dict.fromkeys(("jäi ilman apua", "blev utan hjälp"), "turned_away"),
}
_YES: Final = ("1", "x", "yes", "kyllä", "ja", "true")
_NO: Final = ("0", "no", "ei", "nej", "false")


def write_tally(rows: Iterable[TallyRow]) -> bytes:
    """CSV that `read_tally` reads into the same rows, and that Excel opens in Finland."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        minutes = f"{row.minutes:g}".replace(".", ",")
        within = "1" if row.within_other else "0"
        day = "" if row.day is None else row.day.isoformat()
        point = row.point
        # a cell that begins like a formula would be run by a spreadsheet
        shown = f"'{point}" if point[:1] in "=+-@" else point
        writer.writerow([shown, row.topic, minutes, row.language, row.outcome, within, day])
    return text.getvalue().encode("utf-8-sig")


def read_tally(data: bytes, name: str) -> Reading[TallyRow]:
    """The rows of a tally's file, each either read or told of.

    PlannerError where none of it can be read.
    """
    kind = recognised(data)
    if kind == "workbook":
        sheet, notes = read_workbook(data, lambda rows: is_complete(rows, _FORM))
    else:
        sheet, notes = read_text(decoded(data), _FORM)
    on_name = note_on_name(name, kind)
    rows: list[TallyRow] = []
    problems: list[Problem] = []
    columns, body = _headed(sheet.rows)
    for row in body:
        found = {field: _cell(row, column) for field, column in columns.items()}
        try:
            rows.append(_row(found))
        except PlannerError as error:
            problems.append(Problem(row.number, error))
    return Reading(tuple(rows), tuple(problems), (*([on_name] if on_name else []), *notes))


def _headed(rows: Iterable[Row]) -> tuple[Mapping[str, int], list[Row]]:
    """The column of each field, and the rows below the headings."""
    lines = list(rows)
    for at, row in enumerate(lines[:HEAD]):
        known = known_headings(row.cells, _FORM)
        if known.keys() >= set(_NEEDED):
            return {field: columns[0] for field, columns in known.items()}, lines[at + 1 :]
    raise PlannerError("error.tally_columns", columns=", ".join(COLUMNS))


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else None


def _row(found: Mapping[str, Cell]) -> TallyRow:
    day = found.get("day")
    outcome = _code(found, "outcome", OUTCOMES, _OUTCOMES)
    row = TallyRow(
        point=str(found.get("point") or "").strip().removeprefix("'"),
        topic=_code(found, "topic", TALLY_TOPICS, _TOPICS),
        minutes=_minutes(found.get("minutes"), outcome),
        language=_code(found, "language", TALLY_LANGUAGES, _LANGUAGES, "fi"),
        outcome=outcome,
        within_other=_truth(found.get("within_other")),
        day=None if day is None else cells.day(day),
    )
    check(row)
    return row


def _code(
    found: Mapping[str, Cell],
    name: str,
    known: tuple[str, ...],
    words: Mapping[str, str],
    default: str = "",
) -> str:
    cell = found.get(name)
    if cell is None and default:
        return default
    said = key(cell if cell is not None else "").removesuffix(".0")
    code = words.get(said, said.replace(" ", "_"))
    if code not in known:
        value = clipped(cell if cell is not None else "")
        raise PlannerError("error.tally_code", column=name, value=value, known=", ".join(known))
    return code


def _minutes(cell: Cell, outcome: str) -> float:
    if cell is None:
        if outcome == "turned_away":
            return 0.0
        raise PlannerError("error.tally_no_minutes")
    try:
        minutes = float(str(cell).replace(",", ".").strip())
    except ValueError:
        minutes = math.nan
    if not math.isfinite(minutes):
        raise PlannerError("error.tally_minutes_number", value=clipped(cell))
    return minutes


def _truth(cell: Cell) -> bool:
    said = key(cell if cell is not None else "0").removesuffix(".0")
    if said not in (*_YES, *_NO):
        raise PlannerError(
            "error.tally_code", column="within_other", value=clipped(cell), known="1, 0"
        )
    return said in _YES
