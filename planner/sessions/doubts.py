"""What speaks against a session where it stands: told, never refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.engine import Engine
from planner.scenario import Scenario
from planner.sessions.holidays import public_holidays
from planner.sessions.problem import Facts, facts_of
from planner.sessions.types import Request, Session, Venue

DOUBTS = (
    "outside_hours",
    "holiday",
    "closed",
    "busy",
    "overlap",
    "second_person",
    "over_limit",
    "travel",
)


def doubts_about(
    engine: Engine,
    scenario: Scenario,
    request: Request,
    first: dt.date,
    sessions: Sequence[Session],
    session: Session,
) -> tuple[str, ...]:
    """Ids of DOUBTS, in their order, about a session among others.

    sessions: the others, one of the same name aside. An unknown venue has no hours, and neither has
    a day outside the plan's weeks.
    """
    facts = facts_of(engine, scenario, request, first)
    others = [one for one in sessions if one.uid != session.uid]
    found = {"over_limit"} if _over_limit(facts, others, session) else set()
    venue = next((one for one in facts.venues if one.id == session.venue), None)
    if venue is None:
        return tuple(one for one in DOUBTS if one in found | {"outside_hours"})
    aland = engine.snapshot.municipalities[engine.snapshot.index(venue.municipality)].is_aland
    if session.day in public_holidays((session.day.year,), aland):
        found.add("holiday")
    if any(at in (None, venue.id) and day == session.day for at, day in request.closures):
        found.add("closed")
    if not _open(facts, venue, session, first):
        found.add("outside_hours")
    if any(
        busy.venue in (None, venue.id)
        and busy.day == session.day
        and _meets(session, busy.start, busy.end)
        for busy in request.busy
    ):
        found.add("busy")
    if any(_same_place(session, one) and _meets(session, one.start, one.end) for one in others):
        found.add("overlap")
    if venue.single_staffed and session.staff < 2:
        found.add("second_person")
    if not _reached(facts, others, session):
        found.add("travel")
    return tuple(one for one in DOUBTS if one in found)


def _meets(session: Session, start: int, end: int) -> bool:
    return session.start < end and start < session.end


def _same_place(one: Session, other: Session) -> bool:
    return (one.venue, one.day) == (other.venue, other.day)


def _open(facts: Facts, venue: Venue, session: Session, first: dt.date) -> bool:
    if not max(facts.days[0], first) <= session.day <= facts.days[-1]:
        return False
    times = venue.timetable.on(session.day)
    return any(opens <= session.start and session.end <= closes for opens, closes in times)


def _over_limit(facts: Facts, others: Sequence[Session], session: Session) -> bool:
    week = (session.day - facts.days[0]).days // 7
    if not 0 <= week < len(facts.mondays):
        return False
    same = [one for one in others if (one.day - facts.days[0]).days // 7 == week]
    used = sum(one.staff_hours for one in [*same, session])
    return bool(used > facts.limit[week] + 1e-6)


def _reached(facts: Facts, others: Sequence[Session], session: Session) -> bool:
    """Whether the trainer gets there from their other sessions of the day, and on to them."""
    at = {venue.id: index for index, venue in enumerate(facts.venues)}
    for one in others:
        if (one.trainer, one.day) != (session.trainer, session.day) or one.venue not in at:
            continue
        minutes = facts.travel[at[one.venue], at[session.venue]]
        if one.venue == session.venue and _meets(session, one.start, one.end):
            continue  # an overlap is told as such
        if one.end + minutes > session.start and session.end + minutes > one.start:
            return False
    return True
