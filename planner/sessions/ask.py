"""Asks for a plan: facts and forecast into the two stages, and their answer into sessions."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planner.engine import Engine
from planner.errors import PlannerError
from planner.plans.sessions.counting import SECONDS, count
from planner.plans.sessions.placing import Calendar, place
from planner.plans.sessions.presets import PRESETS
from planner.plans.sessions.types import Counting, Counts, Floats, Placed
from planner.scenario import Scenario
from planner.sessions import labels
from planner.sessions.problem import Facts, facts_of
from planner.sessions.types import (
    LEAD_WEEKS,
    LONGEST,
    SHORTEST,
    Request,
    Session,
    SessionPlan,
    Village,
)

UID_HOST = "suomifi-messages-rollout-planner"


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
    first = request.first or today + dt.timedelta(weeks=LEAD_WEEKS)
    facts = facts_of(engine, scenario, request, first)
    locked, strange = locked_sessions(facts, request)
    problem = standing(facts, request)
    counts = count(problem, seconds)
    calendar = Calendar(
        facts.days,
        facts.windows,
        facts.minutes,
        facts.travel,
        facts.people,
        locked,
        PRESETS[request.preset],
    )
    placing = place(counts.series, calendar)
    held = [*locked, *placing.placed]
    if placing.left:
        counts = _as_held(problem, facts, held, counts, seconds)
    sessions = _sessions(engine, scenario, facts, request, held, counts)
    unserved = counts.unserved
    return SessionPlan(
        request=request,
        first=first,
        mondays=facts.mondays,
        venues=facts.venues,
        sessions=tuple(sessions),
        villages=_villages(engine, facts, unserved),
        limit=facts.limit,
        used=_used(facts, sessions),
        contacts=facts.coming.sum(axis=(0, 1)),
        served=counts.served.sum(axis=(0, 1, 2)),
        unserved=unserved.sum(axis=(0, 1)) + _homeless(facts),
        gap=counts.gap,
        people=facts.people,
        left=tuple(
            (facts.venues[v].id, facts.kinds[k].code, facts.mondays[w]) for v, k, w in placing.left
        ),
        notices=(*_notices(first, today, request, facts, sessions), *strange),
    )


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


def locked_sessions(facts: Facts, request: Request) -> tuple[list[Placed], list[str]]:
    """The locked sessions of the plan's days and venues, and what is strange about them."""
    venues = {venue.id: at for at, venue in enumerate(facts.venues)}
    sorts = {kind.code: at for at, kind in enumerate(facts.kinds)}
    found, strange = [], set()
    for lock in request.locked:
        if lock.venue not in venues or lock.kind not in sorts:
            strange.add("locked_unknown")
        elif facts.days[0] <= lock.day <= facts.days[-1]:
            where = venues[lock.venue], sorts[lock.kind]
            found.append(Placed(*where, lock.day, lock.start, lock.end, lock.trainer))
    for at, one in enumerate(found):
        for other in found[:at]:
            same = (one.venue, one.day) == (other.venue, other.day)
            if same and one.start < other.end and other.start < one.end:
                strange.add("locked_overlap")
    return found, sorted(strange)


def standing(facts: Facts, request: Request) -> Counting:
    """The problem of stage 1 with what is locked taken out of its limits.

    A locked session may be longer than its kind is: the week's limit bears the difference.
    """
    placed, _ = locked_sessions(facts, request)
    fixed = fixed_counts(facts, placed)
    usual = (fixed * facts.counting.hours[:, :, None]).sum(axis=(0, 1))
    more = _used(facts, _kept(facts, request)) - usual
    return replace(facts.counting, fixed=fixed, limit=facts.counting.limit - more)


def fixed_counts(facts: Facts, placed: Sequence[Placed]) -> Floats:
    """Sessions that stand, by venue, kind and week: [v, k, w]."""
    table = np.zeros((len(facts.venues), len(facts.kinds), len(facts.mondays)))
    for one in placed:
        table[one.venue, one.kind, (one.day - facts.days[0]).days // 7] += 1
    return table


def _as_held(
    problem: Counting, facts: Facts, held: Sequence[Placed], counts: Counts, seconds: float
) -> Counts:
    """What the sessions that found a time help, with the gap of stage 1 told beside it."""
    fixed = replace(
        problem, fixed=fixed_counts(facts, held), offered=np.zeros_like(problem.offered)
    )
    return replace(count(fixed, seconds), gap=counts.gap)


def _sessions(
    engine: Engine,
    scenario: Scenario,
    facts: Facts,
    request: Request,
    held: Sequence[Placed],
    counts: Counts,
) -> list[Session]:
    """The sessions in the order of the calendar, with themes, languages and names that last."""
    order = sorted(range(len(held)), key=lambda at: (held[at].day, held[at].start, held[at].venue))
    weeks = [(held[at].day - facts.days[0]).days // 7 for at in order]
    number = Counter(
        (held[at].venue, held[at].kind, week) for at, week in zip(order, weeks, strict=True)
    )
    themes = labels.chosen(
        labels.theme_shares(engine, scenario, facts.mondays[0], weeks),
        [held[at].venue for at in order],
        labels.THEMES,
    )
    languages = _languages(engine, facts, [held[at] for at in order])
    fixed = dict(enumerate(_kept(facts, request)))
    taken = {one.uid for one in request.locked}
    found = []
    for at, week, theme, language in zip(order, weeks, themes, languages, strict=True):
        one = held[at]
        key = (one.venue, one.kind, week)
        people = float(counts.served[one.venue, :, one.kind, week].sum()) / number[key]
        if at in fixed:
            found.append(replace(fixed[at], expected_contacts=people, locked=True))
            continue
        staff = int(facts.staff[one.venue, one.kind])
        kind = facts.kinds[one.kind]
        found.append(
            Session(
                uid=_uid(facts, one, week, taken),
                day=one.day,
                start=one.start,
                end=one.end,
                venue=facts.venues[one.venue].id,
                kind=kind.code,
                theme=theme,
                language=language,
                staff=staff,
                staff_hours=round(kind.hours(one.end - one.start, staff), 4),
                expected_contacts=people,
                trainer=one.trainer,
            )
        )
    return found


def _kept(facts: Facts, request: Request) -> list[Session]:
    """The locked sessions that `locked_sessions` takes, in its order."""
    venues = {venue.id for venue in facts.venues}
    sorts = {kind.code for kind in facts.kinds}
    return [
        one
        for one in request.locked
        if one.venue in venues and one.kind in sorts and facts.days[0] <= one.day <= facts.days[-1]
    ]


def _uid(facts: Facts, one: Placed, week: int, taken: set[str]) -> str:
    """A name that follows from what the session is, not from when in the week it is held.

    The first number that is free in `taken`, to which the name is added.
    """
    year, iso_week, _ = facts.mondays[week].isocalendar()
    venue, kind = facts.venues[one.venue].id, facts.kinds[one.kind].code
    for number in itertools.count(1):
        name = f"{venue}-{kind}-{year}w{iso_week:02d}-{number}@{UID_HOST}"
        if name not in taken:
            break
    taken.add(name)
    return name


def _languages(engine: Engine, facts: Facts, held: Sequence[Placed]) -> list[str]:
    if not held:
        return []
    places = [facts.venues[one.venue].municipality for one in held]
    by_place = {code: labels.language_shares(engine, code) for code in set(places)}
    shares = np.array([by_place[code] for code in places])
    return labels.chosen(shares, [one.venue for one in held], labels.LANGUAGES)


def _villages(engine: Engine, facts: Facts, unserved: Floats) -> tuple[Village, ...]:
    areas, snapshot = engine.snapshot.postal_areas, engine.snapshot
    share = np.divide(
        unserved,
        facts.counting.demand,
        out=np.zeros_like(unserved),
        where=facts.counting.demand > 0,
    )
    weeks = np.arange(len(facts.mondays))
    found = []
    for row, at in enumerate(facts.villages):
        home = facts.home[row]
        left = np.where(home[None, :] < 0, 1.0, share[home, :, weeks].T)
        found.append(
            Village(
                postal_code=areas.postal_code[at],
                municipality=snapshot.codes[int(areas.municipality[at])],
                people=float(areas.people[at]),
                venue=facts.venues[home[0]].id if home[0] >= 0 else "",
                contacts=facts.coming[row].sum(axis=0),
                unserved=(facts.coming[row] * left).sum(axis=0),
            )
        )
    return tuple(found)


def _homeless(facts: Facts) -> Floats:
    """Contacts of villages that no venue takes, [week]."""
    nowhere = facts.home < 0
    return np.asarray((facts.coming.sum(axis=1) * nowhere).sum(axis=0))


def _used(facts: Facts, sessions: Sequence[Session]) -> Floats:
    used = np.zeros(len(facts.mondays))
    for one in sessions:
        used[(one.day - facts.days[0]).days // 7] += one.staff_hours
    return used


def _notices(
    first: dt.date,
    today: dt.date,
    request: Request,
    facts: Facts,
    sessions: Sequence[Session],
) -> list[str]:
    """Ids of what a reader should know about the plan."""
    found = []
    if first < today:
        found.append("past")
    if request.weeks < 4:
        found.append("few_weeks")
    if facts.coming.sum() <= 0:
        found.append("no_demand")
    if facts.limit.max(initial=0.0) <= 0:
        found.append("no_hours")
    if (_used(facts, sessions) > facts.limit + 1e-6).any():
        found.append("locked_over_limit")
    if not any(venue.sort == "library" and any(venue.timetable.winter) for venue in facts.venues):
        found.append("no_branch")
    return found
