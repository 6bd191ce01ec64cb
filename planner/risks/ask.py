"""Runs every check on a municipality's plan."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner import services
from planner.engine import PAGE_DRAWS, Engine
from planner.errors import PlannerError
from planner.records import CapacityRow, ServiceScope
from planner.risks import access, hours, languages, people
from planner.risks.access import DEFAULT_KM
from planner.risks.plan import Plan, plan_of
from planner.risks.types import KINDS, Risk
from planner.scenario import Scenario
from planner.services import Held
from planner.snapshot import Municipality

CACHED = 64  # lists of a few risks each
LEAST_KM, MOST_KM = 1.0, 1000.0
EACH = ("ends", "language")
"""Kinds of which one plan may have several."""


def risks(
    engine: Engine,
    scenario: Scenario,
    code: str,
    held: Held | None,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    distance_km: float = DEFAULT_KM,
) -> tuple[Risk, ...]:
    """What can go wrong with a municipality's service, the worst first.

    held: what has been entered of it, None where nothing can be; what has not is told as unknown
    instead of a risk. Warnings speak of the weeks that are not over yet. PlannerError where
    scenario, code, dates, draws or the distance don't hold.
    """
    if not LEAST_KM <= distance_km <= MOST_KM:
        raise PlannerError("error.risks.distance", value=distance_km, low=LEAST_KM, high=MOST_KM)
    rows = () if held is None else held.rows
    scenario = _with_rows(scenario, code, rows, held)
    scope = None if held is None else held.scope
    asked = (engine, scenario.without_reasons(), code, rows, scope, today, seen_from, draws, seed)
    return _found(*asked, distance_km)


def _with_rows(
    scenario: Scenario, code: str, rows: tuple[CapacityRow, ...], held: Held | None
) -> Scenario:
    """The scenario whose figures are those of the rows that are checked, and of no others."""
    capacity = {key: supply for key, supply in scenario.capacity if key != code}
    if held is not None and rows:
        before = held.before or services.service_before(rows, scenario.start)
        capacity[code] = services.as_supply(rows, before)
    return replace(scenario, capacity=tuple(capacity.items()))


def applicable(place: Municipality) -> tuple[str, ...]:
    """The kinds that are checked in a municipality, as KINDS has them."""
    left_out = set()
    if not place.is_bilingual:
        left_out.add("language")
    if not languages.sami_languages(place):
        left_out.add("sami")
    if not (place.island_without_road or place.outer_islands_without_road):
        left_out.add("islands")
    return tuple(kind for kind in KINDS if kind not in left_out)


@functools.lru_cache(maxsize=CACHED)
def _found(
    engine: Engine,
    scenario: Scenario,
    code: str,
    rows: tuple[CapacityRow, ...],
    scope: ServiceScope | None,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
    distance_km: float,
) -> tuple[Risk, ...]:
    plan = plan_of(engine, scenario, code, rows, scope, today, seen_from, draws, seed)
    return worst(check(plan, distance_km))


def check(plan: Plan, distance_km: float) -> Iterator[Risk]:
    """Everything that the checks find in a plan, in no order."""
    ended = [risk for risk in hours.ends(plan) if risk.values.get("left") == 0]
    now = plan.span.day(int(plan.ahead.start))
    if not any(risk.week is not None and risk.week <= now for risk in ended):
        yield from people.no_support(plan)
    for each in (
        people.one_person,
        people.volunteers,
        people.learning,
        hours.ends,
        hours.uncertain,
        hours.campaign,
        languages.language,
        languages.sami,
        access.identification,
        access.islands,
    ):
        yield from each(plan)
    yield from access.far(plan, distance_km)


def worst(found: Iterable[Risk]) -> tuple[Risk, ...]:
    """Of what lasts through several stretches of weeks the worst, then the first; ranked."""
    kept: dict[object, Risk] = {}
    for risk in sorted(found, key=lambda risk: risk.rank):
        several = (risk.week if risk.kind == "ends" else risk.values.get("languages"),)
        kept.setdefault((risk.kind, several if risk.kind in EACH else None), risk)
    return tuple(kept.values())
