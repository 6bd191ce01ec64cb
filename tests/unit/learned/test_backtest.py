"""Backtests: each origin knows only the weeks before it, and every method is judged alike."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pandas as pd
import pytest

from planner import learned
from planner.learned.backtest import COLUMNS, METHODS, MOST_ORIGINS, origins, scores
from planner.learned.series import Cells
from planner.records import UserCount, Visit
from planner.scenario import default_scenario
from tests import worlds

ENGINE = worlds.engine()
SCENARIO = default_scenario(ENGINE.assumptions)
TODAY = dt.date(2026, 5, 1)
DRAWS = 100
WEEK = dt.timedelta(weeks=1)


@cache
def log() -> tuple[Visit, ...]:
    return tuple(learned.demonstration(ENGINE, SCENARIO, TODAY, places=range(0, 308, 6)))


@cache
def frame() -> pd.DataFrame:
    return learned.backtest(ENGINE, SCENARIO, TODAY, log(), draws=DRAWS)


def test_a_row_for_each_origin_horizon_and_method() -> None:
    found = frame()

    assert list(found.columns) == list(COLUMNS)
    assert found["origin"].min() == (SCENARIO.start + 4 * WEEK).isoformat()
    assert set(found["method"]) == set(METHODS)
    assert found["horizon"].between(1, 8).all()
    # twelve weeks: origins in weeks 4 to 11, with eight weeks ahead and fewer and fewer
    assert len(found) == 3 * sum(range(1, 9))
    counted = found.groupby(["origin", "horizon"])["n"].nunique()
    assert (counted == 1).all()


def test_scores_stay_within_their_bounds() -> None:
    found = frame()

    assert found["coverage"].between(0, 1).all()
    assert (found[["wape", "pinball"]] >= 0).all(axis=None)


def test_a_week_to_come_does_not_change_an_earlier_origin() -> None:
    cut = SCENARIO.start + 6 * WEEK
    changed = tuple(
        Visit(row.municipality, row.week, 7 * row.contacts) if row.week >= cut else row
        for row in log()
    )

    other = learned.backtest(ENGINE, SCENARIO, TODAY, changed, draws=DRAWS)

    early = frame()["origin"] == (cut - WEEK).isoformat()
    first = frame()[early & (frame()["horizon"] == 1)]
    again = other[(other["origin"] == (cut - WEEK).isoformat()) & (other["horizon"] == 1)]
    pd.testing.assert_frame_equal(first, again)


def test_rows_after_the_day_do_not_count() -> None:
    day = SCENARIO.start + 7 * WEEK

    found = learned.backtest(ENGINE, SCENARIO, TODAY, log(), as_of=day, draws=DRAWS)

    ends = pd.to_datetime(found["origin"]) + pd.to_timedelta(7 * found["horizon"], unit="D")
    assert ends.max() == pd.Timestamp(day)


@pytest.mark.parametrize("weeks", [0, 1, 4])
def test_too_short_a_log_gives_an_empty_frame(weeks: int) -> None:
    short = [row for row in log() if row.week < SCENARIO.start + weeks * WEEK]

    found = learned.backtest(ENGINE, SCENARIO, TODAY, short, draws=DRAWS)

    assert found.empty
    assert list(found.columns) == list(COLUMNS)


def test_repeating_four_weeks_repeats_their_mean() -> None:
    rows = [Visit("091", SCENARIO.start + week * WEEK, n) for week, n in enumerate((8, 2, 4, 6, 9))]

    found = learned.backtest(ENGINE, SCENARIO, TODAY, rows, draws=DRAWS).set_index("method")

    assert found.loc["repeat4", "wape"] == pytest.approx(4 / 9)
    assert found.loc["repeat4", "contacts"] == 9


def test_a_count_of_users_on_the_origins_day_is_not_known_yet() -> None:
    origin = SCENARIO.start + 5 * WEEK
    rows = [row for row in log() if row.week <= origin]

    def scores(day: dt.date | None) -> pd.DataFrame:
        counts = () if day is None else (UserCount(day, 2_700_000),)
        found = learned.backtest(ENGINE, SCENARIO, TODAY, rows, counts, draws=DRAWS)
        return found[(found["origin"] == origin.isoformat()) & (found["method"] == "update")]

    pd.testing.assert_frame_equal(scores(origin), scores(None))
    assert not scores(origin - dt.timedelta(days=1)).equals(scores(None))


def test_a_log_of_zeros_has_scores_without_wape() -> None:
    rows = [Visit("249", SCENARIO.start + week * WEEK, 0) for week in range(8)]

    found = learned.backtest(ENGINE, SCENARIO, TODAY, rows, draws=DRAWS)

    assert (found["contacts"] == 0).all()
    assert found["wape"].isna().all()
    assert found[["pinball", "coverage"]].notna().all(axis=None)


def test_a_long_log_is_tried_at_a_dozen_origins() -> None:
    weeks = np.arange(8, 60)

    found = origins(Cells(np.ones((1, 52)), np.zeros(1, dtype=np.intp), weeks))

    assert len(found) == MOST_ORIGINS
    assert (found[0], found[-1]) == (12, 59)
    assert np.ptp(np.diff(found)) <= 1


def test_scores_are_what_they_say() -> None:
    actual, point = np.array([10.0, 0.0, 5.0]), np.array([8.0, 1.0, 5.0])
    quantiles = np.array([[9.0, 0.0, 6.0], [8.0, 1.0, 5.0], [11.0, 2.0, 7.0]])

    found = scores(actual, point, quantiles)

    assert found["wape"] == pytest.approx(3 / 15)
    assert found["coverage"] == pytest.approx(2 / 3)
    lower, upper = np.array([0.1, 0.0, 0.9]), np.array([0.1, 0.2, 0.2])
    middle = np.array([1.0, 0.5, 0.0])
    assert found["pinball"] == pytest.approx((lower + middle + upper).sum() / 9)


def test_where_nobody_came_there_is_no_wape() -> None:
    nobody = np.zeros(2)

    assert np.isnan(scores(nobody, nobody, np.zeros((3, 2)))["wape"])
