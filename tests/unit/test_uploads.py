"""Uploaded CSV: what people's programs write is read, and every fault is told with its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from planner.errors import PlannerError
from planner.records import UserCount, Visit
from planner.texts import LANGUAGES, catalogue
from planner.uploads import Reading, template, write_users, write_visits
from tests.uploads import HEAD, KEURUU, MONDAY, USERS_HEAD, noted, said, told, users, visits

# Rows under HEAD; what is told of them, by row in the file.
BAD_VISITS = {
    "unknown": ("Keuruuu,2026-01-19,3", [(2, "error.unknown_municipality_near")]),
    "unlike": ("Xyzzyq,2026-01-19,3", [(2, "error.unknown_municipality")]),
    "code and name differ": ("091 Keuruu,2026-01-19,3", [(2, "error.unknown_municipality_near")]),
    "no such code": ("999,2026-01-19,3", [(2, "error.unknown_municipality")]),
    "no municipality": (",2026-01-19,3", [(2, "error.upload.no_municipality")]),
    "before the horizon": ("249,2025-01-20,3", [(2, "error.upload.outside")]),
    "not a Monday": ("249,2026-01-20,3", [(2, "error.upload.not_monday")]),
    "not an ISO Monday": ("249,2026-W04-3,3", [(2, "error.upload.not_monday")]),
    "future": ("249,2026-04-06,3", [(2, "error.upload.future")]),
    "no week": ("249,,3", [(2, "error.upload.no_week")]),
    "not a week": ("249,tammikuu,3", [(2, "error.upload.not_a_week")]),
    "no such day": ("249,30.2.2026,3", [(2, "error.upload.not_a_week")]),
    "no such week": ("249,2025-W53,3", [(2, "error.upload.not_a_week")]),
    "without year": ("249,vk 4,3", [(2, "error.upload.week_without_year")]),
    "two days": ("249,5/1/2026,3", [(2, "error.upload.date_ambiguous")]),
    "negative": ("249,2026-01-19,-3", [(2, "error.upload.count_negative")]),
    "minus sign": ("249,2026-01-19,−3", [(2, "error.upload.count_negative")]),
    "fraction": ('249,2026-01-19,"3,5"', [(2, "error.upload.count_fraction")]),
    "no count": ("249,2026-01-19,", [(2, "error.upload.no_count")]),
    "dash": ("249,2026-01-19,–", [(2, "error.upload.no_count")]),
    "words": ("249,2026-01-19,muutama", [(2, "error.upload.count_not_number")]),
    "suppressed": ("249,2026-01-19,<5", [(2, "error.upload.count_not_number")]),
    "exponent": ("249,2026-01-19,1e3", [(2, "error.upload.count_not_number")]),
    "thousands?": ("249,2026-01-19,1.200", [(2, "error.upload.count_ambiguous")]),
    "large": ("249,2026-01-19,9000", [(2, "error.upload.contacts_large")]),
    "huge": ("249,2026-01-19," + "9" * 5000, [(2, "error.upload.contacts_large")]),
    "channel": ("249,2026-01-19,3,faksi", [(2, "error.upload.unknown_channel")]),
    "excel error": ("249,2026-01-19,#ARVO!", [(2, "error.upload.cell_error")]),
    "narrow column": ("249,########,3", [(2, "error.upload.cell_error")]),
    "ragged": ("249,2026-01-19,3,group,7", [(2, "error.upload.ragged")]),
    "shifted": (",,,,249", [(2, "error.upload.ragged")]),
    "total": ("Yhteensä,,3", [(2, "error.upload.total_row")]),
    "footnote": ("Lähde: kirjasto,,", [(2, "error.upload.stray")]),
    "example": ("Keuruu (esimerkki),2026-01-19,3", [(2, "error.upload.example_row")]),
    "empty rows": ("\n,,,\n249,,3", [(4, "error.upload.no_week")]),
    "several faults": (
        "249,2026-01-20,-3",
        [(2, "error.upload.not_monday"), (2, "error.upload.count_negative")],
    ),
    "duplicate": (
        "249,2026-01-19,3\nKeuruu,19.1.2026,4",
        [(3, "error.upload.duplicate_visits")],
    ),
    "identical": ("249,2026-01-19,3\n" * 3, [(n, "error.upload.duplicate_visits") for n in (3, 4)]),
    "mixture": (
        "249,2026-01-19,9\n249,2026-01-19,3,group",
        [(2, "error.upload.mixed_channels")],
    ),
}
BAD_USERS = {
    "no date": (",5", [(2, "error.upload.no_date")]),
    "not a date": ("eilen,5", [(2, "error.upload.not_a_date")]),
    "no count": ("2026-01-31,", [(2, "error.upload.no_count")]),
    "future": ("2026-04-03,5", [(2, "error.upload.future")]),
    "outside": ("2025-11-23,5", [(2, "error.upload.outside")]),
    "too many": ("2026-01-31,7000000", [(2, "error.upload.users_large")]),
    "too many there": ("2026-01-31,2000,Sottunga,85+", [(2, "error.upload.users_large")]),
    "band": ("2026-01-31,5,,15-24", [(2, "error.upload.unknown_age_band")]),
    "place": ("2026-01-31,5,Keuruuu", [(2, "error.unknown_municipality_near")]),
    "duplicate": ("2026-01-31,5\n31.1.2026,6", [(3, "error.upload.duplicate_users")]),
}
DAMAGED = {
    "error.upload.empty": ("", b"", b"\xef\xbb\xbf", b"\xff\xfe", " \r\n\t", ";;;\n;;;\n"),
    "error.upload.no_rows": (HEAD, HEAD + ",,,\n"),
    "error.upload.visit_columns": ("a,b,c\n1,2,3\n", "kunta\nKeuruu\n", "nothing at all"),
    "error.upload.no_municipality_column": ("week,contacts\n2026-01-19,3\n",),
    "error.upload.no_week_column": ("kunta;kuukausi;käynnit\nKeuruu;tammikuu;3\n",),
    "error.upload.no_contacts_column": ("kommun;vecka;hur många\nKervo;2026-W04;3\n",),
    "error.upload.no_heading_row": ("Keuruu;19.1.2026;3\nKerava;19.1.2026;4\n",),
    "error.upload.wide": (
        "kunta;vk 3;vk 4\nKeuruu;1;2\n",
        "kunta;3;4;5\nKeuruu;1;2;3\n",
        "viikko;Keuruu;Kerava\n19.1.2026;1;2\n",
        ";19.1.2026;26.1.2026\nKeuruu;1;2\n",
    ),
    "error.upload.two_columns": ("kunta,viikko,käynnit,besök\n249,2026-W04,1,1\n",),
    "error.upload.users_given": ("date,users\n2026-01-31,5\n",),
    "error.upload.undecodable": (HEAD.encode() + b"Jyv\x81skyl\xe4,2026-01-19,3\n",),
    "error.upload.not_a_table": (bytes(range(256)) * 4, "kunta" * 50_000),
    "error.upload.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",),
    "error.upload.image": (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF0000WEBPVP8 "),
    "error.upload.web_page": ("<html><table><tr><td>kunta", "\n<?xml version='1.0'?><Workbook/>"),
    "error.upload.json": ('{"schema": 1}', "[]"),
    "error.upload.archive": (b"\x1f\x8b\x08\x00", b"Rar!\x1a\x07"),
    "error.upload.damaged": (b"PK\x03\x04 cut short",),
    "error.upload.old_workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,),
    "error.upload.locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ),
    "error.upload.too_large": (bytes(10_000_001),),
    "error.upload.too_many_rows": (HEAD + "249,2026-01-19,3\n" * 200_001,),
}


@pytest.mark.parametrize("case", BAD_VISITS)
def test_each_fault_of_a_visit_is_told_with_its_row(case: str) -> None:
    rows, expected = BAD_VISITS[case]
    reading = visits(HEAD + rows + "\n020,2026-03-23,7\n")
    assert told(reading) == expected
    assert Visit("020", dt.date(2026, 3, 23), 7) in reading.rows


@pytest.mark.parametrize("case", BAD_USERS)
def test_each_fault_of_a_user_count_is_told_with_its_row(case: str) -> None:
    rows, expected = BAD_USERS[case]
    reading = users(USERS_HEAD + rows + "\n2026-03-31,7,020,18–24\n")
    assert told(reading) == expected
    assert reading.rows[-1] == UserCount(dt.date(2026, 3, 31), 7, "020", "18-24")


@pytest.mark.parametrize(
    ("code", "content"), [(code, each) for code, some in DAMAGED.items() for each in some]
)
def test_a_file_that_cannot_be_read_says_why(code: str, content: str | bytes) -> None:
    with pytest.raises(PlannerError) as caught:
        visits(content)
    assert said(caught.value) == code


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("error.upload.user_columns", "a,b\n1,2\n"),
        ("error.upload.no_users_column", "päivä,kuinka monta\n2026-01-31,2\n"),
        ("error.upload.no_date_column", "käyttäjät;ikä\n4;85+\n"),
        ("error.upload.visits_given", HEAD + "249,2026-01-19,3\n"),
    ],
)
def test_a_file_without_user_counts_says_why(code: str, content: str) -> None:
    with pytest.raises(PlannerError) as caught:
        users(content)
    assert said(caught.value) == code


def test_fifty_megabytes_are_refused_by_their_size_alone() -> None:
    with pytest.raises(PlannerError) as caught:
        visits(bytes(50_000_000))
    assert caught.value.values == {"size": 50.0, "limit": 10}


def test_duplicates_name_both_rows_and_keep_the_first() -> None:
    reading = visits(HEAD + "249,2026-01-19,3\n020,2026-01-19,1\n249,2026-01-19,4\n")
    assert [visit.contacts for visit in reading.rows] == [3, 1]
    assert reading.problems[0].error.values == {"row": 4, "first": 2}


def test_of_a_mixture_the_rows_by_channel_are_kept() -> None:
    content = HEAD + "249,2026-01-19,3,group\n249,2026-01-19,9\n249,2026-01-26,9\n"
    reading = visits(content)
    assert [(visit.contacts, visit.channel) for visit in reading.rows] == [(3, "group"), (9, None)]
    assert reading.problems[0].error.values == {"row": 3, "other": 2}


def test_a_day_that_is_no_monday_is_answered_with_its_monday() -> None:
    problem = visits(HEAD + "249,25.1.2026,3\n").problems[0]
    assert problem.error.values == {"value": dt.date(2026, 1, 25), "monday": MONDAY}
    assert "19.1.2026" in catalogue("fi").error(problem.error)


def test_an_unknown_municipality_is_answered_with_near_names() -> None:
    problem = visits(HEAD + "Marienhamn,2026-01-19,3\n").problems[0]
    assert problem.error.values["value"] == "Marienhamn"
    assert "Mariehamn" in str(problem.error.values["near"])


SAMPLE = "Kunta{s}Viikko{s}Käynnit{n}Pedersören kunta{s}19.1.2026{s}1 200{n}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_program_s_csv_is_read(encoding: str, separator: str, line_end: str) -> None:
    text = SAMPLE.format(s=separator, n=line_end)
    reading = visits(text.encode(encoding))
    assert reading == Reading((Visit("599", MONDAY, 1200),), (), ())


@pytest.mark.parametrize(
    ("code", "content", "name"),
    [
        ("upload.note.is_text", HEAD + "249,2026-01-19,3\n", "log.xlsx"),
        ("upload.note.is_text", HEAD + "249,2026-01-19,3\n", "log.XLS"),
        ("upload.note.unread_columns", "note," + HEAD + "x,249,2026-01-19,3\n", "log.csv"),
        ("upload.note.compared_columns", "code," + HEAD + "249,249,2026-01-19,3\n", "log.csv"),
        ("upload.note.nameless_columns", ",kunta,viikko,käynnit\nx,249,2026-W04,3\n", "log.csv"),
        ("upload.note.one_column", '"kunta,vk,käynnit"\n"249,2026-W04,3"\n', "log.csv"),
        ("upload.note.quotes", HEAD + '"249,2026-01-19,3\n', "log.csv"),
        ("upload.note.coming_weeks", HEAD + "249,2026-01-19,3\n249,2026-06-01,\n", "log.csv"),
    ],
)
def test_what_does_not_stop_the_reading_is_remarked(code: str, content: str, name: str) -> None:
    reading = visits(content, name)
    assert (noted(reading), told(reading)) == ([code], [])
    assert reading.rows == (Visit(KEURUU, MONDAY, 3),)


def test_a_week_under_way_is_read_with_a_remark() -> None:
    reading = visits(HEAD + "249,2026-03-30,3\n249,2026-03-23,4\n")
    assert len(reading.rows) == 2
    assert noted(reading) == ["upload.note.unfinished_week"]
    assert reading.notes[0].values == {"week": dt.date(2026, 3, 30)}


def test_a_quote_that_is_closed_rows_later_swallows_none_of_them() -> None:
    content = 'kunta;viikko;käynnit\n"249;2026-W04;1\n020;2026-W04;2\nEspoo";2026-W04;3\n'
    reading = visits(content)
    assert [visit.contacts for visit in reading.rows] == [1, 2, 3]
    assert reading.notes[0].values == {"row": 2}


def test_titles_above_and_headings_repeated_below_are_passed_over() -> None:
    content = "Käynnit 2026\n\nkunta;viikko;käynnit\n249;2026-W04;1\nkunta;viikko;käynnit\n20;x;2\n"
    reading = visits(content)
    assert [visit.contacts for visit in reading.rows] == [1]
    assert told(reading) == [(6, "error.upload.not_a_week")]


def test_the_order_to_excel_about_the_separator_is_no_row() -> None:
    content = "sep=;\nkunta;viikko;käynnit\n249;2026-W04;1\n249;x;1\n"
    assert told(visits(content)) == [(3, "error.upload.not_a_week")]


def test_a_year_in_its_own_column_belongs_to_the_week() -> None:
    reading = visits("kunta;vuosi;viikko;käynnit\n249;2026;4;1\n249;2025;vk 50;2\n249;;5;3\n")
    assert [visit.week for visit in reading.rows] == [MONDAY, dt.date(2025, 12, 8)]
    assert told(reading) == [(4, "error.upload.week_without_year")]


def test_near_names_are_looked_for_only_so_often() -> None:
    rows = "".join(f"Keuruux{n},2026-01-19,3\n" for n in range(150))
    codes = [code for _, code in told(visits(HEAD + rows))]
    assert codes == 100 * ["error.unknown_municipality_near"] + 50 * ["error.unknown_municipality"]


def test_what_was_written_is_read_again() -> None:
    log = [Visit(KEURUU, MONDAY, 3, "group"), Visit("091", MONDAY, 0), Visit("005", MONDAY, 7)]
    counts = [UserCount(MONDAY, 1_900_000), UserCount(MONDAY, 40, "091", "85+")]
    assert visits(write_visits(log)) == Reading(tuple(log), (), ())
    assert users(write_users(counts)) == Reading(tuple(counts), (), ())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(("kind", "read"), [("visits", visits), ("users", users)])
def test_a_template_is_known_by_its_headings_and_its_examples_are_refused(
    kind: str, read: Callable[[bytes, str], Reading[Visit]], form: str, lang: str
) -> None:
    data = template(kind, form, lang)
    reading = read(data, f"template.{form}")
    assert told(reading) == [(2, "error.upload.example_row"), (3, "error.upload.example_row")]
    assert (reading.rows, reading.notes) == ((), ())
    assert template(kind, form, lang) == data
