"""Draws of the assumptions: PERT distributions, Latin hypercube, rank correlations.

One draw is one consistent world. All rows of an assumption share one uniform number, so that a
world in which the elderly need much help is one in which everybody does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri
from scipy.stats import qmc

from planner.assumptions import Assumption, Parameters

Floats = NDArray[np.float64]

PERT_WEIGHT = 4.0
FEWEST_CORRELATED = 8


def pert(uniform: Floats, low: Floats, central: Floats, high: Floats) -> Floats:
    """PERT quantiles: float64 [draw, row]; uniform: [draw]; low, central, high: [row].

    A beta distribution on [low, high] with shapes 1 + 4·(central − low)/(high − low) and
    1 + 4·(high − central)/(high − low) (Malcolm et al. 1959); low = high is a constant.
    """
    values = np.repeat(central[None, :], uniform.size, axis=0)
    varies = high > low
    width, left = (
        (high - low)[varies],
        ((central - low) / np.where(varies, high - low, 1.0))[varies],
    )
    # rows of one shape share their quantiles: the inverse is the dear part
    shapes, row = np.unique(left, return_inverse=True)
    first, second = 1 + PERT_WEIGHT * shapes, 1 + PERT_WEIGHT * (1 - shapes)
    share = betaincinv(first[None, :], second[None, :], uniform[:, None])
    values[:, varies] = low[varies] + width * share[:, row]
    return values


def latin_hypercube(draws: int, columns: int, rng: np.random.Generator) -> Floats:
    """Uniform numbers, one in each of `draws` equal strata of every column: [draw, column]."""
    return np.asarray(qmc.LatinHypercube(d=columns, rng=rng).random(draws))


def correlate(uniform: Floats, wanted: Floats, rng: np.random.Generator) -> Floats:
    """`uniform` with its columns re-paired to the rank correlation `wanted` [column, column].

    Iman and Conover (1982): scores with the wanted correlation are drawn, and each column is put
    into their order. Only the order changes, so the strata stay. A handful of draws can't be
    correlated and is left as it is.
    """
    linked = np.flatnonzero((np.abs(wanted - np.eye(wanted.shape[0])) > 0).any(axis=0))
    draws = uniform.shape[0]
    if linked.size == 0 or draws < FEWEST_CORRELATED + linked.size:
        return uniform
    scores = ndtri((np.arange(draws) + 0.5) / draws)
    table = np.column_stack([rng.permutation(scores) for _ in linked])
    # the scores' own accidental correlation is taken out before the wanted one is put in
    own = np.linalg.cholesky(np.corrcoef(table, rowvar=False))
    target = np.linalg.cholesky(2 * np.sin(np.pi * wanted[np.ix_(linked, linked)] / 6))
    mixed = table @ np.linalg.inv(own).T @ target.T
    ranks = mixed.argsort(axis=0).argsort(axis=0)
    paired = uniform.copy()
    paired[:, linked] = np.take_along_axis(np.sort(uniform[:, linked], axis=0), ranks, axis=0)
    return paired


def wanted_correlation(items: Sequence[Assumption]) -> Floats:
    """Rank correlations that the table asks for: float64 [assumption, assumption]."""
    at = {item.id: index for index, item in enumerate(items)}
    matrix = np.eye(len(items))
    for item in items:
        for other, value in item.correlated_with:
            if other in at:
                matrix[at[item.id], at[other]] = matrix[at[other], at[item.id]] = value
    return matrix


def sample(
    items: Mapping[str, Assumption],
    draws: int,
    seed: int,
    fixed: Mapping[str, Sequence[float]] | None = None,
) -> Parameters:
    """Values of every assumption: id → float64 [draw, row].

    fixed: values a scenario sets; such an assumption is a constant. The uniform numbers depend on
    seed and number of draws alone, so fixing one assumption leaves the others' draws as they are.
    """
    given = dict(fixed or {})
    names = list(items)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(0,)))
    uniform = latin_hypercube(draws, len(names), rng)
    uniform = correlate(uniform, wanted_correlation(list(items.values())), rng)
    values: dict[str, Floats] = {}
    for column, name in enumerate(names):
        item = items[name]
        low, central, high = (np.array(row) for row in (item.low, item.central, item.high))
        if name in given:
            low = central = high = np.array(given[name], dtype=np.float64)
        values[name] = pert(uniform[:, column], low, central, high)
    return values
