"""Counts drawn around a mean: Poisson numbers with a Gamma dispersion, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]

LARGEST_INVERTED = np.float32(12.0)
MOST = 255  # the largest count by inversion: beyond it lies less than 1e-8, whatever the shape
TOGETHER = 128_000  # elements taken together: bounds memory, and threads seldom wait for each other


def dispersed(mean: Singles, shape: Singles, rngs: Sequence[np.random.Generator]) -> Singles:
    """Poisson counts around mean · Gamma(shape, 1/shape): float32 [place, week, draw] as mean.

    mean ≥ 0; shape ≥ 1: one for each draw; rngs: one for each place, whose counts follow from it
    alone. Such counts are negative binomial. Up to a mean of 12 they come by inversion: the count
    is the number of k with u ≥ P(N ≤ k), all elements at once (Devroye 1986, X.3.2), P(N = 0) =
    (1 + mean/shape)^(−shape) and P(N = k + 1) / P(N = k) = (shape + k)/(k + 1) · mean/(shape +
    mean). u and the sums are single precision, so that probabilities are right to about 1e-6, far
    below what any number of draws can tell. Larger means are left to the generator.
    """
    large = mean > LARGEST_INVERTED
    inverted = np.where(large, np.float32(0), mean).reshape(-1, mean.shape[-1])
    uniform = np.empty_like(mean)
    for row, rng in enumerate(rngs):
        rng.random(out=uniform[row], dtype=np.float32)
    counts = np.empty(mean.shape, dtype=np.float32)
    one = shape[:1] if bool((shape == shape[0]).all()) else shape
    flat, level = counts.reshape(inverted.shape), uniform.reshape(inverted.shape)
    together = max(TOGETHER // mean.shape[-1], 1)
    for first in range(0, inverted.shape[0], together):
        rows = slice(first, first + together)
        flat[rows] = _inverted(inverted[rows], one, level[rows])
    for row, chosen in enumerate(large):
        if not chosen.any():
            continue
        each = np.broadcast_to(shape, chosen.shape)[chosen]
        lifted = mean[row][chosen] * rngs[row].standard_gamma(each) / each
        counts[row][chosen] = rngs[row].poisson(lifted)
    return counts


def _inverted(mean: Singles, shape: Singles, uniform: Singles) -> NDArray[np.uint8]:
    """Counts by inversion: uint8; mean, uniform: [row, draw]; shape: [1] or [draw]."""
    part = np.exp(-shape * np.log1p(mean / shape))
    ratio = mean / (shape + mean)
    total = part.copy()
    counts = np.zeros(mean.shape, dtype=np.uint8)
    beyond = uniform >= total
    reached = 0
    while reached < MOST and beyond.any():
        counts += beyond
        part *= ratio
        part *= (shape + np.float32(reached)) / np.float32(reached + 1)
        total += part
        np.greater_equal(uniform, total, out=beyond)
        reached += 1
    return counts
