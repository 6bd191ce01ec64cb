"""What options add: whether a mix is enough, what is left, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from planner.plans.options import Offer, Period, Queue, Setting, cost, levels, short_hours
from planner.plans.suggestion import Service, share_coping

WEEKS = 12
PERIOD = Period(2, WEEKS + 1, slice(2, WEEKS))
SHORT = Period(2, 9, slice(2, WEEKS))


def offer(
    share: Sequence[float],
    work: Sequence[float],
    first: Sequence[int] | None = None,
    price: Sequence[float] | None = None,
    setup: Sequence[float] | None = None,
    most: Sequence[float] | None = None,
) -> Offer:
    """Options that are there from the period on, cost their hours, and have no limit."""
    size = len(share)
    return Offer(
        share=np.array(share, dtype=float),
        work=np.array(work, dtype=float),
        price=np.array(work if price is None else price, dtype=float),
        setup=np.zeros(size) if setup is None else np.array(setup, dtype=float),
        most=np.full(size, np.inf) if most is None else np.array(most, dtype=float),
        first=np.full(size, 2) if first is None else np.array(first),
    )


def service(
    rollout: np.ndarray, capacity: float = 0.0, baseline: float = 0.0, stay: float = 0.7
) -> Service:
    """Draws [draw, week] against the same capacity in every week."""
    draws = rollout.shape[0]
    return Service(
        rollout=rollout,
        contacts=rollout,
        capacity=np.full((draws, WEEKS + 2), capacity),
        baseline=np.full((draws, WEEKS + 2), baseline),
        stay=np.full(draws, stay),
    )


def steady(hours: float, draws: int = 1) -> np.ndarray:
    """The same hours of work in every week from week 2 on."""
    return np.where(np.arange(WEEKS) >= 2, hours, 0.0) * np.ones((draws, 1))


def units(*counts: int) -> np.ndarray:
    return np.array(counts, dtype=np.int64)


def slowly(found: Setting, count: np.ndarray, above: float) -> np.ndarray:
    """Whether each week of each draw copes with the work beyond a share: one week at a time."""
    given, copes = found.service, []
    for draw in range(given.rollout.shape[0]):
        spare = []
        for week in range(WEEKS + 2):
            hours = given.capacity[draw, week] - (1 - above) * given.baseline[draw, week]
            for option in range(found.offer.size):
                there = max(found.offer.first[option], found.period.first) <= week
                if there and week <= found.period.last and found.offer.share[option] > above:
                    hours += count[option] * found.offer.work[option]
            spare.append(max(hours, 0.0))
        waiting, told = 0.0, []
        for week in range(WEEKS):
            left = max(waiting + (1 - above) * given.rollout[draw, week] - spare[week], 0.0)
            told.append(left <= spare[week + 1] + spare[week + 2] + 1e-5)
            waiting = left * (1.0 if week >= found.patient_from else given.stay[draw])
        copes.append(told)
    return np.array(copes).T


@pytest.mark.parametrize("seed", range(4))
def test_a_queue_judges_as_the_suggestion_does(seed: int) -> None:
    random = np.random.default_rng(seed)
    asked = service(random.gamma(0.6, 4.0, (30, WEEKS)), capacity=2.0, baseline=1.0, stay=0.6)
    extra = random.uniform(0, 3, WEEKS + 2)
    single = Service(*(part.astype(np.float32) for part in vars(asked).values()))

    for each in (asked, single):
        expected = share_coping(each, extra, 3)
        np.testing.assert_array_equal(Queue(each, 0.0, 3).share(extra), expected)


@pytest.mark.parametrize("seed", range(6))
def test_a_mix_is_enough_where_work_of_every_kind_finds_its_help(seed: int) -> None:
    random = np.random.default_rng(seed)
    given = offer([0.3, 0.9, 1.0, 0.3], random.uniform(0.5, 4, 4), first=[2, 5, 3, 4])
    asked = service(random.gamma(0.6, 5.0, (20, WEEKS)), capacity=1.5, baseline=1.0)
    found, count = Setting(asked, given, SHORT), random.integers(0, 3, 4)

    every = [slowly(found, count, above) for above in levels(given)]
    expected = np.logical_and.reduce(every).mean(axis=1)
    np.testing.assert_allclose(found.p_copes(count), expected)
    judged = expected[PERIOD.judged].min()
    assert found.worst(count) == pytest.approx(judged)
    assert found.enough(count, judged)
    assert not found.enough(count, judged + 0.01)


def test_a_group_serves_only_what_suits_a_group() -> None:
    # four hours a week, one spare: three must be found, and two of the four suit a group
    found = Setting(service(steady(4.0), capacity=1.0), offer([0.5, 1.0], [8.0, 1.0]), PERIOD)

    # what doesn't suit the group takes two hours, of which one is there
    assert found.worst(units(1, 0)) == 0.0
    assert found.worst(units(99, 0)) == 0.0
    assert found.worst(units(1, 1)) == 1.0
    assert found.worst(units(0, 3)) == 1.0
    assert found.worst(units(0, 2)) == 0.0


def test_narrow_options_never_add_up_to_more_than_the_widest_of_them() -> None:
    found = Setting(service(steady(4.0), capacity=2.4), offer([0.3, 0.4], [9.0, 9.0]), PERIOD)

    assert found.worst(units(9, 9)) == 1.0
    tighter = Setting(service(steady(4.0), capacity=1.9), offer([0.3, 0.4], [9.0, 9.0]), PERIOD)
    assert tighter.worst(units(9, 9)) == 0.0


def test_old_clients_suit_the_options_as_the_new_ones_do() -> None:
    # the service itself has gone: five hours of old clients and one of new ones
    found = Setting(service(steady(1.0), baseline=5.0), offer([0.5, 1.0], [3.0, 3.0]), PERIOD)

    assert found.worst(units(1, 1)) == 1.0
    assert found.worst(units(2, 0)) == 0.0


def test_an_option_helps_from_its_own_first_week_on() -> None:
    found = Setting(service(steady(2.0)), offer([1.0], [2.0], first=[6]), PERIOD)

    copes = found.p_copes(units(1))
    # weeks 2 and 3 give up, as nothing is there yet; from week 6 on everybody waits
    assert copes[2:4].tolist() == [0, 0]
    assert found.patient_from == 6
    assert found.p_copes(units(9))[4:10].tolist() == [1] * 6


def test_cost_by_hand() -> None:
    given = offer([1.0, 0.5], [2.0, 2.0], first=[2, 8], price=[80, 20], setup=[0, 400])

    # eight weeks of the first, two of the second
    assert cost(given, units(3, 1), SHORT).tolist() == [3 * 80 * 8, 20 * 2 + 400]
    assert cost(given, units(0, 0), SHORT).tolist() == [0, 0]


def test_hours_left_by_hand() -> None:
    needed, capacity = steady(5.0), np.ones((1, WEEKS + 2))
    given = offer([0.4, 1.0], [3.0, 1.0])

    def left(*counts: int) -> list[float]:
        return short_hours(needed, capacity, given, units(*counts), SHORT)[0].tolist()

    assert left(0, 0) == [0, 0, *[4.0] * 10]
    # two of five hours suit the first option, however much of it there is
    assert left(1, 0) == [0, 0, *[2.0] * 8, 4, 4]
    assert left(2, 1) == [0, 0, *[1.0] * 8, 4, 4]


@pytest.mark.parametrize("seed", range(8))
def test_hours_used_are_the_most_that_can_flow(seed: int) -> None:
    """The same by a linear programme over kinds of work and options."""
    random = np.random.default_rng(seed)
    given = offer(random.choice([0.2, 0.5, 0.8, 1.0], 3), random.uniform(0.5, 4, 3))
    count, needed = random.integers(0, 3, 3), float(random.uniform(1, 12))

    left = short_hours(np.full((1, WEEKS), needed), np.zeros((1, WEEKS + 2)), given, count, PERIOD)[
        0, 5
    ]

    edges = np.unique([0.0, *given.share, 1.0])
    work = np.diff(edges) * needed
    suits = given.share[:, None] >= edges[1:] - 1e-9  # option serves a kind
    flows = linprog(
        -1.0 * suits.ravel(),
        A_ub=np.vstack([np.kron(np.eye(3), np.ones(work.size)), np.tile(np.eye(work.size), 3)]),
        b_ub=np.concatenate([count * given.work, work]),
        bounds=[(0, None if ok else 0) for ok in suits.ravel()],
    )
    assert left == pytest.approx(max(needed + flows.fun, 0.0), abs=1e-4)
