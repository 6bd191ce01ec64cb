"""What a tally sheet adds up to."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from planner import tally
from planner.errors import PlannerError
from planner.records import TallyRow

MONDAY = dt.date(2026, 1, 5)
START = dt.date(2026, 1, 12)
TODAY = dt.date(2026, 2, 3)
WEEK = dt.timedelta(weeks=1)


def row(minutes: float = 30, **changes: object) -> TallyRow:
    """A contact of the library, solved in Finnish, with what is changed."""
    usual = TallyRow("Pääkirjasto", "other", minutes, "fi", "solved", day=MONDAY)
    return replace(usual, **changes)


def test_hours_count_every_minute_and_the_turned_away_are_unmet() -> None:
    rows = [
        row(30, within_other=True),
        row(60, topic="account", language="sv"),
        row(90, outcome="referred"),
        row(0, outcome="turned_away"),
        row(6, outcome="turned_away"),
    ]
    found = tally.summarise(rows)
    assert (found.weeks, found.contacts, found.turned_away) == (1, 5, 2)
    assert found.hours == pytest.approx(186 / 60)
    assert found.hours_within == pytest.approx(0.5)
    assert found.hours_messages == pytest.approx(1.0)
    assert found.median_minutes == 60
    assert found.unmet_hours == pytest.approx(2 * 60 / 60)
    assert found.by_outcome["turned_away"] == tally.Part(2, 0.1)
    assert list(found.by_topic) == ["account", "other"]
    assert found.by_language["sv"].contacts == 1


def test_two_weeks_are_halved_to_hours_a_week() -> None:
    later = MONDAY + dt.timedelta(days=9)
    found = tally.summarise([row(60), row(120, day=later), row(60, day=None)])
    assert found.weeks == 2
    assert found.hours == pytest.approx(2.0)


def test_each_point_is_divided_by_its_own_weeks() -> None:
    later = MONDAY + WEEK
    rows = [
        *(row(30, within_other=True) for _ in range(40)),
        *(row(30, point="Asiointipiste", day=later, topic="account") for _ in range(40)),
        row(0, point="Asiointipiste", day=later, outcome="turned_away"),
    ]
    found = tally.summarise(rows)
    assert found.weeks == 2
    assert found.hours == pytest.approx(40.0)
    assert (found.hours_within, found.hours_messages) == (pytest.approx(20), pytest.approx(20))
    assert found.unmet_hours == pytest.approx(0.5)


def test_a_point_is_one_however_its_name_is_written() -> None:
    found = tally.summarise([row(60), row(60, point=" pääkirjasto", day=MONDAY + WEEK)])
    assert found.hours == pytest.approx(1.0)
    assert list(found.by_point) == ["Pääkirjasto"]


def test_two_sheets_without_days_stay_two_weeks() -> None:
    sheets = [row(600, day=None, week=monday) for monday in (MONDAY, MONDAY + WEEK)]
    assert tally.summarise(sheets).hours == pytest.approx(10.0)


def test_rows_without_day_or_week_go_into_the_week_they_are_given() -> None:
    dated, of_a_week = row(), row(day=None, week=MONDAY)
    assert tally.in_week([dated, of_a_week, row(day=None)], START) == (
        dated,
        of_a_week,
        row(day=None, week=START),
    )


def test_a_baseline_leaves_out_messages_whenever_the_sheet_was_kept() -> None:
    for day in (MONDAY, START):
        found = tally.summarise([row(60, day=day), row(45, topic="scams", day=day)])
        assert (found.hours, found.baseline) == (1.75, 1.0)


@pytest.mark.parametrize(
    ("numbers", "thin"),
    [((40, 1), [1]), ((1, 40, 9, 10), [0, 2]), ((3, 1), []), ((5,) * 12, []), ((1,), []), ((), [])],
)
def test_weeks_with_few_rows_beside_the_fullest_are_named(
    numbers: tuple[int, ...], thin: list[int]
) -> None:
    rows = [
        row(day=MONDAY + at * WEEK + dt.timedelta(days=i % 5))
        for at, number in enumerate(numbers)
        for i in range(number)
    ]
    assert tally.thin_weeks(rows) == [MONDAY + at * WEEK for at in thin]


def test_rows_that_are_held_are_counted_once_each() -> None:
    assert tally.repeated([row(), row(), row(), row(5)], [row(30.0), row(), row(6)]) == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": TODAY}, None),
        ({"day": TODAY + dt.timedelta(days=1)}, "error.upload.future"),
        ({"day": dt.date(2025, 1, 12)}, None),
        ({"day": dt.date(2025, 1, 11)}, "error.tally_early"),
        ({"day": None, "week": TODAY + WEEK}, "error.upload.future"),
        ({"day": None}, None),
    ],
)
def test_days_that_can_only_be_mistyped_are_told(
    changes: dict[str, object], code: str | None
) -> None:
    period = tally.period(START, TODAY)
    if code is None:
        period.check(row(**changes))
    else:
        with pytest.raises(PlannerError) as caught:
            period.check(row(**changes))
        assert caught.value.code == code


def test_a_rollout_still_to_come_leaves_a_year_before_today() -> None:
    assert tally.period(dt.date(2030, 1, 7), TODAY).first == TODAY - dt.timedelta(days=365)


def test_where_all_were_turned_away_no_length_is_made_up() -> None:
    found = tally.summarise([row(0, outcome="turned_away")])
    assert math.isnan(found.median_minutes)
    assert found.unmet_hours == 0


def test_an_empty_sheet_is_told() -> None:
    with pytest.raises(PlannerError) as caught:
        tally.summarise([])
    assert caught.value.code == "error.tally_empty"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"point": "  "}, "error.tally_point"),
        ({"point": "x" * 81}, "error.tally_point_long"),
        ({"minutes": -1}, "error.tally_minutes"),
        ({"minutes": math.inf}, "error.tally_minutes"),
        ({"minutes": 721}, "error.tally_minutes"),
        ({"minutes": 0}, "error.tally_no_minutes"),
        ({"topic": "weather"}, "error.tally_topic_unknown"),
        ({"language": "xx"}, "error.tally_language_unknown"),
        ({"outcome": "lost"}, "error.tally_outcome_unknown"),
    ],
)
def test_a_row_that_cannot_be_counted_is_told(changes: dict[str, object], code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        tally.check(row(**changes))
    assert caught.value.code == code


def test_a_turned_away_contact_may_have_taken_no_time() -> None:
    tally.check(row(0, outcome="turned_away"))
