"""Hours short, waiting and verdicts by hand-worked weeks."""

from __future__ import annotations

import numpy as np

from planner.model.gap import (
    READY,
    SHORT,
    TIGHT,
    gap,
    required_hours,
    short_hours,
    verdict,
    waiting,
)


def weeks(*values: float) -> np.ndarray:
    """One draw, one municipality."""
    return np.array(values, dtype=float)[None, None]


def one(value: float) -> np.ndarray:
    return np.array([[value]])


def test_short_hours_divide_only_the_desks_part_by_utilisation() -> None:
    rollout, desk = weeks(6, 6, 6), weeks(4, 0, 6)

    short = short_hours(rollout, desk, weeks(10, 10, 10), weeks(5, 5, 5), one(0.8))

    # 5 + 2 + 4/0.8 − 10; 5 + 6 − 10; 5 + 6/0.8 − 10
    np.testing.assert_allclose(short, weeks(2, 1, 2.5))


def test_required_hours_are_baseline_and_rollout_with_the_desks_margin() -> None:
    needed = required_hours(weeks(6), weeks(4), weeks(5), one(0.8))

    np.testing.assert_allclose(needed, weeks(12))


def test_short_hours_are_never_below_zero_nor_a_rounding_error() -> None:
    short = short_hours(weeks(1, 2 + 1e-12), weeks(0, 0), weeks(10, 4), weeks(2, 2), one(1.0))

    np.testing.assert_array_equal(short, weeks(0, 0))


def test_backlog_waits_gives_up_and_is_served() -> None:
    rollout = weeks(10, 0, 0, 0, 0)  # two more weeks than are reported
    capacity, baseline = weeks(5, 5, 5, 5, 5), weeks(3, 3, 3, 3, 3)

    left, gave_up, copes = waiting(rollout, capacity, baseline, one(0.5))

    # spare 2: 8 left of 10, half stays; 4 − 2 = 2, half stays; 1 − 2 < 0
    np.testing.assert_allclose(left, weeks(4, 1, 0))
    np.testing.assert_allclose(gave_up, weeks(4, 1, 0))
    # 8 don't fit into the spare 4 hours of the next two weeks, 2 do
    np.testing.assert_array_equal(copes, [[[False, True, True]]])


def test_backlog_exactly_as_large_as_two_weeks_spare_copes() -> None:
    _, _, copes = waiting(weeks(6, 0, 0), weeks(2, 2, 2), weeks(0, 0, 0), one(1.0))
    _, _, fails = waiting(weeks(6.01, 0, 0), weeks(2, 2, 2), weeks(0, 0, 0), one(1.0))

    assert copes.all()
    assert not fails.any()


def test_the_last_weeks_waiting_is_judged_by_the_weeks_beyond_the_horizon() -> None:
    rollout, baseline = weeks(0, 6, 0, 0), weeks(0, 0, 0, 0)

    _, _, served_later = waiting(rollout, weeks(2, 2, 2, 2), baseline, one(0.7))
    _, _, funding_ended = waiting(rollout, weeks(2, 2, 0, 0), baseline, one(0.7))

    np.testing.assert_array_equal(served_later, [[[True, True]]])
    np.testing.assert_array_equal(funding_ended, [[[True, False]]])


def test_capacity_below_the_baseline_spares_nothing() -> None:
    left, gave_up, copes = waiting(weeks(1, 1, 0, 0), weeks(2, 2, 2, 2), weeks(9, 9, 9, 9), one(1))

    np.testing.assert_allclose(left, weeks(1, 2))
    np.testing.assert_array_equal(gave_up, weeks(0, 0))
    assert not copes.any()


def test_draws_have_their_own_stay_and_municipalities_their_own_queue() -> None:
    rollout = np.array([[[8.0, 0, 0], [4.0, 0, 0]], [[8.0, 0, 0], [0.0, 0, 0]]])

    left, gave_up, _ = waiting(
        rollout, np.zeros((1, 2, 3)), np.zeros((1, 2, 3)), np.array([[0.25], [1.0]])
    )

    np.testing.assert_allclose(left[..., 0], [[2, 1], [8, 0]])
    np.testing.assert_allclose(gave_up[..., 0], [[6, 3], [0, 0]])


def test_gap_leaves_the_two_weeks_beyond_the_horizon_out() -> None:
    five = weeks(3, 3, 3, 3, 3)

    result = gap(five, five, weeks(2, 2, 2, 2, 2), weeks(1, 1, 1, 1, 1), one(0.75), one(0.5))

    assert result.short_hours.shape == (1, 1, 3)
    assert result.waiting_hours.shape == result.gave_up_hours.shape == result.copes.shape
    np.testing.assert_allclose(result.short_hours, 3.0)  # 1 + 3/0.75 − 2
    np.testing.assert_allclose(result.waiting_hours, weeks(1, 1.5, 1.75))


def test_verdict_by_the_worst_week() -> None:
    p_copes = np.array([[1.0, 0.8], [1.0, 0.79], [0.0, 1.0], [0.8, 0.8]])
    short = np.array([[9.0, 9.0], [0.0, 2.0], [0.0, 2.1], [0.0, 99.0]])
    absorbable = np.full((4, 2), 2.0)

    np.testing.assert_array_equal(verdict(p_copes, short, absorbable), [READY, TIGHT, SHORT, READY])


def test_where_nothing_can_be_absorbed_and_something_is_missing_the_verdict_is_short() -> None:
    nothing = np.zeros((1, 1))

    assert verdict(np.zeros((1, 1)), np.array([[1e-3]]), nothing) == SHORT
    assert verdict(np.array([[0.5]]), nothing, nothing) == TIGHT


def test_where_nothing_can_be_absorbed_half_of_the_draws_must_cope() -> None:
    seldom, nothing = np.array([[0.49]]), np.zeros((1, 1))

    assert verdict(seldom, nothing, nothing) == SHORT
    assert verdict(seldom, nothing, nothing + 1.0) == TIGHT
