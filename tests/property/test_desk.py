"""What must hold for any walk-in desk."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.model.desk import served_within, smallest_staff

loads = st.floats(0.01, 1000.0)
ratios = st.floats(0.0, 20.0)
targets = st.floats(0.001, 0.9999)
staff_numbers = st.integers(0, 1100)


@given(loads, staff_numbers, ratios)
def test_share_is_a_share_and_rises_with_staff(load: float, staff: int, ratio: float) -> None:
    fewer, more = served_within(load, [staff, staff + 1], ratio)

    assert 0.0 <= fewer <= more <= 1.0


@given(st.lists(loads, min_size=2, max_size=20), staff_numbers, ratios)
def test_share_falls_with_the_load(some: list[float], staff: int, ratio: float) -> None:
    shares = served_within(np.sort(some), staff, ratio)

    assert (np.diff(shares) <= 1e-10).all()


@given(loads, ratios, targets)
def test_staff_reaches_the_target_and_one_fewer_does_not(
    load: float, ratio: float, served: float
) -> None:
    staff = int(smallest_staff(load, 60.0, 60.0 * ratio, served))

    assert staff > load
    assert served_within(load, staff, ratio) >= served - 1e-10
    assert served_within(load, staff - 1, ratio) < served


@given(st.lists(loads, min_size=2, max_size=20), ratios, targets)
def test_more_arrivals_never_take_fewer_staff(
    some: list[float], ratio: float, served: float
) -> None:
    staff = smallest_staff(np.sort(some), 60.0, 60.0 * ratio, served)

    assert (np.diff(staff) >= 0).all()


@given(loads, st.lists(ratios, min_size=2, max_size=20), targets)
def test_a_longer_wait_never_takes_more_staff(
    load: float, some: list[float], served: float
) -> None:
    staff = smallest_staff(load, 60.0, 60.0 * np.sort(some), served)

    assert (np.diff(staff) <= 0).all()


@given(loads, ratios, st.lists(targets, min_size=2, max_size=20))
def test_a_higher_target_never_takes_fewer_staff(
    load: float, ratio: float, some: list[float]
) -> None:
    staff = smallest_staff(load, 60.0, 60.0 * ratio, np.sort(some))

    assert (np.diff(staff) >= 0).all()


@given(st.floats(0.01, 999.0), ratios, targets, st.floats(0.01, 100.0))
def test_only_the_load_and_the_wait_ratio_count(
    load: float, ratio: float, served: float, minutes: float
) -> None:
    """Two desks with the same load and ratio need the same staff, but for rounding of the load."""
    staff = smallest_staff(load * 60.0 / minutes, minutes, ratio * minutes, served)

    near = smallest_staff(load * np.array([1 - 1e-12, 1 + 1e-12]), 60.0, 60.0 * ratio, served)
    assert near[0] <= staff <= near[1]


@given(st.lists(loads, min_size=1, max_size=5), st.floats(0.0, 5.0), targets)
def test_many_cases_at_once_equal_one_by_one(
    some: list[float], ratio: float, served: float
) -> None:
    """Repeating the cases takes the table's way, a single case the direct search."""
    many = np.tile(some, 10_000)

    together = smallest_staff(many, 60.0, 60.0 * ratio, served)[: len(some)]

    one_by_one = [int(smallest_staff(load, 60.0, 60.0 * ratio, served)) for load in some]
    np.testing.assert_array_equal(together, one_by_one)
