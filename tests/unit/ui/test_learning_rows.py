"""Words and rows about logs: names of files, rows left out, points on charts."""

from __future__ import annotations

import datetime as dt

import pytest

from planner.errors import PlannerError
from planner.records import Visit
from planner.texts import LANGUAGES, catalogue
from planner.ui import learning_points, learning_rows
from planner.ui.format import formats
from planner.ui.shelf import VisitLog
from planner.uploads import Problem

MONDAY = dt.date(2026, 1, 19)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_simulated_file_says_so_in_its_name_and_is_known_by_it(lang: str) -> None:
    texts = catalogue(lang)
    name = learning_rows.file_name("learning.visits.file", True, texts)
    assert name.startswith(texts("learning.simulated.file"))
    assert learning_rows.is_simulated(name)
    assert not learning_rows.is_simulated(
        learning_rows.file_name("learning.visits.file", False, texts)
    )


def test_rows_with_several_mistakes_are_left_out_once() -> None:
    error = PlannerError("error.number", value="x")
    mistakes = [Problem(row, error) for row in (7, 4, 7, None)]
    assert learning_rows.left_out(mistakes) == [4, 7]
    assert learning_rows.row_numbers([4, 7]) == "4, 7"
    assert learning_rows.row_numbers(range(2, 20)).endswith("13 …")


def test_the_button_says_how_many_rows_are_left_out() -> None:
    texts = catalogue("fi")
    assert learning_rows.confirm_label(296, 4, texts) == "Ota 296 riviä käyttöön; 4 riviä jää pois"
    assert learning_rows.confirm_label(1, 0, texts) == "Ota 1 rivi käyttöön"


def test_what_is_in_use_names_rows_places_and_weeks() -> None:
    log = VisitLog("loki.csv", (Visit("249", MONDAY, 4), Visit("091", MONDAY, 1)), left_out=1)
    said = learning_rows.in_use(log, catalogue("en"), formats("en"))
    assert "loki.csv: 2 rows (2 municipalities, 5 visits, week 4/2026" in said
    assert said.endswith("One row of the file was left out.")


def test_points_say_whether_they_are_simulated_and_learned_from() -> None:
    points = [(MONDAY, 5), (MONDAY + dt.timedelta(days=7), 6)]
    until = MONDAY + dt.timedelta(days=7)
    texts, fmt = catalogue("fi"), formats("fi")
    real = learning_points.actual(points, texts, fmt, until=until)
    assert list(real["fill"]) == [learning_points.POINT, "white"]
    assert set(real["shape"]) == {"circle"}
    assert real["spoken"][0] == "5 käyntiä"
    simulated = learning_points.actual(points, texts, fmt, simulated=True)
    assert set(simulated["shape"]) == {"diamond"}
    assert all("simuloitu" in said for said in simulated["spoken"])
    assert list(learning_points.actual([], texts, fmt).columns) == list(learning_points.ACTUAL)
