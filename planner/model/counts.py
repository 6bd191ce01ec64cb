"""Counts drawn around a mean: Poisson numbers with a Gamma dispersion, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.scratch import Scratch

Singles = NDArray[np.float32]

LARGEST_INVERTED = np.float32(12.0)
MOST = 255  # the largest count by inversion: beyond it lies less than 1e-8, whatever the shape
TOGETHER = 128_000  # elements taken together: bounds memory, and threads seldom wait for each other
FEW = 6  # once fewer than one in so many are still to be counted, only they are gone on with


def dispersed(
    mean: Singles,
    shape: Singles,
    rngs: Sequence[np.random.Generator],
    scratch: Scratch | None = None,
) -> Singles:
    """Poisson counts around mean · Gamma(shape, 1/shape): float32 [place, week, draw] as mean.

    mean ≥ 0; shape ≥ 1: one for each draw; rngs: one for each place, whose counts follow from it
    alone. Such counts are negative binomial. Up to a mean of 12 they come by inversion: the count
    is the number of k with u ≥ P(N ≤ k), many elements at once (Devroye 1986, X.3.2), P(N = 0) =
    (1 + mean/shape)^(−shape) and P(N = k + 1) / P(N = k) = (shape + k)/(k + 1) · mean/(shape +
    mean). u and the sums are single precision, so that probabilities are right to about 1e-6, far
    below what any number of draws can tell. Larger means are left to the generator.
    """
    scratch = scratch or Scratch()
    uniform = scratch.singles("uniform", mean.shape)
    counts = scratch.singles("counts", mean.shape)
    for row, rng in enumerate(rngs):
        rng.random(out=uniform[row], dtype=np.float32)
    draws = mean.shape[-1]
    lines, levels, result = (part.reshape(-1, draws) for part in (mean, uniform, counts))
    together = max(TOGETHER // draws, 1)
    for first in range(0, lines.shape[0], together):
        rows = slice(first, first + together)
        small = np.where(lines[rows] > LARGEST_INVERTED, np.float32(0), lines[rows])
        each = np.broadcast_to(shape, small.shape).ravel()
        found = _inverted(small.ravel(), each, levels[rows].ravel())
        result[rows] = found.reshape(small.shape)
    for row, chosen in enumerate(mean > LARGEST_INVERTED):
        if chosen.any():
            each = np.broadcast_to(shape, chosen.shape)[chosen]
            lifted = mean[row][chosen] * rngs[row].standard_gamma(each) / each
            counts[row][chosen] = rngs[row].poisson(lifted)
    return counts


def _inverted(mean: Singles, shape: Singles, uniform: Singles) -> NDArray[np.uint8]:
    """Counts by inversion: uint8 [element]; mean, shape, uniform: [element]."""
    part = np.exp(-shape * np.log(1 + mean / shape))
    ratio = mean / (shape + mean)
    total = part.copy()
    counts = np.zeros(mean.shape, dtype=np.uint8)
    beyond = uniform >= total
    some: NDArray[np.uint8] = counts
    where: NDArray[np.intp] = np.arange(0)  # the elements gone on with, once they are few
    for reached in range(MOST):
        left = np.count_nonzero(beyond)
        if left == 0:
            break
        if left * FEW < beyond.size:
            if some is not counts:
                counts[where] = some
            keep = np.flatnonzero(beyond)
            where = keep if some is counts else where[keep]
            part, ratio, total, uniform, shape = (
                values[keep] for values in (part, ratio, total, uniform, shape)
            )
            some = np.full(left, reached, dtype=np.uint8)
            beyond = np.ones(left, dtype=np.bool_)
        some += beyond
        part *= ratio
        part *= (shape + np.float32(reached)) / np.float32(reached + 1)
        total += part
        np.greater_equal(uniform, total, out=beyond)
    if some is not counts:
        counts[where] = some
    return counts
