"""A tally's rows as a file and back, and what is said of rows that can't be counted."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import PlannerError
from planner.records import OUTCOMES, TallyRow
from planner.tally import TALLY_LANGUAGES, TALLY_TOPICS, read_tally, write_tally

HEAD = "point;topic;minutes;language;outcome;within_other;day\n"


def test_a_file_gives_back_the_rows_it_was_made_of() -> None:
    rows = tuple(
        TallyRow(f"Kirjasto; {i}", topic, i + 0.5, TALLY_LANGUAGES[i % 4], OUTCOMES[i % 3], i > 4)
        for i, topic in enumerate(TALLY_TOPICS)
    )
    dated = TallyRow("=1+1", "other", 15, "sv", "solved", day=dt.date(2026, 1, 6))
    found = read_tally(write_tally((*rows, dated)), "tally.csv")
    assert found.problems == ()
    assert found.rows == (*rows, dated)
    assert b"'=1+1" in write_tally([dated])


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Kirjasto;2;15;;solved;;", TallyRow("Kirjasto", "account", 15, "fi", "solved")),
        (
            "Kirjasto;9;7,5;ruotsi;Ratkesi;x;6.1.2026",
            TallyRow("Kirjasto", "other", 7.5, "sv", "solved", True, dt.date(2026, 1, 6)),
        ),
        (
            "Bibliotek;scams;;annat;Blev utan hjälp;nej;",
            TallyRow("Bibliotek", "scams", 0, "other", "turned_away"),
        ),
    ],
)
def test_people_may_write_numbers_of_the_sheet_and_words(line: str, row: TallyRow) -> None:
    found = read_tally((HEAD + line).encode(), "tally.csv")
    assert (found.rows, found.problems) == ((row,), ())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";other;15;fi;solved;0;", "error.tally_point"),
        ("Kirjasto;10;15;fi;solved;0;", "error.tally_code"),
        ("Kirjasto;other;;fi;solved;0;", "error.tally_no_minutes"),
        ("Kirjasto;other;vartti;fi;solved;0;", "error.tally_minutes_number"),
        ("Kirjasto;other;9999;fi;solved;0;", "error.tally_minutes"),
        ("Kirjasto;other;15;fi;maybe;0;", "error.tally_code"),
        ("Kirjasto;other;15;fi;solved;perhaps;", "error.tally_code"),
        ("Kirjasto;other;15;fi;solved;0;huomenna", "error.upload.not_a_date"),
    ],
)
def test_a_row_that_cannot_be_counted_is_named_and_the_others_stay(line: str, code: str) -> None:
    good = "Kirjasto;other;15;fi;solved;0;\n"
    found = read_tally((HEAD + good + line + "\n" + good).encode(), "tally.csv")
    assert len(found.rows) == 2
    assert [(problem.row, problem.error.code) for problem in found.problems] == [(3, code)]


def test_another_file_is_told_which_columns_it_lacks() -> None:
    with pytest.raises(PlannerError) as caught:
        read_tally(b"kunta;viikko\nKeuruu;4\n", "log.csv")
    assert caught.value.code == "error.tally_columns"
