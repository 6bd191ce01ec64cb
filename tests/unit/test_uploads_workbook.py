"""Uploaded workbooks: values as Excel shows them; what a workbook can hide is told."""

from __future__ import annotations

import datetime as dt
import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from planner.errors import PlannerError
from planner.records import Visit
from planner.uploads import Reading
from tests.uploads import MONDAY, noted, said, told, visits

NEXT = dt.date(2026, 1, 26)
HEAD = ("Kunta", "Viikko", "Käynnit")
GOOD = (HEAD, ("Keuruu", MONDAY, 3), (20, MONDAY, 4))
GOOD_VISITS = (Visit("249", MONDAY, 3), Visit("020", MONDAY, 4))


def read(data: bytes, name: str = "log.xlsx") -> Reading[Visit]:
    """What a workbook gives."""
    return visits(data, name)


def saved(book: Workbook) -> bytes:
    """The file of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(
    rows: Sequence[Sequence[object]], change: Callable[[Worksheet], None] | None = None
) -> bytes:
    """The file of a workbook with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    return saved(book)


def package(parts: dict[str, bytes]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def patched(data: bytes, pattern: bytes, new: bytes) -> bytes:
    """A workbook with its sheet's XML changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet], times = re.subn(pattern, new, parts[sheet])
    assert times
    return package(parts)


def with_shared_strings(data: bytes) -> bytes:
    """A workbook whose texts stand in a part of their own, as Excel saves them."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet, types = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
    shared: list[bytes] = []

    def moved(found: re.Match[bytes]) -> bytes:
        shared.append(b"<si>%b</si>" % found[1])
        return b't="s"><v>%d</v>' % (len(shared) - 1)

    parts[sheet] = re.sub(rb't="inlineStr"><is>(.*?)</is>', moved, parts[sheet])
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%b">%b</sst>' % (space, b"".join(shared))
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%b"/></Types>' % kind
    parts[types] = parts[types].replace(b"</Types>", part)
    assert shared
    return package(parts)


def test_a_plain_workbook_is_read() -> None:
    assert read(workbook(GOOD)) == Reading(GOOD_VISITS, (), ())
    assert read(with_shared_strings(workbook(GOOD))) == Reading(GOOD_VISITS, (), ())


def test_a_workbook_is_known_whatever_its_name() -> None:
    reading = read(workbook(GOOD), "log.csv")
    assert (reading.rows, noted(reading)) == (GOOD_VISITS, ["upload.note.is_workbook"])


@pytest.mark.parametrize(
    ("week", "count"),
    [
        (dt.datetime.fromisoformat("2026-01-19T12:30"), 3),
        (46041, 3.0),
        (46041.5, 3.0000000000000004),
        ("19.1.2026", "3"),
        ("2026-W04", "3,0"),
    ],
)
def test_values_of_any_type_are_read(week: object, count: object) -> None:
    assert read(workbook([HEAD, ("Keuruu", week, count)])).rows == GOOD_VISITS[:1]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Keuruu", MONDAY, 3.5), "error.upload.count_fraction"),
        (("Keuruu", MONDAY, 3.125), "error.upload.count_fraction"),
        (("Keuruu", MONDAY, -3), "error.upload.count_negative"),
        (("Keuruu", MONDAY, True), "error.upload.count_not_number"),
        # Excel in Finnish makes a date of 1.2.
        (("Keuruu", MONDAY, dt.date(2026, 2, 1)), "error.upload.count_not_number"),
        (("Keuruu", MONDAY, "#N/A"), "error.upload.cell_error"),
        (("Keuruu", MONDAY, 1e300), "error.upload.contacts_large"),
        (("Keuruu", MONDAY, None), "error.upload.no_count"),
        (("Keuruu", MONDAY, "=1+2"), "error.upload.formula"),
        (("Keuruu", "=A9", "=1+2"), "error.upload.formula"),
        (("Keuruu", 4, 3), "error.upload.week_without_year"),
        (("Keuruu", dt.time(12), 3), "error.upload.not_a_week"),
        (("Keuruu", 1e9, 3), "error.upload.not_a_week"),
        (("Keuruu", 20.5, 3), "error.upload.not_a_week"),
    ],
)
def test_each_fault_of_a_cell_is_told_with_its_row(row: tuple[object, ...], code: str) -> None:
    reading = read(workbook([*GOOD, row]))
    assert set(told(reading)) == {(4, code)}
    assert reading.rows == GOOD_VISITS


def test_a_raised_digit_marks_a_footnote() -> None:
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    bold = TextBlock(InlineFont(b=True), "4")
    rows = [
        ("Kunta", "Viikko", CellRichText("Käynnit", mark)),
        ("Keuruu", MONDAY, CellRichText("12", mark)),
        ("Kerava", MONDAY, CellRichText("1", bold)),
    ]
    reading = read(with_shared_strings(workbook(rows)))
    assert told(reading) == [(2, "error.upload.count_not_number")]
    assert reading.problems[0].error.values == {"value": "12¹"}
    assert [visit.contacts for visit in reading.rows] == [14]


def test_rows_are_counted_as_excel_shows_them() -> None:
    rows = [(), ("Käynnit 2026",), (), HEAD, ("Keuruu", MONDAY, 3), (), ("Keuruu", MONDAY, -1)]
    assert told(read(workbook(rows))) == [(7, "error.upload.count_negative")]


def test_a_row_of_formulas_alone_is_not_lost() -> None:
    reading = read(workbook([*GOOD, ("=A2", "=B2", "=C2")]))
    assert set(told(reading)) == {(4, "error.upload.formula")}


def test_a_formula_s_saved_value_is_read() -> None:
    data = workbook([HEAD, ("Keuruu", MONDAY, "=1+2")])
    assert read(patched(data, rb"</f><v ?/>|</f><v></v>", b"</f><v>3</v>")).rows == GOOD_VISITS[:1]


def test_a_sheet_that_misstates_its_size_is_read_whole() -> None:
    data = patched(workbook(GOOD), rb'<dimension ref="[^"]*"', b'<dimension ref="A1"')
    assert read(data).rows == GOOD_VISITS


@pytest.mark.parametrize("number", [b"1048576", b"99999999999999"])
def test_a_row_far_below_costs_nothing(number: bytes) -> None:
    data = patched(workbook(GOOD), rb"</sheetData>", b'<row r="%b"/></sheetData>' % number)
    assert read(data).rows == GOOD_VISITS


def test_too_many_empty_rows_with_a_format_are_refused() -> None:
    rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(4, 200_010))
    data = patched(workbook(GOOD), rb"</sheetData>", rows + b"</sheetData>")
    with pytest.raises(PlannerError) as caught:
        read(data)
    assert said(caught.value) == "error.upload.too_many_rows"


def test_days_are_counted_from_1904_where_the_workbook_does() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in GOOD:
        book.worksheets[0].append(row)
    assert read(saved(book)).rows == GOOD_VISITS


def test_merged_cells_are_told_by_their_range_and_cost_only_their_rows() -> None:
    rows = [*GOOD, ("Kerava", MONDAY, 5), (None, NEXT, 6), ("Espoo", NEXT, 7)]
    reading = read(workbook(rows, lambda sheet: sheet.merge_cells("A4:A5")))
    assert told(reading) == [(4, "error.upload.merged"), (5, "error.upload.merged")]
    assert reading.problems[0].error.values == {"range": "A4:A5"}
    assert [visit.contacts for visit in reading.rows] == [3, 4, 7]


def test_a_merged_heading_hides_columns() -> None:
    rows = [("Kunta", "Viikko", "Käynnit", None), ("Keuruu", MONDAY, 3, 9)]
    reading = read(workbook(rows, lambda sheet: sheet.merge_cells("C1:D1")))
    assert told(reading) == [(1, "error.upload.merged")]
    assert noted(reading) == ["upload.note.nameless_columns"]


@pytest.mark.parametrize("where", ["A1:C1", "D4:D5", "E1:F9"])
def test_merged_cells_elsewhere_do_not_matter(where: str) -> None:
    rows = [("Käynnit 2026",), (), (*HEAD, "Huom."), *GOOD[1:]]
    reading = read(workbook(rows, lambda sheet: sheet.merge_cells(where)))
    assert (reading.rows, told(reading)) == (GOOD_VISITS, [])


def test_a_remark_beside_the_table_costs_no_row() -> None:
    reading = read(workbook([*GOOD[:2], (*GOOD[2], None, "tarkista!")]))
    assert (reading.rows, noted(reading)) == (GOOD_VISITS, ["upload.note.nameless_columns"])
    assert reading.notes[0].values == {"columns": ["E"]}


def test_a_csv_pasted_into_the_first_column_is_read() -> None:
    lines = ("kunta;viikko;käynnit", "Keuruu;19.1.2026;3", "20;2026-W04;4", "x;;", ";;")
    rows = [(line,) for line in lines]
    reading = read(workbook(rows))
    assert (reading.rows, noted(reading)) == (GOOD_VISITS, ["upload.note.one_column"])
    assert told(reading) == [(4, "error.upload.stray")]


def book_of(**sheets: Sequence[Sequence[object]]) -> Workbook:
    """A workbook of several sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def test_the_first_sheet_with_the_headings_is_read_and_the_others_are_named() -> None:
    book = book_of(Ohje=[("Täytä lomake",)], Loki=GOOD, Tyhjä=[], Helmikuu=GOOD)
    reading = read(saved(book))
    assert (reading.rows, noted(reading)) == (GOOD_VISITS, ["upload.note.other_sheets"])
    assert reading.notes[0].values == {"sheet": "Loki", "others": ["Ohje", "Helmikuu"]}


def test_a_hidden_sheet_is_read_only_where_no_other_fits() -> None:
    book = book_of(Vanha=[HEAD, ("Espoo", MONDAY, 9)], Loki=GOOD)
    book["Vanha"].sheet_state = "hidden"
    assert read(saved(book)).rows == GOOD_VISITS
    book["Loki"]["A1"] = "?"
    reading = read(saved(book))
    assert [visit.contacts for visit in reading.rows] == [9]
    assert noted(reading) == ["upload.note.hidden_sheet", "upload.note.other_sheets"]


def test_a_chart_sheet_is_passed_over() -> None:
    book = book_of(Loki=GOOD)
    book.create_chartsheet("Kaavio", 0)
    assert read(saved(book)).rows == GOOD_VISITS


TYPES = {"[Content_Types].xml": b"<Types/>"}


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("error.upload.empty", workbook([])),
        ("error.upload.empty", workbook([(" ", None, "-")])),
        ("error.upload.no_rows", workbook([HEAD])),
        ("error.upload.visit_columns", workbook([("a", 1), ("b", 2)])),
        ("error.upload.wide", workbook([("Kunta", MONDAY, NEXT), ("Keuruu", 1, 2)])),
        ("error.upload.damaged", workbook(GOOD)[:-200]),
        ("error.upload.damaged", patched(workbook(GOOD), rb"</row>", b"</raw>")),
        ("error.upload.damaged", package(TYPES)),
        ("error.upload.archive", package({"log.csv": b"kunta;viikko;k\xe4ynnit"})),
        ("error.upload.archive", package({**TYPES, "word/document.xml": b"<w/>"})),
        ("error.upload.old_workbook", package({**TYPES, "xl/workbook.bin": b""})),
        (
            "error.upload.open_document",
            package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        ),
        (
            "error.upload.unpacked",
            package({**TYPES, "xl/worksheets/sheet1.xml": bytes(50_000_001)}),
        ),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(code: str, data: bytes) -> None:
    with pytest.raises(PlannerError) as caught:
        read(data)
    assert said(caught.value) == code


def test_a_part_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = package({"mimetype": bytes(60_000_000), "[Content_Types].xml": b""})
    tracemalloc.start()
    try:
        with pytest.raises(PlannerError) as caught:
            read(bomb)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert caught.value.code == "error.upload.unpacked"
    assert most < 5_000_000
