"""Simulated worlds: the model's own counts, and each structure the model doesn't know."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model import simulate
from planner.model.simulate import KINDS, Structure, World, structure
from planner.model.weeks import Horizon
from tests import worlds

SPAN: Horizon = worlds.horizon(worlds.START, worlds.TARGET, worlds.TODAY)
STATED = worlds.stated(SPAN, 1.5e6, 2.8e6)
FACTS = worlds.engine().facts
FIRST = SPAN.start_index


def world(unknown: Structure | None = None, seed: int = 1, **changes: float) -> World:
    p, rng = worlds.central(**changes), np.random.default_rng(seed)
    return simulate.simulate(p, SPAN, FACTS, STATED, unknown or Structure(), rng)


def test_the_mean_is_the_models_times_a_factor_of_the_place() -> None:
    usual = world(sigma=0.0)
    with_factors = world(sigma=0.3)

    ratio = with_factors.mean[:, FIRST:] / usual.mean[:, FIRST:]

    np.testing.assert_allclose(ratio, ratio[:, :1].repeat(ratio.shape[1], axis=1), rtol=1e-6)
    assert np.log(ratio[:, 0]).std() == pytest.approx(0.3, rel=0.15)
    assert ratio[:, 0].mean() == pytest.approx(1, abs=0.06)


def test_counts_vary_as_poisson_with_weekly_dispersion() -> None:
    found = world()

    mean, away = found.mean[:, FIRST:], found.counts[:, FIRST:] - found.mean[:, FIRST:]

    assert (away**2 / (mean + mean**2 / 25)).mean() == pytest.approx(1, rel=0.03)
    assert (found.counts == np.rint(found.counts)).all()
    assert (found.counts >= 0).all()


def test_the_same_generator_gives_the_same_world() -> None:
    one, again, other = (world(seed=seed) for seed in (3, 3, 4))

    np.testing.assert_array_equal(one.counts, again.counts)
    assert (one.counts != other.counts).any()


def test_events_lift_or_lower_their_weeks_alone() -> None:
    usual = world()
    lifted = world(Structure(lift=((FIRST + 2, 2.0), (FIRST + 3, 0.1))))

    ratio = lifted.mean[0, FIRST : FIRST + 5] / usual.mean[0, FIRST : FIRST + 5]

    np.testing.assert_allclose(ratio, [1, 1, 2, 0.1, 1])


def test_some_places_triple_from_a_week_on() -> None:
    usual = world()
    tripled = world(Structure(tripled=np.array([3, 7]), since=FIRST + 2))

    ratio = tripled.mean[:, FIRST:] / usual.mean[:, FIRST:]

    np.testing.assert_allclose(ratio[[3, 7], 2:], 3)
    np.testing.assert_allclose(np.delete(ratio, [3, 7], axis=0), 1)
    np.testing.assert_allclose(ratio[:, :2], 1)


def test_only_keepers_have_a_log() -> None:
    found = world(Structure(keepers=np.array([1, 5])))

    log = found.log(slice(FIRST, FIRST + 6))

    assert log.shape == (308, 6)
    assert np.flatnonzero(np.isfinite(log).all(axis=1)).tolist() == [1, 5]
    assert np.isnan(np.delete(log, [1, 5], axis=0)).all()


def test_another_kernel_moves_contacts_and_keeps_their_number() -> None:
    later = np.zeros((1, 104))
    later[0, 5] = 1
    shifted = world(Structure(kernel=later), sigma=0.0)
    at_once = world(Structure(kernel=np.eye(1, 104)), sigma=0.0)

    # activations start with the rollout: nothing but information need before, all five weeks later
    np.testing.assert_allclose(
        shifted.mean[:, FIRST + 8 : FIRST + 20].sum(),
        at_once.mean[:, FIRST + 3 : FIRST + 15].sum(),
        rtol=0.05,
    )
    assert shifted.mean[:, FIRST].sum() < 0.2 * at_once.mean[:, FIRST].sum()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_own_unknown(kind: str) -> None:
    for seed in range(30):
        found = structure(kind, FIRST, 6, 308, np.random.default_rng(seed))
        weeks = [week for week, _ in found.lift]
        factors = [factor for _, factor in found.lift]

        assert (found.kernel is not None) == (kind == "delay")
        assert (found.tripled.size > 0) == (kind == "triple")
        assert (found.keepers is not None) == (kind == "forty")
        assert bool(found.lift) == (kind in ("campaign", "outage"))
        if kind == "delay":
            assert found.kernel is not None
            assert found.kernel.sum() == pytest.approx(1)
            assert (found.kernel >= 0).all()
        if kind == "outage":
            assert len(weeks) == 1
            assert FIRST <= weeks[0] < FIRST + 6
            assert factors[0] <= 0.2
        if kind == "campaign":
            assert FIRST < weeks[0] < FIRST + 6
            assert 2 <= len(weeks) <= 4
            assert min(factors) >= 1.5
        if kind == "triple":
            assert 5 <= np.unique(found.tripled).size == found.tripled.size <= 12


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no kind war"):
        structure("war", FIRST, 6, 308, np.random.default_rng(1))
