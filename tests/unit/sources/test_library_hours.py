"""Library units: which figure stands for the winter week, and how intervals become rows."""

from __future__ import annotations

import pytest

from planner.sources.library_hours import (
    WEEKDAYS,
    Row,
    compile_libraries,
    parse_week,
    week_hours,
    weekly_hours,
)

NO_WEEK = parse_week(None)


def unit(**changes: str) -> Row:
    """A unit staffed on Mondays 10–18, with some of its columns changed."""
    row = {
        "library_id": "7", "code": "249", "name": "Library", "lon": "24.0", "lat": "62.0",
        "staffed_hours_week": "8.0", "self_service_hours_week": "70.0",
        "staffed_hours_week_may_june_2026": "7.0", "staffed_hours_year": "400.0",
        "digital_support_tags": "Digituki | Enter ry:n opastukset", "room_tags": "",
        "has_public_computers": "yes", "catchment_people_2022": "900",
    }  # fmt: skip
    return row | week(mon="10:00-18:00") | changes


def week(**days: str) -> Row:
    return {f"staffed_{day}": days.get(day, "") for day in WEEKDAYS}


def test_intervals_are_parted_by_plus() -> None:
    parsed = parse_week(week(mon="10:00-12:00+16:00-19:30"))

    assert parsed[0] == [("10:00", "12:00"), ("16:00", "19:30")]
    assert parsed[1:] == [[]] * 6
    assert week_hours(parsed) == 5.5


@pytest.mark.parametrize(
    ("typical", "may_june", "year", "summer", "expected"),
    [
        ("8.0", "7.0", "400.0", "", ("8.0", "typical")),
        ("0.0", "7.0", "400.0", "", ("7.0", "may_june")),
        ("0.0", "0.0", "130.0", "", ("2.5", "year")),
        ("0.0", "0.0", "0.0", "", ("0.0", "none")),
        ("", "", "", "10:00-16:00", ("6.0", "summer")),
        ("", "", "", "", ("0.0", "unknown")),
    ],
)
def test_first_figure_that_says_something_stands_for_the_week(
    typical: str, may_june: str, year: str, summer: str, expected: tuple[str, str]
) -> None:
    row = unit(
        staffed_hours_week=typical,
        staffed_hours_week_may_june_2026=may_june,
        staffed_hours_year=year,
    )

    assert weekly_hours(row, parse_week(week(tue=summer))) == expected


def test_seasons_become_rows_of_one_interval_each() -> None:
    summer = {"library_id": "7"} | week(tue="09:00-11:00+12:00-14:00")

    _, hours = compile_libraries([unit()], [summer])

    assert [tuple(row.values()) for row in hours] == [
        ("7", "winter", "1", "10:00", "18:00"),
        ("7", "summer", "2", "09:00", "11:00"),
        ("7", "summer", "2", "12:00", "14:00"),
    ]


def test_unit_without_a_summer_row_has_no_staff_in_summer() -> None:
    _, hours = compile_libraries([unit()], [])

    assert [row["season"] for row in hours] == ["winter"]


def test_renovated_unit_borrows_the_summers_clock_for_winter() -> None:
    closed = unit(staffed_hours_week="0.0") | week()
    summer = {"library_id": "7"} | week(fri="10:00-17:00")

    (library,), hours = compile_libraries([closed], [summer])

    assert (library["staffed_hours_week"], library["hours_source"]) == ("7.0", "may_june")
    assert [(row["season"], row["weekday"]) for row in hours] == [("winter", "5"), ("summer", "5")]


def test_units_stand_in_the_order_of_their_numbers() -> None:
    libraries, _ = compile_libraries([unit(library_id="12"), unit(library_id="9")], [])

    assert [row["library_id"] for row in libraries] == ["9", "12"]
    assert libraries[0]["support_tags"] == "Digituki|Enter ry:n opastukset"
