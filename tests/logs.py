"""Small logs for the tests of learning: draws that differ in level, places with their own factors.

The draws' expectations are simple on purpose: level · size of the place · shape over the weeks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.learning import Log, Update, update

Floats = NDArray[np.float64]

WEEKS = 20
SHAPE = 25.0
SIGMA = 0.3


@dataclass(frozen=True)
class Draws:
    """Expected contacts of draws: [draw, place, week]; sigma: [draw]."""

    expected: NDArray[np.float32]
    sigma: Floats

    @property
    def national(self) -> Floats:
        return self.expected.sum(axis=1, dtype=np.float64)

    def log(self, counts: Floats, first: int = 4) -> Log:
        """The Log of counts [place, week] from a week on; places that logged nothing left out."""
        places = np.flatnonzero(np.isfinite(counts).any(axis=1))
        weeks = np.arange(first, first + counts.shape[1])
        return Log(self.expected[:, places][:, :, weeks], counts[places], places, weeks)

    def learned(self, log: Log | None, seed: int = 1) -> Update | None:
        places = self.expected.shape[1]
        delay = np.zeros(WEEKS)
        return update(log, None, self.sigma, SHAPE, self.national, delay, places, seed)


def draws(number: int = 300, places: int = 40, seed: int = 3) -> Draws:
    """Draws whose levels differ by 40 %, of places from 2 to 200 contacts a week."""
    rng = np.random.default_rng(seed)
    level = np.exp(0.4 * rng.standard_normal(number))
    fading = np.exp(-np.outer(rng.uniform(0.0, 0.08, number), np.arange(WEEKS)))
    size = np.geomspace(2, 200, places)
    expected = level[:, None, None] * size[None, :, None] * fading[:, None, :]
    return Draws(expected.astype(np.float32), np.full(number, SIGMA))


def counts(
    found: Draws, times: float = 1.0, weeks: int = 6, first: int = 4, seed: int = 5
) -> Floats:
    """What a world at `times` the draws' mean logs in every place: float64 [place, week]."""
    rng = np.random.default_rng(seed)
    mean = times * found.expected.mean(axis=0, dtype=np.float64)[:, first : first + weeks]
    factor = np.exp(SIGMA * rng.standard_normal((mean.shape[0], 1)) - SIGMA**2 / 2)
    return rng.poisson(mean * factor * rng.standard_gamma(SHAPE, mean.shape) / SHAPE).astype(float)
