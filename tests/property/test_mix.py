"""Options and mixes, whatever the service: more never does harm, and nothing cheaper will do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plans.mix import alone, cheapest, reachable
from planner.plans.options import Offer, Period, Setting, cost, short_hours
from planner.plans.suggestion import Service

WEEKS, DRAWS = 10, 8
SHARES = (0.2, 0.35, 0.5, 0.9, 1.0)


@st.composite
def cases(draw: Callable[..., object], wide: bool = False) -> Setting:
    """A service, two or three options, and the weeks they are for."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))  # type: ignore[arg-type]
    size = draw(st.integers(2, 3))
    assert isinstance(size, int)
    share = rng.choice(SHARES, size)
    if wide:
        share[-1] = 1.0
    start = int(rng.integers(0, 5))
    limited = np.where(rng.random(size) < 0.4, rng.integers(0, 4, size), np.inf)
    if wide:
        limited[-1] = np.inf
    offer = Offer(
        share=share,
        work=rng.uniform(0.5, 5, size),
        price=rng.uniform(1, 90, size),
        setup=np.where(rng.random(size) < 0.5, rng.uniform(0, 500, size), 0.0),
        most=limited,
        first=start + rng.integers(0, 3, size),
    )
    rollout = rng.gamma(0.7, 4.0, (DRAWS, WEEKS)) * (rng.random((DRAWS, WEEKS)) < 0.8)
    capacity = np.repeat(rng.uniform(0, 6, (DRAWS, 1)), WEEKS + 2, axis=1)
    if rng.random() < 0.3:
        capacity[:, WEEKS // 2 :] = 0.0  # a project ends
    service = Service(
        rollout=rollout,
        contacts=rollout,
        capacity=capacity,
        baseline=np.repeat(rng.uniform(0, 3, (DRAWS, 1)), WEEKS + 2, axis=1),
        stay=rng.uniform(0.1, 1, DRAWS),
    )
    last = int(rng.integers(start, WEEKS + 2))
    return Setting(service, offer, Period(start, last, slice(int(offer.first.min()), WEEKS)))


@given(cases(), st.integers(0, 2**32 - 1))
@settings(max_examples=60)
def test_more_of_any_option_never_does_harm(found: Setting, seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = found.offer.size
    units = rng.integers(0, 4, size)
    more = units.copy()
    more[rng.integers(size)] += int(rng.integers(1, 4))
    needed = found.service.rollout + found.service.baseline[:, :WEEKS]

    def left(count: np.ndarray) -> np.ndarray:
        return short_hours(needed, found.service.capacity, found.offer, count, found.period)

    assert (found.p_copes(more) >= found.p_copes(units)).all()
    assert (left(more) <= left(units) + 1e-9).all()
    assert (
        cost(found.offer, more, found.period).sum() >= cost(found.offer, units, found.period).sum()
    )
    assert (left(units) >= 0).all()


@given(cases(wide=True), st.sampled_from([0.5, 0.75, 1.0]))
@settings(max_examples=40)
def test_the_cheapest_mix_is_enough_and_no_dearer_than_one_option(
    given_: Setting, level: float
) -> None:
    kept = reachable(given_, level)
    if kept.start >= kept.stop:
        return
    found = Setting(
        given_.service, given_.offer, Period(given_.period.first, given_.period.last, kept)
    )
    best = cheapest(found, level)

    assert best is not None
    assert found.enough(best.units, level)
    assert best.p_copes >= level
    assert (best.units <= found.offer.most).all()
    assert best.total == pytest.approx(cost(found.offer, best.units, found.period).sum())
    for option in range(found.offer.size):
        single = alone(found, option, level)
        count = np.where(np.arange(found.offer.size) == option, single.units, 0)
        if found.enough(count, level) and best.proven:
            assert best.total <= cost(found.offer, count, found.period).sum() + 1e-6


@given(cases(wide=True))
@settings(max_examples=30)
def test_a_higher_level_is_never_cheaper(found: Setting) -> None:
    kept = reachable(found, 1.0)
    if kept.start >= kept.stop:
        return
    same = Setting(found.service, found.offer, Period(found.period.first, found.period.last, kept))
    mixes = [cheapest(same, level) for level in (0.5, 0.75, 1.0)]
    euros = [mix.total for mix in mixes if mix is not None and mix.proven]

    assert all(mix is not None for mix in mixes)
    assert euros == sorted(euros)
