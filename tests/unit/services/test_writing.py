"""Rows as files, and what a spreadsheet program sees in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from planner import services
from planner.records import CapacityRow
from planner.services.words import COLUMNS
from planner.texts import LANGUAGES
from tests.services import (
    FIRST,
    KEURUU,
    LAST,
    RASEBORG,
    SNAPSHOT,
    line,
    noted,
    read,
    told,
)

ROWS = (
    line(),
    line(
        municipality=RASEBORG,
        provider="project",
        place="=1+1; \"Ekenäs\", 'x'",
        hours=7.25,
        first=FIRST,
        last=LAST,
        people=None,
        contract=True,
        languages=("sv", "fi", "sms"),
        channels=services.ROW_CHANNELS,
        estimated=True,
        certainty="uncertain",
    ),
    line(municipality="091", provider="association", place="", hours=0.0, people=0, paid=False),
)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def test_csv_has_codes_and_english_headings_as_finnish_excel_opens_them() -> None:
    data = services.write_csv(ROWS, SNAPSHOT)

    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second, third = cells(data)
    assert head == list(COLUMNS)
    assert first[:5] == [KEURUU, "Keuruu", "library", "pääkirjasto", "12,5"]
    assert first[5:] == ["", "", "2", "paid", "fi", "", "certain", "entered"]
    assert second[4:10] == ["7,25", "2026-01-12", "2026-08-31", "", "contract", "sv, fi, sms"]
    assert second[11:] == ["uncertain", "estimated"]
    assert third[0] == "091"
    assert third[4:9] == ["0", "", "", "0", "volunteer"]


def test_csv_is_read_into_the_same_rows() -> None:
    reading = read(services.write_csv(ROWS, SNAPSHOT))

    assert (reading.rows, told(reading), noted(reading)) == (ROWS, [], [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_of_any_language_is_read_into_the_same_rows(lang: str) -> None:
    reading = read(services.write_xlsx(ROWS, SNAPSHOT, lang), "rows.xlsx")

    assert (reading.rows, told(reading), noted(reading)) == (ROWS, [], [])


def test_a_workbook_has_numbers_and_days_and_words() -> None:
    found = sheet(services.write_xlsx(ROWS, SNAPSHOT, "fi"))

    head, _, second, third = found.iter_rows(values_only=True)
    assert head[:5] == ("Kunta", "Kunnan nimi", "Tuen antaja", "Paikka", "Tuntia viikossa")
    assert second[1:3] == ("Raasepori", "hanke")
    assert second[4] == 7.25
    assert [found[f"{column}3"].value.date() for column in "FG"] == [FIRST, LAST]
    assert second[9] == "ruotsi, suomi, koltansaame"
    assert third[0] == "091"
    assert third[7] == 0
    assert found["F3"].number_format == "d.m.yyyy"
    choices = {str(each.sqref)[0]: each.formula1 for each in found.data_validations.dataValidation}
    assert set(choices) == {"C", "I", "L", "M"}
    assert choices["L"] == '"varma,todennäköinen,epävarma"'


@pytest.mark.parametrize("sign", list("=+-@#'"))
def test_a_place_that_looks_like_a_formula_is_none(sign: str) -> None:
    rows = (line(place=f"{sign}A1|cmd"),)

    text, book = services.write_csv(rows, SNAPSHOT), services.write_xlsx(rows, SNAPSHOT, "sv")

    assert cells(text)[1][3] == f"'{sign}A1|cmd"
    assert (sheet(book)["D2"].data_type, sheet(book)["D2"].value) == ("s", f"'{sign}A1|cmd")
    assert read(text).rows == read(book).rows == rows


def test_equal_rows_give_equal_bytes() -> None:
    assert services.write_xlsx(ROWS, SNAPSHOT, "fi") == services.write_xlsx(ROWS, SNAPSHOT, "fi")
    assert services.write_csv(ROWS, SNAPSHOT) == services.write_csv(list(ROWS), SNAPSHOT)


def test_rows_are_written_tidy() -> None:
    untidy = line(hours=20 / 3, first=dt.date(2026, 1, 14), place=" kylä\n ")

    reading = read(services.write_csv([untidy], SNAPSHOT))

    assert reading.rows == (line(hours=6.67, first=dt.date(2026, 1, 12), place="kylä"),)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [None, KEURUU, "478"])
def test_a_template_has_examples_that_are_refused(code: str | None, lang: str) -> None:
    reading = read(services.template(SNAPSHOT, code, lang), "template.xlsx")

    assert reading.rows == ()
    assert told(reading) == [(2, "error.upload.example_row"), (3, "error.upload.example_row")]
    assert noted(reading) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_a_template_are_sound_but_for_their_mark(lang: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(services.template(SNAPSHOT, RASEBORG, lang)))
    for row in (2, 3):
        cell = book.worksheets[0].cell(row, 1)
        cell.value = str(cell.value).partition(" (")[0]
    saved = io.BytesIO()
    book.save(saved)

    reading = read(saved.getvalue())

    assert told(reading) == []
    library, project = reading.rows
    assert (library.provider, library.hours, library.people) == ("library", 12.5, 2)
    assert (project.contract, project.last, project.languages) == (True, LAST, ("sv",))


def test_a_name_that_a_file_gives_is_that_of_the_municipality_in_its_language() -> None:
    rows: tuple[CapacityRow, ...] = (replace(ROWS[0], municipality="478"),)

    assert cells(services.write_csv(rows, SNAPSHOT))[1][1] == "Mariehamn"
    assert sheet(services.write_xlsx(rows, SNAPSHOT, "fi"))["B2"].value == "Maarianhamina"
