"""A session that a director adds: what takes as long and as many people as one of the plan's."""

from __future__ import annotations

import datetime as dt

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.sessions.kinds import kinds
from planner.sessions.types import Session, SessionPlan


def made(
    engine: Engine,
    scenario: Scenario,
    plan: SessionPlan,
    venue: str,
    kind: str,
    theme: str,
    language: str,
    day: dt.date,
    start: int,
    end: int,
) -> Session:
    """A session without a name yet, its staff hours those of its kind and venue.

    start, end: minutes since midnight. PlannerError for a venue or kind that the plan doesn't know,
    or an end that isn't after the start.
    """
    where = next((one for one in plan.venues if one.id == venue), None)
    if where is None:
        raise PlannerError("error.sessions_venue", value=venue)
    if not 0 <= start < end <= 24 * 60:
        raise PlannerError("error.sessions_times", start=written(start), end=written(end))
    sort = next((one for one in kinds(engine.parameters(scenario)) if one.code == kind), None)
    if sort is None:
        raise PlannerError("error.sessions_kind", value=kind)
    staff = 2 if where.single_staffed else 1
    hours = round(sort.hours(end - start, staff), 4)
    return Session("", day, start, end, venue, kind, theme, language, staff, hours, locked=True)


def within(plan: SessionPlan, day: dt.date) -> dt.date:
    """The day, where the plan's weeks hold it; PlannerError else: it would be in no calendar."""
    last = plan.mondays[-1] + dt.timedelta(days=6)
    if not plan.mondays[0] <= day <= last:
        raise PlannerError("error.sessions_outside", value=day, first=plan.mondays[0], last=last)
    return day


def written(minutes: int) -> str:
    """Minutes since midnight as "13.00"."""
    return f"{minutes // 60}.{minutes % 60:02d}"
