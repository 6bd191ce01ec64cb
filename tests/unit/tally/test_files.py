"""A tally's rows as a file and back, and what is said of rows that can't be counted."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow
from planner.tally import TALLY_LANGUAGES, TALLY_TOPICS, period, read_tally, write_tally
from planner.uploads import Reading

HEAD = "point;topic;minutes;language;outcome;within_other;day;week\n"
GOOD = "Kirjasto;other;15;fi;solved;0;;\n"
COLUMNS = (
    "palvelupiste",
    "aihe",
    "minuutit",
    "kieli",
    "tulos",
    "muun palvelun yhteydessä",
    "päivä",
)
MONDAY = dt.date(2026, 1, 5)
PERIOD = period(dt.date(2026, 1, 12), dt.date(2026, 2, 3))


def read(text: str) -> Reading[TallyRow]:
    """What a CSV file gives on 3 February 2026."""
    return read_tally(text.encode(), "tally.csv", PERIOD)


def workbook(
    rows: Sequence[Sequence[object]], change: Callable[[Worksheet], None] = lambda _: None
) -> Reading[TallyRow]:
    """What a workbook with these rows gives, once it has been changed."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (COLUMNS, *rows):
        sheet.append(list(row))
    change(sheet)
    file = io.BytesIO()
    book.save(file)
    return read_tally(file.getvalue(), "tally.xlsx", PERIOD)


def told(found: Reading[TallyRow]) -> list[tuple[int | None, str]]:
    """Row and code of every problem."""
    return [(problem.row, problem.error.code) for problem in found.problems]


def test_a_file_gives_back_the_rows_it_was_made_of() -> None:
    rows = tuple(
        TallyRow(f"Kirjasto; {i}", topic, i + 0.5, TALLY_LANGUAGES[i % 4], OUTCOMES[i % 3], i > 4)
        for i, topic in enumerate(TALLY_TOPICS)
    )
    dated = TallyRow("=1+1", "other", 15, "sv", "solved", day=dt.date(2026, 1, 6))
    of_a_week = TallyRow("Kallio", "other", 15, "sv", "solved", week=MONDAY)
    found = read_tally(write_tally((*rows, dated, of_a_week)), "tally.csv", PERIOD)
    assert found.problems == ()
    assert found.rows == (*rows, dated, of_a_week)
    assert b"'=1+1" in write_tally([dated])


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Kirjasto;2;15;;solved;;;", TallyRow("Kirjasto", "account", 15, "fi", "solved")),
        (
            "Kirjasto;9;7,5;ruotsi;Ratkesi;x;6.1.2026;",
            TallyRow("Kirjasto", "other", 7.5, "sv", "solved", True, dt.date(2026, 1, 6)),
        ),
        (
            "Bibliotek;scams;;annat;Blev utan hjälp;nej;;",
            TallyRow("Bibliotek", "scams", 0, "other", "turned_away"),
        ),
        (
            "Kirjasto;muu digituki;5;muu;ratkesi;ei;;viikko 2/2026",
            TallyRow("Kirjasto", "other", 5, "other", "solved", week=MONDAY),
        ),
        (
            "Kirjasto;other;5;;solved;;7.1.2026;5.1.2026",
            TallyRow("Kirjasto", "other", 5, "fi", "solved", day=dt.date(2026, 1, 7)),
        ),
    ],
)
def test_people_may_write_numbers_of_the_sheet_and_words(line: str, row: TallyRow) -> None:
    found = read(HEAD + line)
    assert (found.rows, found.problems) == ((row,), ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";other;15;fi;solved;0;;", "error.tally_point"),
        ("Kirjasto;;15;fi;solved;0;;", "error.tally_topic"),
        ("Kirjasto;10;15;fi;solved;0;;", "error.tally_topic_unknown"),
        ("Kirjasto;other;;fi;solved;0;;", "error.tally_no_minutes"),
        ("Kirjasto;other;vartti;fi;solved;0;;", "error.tally_minutes_number"),
        ("Kirjasto;other;9999;fi;solved;0;;", "error.tally_minutes"),
        ("Kirjasto;other;15;fi;;0;;", "error.tally_no_outcome"),
        ("Kirjasto;other;15;fi;maybe;0;;", "error.tally_outcome_unknown"),
        ("Kirjasto;other;15;klingon;solved;0;;", "error.tally_language_unknown"),
        ("Kirjasto;other;15;fi;solved;perhaps;;", "error.tally_within_unknown"),
        ("Kirjasto;other;15;fi;solved;0;huomenna;", "error.upload.not_a_date"),
        ("Kirjasto;other;15;fi;solved;0;;kesällä", "error.upload.not_a_week"),
        ("Kirjasto;other;15;fi;solved;0;14.1.2026;2026-W02", "error.tally_week"),
        ("Kirjasto;other;15;fi;solved;0;4.2.2026;", "error.upload.future"),
        ("Kirjasto;other;15;fi;solved;0;;2026-W07", "error.upload.future"),
        ("Kirjasto;other;15;fi;solved;0;6.1.2025;", "error.tally_early"),
        ("Kirjasto;other;15;fi;solved;0;;2025-W02", "error.tally_early"),
        ("Kirjasto (esimerkki);other;15;fi;solved;0;;", "error.upload.example_row"),
        ("Kirjasto;other;15;fi;solved;0;;;7", "error.upload.ragged"),
        ("#ARVO!;other;15;fi;solved;0;;", "error.upload.cell_error"),
    ],
)
def test_a_row_that_cannot_be_counted_is_named_and_the_others_stay(line: str, code: str) -> None:
    found = read(HEAD + GOOD + line + "\n" + GOOD)
    assert len(found.rows) == 2
    assert told(found) == [(3, code)]


def test_a_sheet_from_before_the_rollout_can_be_read_long_after_it() -> None:
    later = period(dt.date(2026, 1, 12), dt.date(2028, 1, 1))
    found = read_tally((HEAD + "Kirjasto;other;15;;solved;;7.1.2026;").encode(), "t.csv", later)
    assert found.problems == ()


def test_another_file_is_told_which_columns_it_lacks() -> None:
    with pytest.raises(PlannerError) as caught:
        read("kunta;viikko;käynnit\nKeuruu;4;2\n")
    assert caught.value.code == "error.tally_columns"
    assert caught.value.values == {"row": 1, "found": ["kunta", "viikko", "käynnit"]}


def test_merged_cells_are_told_row_by_row() -> None:
    rows = [
        ("Kirjasto", 9, 15, "ruotsi", "ratkesi", "kyllä", "5.1.2026"),
        ("Kirjasto", 9, 15, None, "ratkesi", None, None),
        ("Kirjasto", 9, 15, "suomi", "ratkesi", "ei", "6.1.2026"),
    ]

    found = workbook(rows, lambda sheet: sheet.merge_cells("D2:D3"))

    assert told(found) == [(2, "error.upload.merged"), (3, "error.upload.merged")]
    assert [row.day for row in found.rows] == [dt.date(2026, 1, 6)]


@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_a_formula_without_a_value_is_told_as_one(column: int) -> None:
    row: list[object] = ["Kirjasto", 9, 15, "suomi", "ratkesi", "ei", "5.1.2026"]
    row[column] = "=5+10"
    assert told(workbook([row])) == [(2, "error.upload.formula")]


def test_a_week_with_hardly_any_rows_is_remarked_on() -> None:
    day = "Kirjasto;other;30;fi;solved;0;{};\n"
    rows = day.format("5.1.2026") * 40
    assert read(HEAD + rows).notes == ()

    (note,) = read(HEAD + rows + day.format("15.1.2026")).notes

    assert (note.code, note.values) == ("tally.note.thin_weeks", {"weeks": [dt.date(2026, 1, 12)]})


def test_columns_that_are_not_read_are_named() -> None:
    (note,) = read(HEAD.strip() + ";nimi\n" + GOOD.strip() + ";Maija\n").notes
    assert (note.code, note.values) == ("upload.note.unread_columns", {"columns": ["nimi"]})
