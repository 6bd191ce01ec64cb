"""When a session may be held."""

from __future__ import annotations

import datetime as dt

from planner.plans.sessions.windows import (
    Busy,
    Timetable,
    blocks_of,
    fitting,
    is_summer,
    longest,
    windows,
    without,
)

WINTER = (((600, 1080),), (), (), (), (), (), ())
SUMMER = (((720, 900),), (), (), (), (), (), ())
MONDAY = dt.date(2026, 6, 1)


def test_the_season_of_the_date_counts() -> None:
    days = [MONDAY + dt.timedelta(days=day) for day in range(8)]

    found = windows("a", Timetable(WINTER, SUMMER), days)

    assert found[0] == ((600, 1080),)
    assert found[7] == ((720, 900),)  # 8 June
    assert found[1:7] == ((),) * 6
    assert is_summer(dt.date(2027, 6, 8))
    assert not is_summer(dt.date(2027, 8, 10))


def test_closures_and_busy_times_are_taken_out() -> None:
    days = [MONDAY, MONDAY + dt.timedelta(days=7)]
    busy = (Busy(MONDAY, 660, 720), Busy(MONDAY, 600, 1080, venue="other"))

    found = windows("a", Timetable(WINTER, SUMMER), days, closed={days[1]}, busy=busy)

    assert found == (((600, 660), (720, 1080)), ())


def test_taking_out_at_the_edges() -> None:
    assert without(((600, 700),), 500, 650) == ((650, 700),)
    assert without(((600, 700),), 650, 800) == ((600, 650),)
    assert without(((600, 700),), 500, 800) == ()
    assert without(((600, 700),), 700, 800) == ((600, 700),)


def test_lengths() -> None:
    assert longest(()) == 0
    assert longest(((600, 700), (720, 900))) == 180
    assert fitting(((600, 700), (720, 961)), 120) == 2


def test_blocks_end_at_a_change_of_timetable() -> None:
    mondays = [dt.date(2026, 5, 25) + dt.timedelta(weeks=week) for week in range(12)]

    assert blocks_of(mondays) == (0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4)
