"""The draws of all municipalities: quantiles of weekly figures for places and areas.

Sums over areas are sums of the same draws and counts. Only quantiles, totals over the view and the
areas' weekly totals are kept; municipalities are taken in blocks, so that memory is bounded.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.forecast import staffed_hours
from planner.model.scratch import Scratch
from planner.model.weeks import Horizon, summer_weeks
from planner.model.worlds import GROUP, THREADS, Worlds, draw

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MEASURES = ("new_users", "contacts", "hours", "short_hours")
QUANTILES = (0.1, 0.5, 0.8, 0.9)
TOGETHER = 8_000  # municipalities × draws at a time: enough for two threads to keep busy
LARGEST_BYTE = 256


@dataclass(frozen=True)
class Ensemble:
    """Quantiles of the draws' weekly figures, float32 (p_copes: float64).

    places: measure → [quantile, municipality, week] (QUANTILES in order); areas: level → measure →
    [quantile, area, week]; p_copes: share of draws that cope, [municipality, week]; absorbable: P50
    of the absorbable hours, [municipality, week]; totals: measure → sum over the weeks of the view,
    [draw, municipality].
    """

    span: Horizon
    draws: int
    places: Mapping[str, Singles]
    areas: Mapping[str, Mapping[str, Singles]]
    p_copes: Floats
    absorbable: Singles
    totals: Mapping[str, Singles]

    @property
    def short_total(self) -> Singles:
        """Hours short over the weeks of the view: float32 [draw, municipality]."""
        return self.totals["short_hours"]


def _placed(values: Singles, whole: bool, scratch: Scratch) -> Singles:
    """QUANTILES along the last axis, whose values are sorted in place: [.., quantile].

    Whole numbers that fit a byte are sorted by counting.
    """
    if whole and values.max() < LARGEST_BYTE:
        counts = scratch.bytes("bytes", values.shape)
        np.copyto(counts, values, casting="unsafe")
        counts.sort(axis=-1, kind="stable")
        return _ranked(counts)
    values.sort(axis=-1)
    return _ranked(values)


def _ranked(ordered: Singles | NDArray[np.uint8]) -> Singles:
    """QUANTILES of values sorted along the last axis, linear between ranks: [.., quantile]."""
    draws = ordered.shape[-1]
    rank = np.array(QUANTILES) * (draws - 1)
    low = np.floor(rank).astype(np.intp)
    high = np.minimum(low + 1, draws - 1)
    share = (rank - low).astype(np.float32)
    below, above = (ordered[..., at].astype(np.float32) for at in (low, high))
    return np.asarray(below + (above - below) * share)


def quantiles(values: Floats | Singles) -> Singles:
    """QUANTILES over the draws: [draw, ..] → float32 [quantile, ..], linear between ranks."""
    ordered = np.sort(np.moveaxis(values, 0, -1).astype(np.float32), axis=-1)
    return np.ascontiguousarray(np.moveaxis(_ranked(ordered), -1, 0))


def blocks(places: int, size: int) -> Iterator[NDArray[np.intp]]:
    """Positions of the municipalities, `size` at a time."""
    for first in range(0, places, size):
        yield np.arange(first, min(first + size, places), dtype=np.intp)


class _Totals:
    """Weekly totals of the areas: kept for the smallest sets that all levels are unions of."""

    def __init__(self, world: Worlds, levels: Mapping[str, NDArray[np.intp]]) -> None:
        self.levels = levels
        index = np.stack(list(levels.values()), axis=-1)
        self.cells, cell = np.unique(index, axis=0, return_inverse=True)
        self.cell = cell.ravel()
        shape = (len(self.cells), world.span.count, world.draws)
        self.sums = {name: np.zeros(shape) for name in MEASURES}
        self.locks = [threading.Lock() for _ in self.cells]

    def add(self, places: NDArray[np.intp], name: str, values: Singles) -> None:
        """Adds a measure of some municipalities, on the grid: [place, week, draw]."""
        for row, place in enumerate(places):
            cell = self.cell[place]
            with self.locks[cell]:
                self.sums[name][cell] += values[row]

    def quantiles(self, level: str, name: str) -> Singles:
        """Quantiles of the weekly totals of a level's areas: float32 [quantile, area, week]."""
        area = self.cells[:, list(self.levels).index(level)]
        sums = self.sums[name]
        shape = (len(QUANTILES), int(area.max()) + 1, sums.shape[1])
        result = np.zeros(shape, dtype=np.float32)
        for row in np.unique(area):
            ordered = sums[area == row].sum(axis=0).astype(np.float32)
            ordered.sort(axis=-1)
            result[:, row] = _ranked(ordered).T
        return result


def absorbable(world: Worlds) -> Singles:
    """P50 of the absorbable hours: float32 [municipality, week]; hours are flex × staffed hours."""
    staffed = staffed_hours(world.facts, summer_weeks(world.span)[: world.span.count])
    return np.asarray(np.median(world.p["flex"]) * staffed, dtype=np.float32)


def ensemble(
    world: Worlds,
    levels: Mapping[str, NDArray[np.intp]],
    view: slice,
    size: int | None = None,
    threads: int = THREADS,
) -> Ensemble:
    """The Ensemble of all municipalities; the same to the last digit whatever `size` and `threads`.

    levels: level → index of every municipality's area; view: the weeks of the totals; size:
    municipalities at a time, more where there are fewer draws unless given.
    """
    count, weeks = world.facts.people.shape[0], world.span.count
    size = size or GROUP * max(TOGETHER // (GROUP * world.draws), 1)
    shape = (len(QUANTILES), count, weeks)
    places = {name: np.empty(shape, dtype=np.float32) for name in MEASURES}
    copes = np.empty((count, weeks))
    totals = {name: np.empty((world.draws, count), dtype=np.float32) for name in MEASURES}
    sums = _Totals(world, levels)

    own = threading.local()

    def work(chosen: NDArray[np.intp]) -> None:
        scratch = vars(own).setdefault("scratch", Scratch())
        found = draw(world, chosen, scratch)
        copes[chosen] = found.copes.sum(axis=-1, dtype=np.int32) / world.draws
        for name in MEASURES:
            values: Singles = getattr(found, name)
            sums.add(chosen, name, values)
            totals[name][:, chosen] = values[:, view].sum(axis=1).T
            placed = _placed(values, name == "contacts", scratch)
            places[name][:, chosen] = np.moveaxis(placed, -1, 0)

    tables = [(level, name) for level in levels for name in MEASURES]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(work, blocks(count, size)))
        found = list(pool.map(lambda pair: sums.quantiles(*pair), tables))
    areas: dict[str, dict[str, Singles]] = {level: {} for level in levels}
    for (level, name), table in zip(tables, found, strict=True):
        areas[level][name] = table
    return Ensemble(world.span, world.draws, places, areas, copes, absorbable(world), totals)
