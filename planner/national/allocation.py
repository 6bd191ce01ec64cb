"""Extra staff hours a week for the country's municipalities, by one rule or all beside each other.

The rules and what they assume are those of planner.plans.allocation. Plans are in hundredths of an
hour: what is shown is what is planned, and a week's hours sum to the budget.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.engine import REPORT_DRAWS, Engine
from planner.errors import PlannerError
from planner.national.needs import Needs, needs
from planner.plans.allocation import (
    LITTLE,
    RULES,
    Limits,
    Need,
    Plan,
    chosen,
    equal_per_head,
    most_helped,
    ordered,
)
from planner.plans.smallest_worst import smallest_worst
from planner.scenario import Scenario

Floats = NDArray[np.float64]
Stated = Mapping[str, tuple[float, float | None]]
"""Least and most extra hours a week by municipality code; None: no upper limit."""

MOST_HOURS = 1_000_000.0
PARTS = 100  # of an hour, in which plans are made
LAST = 0.05  # share of the budget that counts as its last hours
CACHED = 4  # three plans each, about 3 MB
PLANNERS = dict(zip(RULES, (most_helped, smallest_worst, equal_per_head), strict=True))


@dataclass(frozen=True, eq=False)
class Allocation:
    """What a rule makes of the budget. Arrays: float64 [municipality, week] unless said.

    hours: extra hours a week; before, after: hours short, means over the draws; helped: persons
    helped on average, all weeks; worst: hours short per 1,000 adults where they are most, and
    worst_code that municipality's; bound: what `worst` can't fall below whatever the plan (NaN but
    for smallest-worst); uneven: share of the hours that would have to move for every adult to have
    the same (0–1; Hoover's index); last_helped: persons that an hour of the budget's last twentieth
    helps; last_worst: by how much one such hour a week lowers `worst` (both NaN where the budget is
    nothing); chosen: share of the draws, each planned for by itself, in which the municipality gets
    hours, weighted by the hours of the plan, [municipality] (see allocate); used: share of its
    hours that find somebody to help, [municipality], NaN where it gets none; reason: see Plan.
    """

    rule: str
    budget: float
    mondays: tuple[dt.date, ...]
    codes: tuple[str, ...]
    hours: Floats
    before: Floats
    after: Floats
    helped: float
    worst: float
    worst_code: str
    bound: float
    uneven: float
    last_helped: float
    last_worst: float
    chosen: Floats
    used: Floats
    reason: str


def allocate(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    hours_per_week: float,
    rule: str,
    limits: Stated | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
) -> Allocation:
    """The Allocation of one rule; PlannerError where something asked for can't be.

    `chosen` is the rule's own question put to each draw: most-helped plans for a draw alone as if
    it were known (in order of persons per hour, so where many places are alike it jumps between
    them); smallest-worst asks whether the place would lie above the plan's worst without extra
    hours; equal-per-head gives to everybody always.
    """
    if rule not in RULES:
        raise PlannerError("error.allocate.rule", value=rule, known=", ".join(RULES))
    asked = (engine, scenario, today, hours_per_week)
    return allocations(*asked, limits, draws, seed, seen_from, (rule,))[rule]


def allocations(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    hours_per_week: float,
    limits: Stated | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
    rules: tuple[str, ...] = RULES,
) -> Mapping[str, Allocation]:
    """Rule → Allocation, all of the same draws; see allocate."""
    stated = tuple(sorted((limits or {}).items()))
    checked_limits(engine, stated, hours_per_week)
    return _allocations(
        engine, scenario, today, hours_per_week, stated, draws, seed, seen_from, rules
    )


def checked_limits(
    engine: Engine, stated: tuple[tuple[str, tuple[float, float | None]], ...], budget: float
) -> Limits:
    """The limits by municipality; PlannerError naming the place or the sum that can't be."""
    if not 0 <= budget <= MOST_HOURS:
        raise PlannerError("error.allocate.hours", value=budget, most=MOST_HOURS)
    limits = Limits.none(len(engine.snapshot.codes))
    for code, (low, high) in stated:
        at = engine.snapshot.index(code)
        most = np.inf if high is None else high
        if not 0 <= low < np.inf or not most >= low:
            place = engine.snapshot.municipalities[at]
            named = f"{place.code} {place.name_fi}"
            raise PlannerError("error.allocate.limits", place=named, low=low, high=most)
        limits.low[at], limits.high[at] = low, most
    total = float(limits.low.sum())
    if total > budget + LITTLE:
        raise PlannerError("error.allocate.lower_sum", total=total, budget=budget)
    return limits


@functools.lru_cache(maxsize=CACHED)
def _allocations(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    budget: float,
    stated: tuple[tuple[str, tuple[float, float | None]], ...],
    draws: int,
    seed: int,
    seen_from: dt.date | None,
    rules: tuple[str, ...],
) -> Mapping[str, Allocation]:
    limits = checked_limits(engine, stated, budget)
    found = needs(engine, scenario, today, seen_from, draws, seed)
    return planned(
        found, engine.facts.people.sum(axis=1), budget, limits, rules, engine.snapshot.codes
    )


def planned(
    found: Needs,
    adults: Floats,
    budget: float,
    limits: Limits,
    rules: tuple[str, ...],
    codes: tuple[str, ...],
) -> Mapping[str, Allocation]:
    """Rule → Allocation of some needs, whose draws are sorted thereby."""
    alone = chosen(found.short, found.rate, budget, limits) if RULES[0] in rules else None
    above = found.short.sum(axis=1, dtype=np.float64) * (1000 / adults[:, None])
    need = Need(ordered(found.short), found.rate, adults)
    result = {}
    for rule in rules:
        plan = PLANNERS[rule](need, budget, limits)
        judged = _judged(need, rounded(plan.hours, limits))
        share = np.ones(adults.size)
        if rule == RULES[0] and alone is not None:
            share = _weighted(alone, judged["hours"])
        elif rule == RULES[1]:
            share = (above > judged["worst"]).mean(axis=1)
        result[rule] = Allocation(
            rule=rule,
            budget=budget,
            mondays=found.mondays,
            codes=codes,
            worst_code=codes[int(judged.pop("levels").argmax())],
            chosen=share,
            bound=plan.bound,
            reason=plan.reason,
            **judged,
            **_last(need, plan, budget, limits),
        )
    return result


def _judged(need: Need, hours: Floats) -> dict[str, Any]:
    """What the hours of a plan come to: see Allocation; levels: its shortfall by place."""
    used = need.helped_hours(hours)
    after = np.maximum(need.mean - used, 0.0)
    levels = need.level(after)
    given = hours.sum(axis=1)
    found = np.full(given.size, np.nan)
    np.divide(used.sum(axis=1), given, out=found, where=given > 0)
    return {
        "hours": hours,
        "before": need.mean,
        "after": after,
        "helped": float(need.rate @ used.sum(axis=1)),
        "levels": levels,
        "worst": float(levels.max()),
        "uneven": _uneven(given, need.adults),
        "used": found,
    }


def _last(need: Need, plan: Plan, budget: float, limits: Limits) -> dict[str, Any]:
    """What the budget's last hours buy: see Allocation.last_helped and last_worst."""
    step = min(LAST * budget, budget - float(limits.low.sum()))
    if step <= LITTLE:
        return {"last_helped": np.nan, "last_worst": np.nan}
    if plan.rule == RULES[1]:
        less = smallest_worst(need, budget - step, limits, like=plan)
    else:
        less = PLANNERS[plan.rule](need, budget - step, limits)
    used = [need.helped_hours(hours) for hours in (less.hours, plan.hours)]
    helped = [float(need.rate @ part.sum(axis=1)) for part in used]
    worst = [float(need.level(need.mean - part).max()) for part in used]
    weeks = plan.hours.shape[1]
    return {
        "last_helped": max(helped[1] - helped[0], 0.0) / (step * weeks),
        "last_worst": max(worst[0] - worst[1], 0.0) / step,
    }


def rounded(hours: Floats, limits: Limits) -> Floats:
    """Hours in whole PARTS of an hour, [place, week]: every week's sum is that of the hours, to the
    part below; what rounding leaves goes to the largest remainders (of equal ones to the first).
    """
    parts = hours * PARTS
    low = np.floor(parts + LITTLE)
    left = np.floor(parts.sum(axis=0) + LITTLE * PARTS) - low.sum(axis=0)
    may = low + 1 <= limits.high[:, None] * PARTS + LITTLE
    order = np.argsort(np.where(may, low - parts, np.inf), axis=0, kind="stable")
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(order.shape[0])[:, None], axis=0)
    return np.asarray((low + ((place < left) & may)) / PARTS)


def _uneven(hours: Floats, adults: Floats) -> float:
    """Hoover's index of the hours over the adults, 0–1; 0 where there are none."""
    if hours.sum() <= 0:
        return 0.0
    return float(np.abs(hours / hours.sum() - adults / adults.sum()).sum() / 2)


def _weighted(share: Floats, hours: Floats) -> Floats:
    """Means over the weeks, weighted by hours where there are any: float64 [place]."""
    total = hours.sum(axis=1)
    weighed = (share * hours).sum(axis=1)
    return np.asarray(
        np.where(total > 0, weighed / np.where(total > 0, total, 1.0), share.mean(axis=1))
    )
