"""The demonstration's log: plausible, seeded, within the weeks that have ended."""

from __future__ import annotations

import datetime as dt

import pytest

from planner import learned
from planner.records import Visit
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
SCENARIO = default_scenario(ENGINE.assumptions)
WEEK = dt.timedelta(weeks=1)


def rows(today: dt.date, **changes: object) -> list[Visit]:
    return learned.demonstration(ENGINE, SCENARIO, today, **changes)  # type: ignore[arg-type]


def weeks(found: list[Visit]) -> list[dt.date]:
    return sorted({row.week for row in found})


def test_the_first_twelve_weeks_of_all_municipalities() -> None:
    found = rows(dt.date(2026, 11, 24))

    assert weeks(found) == [SCENARIO.start + number * WEEK for number in range(12)]
    assert {row.municipality for row in found} == set(ENGINE.snapshot.codes)
    assert 0.9 < len(found) / (12 * 308) < 1
    assert len({(row.municipality, row.week) for row in found}) == len(found)
    assert all(row.contacts >= 0 for row in found)


def test_only_weeks_that_have_ended() -> None:
    today = SCENARIO.start + 5 * WEEK + dt.timedelta(days=3)

    assert weeks(rows(today))[-1] == SCENARIO.start + 4 * WEEK


def test_before_the_start_the_weeks_of_asking_beforehand() -> None:
    assert weeks(rows(SCENARIO.start))[-1] == SCENARIO.start - WEEK


def test_before_any_week_the_ones_to_come() -> None:
    assert weeks(rows(dt.date(2025, 6, 1)))[0] == SCENARIO.start


def test_a_handful_of_places_and_another_seed() -> None:
    today = dt.date(2026, 5, 1)

    few = rows(today, places=[0, 5])

    assert {row.municipality for row in few} == {ENGINE.snapshot.codes[at] for at in (0, 5)}
    assert rows(today, places=[0, 5]) == few
    assert rows(today, places=[0, 5], seed=3) != few


@pytest.mark.parametrize("today", [dt.date(2026, 3, 2), dt.date(2026, 11, 24)])
def test_it_can_be_learned_from(today: dt.date) -> None:
    found = rows(today)

    lesson = learned.learn(ENGINE, SCENARIO, today, found, [], today, 100)

    assert lesson.learned is not None
    assert len(lesson.places) == 308
