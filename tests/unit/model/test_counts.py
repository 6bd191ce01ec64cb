"""Counts by inversion: distributed as Poisson with a Gamma dispersion, checked against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planner.model.counts import LARGEST_INVERTED
from planner.model.counts import dispersed as of_places


def dispersed(mean: np.ndarray, shape: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Counts of one place."""
    return of_places(mean[None], shape, [rng])[0]


def shapes(columns: int, value: float = 25.0) -> np.ndarray:
    return np.full(columns, value, dtype=np.float32)


@pytest.mark.parametrize("mean", [0.02, 0.7, 3.3, 11.9, 12.1, 240.0])
@pytest.mark.parametrize("shape", [1.0, 25.0, 1000.0])
def test_counts_are_negative_binomial(mean: float, shape: float) -> None:
    means = np.full((40, 2500), mean, dtype=np.float32)

    counts = dispersed(means, shapes(2500, shape), np.random.default_rng(5)).ravel()

    whole = stats.nbinom(shape, shape / (shape + float(np.float32(mean))))
    edges = np.unique(whole.ppf(np.linspace(0.01, 0.99, 12)))
    seen = np.bincount(np.searchsorted(edges, counts), minlength=edges.size + 1)
    share = np.diff(np.concatenate([[0.0], whole.cdf(edges), [1.0]]))
    assert (counts == np.rint(counts)).all()
    assert stats.chisquare(seen, share * counts.size).pvalue > 1e-3


def test_every_column_has_its_own_shape() -> None:
    shape = np.tile(np.array([1.0, 1000.0], dtype=np.float32), 100)
    means = np.full((2000, 200), 4.0, dtype=np.float32)

    counts = dispersed(means, shape, np.random.default_rng(6))

    assert counts[:, ::2].var() == pytest.approx(4 + 16, rel=0.03)
    assert counts[:, 1::2].var() == pytest.approx(4 + 0.016, rel=0.03)


def test_small_and_large_means_stand_side_by_side() -> None:
    means = np.tile(np.array([0.0, 1.0, 500.0], dtype=np.float32), (33, 400))

    counts = dispersed(means, shapes(1200), np.random.default_rng(6)).reshape(33, 400, 3)

    assert (counts[..., 0] == 0).all()
    assert counts[..., 1].mean() == pytest.approx(1.0, abs=0.04)
    assert counts[..., 2].mean() == pytest.approx(500.0, rel=0.01)


def test_the_largest_inverted_mean_has_its_tail() -> None:
    means = np.full((100, 5000), LARGEST_INVERTED, dtype=np.float32)

    counts = dispersed(means, shapes(5000, 1.0), np.random.default_rng(7))

    assert counts.max() < 255
    assert counts.var() == pytest.approx(12.0 + 144.0, rel=0.02)


def test_the_same_generator_gives_the_same_counts() -> None:
    means = np.random.default_rng(8).random((20, 30)).astype(np.float32) * 20

    first, second = (dispersed(means, shapes(30), np.random.default_rng(9)) for _ in range(2))

    np.testing.assert_array_equal(first, second)


def test_a_places_counts_follow_from_its_own_generator() -> None:
    means = np.random.default_rng(8).random((3, 20, 30)).astype(np.float32) * 20
    together = of_places(means, shapes(30), [np.random.default_rng(seed) for seed in (1, 2, 3)])

    alone = of_places(means[1:2], shapes(30), [np.random.default_rng(2)])

    np.testing.assert_array_equal(together[1:2], alone)


def test_inversion_is_scipys_quantile_element_by_element() -> None:
    rng = np.random.default_rng(10)
    means = (12 * rng.random((200, 300)) ** 4).astype(np.float32)  # a few large among many small
    shape = (1 + 50 * rng.random(300)).astype(np.float32)

    counts = dispersed(means, shape, np.random.default_rng(11))

    uniform = np.random.default_rng(11).random(means.shape, dtype=np.float32)
    wanted = stats.nbinom.ppf(uniform, shape, shape / (shape + means.astype(np.float64)))
    assert np.mean(counts != wanted) < 1e-4  # u within single precision of a step
    assert np.abs(counts - wanted).max() <= 1
