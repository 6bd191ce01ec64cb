"""Asks for a lesson and for the draws before and after it, and makes the outcome of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import replace

from planner import learned
from planner.engine import PAGE_DRAWS, Engine
from planner.learned import Lesson
from planner.model.gap import VERDICTS
from planner.model.worlds import Worlds
from planner.outcome.track import by_place, track
from planner.outcome.types import Counted, Outcome, Verdicts
from planner.records import UserCount, Visit
from planner.scenario import Scenario

CACHED = 8  # outcomes: bands of weeks, small; what they rest on is cached by the engine
WEEK = dt.timedelta(days=7)


def last_day(visits: Sequence[Visit], users: Sequence[UserCount]) -> dt.date | None:
    """The day after the last logged week, or that of the last count; None where there are none."""
    days = [row.week + WEEK for row in visits] + [row.date for row in users]
    return max(days, default=None)


def outcome(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    visits: tuple[Visit, ...],
    users: tuple[UserCount, ...],
    as_of: dt.date,
    code: str | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
) -> Outcome:
    """The Outcome of a log; PlannerError where scenario, log or date don't hold."""
    found = _of_all(engine, scenario, today, visits, users, as_of, draws, seed)
    if code is None:
        return found
    index = engine.snapshot.index(code)
    log = {index: by_place(engine, found.span, visits).get(index, {})}
    both = _worlds(engine, scenario, today, found.lesson)
    return replace(found, place=track(both, log, found.following.start))


@functools.lru_cache(maxsize=CACHED)
def _of_all(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    visits: tuple[Visit, ...],
    users: tuple[UserCount, ...],
    as_of: dt.date,
    draws: int,
    seed: int,
) -> Outcome:
    """The Outcome without a chosen municipality, kept with its lesson.

    The engine caches draws that have learned by the lesson's arrays themselves.
    """
    lesson = learned.learn(engine, scenario, today, visits, users, as_of, draws, seed)
    span = engine.forecast(scenario, today).span
    first = min(max(span.index(as_of), 0), span.count - 1)
    following = slice(first, span.count)
    logs = by_place(engine, span, visits)
    everybody = logs or {place: {} for place in range(len(engine.snapshot.codes))}
    return Outcome(
        lesson=lesson,
        span=span,
        as_of=as_of,
        following=following,
        municipalities=len(logs),
        outside=sum(not 0 <= span.index(row.week) < span.count for row in visits),
        all=track(_worlds(engine, scenario, today, lesson), everybody, first),
        place=None,
        verdicts=_verdicts(engine, scenario, today, lesson, following),
        counted=_counted(engine, scenario, today, users),
    )


def _worlds(
    engine: Engine, scenario: Scenario, today: dt.date, lesson: Lesson
) -> tuple[Worlds, Worlds]:
    """The draws before and after a lesson."""
    asked = (scenario, today, None, lesson.draws, lesson.seed)
    return engine.worlds(*asked), engine.worlds(*asked, lesson.learned)


def _counted(
    engine: Engine, scenario: Scenario, today: dt.date, users: Sequence[UserCount]
) -> tuple[Counted, ...]:
    """Counts of users in the order of their days, each beside the central path."""
    result = engine.forecast(scenario, today)
    found = []
    for count in sorted(users, key=lambda count: count.date):
        code, week = count.municipality, result.span.index(count.date)
        place = None if code is None else engine.snapshot.index(code)
        known = count.age_band is None and 0 <= week < result.span.count
        path = result.users[0] if place is None else result.users[0, [place]]
        found.append(Counted(count, place, float(path[:, week].sum()) if known else None))
    return tuple(found)


def _verdicts(
    engine: Engine, scenario: Scenario, today: dt.date, lesson: Lesson, weeks: slice
) -> Verdicts:
    asked = (scenario, today, None, lesson.draws, lesson.seed)
    drawn = (engine.ensemble(*asked), engine.ensemble(*asked, lesson.learned))
    codes = (engine.verdicts(each, weeks) for each in drawn)
    return Verdicts(*(tuple(VERDICTS[int(v)] for v in found) for found in codes))
