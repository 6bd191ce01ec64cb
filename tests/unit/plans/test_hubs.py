"""Hubs: the optimum beside brute force, fixed and forbidden places, capacities, odd input."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from planner.errors import PlannerError
from planner.plans.covering import undominated
from planner.plans.hubs import hubs

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def random_case(seed: int, most: int = 9) -> tuple[Floats, Floats, int, Bools, Bools]:
    """Demand, minutes, a number of hubs, places fixed and forbidden that go together."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, most))
    point = rng.uniform(0, 100, (2, size))
    minutes = np.hypot(*(point[:, :, None] - point[:, None, :]))
    if seed % 3 == 0:
        minutes[0, 1:] = minutes[1:, 0] = np.inf  # an island
    demand = rng.integers(0, 6, size).astype(float)
    fixed, forbidden = np.zeros((2, size), dtype=bool)
    if seed % 2:
        fixed[rng.integers(size)] = True
        forbidden = (rng.random(size) < 0.3) & ~fixed
    low, high = int(fixed.sum()), size - int(forbidden.sum())
    return demand, minutes, int(rng.integers(low, high + 1)), fixed, forbidden


def choices(count: int, fixed: Bools, forbidden: Bools) -> list[list[int]]:
    """All sets of so many places that hold the fixed ones and no forbidden one."""
    free = np.flatnonzero(~fixed & ~forbidden).tolist()
    own = np.flatnonzero(fixed).tolist()
    return [own + list(more) for more in itertools.combinations(free, count - len(own))]


def most_flow(demand: Floats, near: Bools, capacity: float) -> float:
    """What hubs with a capacity serve at most: by Hall, the smallest cut over sets of hubs."""
    best = np.inf
    for chosen in itertools.product([False, True], repeat=near.shape[1]):
        full = np.array(chosen, dtype=bool)
        open_ = near[:, ~full].any(axis=1)
        reached = near.any(axis=1)
        best = min(best, capacity * full.sum() + demand[reached & open_].sum())
    return float(best)


@pytest.mark.parametrize("seed", range(240))
def test_covering_is_the_best_of_all_choices(seed: int) -> None:
    demand, minutes, count, fixed, forbidden = random_case(seed)

    found = hubs(demand, minutes, count, 35.0, fixed=fixed, forbidden=forbidden)

    near = minutes <= 35.0
    best = max(
        float(demand[near[:, chosen].any(axis=1)].sum())
        for chosen in choices(count, fixed, forbidden)
    )
    assert found.covered == pytest.approx(best)
    assert found.bound == pytest.approx(best)
    assert len(found.places) == count
    assert set(np.flatnonzero(fixed)) <= set(found.places)
    assert not forbidden[found.places].any()
    reached = found.hub >= 0
    assert (found.minutes[reached] <= 35.0).all()
    assert np.isnan(found.minutes[~reached]).all()


@pytest.mark.parametrize("seed", range(200))
def test_capacities_are_the_best_of_all_choices(seed: int) -> None:
    demand, minutes, count, fixed, forbidden = random_case(seed, most=7)

    found = hubs(demand, minutes, count, 35.0, 4.0, fixed, forbidden)

    near = minutes <= 35.0
    best = max(
        most_flow(demand, near[:, chosen], 4.0) for chosen in choices(count, fixed, forbidden)
    )
    assert found.covered == pytest.approx(best, abs=1e-5)
    assert len(found.places) == count
    assert not forbidden[found.places].any()
    assert ((found.served >= 0) & (found.served <= 1)).all()
    assert (found.served[found.hub < 0] == 0).all()


@pytest.mark.parametrize("seed", range(6))
def test_a_larger_country_agrees_with_a_plain_programme(seed: int) -> None:
    from scipy.optimize import Bounds, LinearConstraint, milp

    rng = np.random.default_rng(seed)
    point, demand = rng.uniform(0, 300, (2, 90)), rng.lognormal(0, 1, 90)
    minutes = np.hypot(*(point[:, :, None] - point[:, None, :]))
    near, count = minutes <= 40.0, 8

    found = hubs(demand, minutes, count, 40.0)

    rows = np.block([[-near.astype(float), np.eye(90)], [np.ones((1, 90)), np.zeros((1, 90))]])
    plain = milp(
        np.concatenate([np.zeros(90), -demand]),
        integrality=np.ones(180),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, -np.inf, np.append(np.zeros(90), count)),
    )
    assert found.covered == pytest.approx(-plain.fun, rel=1e-6)


def test_the_nearest_hub_is_told() -> None:
    minutes = np.array([[0.0, 20, 50], [20, 0, 30], [50, 30, 0]])

    found = hubs(np.array([5.0, 1, 4]), minutes, 2, 60.0, fixed=np.array([True, False, True]))

    assert found.hub.tolist() == [0, 0, 2]
    assert found.minutes.tolist() == [0, 20, 0]
    assert (found.covered, found.total) == (10, 10)


def test_no_hubs_serve_nobody() -> None:
    found = hubs(np.ones(3), np.zeros((3, 3)), 0, 60.0)

    assert found.places.size == 0
    assert (found.hub == -1).all()
    assert found.covered == 0


def test_as_many_hubs_as_places_are_all_of_them() -> None:
    found = hubs(np.ones(3), np.where(np.eye(3) > 0, 0.0, np.inf), 3, 60.0)

    assert found.places.tolist() == [0, 1, 2]
    assert found.covered == 3


def test_where_nobody_is_short_there_are_hubs_still() -> None:
    assert len(hubs(np.zeros(4), np.zeros((4, 4)), 2, 60.0).places) == 2


def test_undominated_keeps_one_of_the_same() -> None:
    near = np.array([[1, 1, 0, 1], [0, 0, 1, 1], [0, 0, 1, 0]], dtype=bool)

    assert undominated(near).tolist() == [2, 3]
    assert undominated(near[:, :2]).tolist() == [0]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"count": 4}, "error.hubs.count"),
        ({"count": -1}, "error.hubs.count"),
        ({"within": -1.0}, "error.hubs.minutes"),
        ({"within": np.nan}, "error.hubs.minutes"),
        ({"capacity": 0.0}, "error.hubs.capacity"),
        ({"fixed": np.ones(3, dtype=bool)}, "error.hubs.fixed"),
        ({"forbidden": np.array([1, 1, 0], dtype=bool), "count": 2}, "error.hubs.forbidden"),
        (
            {"fixed": np.eye(3, dtype=bool)[0], "forbidden": np.eye(3, dtype=bool)[0]},
            "error.hubs.both",
        ),
    ],
)
def test_what_cannot_be_is_refused(asked: dict[str, object], code: str) -> None:
    given = {"count": 1, "within": 60.0, **asked}

    with pytest.raises(PlannerError) as caught:
        hubs(np.ones(3), np.zeros((3, 3)), **given)  # type: ignore[arg-type]

    assert caught.value.code == code
