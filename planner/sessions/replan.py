"""A plan made again from one that stands: what is locked stays, as little as possible changes.

Sessions that can stay where they are (venue open, nobody else there, a trainer who gets there) are
known to stage 1, which gives one up only where that helps more people than LOYAL of a usual
session's, and adds one for more than FRESH of them (see planner.plans.sessions.formulation). Those
kept have their places before stage 2 begins. A new session at the venue and of the kind of one that
had to go, near in time, is that one, moved: it keeps its name, theme and language.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.engine import Engine
from planner.plans.sessions.counting import count, helped
from planner.plans.sessions.placing import place, staying
from planner.plans.sessions.types import Counts, Floats, Near, Placed
from planner.scenario import Scenario
from planner.sessions.ask import (
    calendar_of,
    first_day,
    known_sessions,
    left_of,
    notices,
    problem_of,
    standing,
)
from planner.sessions.assemble import Held, assembled, hours_used, week_of
from planner.sessions.problem import Facts, facts_of
from planner.sessions.types import Request, Session, SessionPlan

LOYAL = 0.5  # of the people a session helps on average: a session is given up for more than that
FRESH = 0.2  # and a new one held for more than that
LEAST = 0.2  # contacts that count as a session's average at least
CLOSE = 0.002  # the proven gap at which the search ends: the present plan is a good start
FAR = 14  # days beyond which a session is another one, not the same moved


@dataclass(frozen=True)
class _Known:
    """A session of the plan so far with its place there and now (None: it can't stay there)."""

    before: Held
    now: Placed | None


def plan_again(
    engine: Engine,
    scenario: Scenario,
    request: Request,
    sessions: Sequence[Session],
    gone: Sequence[Session],
    today: dt.date,
    seconds: float,
) -> SessionPlan:
    """The SessionPlan that keeps what is locked and changes as little else as possible.

    sessions: the plan so far; gone: sessions taken out, whose names no other may take. Of a plan
    that is under way, the days before `today` stay as they are.
    """
    first = first_day(engine, scenario, request.first, today)
    since = _since(first, request.weeks, today)
    passed = tuple((None, first + dt.timedelta(days=n)) for n in range((since - first).days))
    ahead = replace(request, closures=(*request.closures, *passed))
    facts = facts_of(engine, scenario, ahead, first)
    stands = [one for one in sessions if one.locked or one.day < since]
    fixed, strange = known_sessions(facts, stands)
    others, _ = known_sessions(facts, [one for one in sessions if one not in stands])
    calendar = calendar_of(facts, request, [one.placed for one in fixed])
    places = staying([one.placed for one in others], calendar)
    known = [_Known(one, now) for one, now in zip(others, places, strict=True)]
    counts = _counts(facts, fixed, known, seconds)
    kept, lost = _parted(facts, counts, known)
    taken = [*calendar.locked, *(one.placed for one in kept)]
    placing = place(counts.series, replace(calendar, locked=taken, usual=_usual(facts, known)))
    held = [*_flags(fixed, sessions), *kept, *_matched(facts, lost, placing.placed)]
    plan = assembled(
        engine,
        scenario,
        facts,
        replace(request, locked=tuple(one for one in sessions if one.locked)),
        held,
        replace(helped(problem_of(facts, held)), gap=counts.gap),
        {one.uid for one in sessions} | {one.uid for one in gone},
    )
    told = (*notices(today, facts, plan, first), *strange)
    return replace(plan, first=first, left=left_of(facts, placing), notices=told)


def _since(first: dt.date, weeks: int, today: dt.date) -> dt.date:
    """The first day that may be planned: today's of a plan under way, else the plan's own."""
    end = first - dt.timedelta(days=first.weekday()) + dt.timedelta(weeks=weeks)
    return today if first < today < end else first


def _flags(fixed: Sequence[Held], sessions: Sequence[Session]) -> list[Held]:
    """The sessions that stand, locked only where they were so before."""
    locked = {one.uid: one.locked for one in sessions}
    return [
        replace(one, known=replace(one.known, locked=locked[one.known.uid]))
        for one in fixed
        if one.known is not None
    ]


def _counts(facts: Facts, fixed: list[Held], known: list[_Known], seconds: float) -> Counts:
    """Stage 1 near the present plan; where time runs out, what of the plan can stay."""
    problem = standing(facts, fixed)
    stays = [one.before for one in known if one.now is not None]
    near = _table(facts, [one.placed for one in stays])
    moved = _table(facts, [one.before.placed for one in known if one.now is None])
    usual = (near * problem.hours[:, :, None]).sum(axis=(0, 1))
    longer = hours_used(facts, [_as_staffed(facts, one) for one in stays]) - usual
    total = helped(problem_of(facts, [*fixed, *(one.before for one in known)])).served.sum()
    each = max(total / max(len(fixed) + len(known), 1), LEAST)
    problem = replace(
        problem,
        limit=problem.limit - longer,
        near=Near(near, moved, loyal=LOYAL * each, fresh=FRESH * each),
    )
    found = count(problem, seconds, CLOSE)
    nothing_new = replace(problem, offered=np.zeros_like(problem.offered))
    as_is = count(nothing_new, seconds / 4, CLOSE)
    if as_is.objective < found.objective - 1e-6:
        return found
    return replace(as_is, bound=found.bound, gap=_gap(as_is.objective, found.bound))


def _gap(objective: float, bound: float) -> float:
    return max(bound - objective, 0.0) / max(abs(objective), 1e-9)


def _table(facts: Facts, placed: Sequence[Placed]) -> Floats:
    """Sessions by venue, kind and week, [v, k, w]."""
    table = np.zeros(facts.counting.fixed.shape)
    for one in placed:
        table[one.venue, one.kind, week_of(facts, one.day)] += 1
    return table


def _as_staffed(facts: Facts, one: Held) -> Session:
    """The session with the staff that its venue asks for now."""
    session, placed = one.known, one.placed
    assert session is not None
    staff = int(facts.staff[placed.venue, placed.kind])
    if staff == session.staff:
        return session
    hours = facts.kinds[placed.kind].hours(session.end - session.start, staff)
    return replace(session, staff=staff, staff_hours=round(hours, 4), sequence=session.sequence + 1)


def _parted(
    facts: Facts, counts: Counts, known: Sequence[_Known]
) -> tuple[list[Held], list[Session]]:
    """The sessions that stay, and those that go; of several alike in a week the later ones."""
    room = counts.kept.copy()
    kept, lost = [], []
    for one in known:
        session = _as_staffed(facts, one.before)
        at = one.before.placed.venue, one.before.placed.kind, week_of(facts, session.day)
        if one.now is None or room[at] < 0.5:
            lost.append(replace(session, locked=False))
            continue
        room[at] -= 1
        kept.append(Held(one.now, replace(session, locked=False, trainer=one.now.trainer)))
    return kept, lost


def _usual(
    facts: Facts, known: Sequence[_Known]
) -> dict[tuple[int, int, int], list[tuple[int, int]]]:
    """The weekday and start that people know, by block, venue and kind; the most frequent first."""
    times: dict[tuple[int, int, int], Counter[tuple[int, int]]] = defaultdict(Counter)
    for one in known:
        placed = one.before.placed
        block = int(facts.counting.blocks[week_of(facts, placed.day)])
        times[block, placed.venue, placed.kind][placed.day.weekday(), placed.start] += 1
    return {key: [slot for slot, _ in seen.most_common()] for key, seen in times.items()}


def _matched(facts: Facts, lost: Sequence[Session], placed: Sequence[Placed]) -> list[Held]:
    """The new sessions, those that take a lost one's place under its name."""
    pairs = sorted(
        (abs((one.day - new.day).days), abs(one.start - new.start), old, at)
        for old, one in enumerate(lost)
        for at, new in enumerate(placed)
        if (one.venue, one.kind) == (facts.venues[new.venue].id, facts.kinds[new.kind].code)
        and abs((one.day - new.day).days) <= FAR
    )
    name: dict[int, int] = {}
    for _, _, old, at in pairs:
        if at not in name and old not in name.values():
            name[at] = old
    return [
        Held(new, _moved(facts, lost[name[at]], new) if at in name else None)
        for at, new in enumerate(placed)
    ]


def _moved(facts: Facts, session: Session, new: Placed) -> Session:
    if (session.day, session.start, session.end) == (new.day, new.start, new.end):
        return replace(session, trainer=new.trainer)
    kind = facts.kinds[new.kind]
    return replace(
        session,
        day=new.day,
        start=new.start,
        end=new.end,
        trainer=new.trainer,
        staff_hours=round(kind.hours(new.end - new.start, session.staff), 4),
        sequence=session.sequence + 1,
    )
