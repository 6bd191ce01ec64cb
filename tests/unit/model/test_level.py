"""The national level: evidence is exact, spells are found, and levels go back to one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from planner.model import level
from planner.model.level import Paths, Pool, fit, paths, prior, spells

WEEKS = 20
LOGGED = np.arange(4, 12)
NOBODY = np.zeros(WEEKS)


def pooled(ratio: np.ndarray, draws: int = 400, noise: float = 0.03) -> Pool:
    """The same log in every draw."""
    size = ratio.size
    table = np.repeat(ratio[None], draws, axis=0)
    place = np.full((size, size), 0.02**2)
    return Pool(table, np.full((draws, size), noise**2), place, LOGGED[:size])


def learned(series: Pool, delay: np.ndarray = NOBODY) -> Paths:
    """Posterior paths of all draws, which expect the same."""
    covariance, possible = prior(WEEKS, delay), spells(series.weeks)
    found = fit(series, covariance, possible)
    chosen, rng = np.arange(series.ratio.shape[0]), np.random.default_rng(1)
    expected = np.zeros((chosen.size, WEEKS))
    return paths(series, covariance, possible, found, chosen, expected, 1.0, rng)


def drawn(series: Pool, delay: np.ndarray = NOBODY) -> np.ndarray:
    """Log of the posterior factors: [draw, week]."""
    return np.log(learned(series, delay).factor)


def test_evidence_is_the_normal_density_of_every_hypothesis() -> None:
    rng = np.random.default_rng(3)
    ratio = 0.1 * rng.standard_normal((2, 5))
    ratio[:, 2] -= 2  # an outage, so that several spells are tried
    series = Pool(ratio, np.full((2, 5), 0.03**2), np.full((5, 5), 0.01**2), LOGGED[:5])
    covariance, possible = prior(WEEKS, NOBODY), spells(series.weeks)

    found = fit(series, covariance, possible)

    assert {len(chosen) for chosen in found.hypotheses} == {0, 1, 2, 3}
    base = covariance[np.ix_(series.weeks, series.weeks)] + series.place
    base = base + (0.03**2 + level.DISTURBANCE**2) * np.eye(5)
    for draw, (column, chosen) in itertools.product(range(2), enumerate(found.hypotheses)):
        mean, whole = np.zeros(5), base.copy()
        for spell in chosen:
            weeks = possible.weeks[spell]
            mean += possible.mean[spell] * weeks
            whole += possible.sd[spell] ** 2 * np.outer(weeks, weeks)
        density = stats.multivariate_normal(mean, whole).logpdf(ratio[draw])
        exact = density + 5 / 2 * np.log(2 * np.pi) + len(chosen) * np.log(level.SPELL_ODDS)
        assert found.log_evidence[draw, column] == pytest.approx(exact, abs=1e-8)


def test_an_ordinary_log_leaves_levels_near_one_and_finds_nothing_unusual() -> None:
    series = pooled(np.zeros(8))

    after = learned(series)

    assert np.abs(np.log(np.median(after.factor, axis=0))).max() < 0.02
    assert after.unusual.max() < 0.05


def test_an_outage_is_seen_and_not_carried_on() -> None:
    ratio = np.zeros(8)
    ratio[-1] = -2.5

    path = drawn(pooled(ratio))

    assert np.median(path[:, LOGGED[-1]]) == pytest.approx(-2.5, abs=0.1)
    assert np.abs(np.median(path[:, 12:], axis=0)).max() < 0.03
    assert np.quantile(path[:, 12], 0.2) > -0.1


def test_a_campaign_that_is_over_does_not_lift_the_forecast() -> None:
    ratio = np.array([0, 0, 0.7, 0.72, 0.69, 0, 0, 0.0])

    path = drawn(pooled(ratio))

    assert np.median(path[:, LOGGED[3]]) == pytest.approx(0.72, abs=0.06)
    assert np.abs(np.median(path[:, 12:], axis=0)).max() < 0.03


def test_a_campaign_in_the_last_weeks_may_go_on_for_some() -> None:
    ratio = np.array([0, 0, 0, 0, 0, 0, 0.7, 0.7])

    path = drawn(pooled(ratio))

    share = (path[:, 12:] > 0.4).mean(axis=0)
    assert 0.3 < share[0] < 0.7
    assert share[0] > share[2] > share[6]
    assert share[6] < 0.1


def test_an_outage_and_a_campaign_in_one_log_are_both_seen() -> None:
    ratio = np.array([0, -2.3, 0, 0, 0.6, 0.61, 0.6, 0.0])
    series = pooled(ratio)

    share = learned(series).unusual

    np.testing.assert_array_equal(share > 0.5, np.abs(ratio) > 0.1)


def test_what_no_draw_explains_wears_off() -> None:
    path = np.median(drawn(pooled(np.full(8, 0.08), noise=0.01)), axis=0)

    assert 0 < path[19] < path[12]
    assert path[11] == pytest.approx(0.08, abs=0.03)


def test_a_later_peak_follows_the_other_delays_direction() -> None:
    delay = np.zeros(WEEKS)
    delay[4:] = np.linspace(-0.6, 0.4, WEEKS - 4)

    path = np.median(drawn(pooled(0.8 * delay[LOGGED], noise=0.01), delay), axis=0)

    np.testing.assert_allclose(path[12:18], 0.8 * delay[12:18], atol=0.1)


def test_draws_move_by_what_their_weights_have_left_over() -> None:
    rng = np.random.default_rng(4)
    away = 0.3 * rng.standard_normal((400, 1))
    expected = np.repeat(away, WEEKS, axis=1)  # draws differ in level alone
    ratio = np.repeat(0.5 - away, 8, axis=1)  # and the log lies 0.5 above their middle
    series = Pool(ratio, np.full((400, 8), 0.03**2), np.full((8, 8), 0.01**2), LOGGED)
    covariance, possible = prior(WEEKS, NOBODY), spells(LOGGED)
    found = fit(series, covariance, possible)
    args = (series, covariance, possible, found, np.arange(400), expected)

    moved = np.log(paths(*args, power=0.0, rng=np.random.default_rng(1)).factor) + expected

    assert np.median(moved[:, 15]) == pytest.approx(0.5, abs=0.05)
    assert moved[:, 15].std() < 0.12


def test_a_log_that_may_lie_anywhere_says_nothing_of_the_level() -> None:
    series = pooled(np.full(8, 4.0))
    anywhere = Pool(series.ratio, series.noise, np.full((8, 8), 1e5), series.weeks)

    after = learned(anywhere)

    assert np.abs(np.median(np.log(after.factor), axis=0)).max() < 0.02
    assert after.unusual.max() < 0.05


def test_gaps_in_a_log_are_no_obstacle() -> None:
    weeks = np.array([4, 5, 9, 10, 11])
    series = Pool(np.zeros((50, 5)), np.full((50, 5), 1e-3), np.zeros((5, 5)), weeks)

    path = drawn(series)

    assert path.shape == (50, WEEKS)
    assert np.isfinite(path).all()
    assert len(spells(weeks).weeks) == len({tuple(row) for row in spells(weeks).weeks})
