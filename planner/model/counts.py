"""Counts drawn around a mean: Poisson numbers, many at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]

LARGEST_INVERTED = np.float32(12.0)
TOGETHER = 16_000  # elements taken together, so that they stay in the processor's cache


def poisson(mean: Singles, rng: np.random.Generator) -> Singles:
    """Poisson counts around `mean`, float32 of its shape [row, column]; mean ≥ 0.

    Up to a mean of 12 by inversion: the count is the number of k with u ≥ P(N ≤ k), all elements
    at once (Devroye 1986, X.3.2). u and the sums are single precision, so that probabilities are
    right to about 1e-7, far below what any number of draws can tell. Larger means are left to the
    generator.
    """
    large = mean > LARGEST_INVERTED
    inverted = np.where(large, np.float32(0), mean)
    counts = np.empty(mean.shape, dtype=np.float32)
    together = max(TOGETHER // mean.shape[1], 1)
    for first in range(0, mean.shape[0], together):
        rows = slice(first, first + together)
        counts[rows] = _inverted(inverted[rows], rng)
    if large.any():
        counts[large] = rng.poisson(mean[large])
    return counts


def _inverted(mean: Singles, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Counts by inversion: uint8; a mean of 12 never reaches 60 within single precision."""
    uniform = rng.random(mean.shape, dtype=np.float32)
    part = np.exp(-mean)
    total = part.copy()
    counts = np.zeros(mean.shape, dtype=np.uint8)
    beyond = uniform >= total
    following = 1
    while beyond.any() and following < 64:
        counts += beyond
        part *= mean
        part /= np.float32(following)
        total += part
        np.greater_equal(uniform, total, out=beyond)
        following += 1
    return counts
