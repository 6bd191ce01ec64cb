"""The integer programme behind a mix: cheapest whole units within conditions that may be added.

Symbols: option o; n[o] units, y[o] whether the option is used, c[o] euros of a unit, f[o] euros to
set the option up, m[o] the most units there can be.

    minimise    Σ_o c[o] · n[o] + f[o] · y[o]
    subject to  Σ_o weight[k, o] · n[o] ≥ least[k]           for every condition k
                n[o] ≥ (point[j, o] + 1) · z[j, o]  and      for every point j that is too little:
                Σ_o z[j, o] ≥ 1                              one option must be above it
                0 ≤ n[o] ≤ m[o] · y[o],  n whole,  y and z 0 or 1

Solved by HiGHS through scipy.optimize.milp. The second group is a disjunctive cut (E. Balas,
Disjunctive Programming, 1979): where more is never less, units n that are too little rule out all
that lie nowhere above n.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = NDArray[np.float64]
Reals = NDArray[np.floating[Any]]
Units = NDArray[np.int64]


@dataclass
class Programme:
    """An integer programme: unit_cost, setup, most: float64 [option], see the module.

    least: (weights [option], hours) of every condition; too_little: points, int64 [option] each.
    """

    unit_cost: Floats
    setup: Floats
    most: Floats
    least: list[tuple[Floats, float]] = field(default_factory=list)
    too_little: list[Units] = field(default_factory=list)

    def cost(self, units: Units) -> float:
        """Euros of some units, setting up included."""
        return float(self.unit_cost @ units + self.setup @ (units > 0))

    def solve(self, raised: float = 1.0) -> Units | None:
        """The cheapest units, int64 [option]; None where there are none.

        raised: factor on what the conditions ask for at least.
        """
        size = self.most.size
        rows, low = self._conditions(raised)
        width = rows.shape[1]
        price = np.zeros(width)
        price[: 2 * size] = np.concatenate([self.unit_cost, self.setup])
        top = np.ones(width)
        top[:size] = self.most
        found = milp(
            price,
            integrality=np.ones(width, dtype=np.int64),
            bounds=Bounds(0, top),
            constraints=LinearConstraint(rows, low, np.inf),
            options={"mip_rel_gap": 0.0},
        )
        return None if found.x is None else np.rint(found.x[:size]).astype(np.int64)

    def _conditions(self, raised: float) -> tuple[Floats, Floats]:
        """Rows [condition, variable] and what they must be at least: n, then y, then every z."""
        size = self.most.size
        width = size * (2 + len(self.too_little))
        one = np.eye(size)
        rows: list[Floats] = []
        least: list[float] = []

        def add(low: float, parts: Mapping[int, Reals]) -> None:
            """Rows in which only some blocks of variables count: n is 0, y is 1, z from 2 on."""
            block = np.zeros((next(iter(parts.values())).shape[0], width))
            for at, values in parts.items():
                block[:, at * size : (at + 1) * size] = values
            rows.append(block)
            least.extend([low] * block.shape[0])

        add(0.0, {0: -one, 1: np.diag(self.most)})
        for weights, hours in self.least:
            add(hours * raised, {0: weights[None]})
        for at, point in enumerate(self.too_little, start=2):
            possible = point < self.most
            add(0.0, {0: one, at: -np.diag((point + 1.0) * possible)})
            add(1.0, {at: possible[None] * 1.0})
        return np.concatenate(rows), np.array(least)
