"""P10, P50 and P90 over the draws: of sums, and week by week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.ensemble import QUANTILES, quantiles

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

LOW, MIDDLE, HIGH = (QUANTILES.index(share) for share in (0.1, 0.5, 0.9))


@dataclass(frozen=True)
class Interval:
    """P10, P50 and P90 of a figure: eight draws in ten lie between `low` and `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, eq=False)
class Band:
    """P10, P50 and P90 of a weekly figure: float64 [week] each."""

    low: Floats
    middle: Floats
    high: Floats

    def at(self, week: int) -> Interval:
        """The interval of one week, by its index."""
        return Interval(float(self.low[week]), float(self.middle[week]), float(self.high[week]))


def interval(draws: Floats | Singles) -> Interval:
    """The Interval of a figure's draws, [draw]."""
    found = np.quantile(np.asarray(draws, dtype=np.float64), (0.1, 0.5, 0.9))
    return Interval(*(float(value) for value in found))


def band(draws: Singles) -> Band:
    """The Band of a weekly figure's draws, [draw, week]: the same quantiles as in the tables."""
    return band_of(quantiles(draws))


def band_of(table: Singles) -> Band:
    """The Band in a table of QUANTILES, [quantile, week]."""
    low, middle, high = (table[row].astype(np.float64) for row in (LOW, MIDDLE, HIGH))
    return Band(low, middle, high)
