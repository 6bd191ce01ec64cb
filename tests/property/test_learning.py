"""What must hold for any log: finite positive numbers, enough draws, places left alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from planner.model.learning import factor_shape, resampled, tempered
from tests import logs

DRAWS = {number: logs.draws(number, places=6) for number in (2, 30, 150)}
anything = st.just(0.0) | st.integers(0, 40).map(float) | st.integers(0, 10**6).map(float)


@given(
    draws=st.sampled_from(sorted(DRAWS)),
    counts=hnp.arrays(np.float64, (6, 8), elements=anything | st.just(np.nan)),
    first=st.integers(0, logs.WEEKS - 8),
)
@settings(max_examples=60)
def test_any_log_gives_sound_numbers(draws: int, counts: np.ndarray, first: int) -> None:
    found = DRAWS[draws]
    logged = np.isfinite(counts)
    weeks = logged.any(axis=0)
    if not weeks.any():
        return
    whole = np.full((6, logs.WEEKS), np.nan)
    whole[:, first : first + 8] = counts
    at = np.flatnonzero(np.isfinite(whole).any(axis=0))
    places = np.flatnonzero(logged.any(axis=1))
    log = logs.Log(found.expected[:, places][:, :, at], whole[np.ix_(places, at)], places, at)

    result = found.learned(log)

    assert result is not None
    assert abs(result.weight.sum() - 1) < 1e-9
    assert result.effective >= min(100, draws / 2) - 1e-6
    for name in ("level", "shape", "rate"):
        values = getattr(result.learned, name)
        assert np.isfinite(values).all()
        assert (values > 0).all()
    others = np.setdiff1d(np.arange(6), places)
    prior = factor_shape(found.sigma[result.learned.chosen]).astype(np.float32)
    assert (result.learned.shape[:, others] == prior[:, None]).all()
    assert (result.learned.rate[:, others] == prior[:, None]).all()
    assert ((result.unusual >= 0) & (result.unusual <= 1)).all()


@given(
    log_weight=hnp.arrays(np.float64, st.integers(1, 400), elements=st.floats(-1e6, 1e6)),
    seed=st.integers(0, 100),
)
@settings(max_examples=60)
def test_any_weights_can_be_tempered_and_resampled(log_weight: np.ndarray, seed: int) -> None:
    weight, power = tempered(log_weight)
    chosen = resampled(weight, np.random.default_rng(seed))

    size = log_weight.size
    assert 0 <= power <= 1
    assert 1 / (weight**2).sum() >= min(100, size / 2) * (1 - 1e-9)
    number = np.bincount(chosen, minlength=size)
    assert number.sum() == size
    assert (np.abs(number - size * weight) < 1 + 1e-6).all()
    assert (np.diff(weight[np.argsort(log_weight)]) >= -1e-15).all()
