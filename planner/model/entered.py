"""Capacity that somebody has entered: it replaces what is estimated, row by row and week by week.

Symbols: draw d, entered municipality e, certainty c, week w. Hours a week.

    hours[d, e, w] = Σ_c present[d, e, c] · (open[e, c, w] + contract[e, c, w] · (1 − shrinkage[d]))
    baseline[d, e] = use[d] · (before[e] + before_contract[e] · (1 − shrinkage[d]))

A row that is not certain is there in a share CERTAINTY of the draws. One number between 0 and 1
decides for all rows of a municipality in a draw: what is uncertain fails together, and no row takes
another one away. The central path counts what is there in more than half of the draws. What was
there before the start is a fact, whatever its certainty afterwards.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model.capacity import Capacity

Floats = NDArray[np.float64]

CERTAINTY = (1.0, 0.9, 0.5)
"""Share of the draws in which a row is there: certain, likely, uncertain (expert assumption)."""
CENTRAL = 0.5
NONE: Floats = np.zeros((0, len(CERTAINTY), 2, 0))


@dataclass(frozen=True, eq=False)
class Entered:
    """What has been entered, by municipality.

    places: their indices, ascending; hours: [entered, certainty, 2, week], open hours and contract
    hours; before: [entered, 2], those of the week before the start; luck: [draw, entered], None on
    the central path.
    """

    places: NDArray[np.intp]
    hours: Floats
    before: Floats
    luck: Floats | None = None

    def at(self, chosen: NDArray[np.intp]) -> Entered:
        """What has been entered along the axis of some municipalities, given in ascending order."""
        inside = np.isin(self.places, chosen)
        return Entered(
            np.searchsorted(chosen, self.places[inside]),
            self.hours[inside],
            self.before[inside],
            None if self.luck is None else self.luck[:, inside],
        )

    @property
    def steps(self) -> Floats:
        """Hours that tell kinds of weeks apart: [row, week]."""
        return self.hours.reshape(-1, self.hours.shape[-1])


def nothing(weeks: int) -> Entered:
    """An Entered without municipalities, over so many weeks."""
    nobody = np.zeros(0, dtype=np.intp)
    return Entered(nobody, np.zeros((0, len(CERTAINTY), 2, weeks)), np.zeros((0, 2)))


def luck(entered: Entered, draws: int, seed: int) -> Floats:
    """What decides over uncertain rows: uniform [draw, entered], by place and seed alone."""
    found = np.empty((draws, entered.places.size))
    for column, place in enumerate(entered.places):
        found[:, column] = _luck(int(place), draws, seed)
    return found


@functools.lru_cache(maxsize=1024)
def _luck(place: int, draws: int, seed: int) -> Floats:
    stream = np.random.SeedSequence(seed, spawn_key=(3, place))
    return np.random.default_rng(stream).random(draws)


def replaced(
    supply: Capacity,
    p: Parameters,
    entered: Entered,
    tallied: NDArray[np.intp],
    before_start: NDArray[np.bool_],
    weeks: NDArray[np.intp] | slice,
) -> Capacity:
    """The supply with what has been entered in place of what was estimated or answered.

    supply: [draw, municipality, week]; tallied: municipalities whose baseline a tally week gave,
    which stays; before_start: which of the supply's weeks lie before the start, when nobody is
    served beyond what there is; weeks: which of the entered weeks the supply's are.
    """
    if entered.places.size == 0:
        return supply
    net = np.stack([np.ones_like(p["shrinkage"]), 1 - p["shrinkage"]], axis=-1)  # [draw, 1, 2]
    chance = np.full((1, entered.places.size), CENTRAL) if entered.luck is None else entered.luck
    present = chance[:, :, None] < np.array(CERTAINTY)
    given = entered.hours[..., weeks]
    hours = np.einsum("dec,ecbw,dxb->dew", present * 1.0, given, net, optimize=True)
    before = np.einsum("eb,dxb->de", entered.before, net)
    baseline = np.repeat((p["use"] * before)[:, :, None], hours.shape[-1], axis=-1)
    kept = np.isin(entered.places, tallied)
    baseline[:, kept] = supply.baseline[:, entered.places[kept]]
    limited = np.where(before_start, np.minimum(baseline, hours), baseline)
    result = Capacity(supply.hours.copy(), supply.baseline.copy(), supply.absorbable)
    result.hours[:, entered.places] = hours
    result.baseline[:, entered.places] = limited
    return result
