"""P10, P50 and P90 of sums and of weeks."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.ensemble import quantiles
from planner.model.intervals import Interval, band, band_of, interval

RANDOM = np.random.default_rng(7)


def test_an_interval_is_numpys_quantiles() -> None:
    draws = RANDOM.gamma(2, 50, 137).astype(np.float32)

    found = interval(draws)

    expected = np.quantile(draws.astype(np.float64), [0.1, 0.5, 0.9])
    np.testing.assert_allclose(list(vars(found).values()), expected, rtol=1e-12)


def test_a_band_has_the_quantiles_of_every_week() -> None:
    draws = RANDOM.gamma(2, 50, (137, 9)).astype(np.float32)

    found = band(draws)

    expected = np.quantile(draws, [0.1, 0.5, 0.9], axis=0)
    np.testing.assert_allclose([found.low, found.middle, found.high], expected, rtol=1e-5)
    assert found.at(4) == Interval(*(pytest.approx(value) for value in expected[:, 4]))
    assert found.low.dtype == np.float64


def test_a_band_of_a_table_takes_its_rows() -> None:
    draws = RANDOM.gamma(2, 50, (50, 3)).astype(np.float32)

    one, other = band(draws), band_of(quantiles(draws))

    for name in ("low", "middle", "high"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
