"""Today's practice, such as every Tuesday 13–15 at the main library, told by a plan's numbers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.engine import Engine
from planner.errors import PlannerError
from planner.scenario import Scenario
from planner.sessions.draft import Draft, evaluated
from planner.sessions.holidays import public_holidays
from planner.sessions.kinds import kinds
from planner.sessions.types import KINDS, Session, SessionPlan, Venue

SHORTEST, LONGEST = 15, 8 * 60  # minutes
RARELY = 26  # weeks from one time to the next at most
DAY = 24 * 60
THEME, LANGUAGE = "account", "fi"
UID_HOST = "practice.invalid"


@dataclass(frozen=True)
class Practice:
    """Help at fixed times: weekdays 0 (Monday) to 6, minutes since midnight, every n-th week."""

    venue: str
    weekdays: tuple[int, ...]
    start: int
    end: int
    every: int = 1
    kind: str = "clinic"


@dataclass(frozen=True)
class Side:
    """One side of a comparison.

    helped, left: visits; staff_hours: in all, preparation included; wait: days from one session to
    the next at most, anywhere in the plan (from its first day, and to its end), None where there is
    no session; reached, villages: of the villages with people, those whose own venue holds a
    session, and all; reached_people: share of the people who live in these.
    """

    sessions: int
    helped: float
    left: float
    staff_hours: float
    wait: int | None
    reached: int
    villages: int
    reached_people: float


@dataclass(frozen=True)
class Comparison:
    """A practice and a plan side by side: what each does, and the sessions of the practice."""

    practice: Practice
    today: Side
    plan: Side
    sessions: tuple[Session, ...]

    @property
    def helped_more(self) -> float:
        """Visits that the plan helps beyond those of the practice; negative where fewer."""
        return self.plan.helped - self.today.helped

    @property
    def hours_more(self) -> float:
        """Staff hours that the plan takes beyond those of the practice."""
        return self.plan.staff_hours - self.today.staff_hours

    @property
    def reached_more(self) -> float:
        """Percentage points of the people whose own venue holds a session in the plan alone."""
        return 100 * (self.plan.reached_people - self.today.reached_people)


def compared(
    engine: Engine,
    scenario: Scenario,
    draft: Draft,
    practice: Practice,
    today: dt.date,
    plan: SessionPlan | None = None,
) -> Comparison:
    """The draft beside today's practice, both evaluated by the same numbers.

    plan: the draft's own figures where they are there already. PlannerError where the practice
    doesn't hold: no weekday, no time, a venue or a kind that the plan doesn't know.
    """
    plan = plan or evaluated(engine, scenario, draft, today)
    sessions = practised(engine, scenario, plan, practice)
    request = replace(draft.request, first=plan.first, locked=())
    own = evaluated(engine, scenario, Draft(request, sessions), today)
    return Comparison(practice, side(own), side(plan), sessions)


def practised(
    engine: Engine, scenario: Scenario, plan: SessionPlan, practice: Practice
) -> tuple[Session, ...]:
    """The practice's sessions in the plan's weeks; none on public holidays or closed days.

    Where one person alone is at work, a second one is there, as in a plan. The first week counts
    where only every n-th does.
    """
    venue = _checked(plan, practice)
    place = engine.snapshot.municipalities[engine.snapshot.index(venue.municipality)]
    staff = 2 if venue.single_staffed else 1
    kind = next(one for one in kinds(engine.parameters(scenario)) if one.code == practice.kind)
    hours = round(kind.hours(practice.end - practice.start, staff), 4)
    return tuple(
        Session(
            uid=f"{day.isoformat()}@{UID_HOST}",
            day=day,
            start=practice.start,
            end=practice.end,
            venue=venue.id,
            kind=practice.kind,
            theme=THEME,
            language=LANGUAGE,
            staff=staff,
            staff_hours=hours,
            locked=True,
        )
        for day in _days(plan, practice, place.is_aland)
    )


def _checked(plan: SessionPlan, practice: Practice) -> Venue:
    venue = next((one for one in plan.venues if one.id == practice.venue), None)
    if venue is None:
        raise PlannerError("error.practice_venue", value=practice.venue)
    if not practice.weekdays or not set(practice.weekdays) <= set(range(7)):
        raise PlannerError("error.practice_days")
    span = practice.end - practice.start
    if not (0 <= practice.start < practice.end <= DAY and SHORTEST <= span <= LONGEST):
        raise PlannerError("error.practice_span", low=SHORTEST, high=LONGEST // 60)
    if not 1 <= practice.every <= RARELY:
        raise PlannerError("error.practice_every", value=practice.every, high=RARELY)
    if practice.kind not in KINDS:
        raise PlannerError("error.practice_kind", value=practice.kind, kinds=list(KINDS))
    return venue


def _days(plan: SessionPlan, practice: Practice, aland: bool) -> list[dt.date]:
    days = [
        monday + dt.timedelta(days=weekday)
        for monday in plan.mondays[:: practice.every]
        for weekday in sorted(set(practice.weekdays))
    ]
    closed = set(public_holidays({day.year for day in days}, aland))
    closed |= {day for at, day in plan.request.closures if at is None or at == practice.venue}
    return [day for day in days if day >= plan.first and day not in closed]


def side(plan: SessionPlan) -> Side:
    """What a plan does, as a Side."""
    held = {one.venue for one in plan.sessions}
    near = [village for village in plan.villages if village.venue in held]
    people = sum(village.people for village in plan.villages)
    return Side(
        sessions=len(plan.sessions),
        helped=float(plan.served.sum()),
        left=float(plan.unserved.sum()),
        staff_hours=float(plan.used.sum()),
        wait=longest_wait((one.day for one in plan.sessions), plan.first, _end(plan.mondays)),
        reached=len(near),
        villages=len(plan.villages),
        reached_people=sum(village.people for village in near) / people if people else 0.0,
    )


def _end(mondays: Sequence[dt.date]) -> dt.date:
    return mondays[-1] + dt.timedelta(days=7)


def longest_wait(held: Iterable[dt.date], first: dt.date, end: dt.date) -> int | None:
    """Days from one session to the next at most, None where there is none.

    The time from the first day to the first session and from the last session to the end (the day
    after the plan, where the wait isn't over yet) count as well.
    """
    days = sorted(set(held))
    if not days:
        return None
    marks = [min(first, days[0]), *days, max(end, days[-1])]
    return max((after - before).days for before, after in itertools.pairwise(marks))
