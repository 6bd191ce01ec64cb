"""Hubs for the country: which municipalities should hold one, and whom each would serve."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engine import REPORT_DRAWS, Engine
from planner.errors import PlannerError
from planner.model.travel import minutes as estimated_minutes
from planner.national.needs import needs
from planner.plans.hubs import Hubs, hubs
from planner.scenario import Scenario

Floats = NDArray[np.float64]

MINUTES = 60.0
STAFF = 2  # full-time people of a hub
WEEKS_A_YEAR = 52


@dataclass(frozen=True, eq=False)
class HubPlan:
    """Hubs by municipality, arrays [municipality].

    places: the hubs' codes; hub: position of the nearest hub within the minutes, −1 where there is
    none; minutes: to it, NaN where none; served: share of the hours short that hubs serve; demand:
    hours short in an average week, means over the draws; covered, total: of these, hours a week;
    bound: what no choice of so many places can exceed; unreachable: whether the municipality is an
    island without a road; estimated: whether travel times are the planner's estimate.
    """

    codes: tuple[str, ...]
    places: tuple[str, ...]
    hub: NDArray[np.intp]
    minutes: Floats
    served: Floats
    demand: Floats
    covered: float
    total: float
    bound: float
    unreachable: NDArray[np.bool_]
    estimated: bool


def full_time_hours(engine: Engine, scenario: Scenario, staff: float = STAFF) -> float:
    """Hours a week that some full-time people give: fte_hours / 52 each (central assumption)."""
    return staff * float(engine.parameters(scenario)["fte_hours"][0, 0]) / WEEKS_A_YEAR


@functools.lru_cache(maxsize=4)
def travel_minutes(engine: Engine) -> Floats:
    """Estimated minutes between all municipalities' population points: [from, to]."""
    places = engine.snapshot.municipalities
    lon, lat = (np.array([getattr(place, name) for place in places]) for name in ("lon", "lat"))
    island = np.array([place.island_without_road for place in places])
    result = estimated_minutes(lon, lat, engine.snapshot.rural, island)
    result.setflags(write=False)
    return result


def plan_hubs(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    count: int,
    minutes: float = MINUTES,
    capacity: float | None = None,
    fixed: tuple[str, ...] = (),
    forbidden: tuple[str, ...] = (),
    table: Floats | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
) -> HubPlan:
    """The HubPlan with most unserved demand near a hub; PlannerError where it can't be.

    capacity: hours a week of each hub (full_time_hours gives the usual one), None: no limit; fixed,
    forbidden: codes or names; table: minutes of the user's own, [from, to], see travel_table.

    Unserved demand is what is short in an average week of the view, on average over the draws: a
    hub full in the first weeks of the rollout may have room later, so with a capacity the share
    served is what hubs serve if the work can wait for the average week, an upper figure.
    """
    snapshot = engine.snapshot
    sets = [_marked(engine, names) for names in (fixed, forbidden)]
    both = sets[0] & sets[1]
    if both.any():
        place = snapshot.municipalities[int(np.flatnonzero(both)[0])]
        raise PlannerError("error.hubs.both", place=f"{place.code} {place.name_fi}")
    demand = mean_short(engine, scenario, today, seen_from, draws, seed)
    way = travel_minutes(engine) if table is None else table
    found: Hubs = hubs(demand, way, count, minutes, capacity, *sets)
    return HubPlan(
        codes=snapshot.codes,
        places=tuple(snapshot.codes[at] for at in found.places),
        hub=found.hub,
        minutes=found.minutes,
        served=found.served,
        demand=demand,
        covered=found.covered,
        total=found.total,
        bound=found.bound,
        unreachable=np.array([place.island_without_road for place in snapshot.municipalities]),
        estimated=table is None,
    )


@functools.lru_cache(maxsize=16)
def mean_short(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Floats:
    """Hours short in an average week of the view, mean over the draws: float64 [municipality]."""
    found = needs(engine, scenario, today, seen_from, draws, seed)
    result: Floats = found.short.mean(axis=(1, 2), dtype=np.float64)
    result.setflags(write=False)
    return result


def _marked(engine: Engine, names: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which municipalities are named; PlannerError where one is none."""
    marked = np.zeros(len(engine.snapshot.codes), dtype=np.bool_)
    marked[[engine.snapshot.index(name) for name in names]] = True
    return marked
