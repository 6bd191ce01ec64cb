"""Columns and rows of an integer programme, gathered piece by piece and solved by milp."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csc_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Solution:
    """The best values found (None where none was), their objective, its bound and the gap."""

    values: Floats | None
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """Proven distance from the optimum, relative to the objective; 0 is optimal."""
        if self.values is None:
            return np.inf
        far = self.objective - self.bound
        return 0.0 if far <= 1e-7 else far / max(abs(self.objective), 1e-9)


@dataclass(eq=False)
class Programme:
    """A minimisation under construction: `columns` and `rows` return the indices they added."""

    _cost: list[Floats] = field(default_factory=list)
    _upper: list[Floats] = field(default_factory=list)
    _whole: list[Floats] = field(default_factory=list)
    _entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    _low: list[Floats] = field(default_factory=list)
    _high: list[Floats] = field(default_factory=list)
    _size: list[int] = field(default_factory=lambda: [0, 0])

    def columns(
        self, count: int, cost: ArrayLike = 0.0, upper: ArrayLike = np.inf, whole: bool = False
    ) -> Ints:
        """Add columns between 0 and `upper`."""
        for values, given in (
            (self._cost, cost),
            (self._upper, upper),
            (self._whole, float(whole)),
        ):
            values.append(np.broadcast_to(np.asarray(given, dtype=np.float64), (count,)))
        self._size[1] += count
        return np.arange(self._size[1] - count, self._size[1])

    def rows(self, low: ArrayLike, high: ArrayLike, count: int = 1) -> Ints:
        """Add rows that must lie between `low` and `high`."""
        for values, given in ((self._low, low), (self._high, high)):
            values.append(np.broadcast_to(np.asarray(given, dtype=np.float64), (count,)))
        self._size[0] += count
        return np.arange(self._size[0] - count, self._size[0])

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> None:
        """Add coefficients; entries of one place are summed."""
        row, column, value = np.broadcast_arrays(rows, columns, values)
        self._entries.append(
            (
                row.ravel().astype(np.int64),
                column.ravel().astype(np.int64),
                value.ravel().astype(np.float64),
            )
        )

    def matrix(self) -> csc_array:
        """The coefficients, [row, column]."""
        nothing = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
        row, column, value = (
            np.concatenate([nothing[part], *(entry[part] for entry in self._entries)])
            for part in range(3)
        )
        return csc_array(coo_array((value, (row, column)), shape=tuple(self._size)))

    def data(self) -> tuple[Floats, Floats, Ints, Floats, Floats]:
        """Cost, upper bound and wholeness (0 or 1) of the columns; low and high of the rows."""
        cost, upper, whole = (
            np.concatenate(parts) for parts in (self._cost, self._upper, self._whole)
        )
        low, high = (np.concatenate(parts) for parts in (self._low, self._high))
        return cost, upper, whole.astype(np.int64), low, high

    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bounds of the columns, to be narrowed for `solve`."""
        upper = np.concatenate(self._upper) if self._upper else np.zeros(0)
        return np.zeros(upper.size), upper

    def solve(
        self,
        enough: float,
        seconds: float,
        narrowed: tuple[Floats, Floats, Ints] | None = None,
    ) -> Solution:
        """The Solution to within the relative gap `enough`, or the best one found in time.

        narrowed: other bounds of the columns, and which of them (0 or 1) are to be whole.
        """
        if not self._size[1]:
            return Solution(np.zeros(0), 0.0, 0.0)
        cost, upper, whole, low, high = self.data()
        least = np.zeros(whole.size)
        if narrowed is not None:
            least, upper, whole = narrowed
        result = milp(
            cost,
            integrality=whole,
            bounds=Bounds(least, upper),
            constraints=LinearConstraint(self.matrix(), low, high),
            options={"mip_rel_gap": enough, "time_limit": seconds},
        )
        bound = result.mip_dual_bound
        if result.x is None:
            return Solution(None, np.inf, -np.inf if bound is None else float(bound))
        values = np.where(whole > 0, np.rint(result.x), result.x)
        return Solution(values, float(result.fun), float(result.fun if bound is None else bound))
