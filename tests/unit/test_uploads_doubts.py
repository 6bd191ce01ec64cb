"""What a file says twice is compared; numbers that can hardly be meant are told, not misread."""

from __future__ import annotations

import datetime as dt
import sys
import time
import unicodedata

import pytest

from planner.errors import PlannerError
from planner.records import UserCount, Visit
from planner.texts import catalogue
from tests.uploads import HEAD, KEURUU, MONDAY, USERS_HEAD, noted, said, told, users, visits

FELL, PARTS = "upload.note.users_fell", "upload.note.users_parts"
CONTRADICTION = [(2, "error.upload.contradiction")]


@pytest.mark.parametrize("count", ["12¹", "5²", "①", "½", "12⁰", "1₂", "⒈"])
def test_the_mark_of_a_footnote_is_no_digit_of_a_count(count: str) -> None:
    reading = visits(f"{HEAD}249,2026-01-19,{count}\n020,2026-01-19,4\n")
    assert told(reading) == [(2, "error.upload.count_not_number")]
    assert count in catalogue("fi").error(reading.problems[0].error)
    assert reading.rows == (Visit("020", MONDAY, 4),)


def test_no_sign_but_a_digit_adds_a_digit() -> None:
    signs = [
        sign
        for sign in map(chr, range(sys.maxunicode))
        if any(letter in "0123456789" for letter in unicodedata.normalize("NFKC", sign))
        and unicodedata.category(sign) != "Nd"
    ]
    reading = visits(HEAD + "".join(f'249,2026-01-19,"1{sign}"\n' for sign in signs))
    assert len(signs) > 100
    assert reading.rows == ()
    assert {code for _, code in told(reading)} <= {
        "error.upload.count_not_number",
        "error.upload.count_fraction",
    }


@pytest.mark.parametrize("week", ["2026-01-19¹", "vk 4²/2026"])
def test_the_mark_of_a_footnote_is_no_part_of_a_week(week: str) -> None:
    assert told(visits(f"{HEAD}249,{week},3\n")) == [(2, "error.upload.not_a_week")]


@pytest.mark.parametrize("line", ["a;" * 100_000, "käynnit;" * 100_000, HEAD + "x," * 100_000])
def test_a_row_without_end_is_refused_at_once(line: str) -> None:
    began = time.process_time()
    with pytest.raises(PlannerError) as caught:
        visits(line)
    assert said(caught.value) == "error.upload.too_many_columns"
    assert time.process_time() - began < 1


def test_empty_cells_to_the_last_column_cost_nothing() -> None:
    rows = [row + ";" * 16_381 for row in ("kunta;viikko;käynnit", "249;2026-W04;3")]
    assert visits("\n".join(rows)).rows == (Visit(KEURUU, MONDAY, 3),)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("kuntanumero;kunta;viikko;käynnit", "091;Keuruu;2026-W04;3"),
        ("kunta;kommun;viikko;käynnit", "Keuruu;Helsingfors;2026-W04;3"),
        ("kunta;kuntanumero;viikko;käynnit", "Keuruu;999;2026-W04;3"),
        ("kunta;maanantai;vko;käynnit", "Keuruu;2026-01-19;5;3"),
        ("kunta;maanantai;vko;käynnit", "Keuruu;2026-01-19;4/2025;3"),
        ("kunta;vko;päivä;käynnit", "Keuruu;2026-W04;2.2.2026;3"),
        ("kunta;vuosi;vko;päivä;käynnit", "Keuruu;2026;4;2.2.2026;3"),
    ],
)
def test_a_visit_that_contradicts_itself_is_told_with_its_row(headings: str, row: str) -> None:
    reading = visits(f"{headings}\n{row}\n")
    assert (told(reading), reading.rows) == (CONTRADICTION, ())


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("kuntanumero;kunta;viikko;käynnit", "249;Keuruu;2026-W04;3"),
        ("kunta;kuntanumero;viikko;käynnit", "Keuruu;;2026-W04;3"),
        ("kunta;kuntanumero;viikko;käynnit", ";249;2026-W04;3"),
        ("kunta;paikkakunta;viikko;käynnit", "Keuruu;Haapamäki;2026-W04;3"),
        ("kunta;maanantai;vko;käynnit", "Keuruu;2026-01-19;4;3"),
        ("kunta;maanantai;vko;käynnit", "Keuruu;2026-01-19;4/2026;3"),
        ("kunta;vko;päivä;käynnit", "Keuruu;2026-W04;21.1.2026;3"),
        ("kunta;vko;päivä;käynnit", "Keuruu;2026-W04;21;3"),
        ("kunta;vko;päivä;käynnit", "Keuruu;2026-W04;5/1/2026;3"),
        ("kunta;vko;päivä;käynnit", "Keuruu;2026-W04;ke;3"),
    ],
)
def test_columns_that_agree_or_say_nothing_cost_no_row(headings: str, row: str) -> None:
    reading = visits(f"{headings}\n{row}\n")
    assert (told(reading), reading.rows) == ([], (Visit(KEURUU, MONDAY, 3),))
    assert noted(reading) == ["upload.note.compared_columns"]


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("päivä;käyttäjät;kunta;kuntanumero", "2026-01-19;5;Keuruu;091"),
        ("päivä;käyttäjät;kunta;kuntanumero", "2026-01-19;5;koko maa;091"),
        ("päivä;tilanne;käyttäjät", "2026-01-19;2026-01-20;5"),
    ],
)
def test_a_user_count_that_contradicts_itself_is_told_with_its_row(headings: str, row: str) -> None:
    reading = users(f"{headings}\n{row}\n")
    assert (told(reading), reading.rows) == (CONTRADICTION, ())


@pytest.mark.parametrize(
    ("row", "place"),
    [("Keuruu;249", KEURUU), (";249", KEURUU), ("koko maa;000", None), (";", None)],
)
def test_a_user_count_belongs_to_the_place_either_column_names(row: str, place: str | None) -> None:
    reading = users(f"päivä;käyttäjät;kunta;kuntanumero\n2026-01-19;5;{row}\n")
    assert (told(reading), reading.rows) == ([], (UserCount(MONDAY, 5, place),))


def test_a_contradiction_names_both_cells_and_the_column() -> None:
    problem = visits("kuntanumero;kunta;viikko;käynnit\n091;Keuruu;2026-W04;3\n").problems[0]
    assert problem.error.values == {"value": "Keuruu", "other": "091", "column": "kuntanumero"}


@pytest.mark.parametrize("year", ["2026", "2026.0", "2026,0", "26"])
def test_a_year_may_be_written_in_many_ways(year: str) -> None:
    reading = visits(f"kunta;vuosi;viikko;käynnit\n249;{year};4;3\n")
    assert (told(reading), reading.rows) == ([], (Visit(KEURUU, MONDAY, 3),))


@pytest.mark.parametrize("year", ["kevät", "2026/27", "226", "#REF!"])
def test_what_is_no_year_is_told_once(year: str) -> None:
    reading = visits(f"kunta;vuosi;viikko;käynnit\n249;{year};4;3\n")
    code = "cell_error" if year.startswith("#") else "not_a_year"
    assert told(reading) == [(2, f"error.upload.{code}")]


@pytest.mark.parametrize(
    ("rows", "code", "at"),
    [
        ("2026-01-19,1900000\n2026-01-26,3", FELL, ["3"]),
        ("2026-01-26,3\n2026-01-19,1900000", FELL, ["2"]),
        ("2026-01-19,900,249\n2026-01-26,90,249\n2026-02-02,91,249", FELL, ["3", "4"]),
        ("2026-01-19,3\n2026-01-19,40,249", PARTS, ["2"]),
        ("2026-01-19,40,249,\n2026-01-19,30,249,65-74\n2026-01-19,30,249,75-84", PARTS, ["2"]),
        ("2026-01-19,50,,65-74\n2026-01-19,30,249,65-74\n2026-01-19,30,020,65-74", PARTS, ["2"]),
        ("2026-01-19,50,,\n2026-01-19,30,249,65-74\n2026-01-19,30,020,", PARTS, ["2"]),
    ],
)
def test_user_counts_that_can_hardly_be_right_are_read_with_a_remark(
    rows: str, code: str, at: list[str]
) -> None:
    reading = users(USERS_HEAD + rows + "\n")
    assert (noted(reading), told(reading)) == ([code], [])
    assert reading.notes[0].values == {"rows": at}
    assert len(reading.rows) == rows.count("\n") + 1


@pytest.mark.parametrize(
    "rows",
    [
        "2026-01-19,1900000\n2026-01-26,1850000",
        "2026-01-19,12,249\n2026-01-26,3,249",
        "2026-01-19,1900000\n2026-01-26,300,249\n2026-02-02,4000,,85+",
        "2026-01-19,1000,249\n2026-01-19,1004,249,65-74",
        "2026-01-19,40\n2026-01-26,41,249",
        "2026-01-19,60\n2026-01-19,50,249\n2026-01-19,50,249,65-74",
    ],
)
def test_user_counts_that_may_be_right_have_no_remark(rows: str) -> None:
    reading = users(USERS_HEAD + rows + "\n")
    assert (noted(reading), told(reading)) == ([], [])


def test_a_remark_names_only_the_first_of_many_rows() -> None:
    rows = "".join(f"{MONDAY + dt.timedelta(days)},3\n" for days in range(1, 31))
    note = users(f"{USERS_HEAD}{MONDAY},1900000\n{rows}").notes[0]
    assert note.values == {"rows": [*map(str, range(3, 15)), "…"]}
