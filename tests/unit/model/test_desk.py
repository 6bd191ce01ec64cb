"""The walk-in desk against a textbook sum, an outside library and a simulation."""

from __future__ import annotations

import math
from decimal import Decimal, getcontext

import ciw
import numpy as np
import pytest
from numpy.typing import NDArray
from pyworkforce.queuing import ErlangC
from scipy.stats import t as student

from planner.errors import PlannerError
from planner.model.desk import served_within, smallest_staff

# --- checks written independently of the module: the sums of the textbook, one case at a time ---


def share_served(load: float, staff: int, ratio: float) -> float:
    if load >= staff:
        return 0.0
    term, busy_below = 1.0, 0.0
    for people in range(staff):
        busy_below += term
        term *= load / (people + 1)
    all_busy = term * staff / (staff - load)
    return 1.0 - all_busy / (busy_below + all_busy) * math.exp(-(staff - load) * ratio)


def first_staff(load: float, ratio: float, served: float) -> int:
    return next(n for n in range(1, 10_000) if share_served(load, n, ratio) >= served)


def share_served_exactly(load: Decimal, staff: int, ratio: Decimal) -> Decimal:
    term, busy_below = Decimal(1), Decimal(0)
    for people in range(staff):
        busy_below += term
        term *= load / (people + 1)
    all_busy = term * staff / (staff - load)
    return 1 - all_busy / (busy_below + all_busy) * (-(staff - load) * ratio).exp()


Cases = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def random_cases(count: int, seed: int) -> Cases:
    """Arrivals an hour, minutes, wait and target, with loads spread evenly in size, 0.01-100."""
    draw = np.random.default_rng(seed)
    load = np.exp(draw.uniform(np.log(0.01), np.log(100.0), count))
    minutes = draw.uniform(3.0, 90.0, count)
    wait = minutes * draw.choice([0.0, 0.05, 0.25, 0.5, 1.0, 3.0], count)
    served = draw.choice([0.05, 0.5, 0.8, 0.9, 0.95, 0.99, 0.9999], count)
    return load * 60.0 / minutes, minutes, wait, served


# --- the formula ---


def test_three_arrivals_an_hour_of_half_an_hour_take_three_staff() -> None:
    staff = smallest_staff(3, 30, 15, 0.8)

    assert staff == 3
    assert served_within(1.5, staff, 0.5) == pytest.approx(0.888, abs=5e-4)


@pytest.mark.parametrize(("load", "staff", "ratio"), [(0.3, 1, 0), (20, 22, 0.1), (95, 100, 2)])
def test_share_equals_the_textbook_sum(load: float, staff: int, ratio: float) -> None:
    share = served_within(load, staff, ratio)

    assert share == pytest.approx(share_served(load, staff, ratio), rel=1e-12)


@pytest.mark.parametrize(("load", "staff"), [(999.5, 1000), (1000.0, 1001), (950.0, 1100)])
def test_share_holds_at_a_thousand_erlang(load: float, staff: int) -> None:
    getcontext().prec = 40

    exact = share_served_exactly(Decimal(load), staff, Decimal("0.25"))

    assert served_within(load, staff, 0.25) == pytest.approx(float(exact), rel=1e-10)


def test_one_person_without_wait_serves_the_idle_share() -> None:
    assert served_within([0.1, 0.5, 0.9], 1, 0) == pytest.approx([0.9, 0.5, 0.1], rel=1e-13)


def test_nobody_served_in_time_where_the_line_grows_without_end() -> None:
    np.testing.assert_array_equal(served_within([2.0, 3.0, 0.5], [2, 2, 0], 100.0), 0.0)


def test_everybody_served_where_nobody_comes() -> None:
    np.testing.assert_array_equal(served_within(0.0, [0, 1, 5], [0.0, 0.0, 2.0]), 1.0)


def test_share_broadcasts() -> None:
    share = served_within(np.array([[0.5], [1.5]]), np.array([1, 2, 3]), 0.5)

    assert share.shape == (2, 3)
    assert share[1, 2] == served_within(1.5, 3, 0.5)


# --- the smallest staff ---


def test_staff_equals_brute_force_on_random_cases() -> None:
    arrivals, minutes, wait, served = random_cases(3000, seed=20260112)

    staff = smallest_staff(arrivals, minutes, wait, served)

    expected = [
        first_staff(a * m / 60, w / m, s)
        for a, m, w, s in zip(arrivals, minutes, wait, served, strict=True)
    ]
    np.testing.assert_array_equal(staff, expected)


@pytest.mark.parametrize(("wait", "served"), [(15, 0.8), (0, 0.99), (120, 0.5)])
def test_staff_of_one_target_equals_brute_force(wait: float, served: float) -> None:
    """Many cases of one wait and target take the way over the table."""
    arrivals = random_cases(2000, seed=7)[0]
    arrivals *= 200.0 / arrivals.max()  # up to 100 erlang at 30 minutes

    staff = smallest_staff(arrivals, 30, wait, served)

    expected = [first_staff(a / 2, wait / 30, served) for a in arrivals]
    np.testing.assert_array_equal(staff, expected)


@pytest.mark.parametrize("load", [100.0, 437.5, 999.9, 1000.0])
@pytest.mark.parametrize("served", [0.8, 0.999])
def test_staff_is_the_minimum_at_large_loads(load: float, served: float) -> None:
    getcontext().prec = 40

    staff = int(smallest_staff(load, 60, 15, served))

    ratio = Decimal("0.25")
    assert share_served_exactly(Decimal(load), staff, ratio) >= Decimal(served)
    if staff - 1 > load:
        assert share_served_exactly(Decimal(load), staff - 1, ratio) < Decimal(served)


def test_table_and_direct_search_agree_on_a_mix_of_targets() -> None:
    arrivals = random_cases(6000, seed=11)[0].clip(max=60.0).reshape(2, 3000)
    served = np.array([[0.8], [0.9]])

    together = smallest_staff(arrivals, 30, 15, served)

    alone = [
        smallest_staff(arrivals[row, start : start + 10], 30, 15, served[row, 0])
        for row in range(2)
        for start in range(0, 3000, 10)
    ]
    np.testing.assert_array_equal(together.ravel(), np.concatenate(alone))


def test_exactly_met_target_takes_nobody_more() -> None:
    """One person is idle for 1 - load: 0.8 of the arrivals find a free hand at a load of 0.2."""
    assert smallest_staff(0.4, 30, 0, 0.8) == 1
    assert smallest_staff(0.4 * (1 + 1e-9), 30, 0, 0.8) == 2
    many = np.full(5000, 0.6)
    np.testing.assert_array_equal(smallest_staff(many, 30, 0, 0.7), 1)
    np.testing.assert_array_equal(smallest_staff(many * (1 + 1e-9), 30, 0, 0.7), 2)


def test_nobody_needed_where_nobody_comes() -> None:
    np.testing.assert_array_equal(smallest_staff([0.0, 0.1], 30, 15, 0.8), [0, 1])
    np.testing.assert_array_equal(smallest_staff(np.zeros((100, 52)), 30, 15, 0.8), 0)


def test_staff_broadcasts_over_every_argument() -> None:
    staff = smallest_staff(
        np.array([1.0, 9.0]),
        np.array([[10.0], [30.0]]),
        np.array([0.0, 15.0])[:, None, None],
        np.array([0.5, 0.8, 0.95])[:, None, None, None],
    )

    assert staff.shape == (3, 2, 2, 2)
    assert staff.dtype == np.int64
    assert staff[1, 1, 1, 0] == smallest_staff(1.0, 30.0, 15.0, 0.8)
    assert smallest_staff(3, 30, 15, 0.8).shape == ()
    assert smallest_staff([], 30, 15, 0.8).shape == (0,)


@pytest.mark.parametrize("count", [3, 5000])
def test_extreme_values_inside_the_bounds_give_an_answer(count: int) -> None:
    arrivals = np.full(count, 2.5)

    assert (smallest_staff(arrivals, 60, 1e300, 0.8) == 3).all()  # any wait will do
    assert (smallest_staff(arrivals, 60, 0, 1e-300) == 3).all()  # any share will do
    assert (smallest_staff(arrivals, 1e-320, 1e300, 0.8) == 1).all()  # nobody stays

    nearly_all = math.nextafter(1.0, 0.0)
    getcontext().prec = 40
    exact = next(
        n
        for n in range(3, 100)
        if share_served_exactly(Decimal("2.5"), n, Decimal(0)) >= Decimal(nearly_all)
    )
    assert (smallest_staff(arrivals, 60, 0, nearly_all) == exact).all()


# --- outside oracles ---


def test_agrees_with_pyworkforce_where_that_finds_the_minimum() -> None:
    """pyworkforce tries `round(load + 1)` staff first and only ever adds to it.

    The least staff that can cope is `floor(load) + 1`. Where the load's fraction is above a half
    the search therefore starts one person higher and, if `floor(load) + 1` reaches the target,
    answers one too many. Everywhere else it finds the minimum. (It takes no wait of zero.)
    """
    arrivals, minutes, wait, served = random_cases(2000, seed=99)
    wait = np.maximum(wait, 0.01 * minutes)

    staff = smallest_staff(arrivals, minutes, wait, served)

    theirs = np.array(
        [
            ErlangC(transactions=a, aht=m, asa=w, interval=60).required_positions(s)["positions"]
            for a, m, w, s in zip(arrivals, minutes, wait, served, strict=True)
        ]
    )
    first_try = np.array([round(load + 1) for load in arrivals * minutes / 60])
    finds_minimum = first_try <= staff
    np.testing.assert_array_equal(staff[finds_minimum], theirs[finds_minimum])
    np.testing.assert_array_equal(staff[~finds_minimum] + 1, theirs[~finds_minimum])
    assert finds_minimum.sum() > 1500
    assert (~finds_minimum).sum() > 50


@pytest.mark.parametrize(
    ("arrivals", "staff", "wait"), [(3.0, 3, 15.0), (3.0, 2, 15.0), (12.0, 8, 5.0)]
)
def test_simulation_agrees_within_its_confidence_interval(
    arrivals: float, staff: int, wait: float
) -> None:
    """A simulated desk of 30-minute visits; 12 replications, 99 % interval of their mean."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(arrivals)],
        service_distributions=[ciw.dists.Exponential(2.0)],
        number_of_servers=[staff],
    )
    warm_up, end = 50.0, 50.0 + 3000.0 / arrivals  # hours
    shares = []
    for seed in range(12):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(end)
        waits = [
            visit.waiting_time
            for visit in simulation.get_all_records()
            if visit.arrival_date > warm_up
        ]
        shares.append(np.mean(np.array(waits) * 60.0 <= wait))

    share = served_within(arrivals / 2.0, staff, wait / 30.0)

    half_width = student.ppf(0.995, len(shares) - 1) * np.std(shares, ddof=1) / len(shares) ** 0.5
    assert abs(np.mean(shares) - share) < half_width
    assert half_width < 0.04


# --- bad input ---

NAN, INF = math.nan, math.inf


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        *[((bad, 30, 15, 0.8), "error.desk_arrivals") for bad in (-1, NAN, INF, "many")],
        *[((3, bad, 15, 0.8), "error.desk_minutes") for bad in (0, -5, NAN, INF)],
        *[((3, 30, bad, 0.8), "error.desk_wait") for bad in (-0.1, NAN, INF)],
        *[((3, 30, 15, bad), "error.desk_served") for bad in (0, 1, -0.5, 1.5, NAN, INF)],
        *[((bad, 60, 15, 0.8), "error.desk_load") for bad in (1000.001, 1e300)],
        ((1e300, 1e300, 15, 0.8), "error.desk_load"),
        (([3, -2], 30, 15, 0.8), "error.desk_arrivals"),
    ],
)
def test_bad_input_names_what_is_wrong(arguments: tuple[object, ...], code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        smallest_staff(*arguments)  # type: ignore[arg-type]

    assert caught.value.code == code
    assert "value" in caught.value.values


@pytest.mark.parametrize(
    ("load", "ratio", "code"),
    [(-1.0, 0.5, "error.desk_load"), (NAN, 0.5, "error.desk_load"), (1.0, -1, "error.desk_wait")],
)
def test_bad_load_or_wait_gives_no_share(load: float, ratio: float, code: str) -> None:
    with pytest.raises(PlannerError) as caught:
        served_within(load, 2, ratio)

    assert caught.value.code == code
