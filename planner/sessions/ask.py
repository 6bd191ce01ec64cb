"""Asks for a plan: facts and forecast into the two stages, and their answer into sessions."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.engine import Engine
from planner.errors import PlannerError
from planner.plans.sessions.counting import SECONDS, count, helped
from planner.plans.sessions.placing import Calendar, place
from planner.plans.sessions.presets import PRESETS
from planner.plans.sessions.types import Counting, Placed, Placing
from planner.scenario import Scenario
from planner.sessions.assemble import Held, assembled, hours_used, week_of
from planner.sessions.problem import Facts, facts_of
from planner.sessions.types import (
    LEAD_WEEKS,
    LONGEST,
    SHORTEST,
    Request,
    Session,
    SessionPlan,
)


def plan_sessions(
    engine: Engine,
    scenario: Scenario,
    request: Request,
    today: dt.date,
    seconds: float = SECONDS,
) -> SessionPlan:
    """The SessionPlan of a request; there always is one, be it without a session.

    The same request gives the same plan as long as stage 1 ends by its gap and not by `seconds`.
    PlannerError where the request itself doesn't hold: an unknown municipality or preset, weeks out
    of range, negative hours, a date that no forecast reaches.
    """
    request = checked(engine, request)
    first = first_day(engine, scenario, request.first, today)
    facts = facts_of(engine, scenario, request, first)
    locked, strange = known_sessions(facts, request.locked)
    problem = standing(facts, locked)
    counts = count(problem, seconds)
    placing = place(counts.series, calendar_of(facts, request, [one.placed for one in locked]))
    held = [*locked, *(Held(one) for one in placing.placed)]
    plan = assembled(
        engine,
        scenario,
        facts,
        request,
        held,
        replace(helped(problem_of(facts, held)), gap=counts.gap),
        {one.uid for one in request.locked},
    )
    return replace(
        plan,
        first=first,
        left=left_of(facts, placing),
        notices=(*notices(today, facts, plan, first), *strange),
    )


def first_day(engine: Engine, scenario: Scenario, asked: dt.date | None, today: dt.date) -> dt.date:
    """The day from which sessions are planned: the one asked for, or after LEAD_WEEKS from today.

    PlannerError where no forecast of the scenario reaches that day.
    """
    lead = dt.timedelta(weeks=LEAD_WEEKS)
    first = min(today, dt.date.max - lead) + lead if asked is None else asked
    engine.check_view(scenario, first)
    return first


def checked(engine: Engine, request: Request) -> Request:
    """The request with municipalities as codes; PlannerError at the first thing that's wrong."""
    if not request.codes:
        raise PlannerError("error.sessions_no_municipality")
    codes = tuple(
        dict.fromkeys(engine.snapshot.codes[engine.snapshot.index(code)] for code in request.codes)
    )
    if not SHORTEST <= request.weeks <= LONGEST:
        raise PlannerError("error.sessions_weeks", value=request.weeks, low=SHORTEST, high=LONGEST)
    hours = request.staff_hours
    if hours is not None and not (math.isfinite(hours) and 0 <= hours <= 10_000):
        raise PlannerError("error.sessions_hours", value=hours)
    if request.people is not None and not 0 <= request.people <= 1000:
        raise PlannerError("error.sessions_people", value=request.people)
    if request.preset not in PRESETS:
        raise PlannerError("error.sessions_preset", value=request.preset, presets=list(PRESETS))
    known = {library.id for library in engine.snapshot.libraries}
    for venue in request.venues:
        if venue.id in known or not venue.id:
            raise PlannerError("error.sessions_venue_id", value=venue.id)
        known.add(venue.id)
    return replace(request, codes=codes)


def known_sessions(facts: Facts, sessions: Sequence[Session]) -> tuple[list[Held], list[str]]:
    """Those of the sessions that lie on the plan's days and venues, locked, and what is strange."""
    venues = {venue.id: at for at, venue in enumerate(facts.venues)}
    sorts = {kind.code: at for at, kind in enumerate(facts.kinds)}
    found, strange = [], set()
    for one in sessions:
        if one.venue not in venues or one.kind not in sorts:
            strange.add("locked_unknown")
        elif facts.days[0] <= one.day <= facts.days[-1]:
            where = venues[one.venue], sorts[one.kind]
            placed = Placed(*where, one.day, one.start, one.end, one.trainer)
            found.append(Held(placed, replace(one, locked=True)))
    return found, sorted(strange | ({"locked_overlap"} if _overlap(found) else set()))


def _overlap(held: Sequence[Held]) -> bool:
    """Whether two sessions are at one venue at the same time."""
    ordered = sorted(
        (one.placed.venue, one.placed.day, one.placed.start, one.placed.end) for one in held
    )
    return any(
        before[:2] == after[:2] and after[2] < before[3]
        for before, after in itertools.pairwise(ordered)
    )


def standing(facts: Facts, held: Sequence[Held]) -> Counting:
    """The problem of stage 1 with sessions that stand taken out of its limits.

    One of them may be longer than its kind is: the week's limit bears the difference.
    """
    problem = problem_of(facts, held)
    usual = (problem.fixed * problem.hours[:, :, None]).sum(axis=(0, 1))
    more = hours_used(facts, [one.known for one in held if one.known is not None]) - usual
    return replace(problem, offered=facts.counting.offered, limit=problem.limit - more)


def problem_of(facts: Facts, held: Sequence[Held]) -> Counting:
    """The problem in which the sessions held are all there is: nothing is left to choose."""
    fixed, room = np.zeros((2, len(facts.venues), len(facts.kinds), len(facts.mondays)))
    for each in held:
        one = each.placed
        at = one.venue, one.kind, week_of(facts, one.day)
        fixed[at] += 1
        usual = facts.minutes[one.venue, one.kind]
        length = one.end - one.start
        sort = facts.kinds[one.kind]
        # a session of the usual length helps exactly as many as stage 1 counted on
        room[at] += (
            facts.counting.contacts[one.venue, one.kind]
            if length == usual
            else length / 60 * sort.contacts_per_hour
        )
    nothing = np.zeros_like(facts.counting.offered)
    return replace(facts.counting, fixed=fixed, room=room, offered=nothing)


def calendar_of(facts: Facts, request: Request, taken: Sequence[Placed]) -> Calendar:
    """What stage 2 needs: the facts and the sessions that have their time."""
    return Calendar(
        facts.days,
        facts.windows,
        facts.minutes,
        facts.travel,
        facts.people,
        taken,
        PRESETS[request.preset],
    )


def left_of(facts: Facts, placing: Placing) -> tuple[tuple[str, str, dt.date], ...]:
    """What found no time: venue, kind and the week's Monday."""
    return tuple(
        (facts.venues[v].id, facts.kinds[k].code, facts.mondays[w]) for v, k, w in placing.left
    )


def notices(today: dt.date, facts: Facts, plan: SessionPlan, first: dt.date) -> list[str]:
    """Ids of what a reader should know about the plan."""
    found = []
    if first < today:
        found.append("past")
    if plan.request.weeks < 4:
        found.append("few_weeks")
    if facts.coming.sum() <= 0:
        found.append("no_demand")
    if facts.limit.max(initial=0.0) <= 0:
        found.append("no_hours")
    if (plan.used > facts.limit + 1e-6).any():
        found.append("locked_over_limit")
    if not any(venue.sort == "library" and any(venue.timetable.winter) for venue in facts.venues):
        found.append("no_branch")
    return found
