"""What holds a plan back, and which single change would help most people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.engine import Engine
from planner.plans.sessions.counting import count
from planner.plans.sessions.types import Counting, Floats
from planner.scenario import Scenario
from planner.sessions.ask import known_sessions, standing
from planner.sessions.problem import LED_PER_DAY, Facts, facts_of
from planner.sessions.types import Change, SessionPlan

SECONDS = 2.0  # for each change tried
NOTICED = 0.5  # contacts over the plan: less isn't worth telling
EASY = 0.1  # of the preset's weight of a staff hour: a plan that hardly minds hours
WORKDAYS = 5


def explained(
    engine: Engine, scenario: Scenario, plan: SessionPlan, seconds: float = SECONDS
) -> SessionPlan:
    """The plan with `changes` (most helpful first), the best of them, and the rule that binds.

    Each change is tried by solving stage 1 again with it: one more session's staff hours a week,
    one more trainer, two more opening hours a week at the venue where most are left, the same hours
    given from afar, and a plan that takes every session for however few people.
    """
    if plan.unserved.sum() < NOTICED:
        return plan
    facts = facts_of(engine, scenario, plan.request, plan.first)
    problem = standing(facts, known_sessions(facts, plan.request.locked)[0])
    helped = count(problem, seconds).served.sum()
    hours = _one_session(problem)
    tried = [
        (Change("staff_hours", hours, 0.0), replace(problem, limit=problem.limit + hours)),
        (Change("people", 1.0, 0.0), _one_more_trainer(problem)),
        (Change("effort", 0.0, 0.0), _unsparing(problem)),
    ]
    venue = int(_left(facts, plan).argmax()) if facts.venues else -1
    if venue >= 0:
        where = facts.venues[venue].id
        tried.append(
            (Change("opening_hours", 2.0, 0.0, where), _longer_open(facts, problem, venue))
        )
    found = [
        replace(change, contacts=float(count(changed, seconds).served.sum() - helped))
        for change, changed in tried
    ]
    found.append(Change("remote", hours, _from_afar(facts, plan)))
    found = sorted(
        (change for change in found if change.contacts > NOTICED),
        key=lambda change: -change.contacts,
    )
    rules = [change.rule for change in found if change.rule != "remote"]
    return replace(
        plan,
        changes=tuple(found),
        change=found[0] if found else None,
        binding=rules[0] if rules else None,
    )


def _one_session(problem: Counting) -> float:
    """Staff hours of the cheapest session that can be held, or of two hours with preparation."""
    possible = problem.hours[problem.offered.any(axis=2) & ~problem.several[None]]
    return float(possible.min()) if possible.size else 2.5


def _one_more_trainer(problem: Counting) -> Counting:
    return replace(problem, people_slots=problem.people_slots + LED_PER_DAY * WORKDAYS)


def _unsparing(problem: Counting) -> Counting:
    preset = replace(problem.preset, staff_hour=EASY * problem.preset.staff_hour)
    return replace(problem, preset=preset)


def _longer_open(facts: Facts, problem: Counting, venue: int) -> Counting:
    """A session more a week at a venue: of what is held there, or one that is open to everybody."""
    slots, offered = problem.slots.copy(), problem.offered.copy()
    contacts, hours = problem.contacts.copy(), problem.hours.copy()
    slots[venue] += 1
    if not offered[venue].any():
        kind = _for_everybody(facts)
        sort = facts.kinds[kind]
        offered[venue, kind] = True
        contacts[venue, kind] = sort.contacts_per_hour * sort.minutes / 60
        hours[venue, kind] = sort.hours(sort.minutes, int(facts.staff[venue, kind]))
    offered[venue, offered[venue].any(axis=1)] = True
    return replace(
        problem,
        slots=slots,
        offered=offered,
        contacts=contacts,
        hours=hours,
        people_slots=np.maximum(problem.people_slots, facts.people),  # open on one day at least
    )


def _for_everybody(facts: Facts) -> int:
    """The first kind that helps whoever walks in."""
    return next(at for at, kind in enumerate(facts.kinds) if "walk_in" in kind.serves)


def _left(facts: Facts, plan: SessionPlan) -> Floats:
    """Contacts left at each venue, [venue]."""
    at = {venue.id: index for index, venue in enumerate(facts.venues)}
    left = np.zeros(len(facts.venues))
    for village in plan.villages:
        if village.venue:
            left[at[village.venue]] += village.unserved.sum()
    return left


def _from_afar(facts: Facts, plan: SessionPlan) -> float:
    """Contacts that one session's hours a week of remote support help, wherever people live."""
    kind = facts.kinds[_for_everybody(facts)]
    return float(np.minimum(plan.unserved, kind.contacts_per_hour * kind.minutes / 60).sum())
