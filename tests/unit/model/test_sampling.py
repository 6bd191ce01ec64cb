"""Draws of the assumptions: their range, their strata, their correlation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planner.model.sampling import correlate, latin_hypercube, pert, sample
from tests import worlds

ITEMS = worlds.engine().assumptions.items


def test_pert_has_the_moments_of_its_beta_distribution() -> None:
    low, central, high = 15.0, 30.0, 60.0
    uniform = (np.arange(4000) + 0.5) / 4000

    drawn = pert(uniform, *(np.array([value]) for value in (low, central, high)))[:, 0]

    assert drawn.mean() == pytest.approx((low + 4 * central + high) / 6, rel=1e-4)
    oracle = stats.beta(1 + 4 / 3, 1 + 8 / 3, loc=low, scale=high - low)
    np.testing.assert_allclose(drawn[::500], oracle.ppf(uniform[::500]), rtol=1e-9)


def test_every_stratum_is_hit_once_also_after_re_pairing() -> None:
    rng = np.random.default_rng(5)
    wanted = np.array([[1.0, 0.3], [0.3, 1.0]])

    plain = latin_hypercube(500, 2, rng)
    paired = correlate(plain, wanted, rng)

    for column in paired.T:
        assert sorted((column * 500).astype(int)) == list(range(500))
    assert stats.spearmanr(paired).statistic == pytest.approx(0.3, abs=0.03)


def test_need_and_official_share_rise_together_and_others_do_not() -> None:
    p = sample(ITEMS, 1000, 7)

    need = p["need"][:, 5]
    assert stats.spearmanr(need, p["official_share"][:, 0]).statistic == pytest.approx(
        0.3, abs=0.05
    )
    assert abs(stats.spearmanr(need, p["half_life"][:, 0]).statistic) < 0.1


def test_draws_stay_inside_their_range_and_rows_move_together() -> None:
    p = sample(ITEMS, 300, 3)

    for name, item in ITEMS.items():
        assert p[name].shape == (300, len(item.central))
        assert (p[name] >= np.array(item.low) - 1e-12).all()
        assert (p[name] <= np.array(item.high) + 1e-12).all()
    order = p["need"].argsort(axis=0)
    assert (order == order[:, :1]).all()
    np.testing.assert_array_equal(p["existing_profile"][0], ITEMS["existing_profile"].central)


def test_a_fixed_assumption_leaves_the_others_draws_alone() -> None:
    free, held = sample(ITEMS, 50, 11), sample(ITEMS, 50, 11, {"half_life": [3.0]})

    np.testing.assert_array_equal(held["half_life"], 3.0)
    for name in set(ITEMS) - {"half_life"}:
        np.testing.assert_array_equal(free[name], held[name])


def test_another_seed_gives_other_draws() -> None:
    assert (sample(ITEMS, 50, 1)["tail"] != sample(ITEMS, 50, 2)["tail"]).any()
