"""The country's draws side by side: what every municipality lacks, week by week."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engine import Engine
from planner.errors import PlannerError
from planner.model.ensemble import blocks
from planner.model.scratch import Scratch
from planner.model.weeks import Horizon
from planner.model.worlds import GROUP, THREADS, Drawn, Worlds, draw, supplied
from planner.scenario import Scenario

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MOST_DRAWS = 2000  # of the whole country at once: 105 MB with 1,000 and 85 weeks
BLOCK = 2 * GROUP


@dataclass(frozen=True, eq=False)
class Needs:
    """Hours short in all draws: float32 [municipality, week, draw] over the weeks of the view.

    rate: persons that a staff hour helps, [municipality]: contacts over the hours that they take,
    time in which a desk waits for visitors included, both summed over draws and the whole horizon
    (weeks with few visits say little about it).
    """

    span: Horizon
    view: slice
    short: Singles
    rate: Floats

    @property
    def mondays(self) -> tuple[dt.date, ...]:
        """Mondays of the weeks of the view."""
        return tuple(self.span.mondays()[self.view])


def needs(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Needs:
    """The Needs of a scenario; the same draws as everywhere. PlannerError where it doesn't hold."""
    world = _world(engine, scenario, today, seen_from, draws, seed)
    view, count = world.span.view(seen_from), world.facts.people.shape[0]
    short = np.empty((count, view.stop - view.start, draws), dtype=np.float32)
    contacts, hours = np.zeros(count), np.zeros(count)

    def keep(chosen: NDArray[np.intp], found: Drawn) -> None:
        short[chosen] = found.short_hours[:, view]
        contacts[chosen] = found.contacts.sum(axis=(1, 2), dtype=np.float64)
        hours[chosen] = (found.hours + found.extra).sum(axis=(1, 2), dtype=np.float64)

    _each_block(world, keep)
    known = (contacts > 0) & (hours > 0)
    usual = contacts.sum() / hours.sum() if known.any() else 1.0
    rate = np.divide(contacts, hours, out=np.full(count, usual), where=known)
    return Needs(world.span, view, short, rate)


def balances(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Singles:
    """Hours needed less capacity, negative where hours are to spare: float32 [municipality, week,
    draw] over the weeks of the view.
    """
    world = _world(engine, scenario, today, seen_from, draws, seed)
    view = world.span.view(seen_from)
    shape = world.facts.people.shape[0], view.stop - view.start, draws
    result = np.empty(shape, dtype=np.float32)

    def keep(chosen: NDArray[np.intp], found: Drawn) -> None:
        supply = supplied(world, chosen)
        room = (supply.hours - supply.baseline)[:, view]
        result[chosen] = found.hours[:, view] + found.extra[:, view] - room

    _each_block(world, keep)
    return result


def _world(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Worlds:
    if draws > MOST_DRAWS:
        raise PlannerError("error.national.draws", value=draws, most=MOST_DRAWS)
    return engine.worlds(scenario, today, seen_from, draws, seed)


def _each_block(world: Worlds, keep: Callable[[NDArray[np.intp], Drawn], None]) -> None:
    """Hands the draws of all municipalities to `keep`, some at a time."""
    own = threading.local()

    def work(chosen: NDArray[np.intp]) -> None:
        keep(chosen, draw(world, chosen, vars(own).setdefault("scratch", Scratch())))

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        list(pool.map(work, blocks(world.facts.people.shape[0], BLOCK)))
