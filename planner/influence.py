"""What drives a result, and what it is made of, for a municipality and for the country."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engine import PAGE_DRAWS, REPORT_DRAWS, Engine, settings
from planner.model.drivers import (
    UNMOVED,
    Driver,
    Outcomes,
    effects,
    extremes,
    outcomes,
    rank_correlation,
)
from planner.model.waterfall import STEPS, waterfall
from planner.model.weeks import Horizon
from planner.model.worlds import Learned, Worlds, served, worlds
from planner.scenario import Scenario

Floats = NDArray[np.float64]

OFTEN = 0.1  # in fewer draws than this, hours short are too seldom there to be ranked
NOTICED = 0.05  # hours; less is not called missing
CLEAR = 3.0  # standard errors that tell a correlation from chance


@dataclass(frozen=True)
class Influence:
    """The assumptions that move a result, the one that matters most first.

    measure: what they move, a field of Outcomes: "short" (hours missing over the view), or, where
    hours are hardly ever missing, "tightest" (needed − capacity in the tightest week) for a
    municipality and "hours" (hours needed for the rollout) for the country. idle: assumptions with
    a range that moves nothing. draws: how many the correlations rest on.

    The order follows the rank correlation over the draws, which counts how likely each value is and
    what goes together; below what chance alone would give (three standard errors) the swing.
    """

    measure: str
    drivers: tuple[Driver, ...]
    idle: tuple[str, ...]
    draws: int


@dataclass(frozen=True)
class Waterfall:
    """The hours needed in a week as steps (code, hours) that sum to `needed`; see model.waterfall.

    week: its Monday; capacity: hours there are; short: hours missing, summed over municipalities
    (hours left in one don't help another).
    """

    week: dt.date
    steps: tuple[tuple[str, float], ...]
    needed: float
    capacity: float
    short: float


def place_influence(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    learned: Learned | None = None,
) -> Influence:
    """What moves one municipality's hours; PlannerError where scenario or code don't hold."""
    index = engine.snapshot.index(code)
    drawn = engine.place_draws(scenario, index, today, seen_from, draws, seed, learned)
    span = engine.forecast(scenario, today, seen_from).span
    view = span.view(seen_from)
    short = drawn.short_hours[:, view].sum(axis=1, dtype=np.float64)
    margin = (drawn.needed - drawn.capacity)[:, view].max(axis=1).astype(np.float64)
    varied = _varied(engine, scenario.without_reasons(), span)
    found = outcomes(varied, np.array([index], dtype=np.intp), view)
    measure = "short" if _often(short) and _moves(found) else "tightest"
    outcome = short if measure == "short" else margin
    values = _values(engine, scenario, draws, seed, learned)
    return _ranked(engine, scenario, measure, rank_correlation(values, outcome), found, draws)


def country_influence(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    learned: Learned | None = None,
) -> Influence:
    """What moves the hours short of all municipalities together."""
    drawn = engine.ensemble(scenario, today, seen_from, draws, seed, learned)
    short = drawn.totals["short_hours"].sum(axis=1, dtype=np.float64)
    hours = drawn.totals["hours"].sum(axis=1, dtype=np.float64)
    found = _country_outcomes(engine, scenario.without_reasons(), drawn.span, seen_from)
    measure = "short" if _often(short) and _moves(found) else "hours"
    values = _values(engine, scenario, draws, seed, learned)
    outcome = short if measure == "short" else hours
    return _ranked(engine, scenario, measure, rank_correlation(values, outcome), found, draws)


def most_important(found: Influence) -> str | None:
    """The id of the assumption that matters most; None where nothing that varies moves anything."""
    return found.drivers[0].id if found.drivers else None


def place_waterfall(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
    week: dt.date | None = None,
) -> Waterfall:
    """A week of one municipality's central path; the one with the greatest need unless given."""
    index = engine.snapshot.index(code)
    only = np.array([index], dtype=np.intp)
    return _waterfall(engine, scenario, only, today, seen_from, week)


def country_waterfall(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None = None,
    week: dt.date | None = None,
) -> Waterfall:
    """As place_waterfall, for all municipalities together."""
    everywhere = np.arange(len(engine.snapshot.codes), dtype=np.intp)
    return _waterfall(engine, scenario, everywhere, today, seen_from, week)


def record(found: Influence, steps: Waterfall) -> dict[str, object]:
    """Both with codes, unrounded, ready for JSON."""
    return {
        "drivers": {
            "measure": found.measure,
            "draws": found.draws,
            "ranked": [vars(driver) for driver in found.drivers],
            "without_effect": list(found.idle),
        },
        "waterfall": {
            "week": steps.week.isoformat(),
            "steps": dict(steps.steps),
            "needed_hours": steps.needed,
            "capacity_hours": steps.capacity,
            "short_hours": steps.short,
        },
    }


def _waterfall(
    engine: Engine,
    scenario: Scenario,
    places: NDArray[np.intp],
    today: dt.date,
    seen_from: dt.date | None,
    week: dt.date | None,
) -> Waterfall:
    result = engine.forecast(scenario, today, seen_from)
    view = result.span.view(seen_from)
    needed = result.needed[0, places].sum(axis=0)
    at = int(np.argmax(needed[view])) + int(view.start) if week is None else result.span.index(week)
    p, stated = engine.parameters(scenario), settings(engine, scenario, result.span)
    steps = waterfall(p, engine.facts, stated, result, at, view)[places].sum(axis=0)
    return Waterfall(
        week=result.span.day(at),
        steps=tuple(zip(STEPS, steps.tolist(), strict=True)),
        needed=float(needed[at]),
        capacity=float(result.capacity.hours[0, places, at].sum()),
        short=float(result.short_hours[0, places, at].sum()),
    )


def _often(short: Floats) -> bool:
    return bool((short > NOTICED).mean() >= OFTEN)


def _moves(found: Outcomes) -> bool:
    """Whether any assumption makes noticeable hours short on the central path."""
    return bool(np.ptp(found.short) >= NOTICED)


def _varying(engine: Engine, scenario: Scenario) -> dict[str, tuple[Floats, Floats]]:
    """Low and high of every assumption with a range that the scenario hasn't fixed."""
    fixed = dict(scenario.overrides)
    return {
        item.id: (np.array(item.low), np.array(item.high))
        for item in engine.assumptions.items.values()
        if item.low != item.high and item.id not in fixed
    }


def _values(
    engine: Engine, scenario: Scenario, draws: int, seed: int, learned: Learned | None
) -> Floats:
    """Draws of the varying assumptions: [draw, assumption]. All rows of one rise together, so the
    row with the widest range stands for them.
    """
    p = engine.sampled(scenario, draws, seed)
    ranges = _varying(engine, scenario)
    columns = [p[name][:, int(np.argmax(high - low))] for name, (low, high) in ranges.items()]
    values = np.stack(columns, axis=-1) if columns else np.zeros((draws, 0))
    return values if learned is None else np.asarray(values[learned.chosen])


def _varied(engine: Engine, scenario: Scenario, span: Horizon) -> Worlds:
    """The central path and every extreme as the draws of a world."""
    world = _varied_demand(engine, scenario.demand(), span)
    return served(world, settings(engine, scenario, span), seed=None)


@functools.lru_cache(maxsize=4)
def _varied_demand(engine: Engine, scenario: Scenario, span: Horizon) -> Worlds:
    p = extremes(engine.parameters(scenario), _varying(engine, scenario))
    return worlds(p, span, engine.facts, settings(engine, scenario, span), seed=0)


@functools.lru_cache(maxsize=16)
def _country_outcomes(
    engine: Engine, scenario: Scenario, span: Horizon, seen_from: dt.date | None
) -> Outcomes:
    everywhere = np.arange(len(engine.snapshot.codes), dtype=np.intp)
    return outcomes(_varied(engine, scenario, span), everywhere, span.view(seen_from))


def _ranked(
    engine: Engine,
    scenario: Scenario,
    measure: str,
    correlation: Floats,
    found: Outcomes,
    draws: int,
) -> Influence:
    names = list(_varying(engine, scenario))
    results: Floats = getattr(found, measure)
    every = effects(names, correlation, results)
    chance = CLEAR / np.sqrt(draws)

    def rank(driver: Driver) -> tuple[float, float]:
        clear = abs(driver.correlation)
        return (clear if clear > chance else 0.0), driver.swing

    moving = [each for each in every if each.swing > UNMOVED or abs(each.correlation) > chance]
    moving.sort(key=rank, reverse=True)
    idle = tuple(each.id for each in every if each not in moving)
    return Influence(measure, tuple(moving), idle, draws)
