"""Files of rows as people make them: read where it is clear, told where it isn't."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from planner.errors import PlannerError
from planner.records import CapacityRow
from planner.uploads import Reading
from tests.services import FIRST, HEAD, KEURUU, LAST, line, noted, read, told
from tests.uploads import said

SOUND = "Keuruu;kirjasto;pääkirjasto;12,5;;;2;palkattu;suomi;varma\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def fault(content: str | bytes, name: str = "rows.csv") -> PlannerError:
    with pytest.raises(PlannerError) as caught:
        read(content, name)
    said(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        HEAD + SOUND,
        "Kunta;Tuen antaja;Paikka;Tuntia viikossa;Henkilöitä\n249;kirjasto;pääkirjasto;12.5;2\n",
        "kommun,stödgivare,plats,timmar,personer\nKeuruu,bibliotek,pääkirjasto,12.5,2\n",
        "Hours per week\tMunicipality code\tGiven by\tLocation\tPersons\n"
        "12,5\t249\tLibrary\tpääkirjasto\t2\n",
    ],
)
def test_headings_and_words_of_any_language_in_any_order(content: str) -> None:
    reading = read(content)

    assert (reading.rows, told(reading)) == ((line(),), [])


def test_a_workbook_with_real_days_and_numbers() -> None:
    reading = read(
        workbook(
            ("Kunta", "Antaja", "Tunnit", "Alkaa", "Päättyy", "Hlö", "Kielet", "Kanavat"),
            ("Keuruu", "hanke", 7.25, dt.date(2026, 1, 14), "31.8.2026", 1.0, "suomi", "ryhmä"),
        ),
        "rows.xlsx",
    )

    (row,) = reading.rows
    expected = CapacityRow(KEURUU, "project", "", 7.25, FIRST, LAST, 1, channels=("group",))
    assert (row, told(reading), noted(reading)) == (expected, [], [])


def test_what_may_be_missing_has_the_usual_value() -> None:
    reading = read("kunta;antaja;tunnit\nKeuruu;kirjasto;3\nHanko;järjestö;2\n")

    library, association = reading.rows
    assert (library.paid, library.certainty, library.estimated) == (True, "certain", False)
    assert (library.languages, association.languages) == (("fi",), ("fi",))
    assert association.paid is False
    assert told(reading) == []
    assert noted(reading) == ["services.note.languages"]
    assert reading.notes[0].values == {"rows": ["2", "3"]}


def test_a_row_without_language_has_that_of_its_majority() -> None:
    reading = read("kunta;antaja;tunnit\nMaarianhamina;kirjasto;3\nRaasepori;kirjasto;3\n")

    assert [row.languages for row in reading.rows] == [("sv",), ("sv",)]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (";kirjasto;;3;;;;;;", "error.upload.no_municipality"),
        ("Keuruuu;kirjasto;;3;;;;;;", "error.unknown_municipality_near"),
        ("Yhteensä;kirjasto;;3;;;;;;", "error.upload.total_row"),
        ("Keuruu;;;3;;;;;;", "error.services.no_provider"),
        ("Keuruu;museo;;3;;;;;;", "error.services.provider"),
        ("Keuruu;kirjasto;;;;;;;;", "error.services.no_hours"),
        ("Keuruu;kirjasto;;-;;;;;;", "error.services.no_hours"),
        ("Keuruu;kirjasto;;kolme;;;;;;", "error.services.hours_number"),
        ("Keuruu;kirjasto;;1O;;;;;;", "error.services.hours_number"),
        ("Keuruu;kirjasto;;1.200;;;;;;", "error.number_ambiguous"),
        ("Keuruu;kirjasto;;-3;;;;;;", "error.hours_range"),
        ("Keuruu;kirjasto;;169;;;;;;", "error.services.hours_of_one"),
        ("Keuruu;kirjasto;;169;;;1;;;", "error.hours_for_people"),
        ("Keuruu;kirjasto;;#N/A;;;;;;", "error.upload.cell_error"),
        ("Keuruu;kirjasto;;3;;;1,5;;;", "error.services.people_number"),
        ("Keuruu;kirjasto;;3;31.8.2026;12.1.2026;;;;", "error.services.end_before_start"),
        ("Keuruu;kirjasto;;3;pian;;;;;", "error.services.not_a_week"),
        ("Keuruu;kirjasto;;3;;vko 4;;;;", "error.services.week_year"),
        ("Keuruu;kirjasto;;3;;;;ehkä;;", "error.services.paid"),
        ("Keuruu;kirjasto;;3;;;;;klingon;", "error.services.language"),
        ("Keuruu;kirjasto;;3;;;;;;melko", "error.services.certainty"),
        (f"Keuruu;kirjasto;{'x' * 81};3;;;;;;", "error.services.place_long"),
        ("Keuruu (esimerkki);kirjasto;;3;;;;;;", "error.upload.example_row"),
        ("Keuruu;;;;;;;;;", "error.upload.stray"),
    ],
)
def test_a_bad_row_is_told_and_left_out(cells: str, code: str) -> None:
    reading = read(HEAD + SOUND + cells + "\n")

    assert reading.rows == (line(),)
    assert told(reading) == [(3, code)]


def test_a_row_may_have_several_faults() -> None:
    reading = read(HEAD + "Keuruu;museo;;kolme;;;;;;\n")

    assert told(reading) == [(2, "error.services.provider"), (2, "error.services.hours_number")]


def test_overlapping_rows_are_told_with_both_numbers() -> None:
    reading = read(HEAD + SOUND + "\n" + "Keuruu;kirjasto;PÄÄKIRJASTO;3;12.1.2026;;;;;\n")

    assert reading.rows == (line(),)
    assert told(reading) == [(4, "error.services.overlap")]
    assert reading.problems[0].error.values == {"other": 2}


def test_a_code_and_a_name_must_agree() -> None:
    head = "municipality;municipality_name;provider;hours;languages\n"

    reading = read(head + "249;Keuruu;library;3;fi\n249;Helsinki;library;3;fi\n;Hanko;bank;1;sv\n")

    assert [row.municipality for row in reading.rows] == ["249", "078"]
    assert told(reading) == [(3, "error.upload.contradiction")]
    # names beside codes are what an export has: nothing to remark
    assert noted(reading) == []


def test_columns_that_are_not_known_are_told_and_ignored() -> None:
    reading = read("kunta;antaja;tunnit;kielet;puhelin;huom\nKeuruu;kirjasto;3;fi;040;ok\n")

    assert len(reading.rows) == 1
    assert [(note.code, note.values) for note in reading.notes] == [
        ("upload.note.unread_columns", {"columns": ["puhelin", "huom"]})
    ]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("antaja;tunnit", "error.services.no_municipality_column"),
        ("kunta;tunnit", "error.services.no_provider_column"),
        ("kunta;antaja;kielet", "error.services.no_hours_column"),
        ("kunta;kielet", "error.services.columns"),
        ("date;users", "error.services.columns"),
        ("a;b;c", "error.services.columns"),
    ],
)
def test_a_missing_column_is_named(head: str, code: str) -> None:
    values = ";".join("x" for _ in head.split(";"))

    assert fault(f"{head}\n{values}\n").code == code
    assert fault(workbook(tuple(head.split(";")), tuple(values.split(";")))).code == code


def test_two_columns_of_the_same_are_told() -> None:
    assert fault("kunta;antaja;tunnit;h\nKeuruu;kirjasto;3;4\n").code == "error.upload.two_columns"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "error.upload.empty"),
        (HEAD.encode(), "error.upload.no_rows"),
        (b"%PDF-1.7", "error.upload.pdf"),
        (b"PK\x03\x04nothing", "error.upload.damaged"),
    ],
)
def test_what_is_no_table_is_told(data: bytes, code: str) -> None:
    assert fault(data).code == code


def test_a_formula_without_a_value_is_told() -> None:
    reading = read(workbook(("kunta", "antaja", "tunnit"), ("Keuruu", "kirjasto", "=2*3")))

    assert (reading.rows, told(reading)) == ((), [(2, "error.upload.formula")])


def test_hours_that_a_spreadsheet_took_for_a_day_are_told() -> None:
    sheet = workbook(("kunta", "antaja", "tunnit"), ("Keuruu", "kirjasto", dt.date(2026, 5, 1)))

    assert told(read(sheet)) == [(2, "error.services.hours_date")]


def test_doubtful_rows_are_read_and_named() -> None:
    reading = read(
        HEAD
        + "Keuruu;kirjasto;;3;;;;;fi;\n"
        + "Keuruu;kirjasto;pääkirjasto;3;;;;;fi;\n"
        + "Keuruu;pankki;;50;;;1;;fi;\n"
    )

    assert len(reading.rows) == 3
    assert [(note.code, note.values) for note in reading.notes] == [
        ("services.note.no_place", {"rows": ["2"]}),
        ("services.note.long_weeks", {"rows": ["4"]}),
    ]


def test_no_row_is_lost_without_a_word() -> None:
    content = HEAD + SOUND + "Keuruu;museo;;3;;;;;;\n" + "Hanko;pankki;;1;;;;;sv;\n" * 2

    reading: Reading[CapacityRow] = read(content)

    assert len(reading.rows) + len({problem.row for problem in reading.problems}) == 4
