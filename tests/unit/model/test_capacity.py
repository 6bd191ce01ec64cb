"""What today's service carries: estimates, answers, baseline, absorbable hours."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from planner.model.capacity import Capacity, capacity, estimated_hours
from planner.model.weeks import horizon, summer_weeks
from tests import worlds

WINTER, SUMMER, PLACES = np.array([100.0, 0.0]), np.array([40.0, 0.0]), np.array([0.0, 3.0])
P = worlds.central(desk_share=0.05, association_hours=2.0, use=0.6, flex=0.1)
NOBODY = np.zeros(0, dtype=np.intp)


def build(
    start: dt.date,
    answered: list[int] | None = None,
    hours: list[float] | None = None,
    last: list[int] | None = None,
    tallied: dict[int, float] | None = None,
) -> tuple[Capacity, np.ndarray, int]:
    """Capacity of two places from a start, which weeks are summer, and the start's index."""
    span = horizon(start, start + dt.timedelta(days=200))
    summer = summer_weeks(span)
    staffed = np.where(summer, SUMMER[:, None], WINTER[:, None])
    estimate = estimated_hours(P, WINTER, SUMMER, PLACES, summer)
    supply = capacity(
        P,
        span,
        estimate,
        staffed,
        np.array(answered or [], dtype=np.intp),
        np.array(hours or [], dtype=float),
        np.array(last or [], dtype=np.intp),
        np.array(list(tallied or {}), dtype=np.intp),
        np.array(list((tallied or {}).values()), dtype=float),
    )
    return supply, summer, span.start_index


def test_estimate_is_a_share_of_library_hours_and_two_hours_a_guidance_place() -> None:
    supply, summer, _ = build(dt.date(2026, 5, 4))

    np.testing.assert_allclose(supply.hours[0, 0], np.where(summer, 2.0, 5.0))
    np.testing.assert_allclose(supply.hours[0, 1], 6.0)
    assert summer.any()
    assert not summer.all()


def test_absorbable_hours_are_a_share_of_library_hours_alone() -> None:
    supply, summer, _ = build(dt.date(2026, 5, 4))

    np.testing.assert_allclose(supply.absorbable[0, 0], np.where(summer, 4.0, 10.0))
    np.testing.assert_array_equal(supply.absorbable[0, 1], 0.0)


def test_baseline_of_an_estimate_is_the_used_share_of_each_seasons_service() -> None:
    supply, summer, _ = build(dt.date(2026, 5, 4))

    np.testing.assert_allclose(supply.baseline[0, 0], np.where(summer, 1.2, 3.0))
    np.testing.assert_allclose(supply.baseline[0, 1], 3.6)


def test_an_answer_replaces_the_estimate_and_ends_with_its_funding() -> None:
    supply, _, start = build(dt.date(2026, 5, 4), [0], [8.0], [20])

    hours = supply.hours[0, 0]
    assert start < 20
    assert (hours[:21] == 8.0).all()
    assert (hours[21:] == 0.0).all()
    np.testing.assert_allclose(supply.baseline[0, 0], 4.8)  # the people stay
    np.testing.assert_allclose(supply.hours[0, 1], 6.0)  # the other place keeps its estimate


@pytest.mark.parametrize("last", [-5, 0, 3])
def test_funding_that_ended_before_the_start_leaves_the_baseline_from_the_start_on(
    last: int,
) -> None:
    supply, _, start = build(dt.date(2026, 5, 4), [0], [8.0], [last])

    np.testing.assert_array_equal(supply.hours[0, 0, max(last + 1, 0) :], 0.0)
    before, after = supply.baseline[0, 0, :start], supply.baseline[0, 0, start:]
    np.testing.assert_allclose(before, np.where(np.arange(start) <= last, 4.8, 0.0))
    np.testing.assert_allclose(after, 4.8)


def test_no_hours_at_all_is_an_answer_too() -> None:
    supply, _, _ = build(dt.date(2026, 5, 4), [0], [0.0], [500])

    assert not supply.hours[0, 0].any()
    assert not supply.baseline[0, 0].any()


def test_hours_that_a_tally_counted_can_be_given() -> None:
    supply, summer, start = build(dt.date(2026, 5, 4), tallied={0: 3.0, 1: 9.0})

    # the estimate stands where it is larger: 5 hours a week in winter, 2 in summer, and 6
    np.testing.assert_allclose(supply.hours[0, 0], np.where(summer, 3.0, 5.0))
    np.testing.assert_allclose(supply.hours[0, 1], 9.0)
    np.testing.assert_allclose(supply.baseline[0], np.array([[3.0], [9.0]]) * np.ones(summer.size))
    assert (supply.hours >= supply.baseline).all()
    assert start > 0


def test_an_answer_counts_even_where_a_tally_counted_more() -> None:
    supply, _, start = build(dt.date(2026, 5, 4), [1], [6.0], [500], {1: 12.0})

    np.testing.assert_allclose(supply.hours[0, 1], 6.0)
    np.testing.assert_allclose(supply.baseline[0, 1, start:], 12.0)


def test_draws_differ_in_their_shares() -> None:
    p = worlds.stacked(P, worlds.central(desk_share=0.1, association_hours=1.0))

    hours = estimated_hours(p, WINTER, SUMMER, PLACES, np.array([False, True]))

    np.testing.assert_allclose(hours[:, 0], [[5.0, 2.0], [10.0, 4.0]])
    np.testing.assert_allclose(hours[:, 1], [[6.0, 6.0], [3.0, 3.0]])


def test_cut_keeps_the_first_weeks() -> None:
    supply, _, _ = build(dt.date(2026, 5, 4))

    cut = supply.cut(3)

    assert cut.hours.shape == cut.baseline.shape == cut.absorbable.shape == (1, 2, 3)
    np.testing.assert_array_equal(cut.baseline, supply.baseline[..., :3])
