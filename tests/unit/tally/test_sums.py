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


def test_a_baseline_leaves_out_messages_once_the_rollout_has_begun() -> None:
    found = tally.summarise([row(60), row(45, topic="scams")])
    assert found.baseline(before_start=True) == 1.75
    assert found.baseline(before_start=False) == 1.0


@pytest.mark.parametrize(
    ("days", "monday", "before"),
    [
        ([MONDAY], START, True),
        ([MONDAY, START], MONDAY, False),
        ([None], MONDAY, True),
        ([None], START, False),
        ([MONDAY, None], START, False),
    ],
)
def test_a_sheet_is_from_before_the_rollout_only_if_all_its_days_are(
    days: list[dt.date | None], monday: dt.date, before: bool
) -> None:
    rows = [row(day=day) for day in days]
    assert tally.before_start(rows, monday, START) is before


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
        ({"topic": "weather"}, "error.tally_code"),
        ({"language": "xx"}, "error.tally_code"),
        ({"outcome": "lost"}, "error.tally_code"),
    ],
)
def test_a_row_that_cannot_be_counted_is_told(changes: dict[str, object], code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        tally.check(row(**changes))
    assert caught.value.code == code


def test_a_turned_away_contact_may_have_taken_no_time() -> None:
    tally.check(row(0, outcome="turned_away"))
