"""Files of venues: what is read, what is refused with its row and column, and the way back."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from planner.errors import PlannerError
from planner.sessions import KINDS, Venue
from planner.sessions import venue_cells as cells
from planner.sessions.venue_files import (
    SORTS,
    read_venues,
    venue_reading,
    venue_template,
    write_venues,
)
from planner.sessions.venue_words import COLUMNS, word
from planner.snapshot import DATA_FOLDER, load_snapshot
from planner.texts import LANGUAGES, catalogue

SNAPSHOT = load_snapshot(DATA_FOLDER)
HEAD = "id;municipality;name;sort;lat;lon;room;second person;kinds;monday;friday;summer monday\n"
HALL = "hall;249;Hall;town hall;62.25;24.71;yes;no;group, info;9-12, 13-16;9.30–15;\n"


def read(text: str | bytes, name: str = "venues.csv") -> tuple[Venue, ...]:
    return read_venues(name, text.encode() if isinstance(text, str) else text, SNAPSHOT)


def fault(text: str | bytes) -> PlannerError:
    """The fault of a file, which can be said in every language."""
    with pytest.raises(PlannerError) as caught:
        read(text)
    for lang in LANGUAGES:
        assert "{" not in catalogue(lang).error(caught.value)
    return caught.value


def test_a_venue_with_everything() -> None:
    (hall,) = read(HEAD + HALL)

    assert (hall.id, hall.municipality, hall.name, hall.sort) == (
        "hall",
        "249",
        "Hall",
        "town_hall",
    )
    assert (hall.lat, hall.lon) == (62.25, 24.71)
    assert hall.timetable.winter[0] == ((540, 720), (780, 960))
    assert hall.timetable.winter[4] == ((570, 900),)
    assert hall.timetable.winter[1] == ()
    assert hall.timetable.summer == hall.timetable.winter
    assert hall.hours == 6 + 5.5
    assert (hall.roomy, hall.single_staffed, hall.kinds) == (True, False, ("group", "info"))


def test_hours_of_the_summer_stand_alone_where_any_are_told() -> None:
    (hall,) = read(HEAD + HALL.replace("15;\n", "15;10-14\n"))

    assert hall.timetable.summer == (((600, 840),), *((),) * 6)
    assert hall.timetable.winter[0] == ((540, 720), (780, 960))


def test_finnish_and_swedish_words_semicolons_and_decimal_commas() -> None:
    finnish = (
        "Kunta;Nimi;Laji;Osoite;Leveysaste;Pituusaste;Tila ryhmälle;Toinen ohjaaja;ke;kesä ke\n"
        "Keuruu;Öhman;palvelutalo;Torikuja 1;62,25;24,71;ei;kyllä;klo 9–klo 12;suljettu\n"
    )
    swedish = "kommun,namn,slag,latitud,longitud,rum,ons\nEkenäs,x,torg,,,nej,9-12\n"

    (home,) = read(finnish.encode("cp1252"))

    assert (home.name, home.sort, home.municipality) == ("Öhman, Torikuja 1", "service_home", "249")
    assert (home.lat, home.roomy, home.single_staffed) == (62.25, False, True)
    assert home.kinds == ("visit",)
    assert home.timetable.winter[2] == ((540, 720),)
    assert home.timetable.summer == ((),) * 7
    assert home.id == "249-ohman"
    assert fault(swedish).code == "error.venue_municipality"
    (market,) = read(swedish.replace("Ekenäs", "Raseborg"))
    assert (market.sort, market.municipality) == ("market", "710")


def test_without_a_point_the_municipality_s_is_taken_and_told() -> None:
    reading = venue_reading("v.csv", (HEAD + HALL.replace("62.25;24.71", ";")).encode(), SNAPSHOT)

    place = SNAPSHOT.municipalities[SNAPSHOT.index("249")]
    assert (reading.rows[0].lon, reading.rows[0].lat) == (place.lon, place.lat)
    assert [note.code for note in reading.notes] == ["venues.note.no_point"]
    assert reading.notes[0].values["rows"] == ["2"]


def test_a_small_branch_has_one_person_at_a_time_unless_the_file_says_otherwise() -> None:
    branch = HALL.replace("town hall", "library").replace(";no;group, info;", ";;;")

    (single,) = read(HEAD + branch)
    (two,) = read(HEAD + branch.replace(";yes;;;", ";yes;no;;"))
    (hall,) = read(HEAD + HALL.replace(";no;", ";;"))

    assert (single.single_staffed, two.single_staffed, hall.single_staffed) == (True, False, False)
    assert single.kinds == ("clinic", "booked", "group", "info")


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        (";Hall;", ";;", "error.venue_empty", "name"),
        (";249;", ";Atlantis;", "error.venue_municipality", "municipality"),
        ("town hall", "castle", "error.venue_sort", "sort"),
        ("group, info", "group, ball", "error.venue_kind", "kinds"),
        (";yes;", ";perhaps;", "error.venue_answer", "room"),
        (";no;", ";2;", "error.venue_answer", "second person"),
        ("62.25", "north", "error.venue_number", "lat"),
        ("62.25;24.71", "24.71;62.25", "error.venue_point_turned", "lat"),
        ("62.25", "12", "error.venue_point", "lat"),
        ("24.71", "", "error.venue_point_half", "lon"),
        ("9.30–15", "9", "error.venue_hours", "friday"),
        ("9.30–15", "15-9", "error.venue_hours", "friday"),
        ("9.30–15", "9-25", "error.venue_hours", "friday"),
        ("9.30–15", "9.75-15", "error.venue_hours", "friday"),
        ("9.30–15", "9-12, 11-15", "error.venue_hours", "friday"),
        ("9.30–15", "2026-09-12", "error.venue_hours", "friday"),
        ("9-12, 13-16;9.30–15", ";", "error.venue_no_hours", "monday"),
        ("hall;", "the hall;", "error.venue_id", "id"),
        ("hall;", "x" * 41 + ";", "error.venue_id", "id"),
        ("hall;", "85126;", "error.venue_id_taken", "id"),
        ("hall;", "249-visits;", "error.venue_id_taken", "id"),
    ],
)
def test_a_fault_names_its_row_and_column(old: str, new: str, code: str, column: str) -> None:
    error = fault(HEAD + "other;249;Other;;;;;;;9-12;;\n" + HALL.replace(old, new, 1))

    assert (error.code, error.values["row"], error.values["column"]) == (code, 3, column)


def test_two_venues_of_one_id_or_of_one_name_without_ids() -> None:
    twice = fault(HEAD + HALL + HALL)
    alike = fault(HEAD + (HALL.replace("hall;", ";", 1) * 2))

    assert (twice.code, twice.values["row"], twice.values["first"]) == (
        "error.venue_id_twice",
        3,
        2,
    )
    assert alike.code == "error.venue_id_twice"


def test_a_name_that_gives_no_id_needs_one() -> None:
    assert fault(HEAD + HALL.replace("hall;249;Hall", ";249;—!—")).code == "error.venue_no_id"


def test_all_faults_are_told_in_the_order_of_their_rows() -> None:
    text = (
        HEAD + HALL.replace("62.25", "x").replace("town hall", "castle") + HALL.replace("249", "")
    )

    reading = venue_reading("v.csv", text.encode(), SNAPSHOT)

    assert [problem.row for problem in reading.problems] == [2, 2, 3]
    assert reading.rows == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "error.upload.empty"),
        (b"%PDF-1.7", "error.upload.pdf"),
        (b"a;b\n1;2\n", "error.venues_columns"),
        (HEAD.encode(), "error.upload.no_rows"),
        ((HEAD + HALL * 201).encode(), "error.venues_many"),
    ],
)
def test_what_is_no_table_of_venues(content: bytes, code: str) -> None:
    assert fault(content).code == code


def test_hours_that_a_spreadsheet_made_a_date_are_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["municipality", "name", "monday"])
    sheet.append(["249", "Hall", dt.date(2026, 12, 9)])
    saved = io.BytesIO()
    book.save(saved)

    error = fault(saved.getvalue())

    assert (error.code, error.values["row"]) == ("error.venue_hours_date", 2)
    assert error.values["column"] == "monday"


def test_a_formula_without_a_value_is_told() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["municipality", "name", "lat", "lon", "monday"])
    sheet.append(["249", "Hall", "=1+61", 24.7, "9-12"])
    saved = io.BytesIO()
    book.save(saved)

    error = fault(saved.getvalue())

    assert (error.code, error.values["column"]) == ("error.venue_formula", "lat")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_written_reads_back_the_same(form: str) -> None:
    text = (
        HEAD
        + HALL.replace("Hall;", "=Hall;").replace("15;\n", "15;closed\n")
        + "sh;Raseborg;Åbo & Co;service home;;;no;yes;;9-24;;\n"
    )
    venues = read(text)

    content = write_venues(venues, form)  # type: ignore[arg-type]

    assert read(content, f"venues.{form}") == venues
    assert venues[1].timetable.winter[0] == ((540, 1439),)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_template_is_read_once_its_examples_are_replaced(lang: str) -> None:
    text = venue_template(lang)
    mark = {"fi": " (esimerkki)", "sv": " (exempel)", "en": " (example)"}[lang]

    (hall, home) = read(text.replace(mark, ""))

    assert fault(text).code == "error.venue_row"
    assert (hall.sort, home.sort) == ("town_hall", "service_home")
    assert hall.timetable.winter[3] == ((540, 720), (780, 960))
    assert hall.kinds == ("clinic", "group")
    assert home.kinds == ("visit",)
    assert len(text.splitlines()[0].split(";")) == len(COLUMNS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sort_and_kind_is_read_by_its_code_and_its_word(lang: str) -> None:
    for sort in SORTS:
        for said in (sort, word("sort", sort, lang)):
            (venue,) = read(f"municipality;name;sort;monday\n249;x;{said};9-12\n")
            assert venue.sort == sort
    for kind in KINDS:
        for said in (kind, word("kind", kind, lang)):
            (venue,) = read(f"municipality;name;kinds;monday\n249;x;{said};9-12\n")
            assert venue.kinds == (kind,)


def test_a_branch_that_is_closed_all_week_is_a_venue_without_hours() -> None:
    (branch,) = read("municipality;name;sort;monday\n249;x;library;closed\n")

    assert (branch.hours, branch.timetable.winter) == (0, ((),) * 7)
    assert not branch.single_staffed


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("Talo", "Talo"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str, shown: str) -> None:
    assert cells.guarded(text) == shown
    assert cells.guarded("") == ""
    assert cells.text_of(shown) == text
