"""A figure as a sum of products that a reader can follow: people × share × … = value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.gap import ROUNDING

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Factor:
    """A number of a product. divides: it stands below the line; computed: a ratio that the model's
    own figures give, rather than something that was put in.
    """

    id: str
    value: float
    unit: str
    divides: bool = False
    computed: bool = False


@dataclass(frozen=True, eq=False)
class Column:
    """A factor that differs by row: values float64 [row]; beside: shown, not multiplied."""

    id: str
    values: Floats
    unit: str
    divides: bool = False
    computed: bool = False
    beside: bool = False


@dataclass(frozen=True, eq=False)
class Grid:
    """A product for each row of an axis (age bands or channels), and what the products are.

    rows: codes of the axis; result, unit: what a row's product is.
    """

    axis: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    result: str
    unit: str

    @property
    def products(self) -> Floats:
        """The product of every row: float64 [row]."""
        product = np.ones(len(self.rows))
        for column in self.columns:
            if column.beside:
                continue
            product = product / column.values if column.divides else product * column.values
        return product

    @property
    def total(self) -> float:
        """The sum of the products."""
        return float(self.products.sum())


@dataclass(frozen=True, eq=False)
class Term:
    """One part of a figure: the sum of a grid (where there is one) times the factors.

    unit: of the value; taken: it is taken away from the parts before it.
    """

    id: str
    unit: str
    factors: tuple[Factor, ...] = ()
    grid: Grid | None = None
    taken: bool = False

    @property
    def value(self) -> float:
        """The part's value, without its sign."""
        product = 1.0 if self.grid is None else self.grid.total
        for factor in self.factors:
            product = product / factor.value if factor.divides else product * factor.value
        return product


@dataclass(frozen=True, eq=False)
class Chain:
    """How one figure of the central path comes about: the sum of its terms.

    first, last: Mondays of the weeks it speaks of; used: ids of assumptions; stated: ids of what
    the scenario states; facts: codes of facts of the snapshot; floored: nothing below zero.
    """

    id: str
    unit: str
    terms: tuple[Term, ...]
    first: dt.date
    last: dt.date
    used: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    floored: bool = False

    @property
    def value(self) -> float:
        """The figure."""
        total = sum(-term.value if term.taken else term.value for term in self.terms)
        return 0.0 if self.floored and total <= ROUNDING else float(total)


def ratio(part: Floats, whole: Floats) -> Floats:
    """part / whole, 0 where there is no whole."""
    return np.where(whole != 0, part / np.where(whole != 0, whole, 1.0), 0.0)


def fitted(term_id: str, unit: str, factors: tuple[Factor, ...], value: float) -> Term:
    """A term that gives `value`: a last factor holds what else limits it, where anything does."""
    term = Term(term_id, unit, factors)
    if abs(term.value - value) <= 1e-9 * max(abs(value), 1.0):
        return term
    share = value / term.value if term.value else 0.0
    return Term(term_id, unit, (*factors, Factor("limit", share, "share", computed=True)))
