"""What a reading gives back, and the shapes its steps hand on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from planner.errors import PlannerError

T = TypeVar("T")
Cell = str | int | float | dt.date | None


@dataclass(frozen=True)
class Problem:
    """Why a row was left out; `row` is its number in a spreadsheet program, the first being 1."""

    row: int | None
    error: PlannerError


@dataclass(frozen=True)
class Reading(Generic[T]):
    """What a file gave: sound rows, every row left out by its number, and remarks on the file."""

    rows: tuple[T, ...]
    problems: tuple[Problem, ...]
    notes: tuple[PlannerError, ...]


class Row(NamedTuple):
    """A row that is not empty: its number in a spreadsheet program, and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Merge:
    """A range of merged cells, as named ("A2:A5") and by its first and last row and column."""

    name: str
    rows: tuple[int, int]
    columns: tuple[int, int]  # counted from 0


@dataclass(frozen=True)
class Sheet:
    """A table before anybody knows what its columns mean.

    counted: whether a row's number of cells tells how it was parted (CSV), so that one with more
    cells than the headings is suspect; uncalculated: (row, column) of formulas without a value.
    """

    rows: Sequence[Row]
    counted: bool
    merges: Sequence[Merge] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()


class Second(NamedTuple):
    """A cell that says once more what a field's own cell says, and the heading above it."""

    heading: str
    cell: Cell


class Record(NamedTuple):
    """A row by the fields of its log, those it has a column for; a cell may be None."""

    row: int
    cells: Mapping[str, Cell]
    uncalculated: frozenset[str] = frozenset()
    seconds: Mapping[str, tuple[Second, ...]] = MappingProxyType({})
