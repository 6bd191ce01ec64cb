"""The horizon's calendar, 53-week years and 29 February included."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.model.weeks import days_by_month, horizon, monday, summer_weeks

DATE = dt.date


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (DATE(2026, 1, 12), DATE(2026, 1, 12)),
        (DATE(2026, 1, 18), DATE(2026, 1, 12)),
        (DATE(2027, 1, 3), DATE(2026, 12, 28)),  # the Sunday of week 53
        (DATE(2028, 2, 29), DATE(2028, 2, 28)),
    ],
)
def test_monday_of_a_day(day: dt.date, expected: dt.date) -> None:
    assert monday(day) == expected


def test_horizon_of_the_original_plan() -> None:
    span = horizon(DATE(2026, 1, 12), DATE(2026, 12, 31))

    assert span.first == DATE(2025, 11, 17)
    assert span.start_index == 8
    assert span.day(span.target_index) == DATE(2026, 12, 28)  # week 53 of 2026
    assert span.target_index == 58
    assert span.day(span.count - 1) == DATE(2027, 6, 28)  # 26 weeks later
    assert (span.count, span.computed) == (85, 87)


def test_mondays_are_the_weeks_shown() -> None:
    span = horizon(DATE(2026, 12, 30), DATE(2027, 1, 4))

    mondays = span.mondays()

    assert len(mondays) == span.count == 8 + 2 + 26
    assert mondays[8:10] == [DATE(2026, 12, 28), DATE(2027, 1, 4)]
    assert {day.weekday() for day in mondays} == {0}
    assert [span.index(day) for day in mondays] == list(range(span.count))


def test_start_and_target_may_share_a_week_or_a_day() -> None:
    for start in (DATE(2026, 1, 12), DATE(2026, 1, 18)):
        span = horizon(start, DATE(2026, 1, 18))

        assert span.start_index == span.target_index == 8
        assert span.count == 8 + 1 + 26


@pytest.mark.parametrize(
    ("others", "last"),
    [
        ((), DATE(2026, 6, 29)),  # 26 weeks after the target's week
        ((None, DATE(2025, 1, 1)), DATE(2026, 6, 29)),  # earlier dates change nothing
        ((DATE(2026, 3, 1), None), DATE(2026, 8, 24)),  # a Sunday: its week begins 23 February
        ((DATE(2026, 3, 1), DATE(2026, 3, 2)), DATE(2026, 8, 31)),
    ],
)
def test_horizon_reaches_26_weeks_beyond_the_latest_date(
    others: tuple[dt.date | None, ...], last: dt.date
) -> None:
    span = horizon(DATE(2025, 10, 1), DATE(2025, 12, 31), *others)

    assert span.day(span.count - 1) == last


def test_view_is_everything_or_begins_in_the_week_of_a_date() -> None:
    span = horizon(DATE(2026, 1, 12), DATE(2026, 12, 31))

    assert span.view(None) == slice(0, 85)
    assert span.view(DATE(2026, 1, 18)) == slice(8, 85)
    assert span.view(DATE(2025, 11, 17)) == slice(0, 85)
    assert span.view(DATE(2020, 1, 1)) == slice(0, 85)
    assert span.view(DATE(2027, 7, 4)) == slice(84, 85)  # the last Sunday
    assert span.view(DATE(2030, 1, 1)) == slice(84, 85)


def test_days_by_month_cut_weeks_at_month_ends() -> None:
    span = horizon(DATE(2028, 2, 29), DATE(2028, 3, 1))

    days = days_by_month(span)

    assert days.shape == (span.computed, 12)
    np.testing.assert_array_equal(days.sum(axis=1), 7)
    week = days[span.start_index]  # 28 and 29 February, then five days of March
    assert (week[1], week[2], week.sum()) == (2, 5, 7)


def test_days_since_a_date_leave_the_earlier_ones_out() -> None:
    sunday = DATE(2027, 1, 3)
    span = horizon(sunday, sunday)

    days = days_by_month(span, since=sunday)

    assert not days[: span.start_index].any()
    np.testing.assert_array_equal(np.flatnonzero(days[span.start_index]), [0])
    assert days[span.start_index].sum() == 1
    np.testing.assert_array_equal(days[span.start_index + 1 :].sum(axis=1), 7)


def test_whole_years_have_their_days() -> None:
    span = horizon(DATE(2028, 1, 3), DATE(2028, 12, 31))

    days = days_by_month(span)[span.start_index : span.target_index + 1].sum(axis=0)

    # 3 January – 31 December 2028, a leap year
    np.testing.assert_array_equal(days, [29, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (2026, DATE(2026, 6, 8), DATE(2026, 8, 3)),
        (2027, DATE(2027, 6, 7), DATE(2027, 8, 2)),
        (2028, DATE(2028, 6, 5), DATE(2028, 7, 31)),
    ],
)
def test_summer_weeks_lie_between_8_june_and_9_august(
    year: int, first: dt.date, last: dt.date
) -> None:
    span = horizon(DATE(year, 1, 10), DATE(year, 10, 1))

    summer = summer_weeks(span)

    weeks = [
        span.day(int(week)) for week in np.flatnonzero(summer) if span.day(int(week)).year == year
    ]
    assert summer.size == span.computed
    assert (weeks[0], weeks[-1]) == (first, last)
    assert len(weeks) == (last - first).days // 7 + 1
