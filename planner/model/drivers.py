"""What drives the answer: the effect of each assumption on the hours short.

Two views of the same question. The rank correlation says how far the draws' answer goes up and down
with an assumption, all others varying too. The swing says what becomes of the central path when one
assumption moves from its low to its high and every other one stays.

Symbols: draw d, assumption i, municipality m, week w.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from planner.assumptions import Parameters
from planner.model import gap
from planner.model.worlds import GROUP, Worlds, expected, supplied

Floats = NDArray[np.float64]

UNMOVED = 1e-4  # hours: a swing below it is arithmetic in single precision


@dataclass(frozen=True)
class Outcomes:
    """Sums over municipalities of what a draw brings over the weeks of a view: float64 [draw].

    short: hours missing; tightest: hours needed minus capacity in the week where that is most,
    negative where hours are left in every week; hours: rollout hours with the utilisation margin.
    """

    short: Floats
    tightest: Floats
    hours: Floats


@dataclass(frozen=True)
class Driver:
    """One assumption's effect: its rank correlation over the draws, and a measure of the central
    path with the assumption at its low, at its central value and at its high, hours.
    """

    id: str
    correlation: float
    low: float
    central: float
    high: float

    @property
    def swing(self) -> float:
        """Distance between the farthest of the three results, hours."""
        results = (self.low, self.central, self.high)
        return max(results) - min(results)


def extremes(central: Parameters, ranges: Mapping[str, tuple[Floats, Floats]]) -> Parameters:
    """The central path and each assumption at its low and at its high: [1 + 2·assumption, row].

    central: id → [1, row]; ranges: id → low and high, [row] each. Draw 0 is the central path, draws
    1 + 2i and 2 + 2i have assumption i at its low and at its high in all its rows.
    """
    draws = 1 + 2 * len(ranges)
    p = {name: np.repeat(value, draws, axis=0) for name, value in central.items()}
    for index, (name, (low, high)) in enumerate(ranges.items()):
        p[name][1 + 2 * index], p[name][2 + 2 * index] = low, high
    return p


def outcomes(world: Worlds, places: NDArray[np.intp], view: slice) -> Outcomes:
    """The Outcomes of some municipalities together, from expected figures without counts.

    places: positions in ascending order.
    """
    total = [np.zeros(world.draws) for _ in range(3)]
    for group in np.unique(places // GROUP):
        chosen = places[places // GROUP == group]
        for sums, found in zip(total, _outcomes(world, chosen, view), strict=True):
            sums += found.sum(axis=1)
    return Outcomes(*total)


def _outcomes(world: Worlds, places: NDArray[np.intp], view: slice) -> tuple[Floats, ...]:
    """The fields of Outcomes for each municipality of a group: float64 [draw, municipality]."""
    found = [expected(world, int(place)) for place in places]
    rollout = np.stack([each.hours[:, view] for each in found], axis=1).astype(np.float64)
    desk = np.stack([each.desk[:, view] for each in found], axis=1).astype(np.float64)
    supply = supplied(world, places)
    capacity, baseline = (
        part[:, view].transpose(2, 0, 1).astype(np.float64)
        for part in (supply.hours, supply.baseline)
    )
    utilisation = world.p["utilisation"]
    needed = gap.required_hours(rollout, desk, baseline, utilisation)
    short = gap.short_hours(rollout, desk, capacity, baseline, utilisation)
    tightest = (needed - capacity).max(axis=-1)
    return short.sum(axis=-1), tightest, (needed - baseline).sum(axis=-1)


def rank_correlation(values: Floats, outcome: Floats) -> Floats:
    """Spearman's rank correlation of each column with the outcome: float64 [assumption].

    values: [draw, assumption]; outcome: [draw]. Ties share the mean of their ranks; a column or an
    outcome that doesn't vary has correlation 0.
    """
    ranks = rankdata(np.column_stack([values, outcome]), method="average", axis=0)
    ranks -= ranks.mean(axis=0)
    size = np.sqrt((ranks**2).sum(axis=0))
    size = np.where(size > 0, size, 1.0)
    unit = ranks / size
    return np.asarray(unit[:, :-1].T @ unit[:, -1])


def effects(names: Sequence[str], correlation: Floats, results: Floats) -> tuple[Driver, ...]:
    """A Driver for each assumption, in the order given.

    correlation: [assumption]; results: a measure of the draws of `extremes`, [1 + 2·assumption].
    """
    return tuple(
        Driver(
            name,
            float(correlation[index]),
            float(results[1 + 2 * index]),
            float(results[0]),
            float(results[2 + 2 * index]),
        )
        for index, name in enumerate(names)
    )
