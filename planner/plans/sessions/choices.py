"""What stage 1 chooses from at a venue: series of sessions, and those of a plan so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.plans.sessions.patterns import patterns
from planner.plans.sessions.types import Counting, Series

LAGS = 4  # weeks that anybody waits at most
LEAST = 2.0  # persons in a group
ONCE = 1.5  # sessions that a block's people fill at most where one is held in it


@dataclass(frozen=True)
class Choice:
    """A series, what one costs in contacts and how many there can be; kept: of the plan so far."""

    series: Series
    cost: float
    most: float
    kept: bool = False


def choices_of(problem: Counting, venue: int) -> list[Choice]:
    """All choices at a venue; see planner.plans.sessions.formulation."""
    near = problem.near
    fresh = 0.0 if near is None else near.fresh
    found = []
    for one in _options(problem, venue):
        each = problem.preset.staff_hour * problem.hours[venue, one.kind] + fresh
        found.append(Choice(one, each * len(one.weeks), _most(problem, one)))
    return found if near is None else found + _near(problem, venue)


def _near(problem: Counting, venue: int) -> list[Choice]:
    """The sessions of the plan so far, and those that fill a hole in one of its series."""
    near = problem.near
    assert near is not None
    found = []
    stands = near.sessions[venue] + near.moved[venue] + problem.fixed[venue]
    for sessions, kept in ((near.sessions, True), (near.moved, False)):
        for kind, week in np.argwhere(sessions[venue] > 0).tolist():
            if kept or problem.offered[venue, kind, week]:
                one = Series(venue, kind, int(problem.blocks[week]), (week,))
                cost = problem.preset.staff_hour * problem.hours[venue, kind] - near.loyal
                found.append(Choice(one, cost, float(sessions[venue, kind, week]), kept))
    for block in np.unique(problem.blocks):
        weeks = np.flatnonzero(problem.blocks == block)
        holes = stands[:, weeks].max(axis=1, keepdims=True) - stands[:, weeks]
        for kind, at in np.argwhere(holes > 0).tolist():
            week = int(weeks[at])
            if problem.offered[venue, kind, week] and problem.slots[venue, week] > 0:
                one = Series(venue, kind, int(block), (week,))
                cost = problem.preset.staff_hour * problem.hours[venue, kind]
                found.append(Choice(one, cost, float(holes[kind, at])))
    return found


def _options(problem: Counting, venue: int) -> list[Series]:
    """The series there could be at a venue: kind × block × pattern, weeks not offered left out.

    What would stay nearly empty is left out too: see `_worth_it`.
    """
    found: dict[Series, None] = {}
    for kind in range(problem.serves.shape[0]):
        for block in np.unique(problem.blocks):
            weeks = np.flatnonzero(problem.blocks == block).tolist()
            for pattern in patterns(weeks):
                held = tuple(
                    week
                    for week in pattern
                    if problem.offered[venue, kind, week] and problem.slots[venue, week] > 0
                )
                one = Series(venue, kind, int(block), held)
                if held and _worth_it(problem, one, len(weeks) / len(pattern)):
                    found.setdefault(one, None)
    return list(found)


def _gathered(problem: Counting, one: Series, apart: float) -> float:
    """Contacts that gather from one session of a series to the next, persons."""
    since = slice(max(one.weeks[0] - LAGS, 0), one.weeks[-1] + 1)
    coming = problem.demand[one.venue, problem.serves[one.kind]][:, since].sum(axis=0)
    return float(coming.max(initial=0.0)) * sum(problem.stay**lag for lag in range(round(apart)))


def _worth_it(problem: Counting, one: Series, apart: float) -> bool:
    """Whether a series, `apart` weeks between sessions, can be better than one of another kind.

    A kind for some channels alone (booked times) that gathers no more people than a session for
    everybody could help in the same hours is never better than that one. A session for several at a
    time needs LEAST of them, and one that is held once in a block is for places where few come.
    """
    gathered = _gathered(problem, one, apart)
    if gathered <= 0:
        return False
    own = problem.serves[one.kind]
    for other in range(problem.serves.shape[0]):
        if other != one.kind and problem.offered[one.venue, other, list(one.weeks)].all():
            wider = (problem.serves[other] >= own).all() and problem.serves[other].sum() > own.sum()
            same = problem.hours[one.venue, other] <= problem.hours[one.venue, one.kind]
            if wider and same and gathered <= problem.contacts[one.venue, other]:
                return False
    size = problem.contacts[one.venue, one.kind]
    if problem.several[one.kind] and gathered < LEAST:
        return False
    return bool(apart <= 2 or gathered <= ONCE * size)


def _most(problem: Counting, one: Series) -> float:
    """As many sessions as everybody who may have come by then could fill, or the week can hold."""
    channels = problem.serves[one.kind]
    so_far = problem.demand[one.venue, channels][:, : one.weeks[-1] + 1].sum()
    fill = np.ceil(so_far / max(problem.contacts[one.venue, one.kind], 1e-9))
    return float(min(max(fill, 1.0), problem.slots[one.venue, list(one.weeks)].max()))
