"""What holds a plan back, and which single change would help most people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.engine import Engine
from planner.plans.sessions.counting import count
from planner.plans.sessions.types import Counting, Counts, Floats
from planner.scenario import Scenario
from planner.sessions.ask import known_sessions, standing
from planner.sessions.problem import LED_PER_DAY, Facts, facts_of
from planner.sessions.types import Change, SessionPlan

SECONDS = 2.0  # for each change tried
LEAST = 1.0  # visits over the plan that a change must gain: of less nobody would notice a thing
MOST_HOURS = 20.0
"""Staff hours that a change may take for each visit it gains: half a working week is about what a
visit to somebody's home takes with the journeys, preparation and calls. Whoever needs more than
that is better helped by another way than by these changes."""
EASY = 0.1  # of the preset's weight of a staff hour: a plan that hardly minds hours
WORKDAYS = 5
MOSTLY = 0.5  # of the weeks in which somebody is left
WEEKLY = ("staff_hours", "opening_hours")  # changes whose amount is hours a week


def explained(
    engine: Engine, scenario: Scenario, plan: SessionPlan, seconds: float = SECONDS
) -> SessionPlan:
    """The plan with `changes` (most helpful first), the best of them, and the rule that binds.

    Each change is tried by solving stage 1 again with it: one more session's staff hours a week,
    one more trainer, two more opening hours a week at the venue where most are left, the same hours
    given from afar, and a plan that takes every session for however few people. Left out are those
    that gain less than LEAST visits or take more than MOST_HOURS for one.
    """
    if plan.unserved.sum() < LEAST:
        return plan
    facts = facts_of(engine, scenario, plan.request, plan.first)
    problem = standing(facts, known_sessions(facts, plan.request.locked)[0])
    present = count(problem, seconds)
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
    weeks = len(facts.mondays)
    found = []
    for change, changed in tried:
        then = count(changed, seconds)
        gains = replace(change, contacts=float(then.served.sum() - present.served.sum()))
        more = _hours(changed, then) - _hours(problem, present)
        if _worth(gains, max(more, gains.amount * weeks if gains.rule in WEEKLY else 0.0)):
            found.append(gains)
    remote = Change("remote", hours, _from_afar(facts, plan))
    found += [remote] if _worth(remote, hours * weeks) else []
    found.sort(key=lambda change: -change.contacts)
    rules = [change.rule for change in found if change.rule != "remote"]
    return replace(
        plan,
        changes=tuple(found),
        change=found[0] if found else None,
        binding=rules[0] if rules else _spent(plan, hours),
    )


def _spent(plan: SessionPlan, hours: float) -> str | None:
    """The rule that binds where no change tried helps: the hours, where no session more fits in.

    A search that ran out of time may find no gain though there is one.
    """
    left = plan.unserved > 0
    full = plan.used > plan.limit - hours
    return "staff_hours" if left.any() and full[left].mean() > MOSTLY else None


def _worth(change: Change, hours: float) -> bool:
    """Whether a change that takes so many staff hours over the plan is any advice."""
    return change.contacts >= LEAST and hours <= MOST_HOURS * change.contacts


def _hours(problem: Counting, counts: Counts) -> float:
    """Staff hours of the sessions chosen, over the plan."""
    return float((counts.sessions() * problem.hours[:, :, None]).sum())


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
