"""What a municipality's capacity comes to, and no more: quick enough to follow every keystroke."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from planner.answer.ask import verdict_of
from planner.answer.supply import steps_down
from planner.answer.types import StepDown
from planner.engine import PAGE_DRAWS, Engine
from planner.model.intervals import Interval, interval
from planner.plans.suggestion import FEW_CONTACTS
from planner.scenario import Scenario


@dataclass(frozen=True)
class Effect:
    """The figures of an Answer that follow its capacity; the same numbers.

    short_hours: missing over the view; worst: Monday of the week that copes in the fewest draws;
    p_copes: share of draws in which it does; capacity, baseline: P50 in the first week of the view,
    hours a week; steps_down: weeks in which entered rows end; small: so few people come that a
    single week is chance.
    """

    verdict: str
    short_hours: Interval
    worst: dt.date
    p_copes: float
    capacity: float
    baseline: float
    steps_down: tuple[StepDown, ...]
    small: bool


def effect(
    engine: Engine,
    scenario: Scenario,
    code: str,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
) -> Effect:
    """The Effect of a municipality's capacity; PlannerError as from `answer`.

    About 5 ms where the demand is known already: a change of capacity draws that municipality anew
    and nothing else.
    """
    index = engine.snapshot.index(code)
    drawn = engine.place_draws(scenario, index, today, seen_from, draws, seed)
    demand = engine.forecast(scenario.demand(), today, seen_from)
    view = demand.span.view(seen_from)
    copes = drawn.copes.mean(axis=0)
    worst = int(np.argmin(copes[view])) + int(view.start)
    supply = dict(scenario.capacity).get(code)
    return Effect(
        verdict=verdict_of(drawn, view),
        short_hours=interval(drawn.short_hours[:, view].sum(axis=1, dtype=np.float64)),
        worst=demand.span.day(worst),
        p_copes=float(copes[worst]),
        capacity=float(np.median(drawn.capacity[:, view.start])),
        baseline=float(np.median(drawn.baseline[:, view.start])),
        steps_down=() if supply is None else steps_down(supply, demand.span, view),
        small=bool(demand.contacts[0, index, view].max() < FEW_CONTACTS),
    )
