"""What a plan of sessions covers and what it leaves open: sums, weeks and villages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from planner.sessions.types import Floats, SessionPlan, Village

NOTICED = 0.05  # visits over a whole plan: less is nobody
MOST = 0.8  # of all that is left: the weeks which hold so much are named
SEVERAL = 5.0  # visits left: of fewer it would mean little to name the weeks
CLEARLY = 1.2  # times the second most: a village that stands out
FEW = 2.0  # visits in the fullest week: below this, weeks are shown four by four
TOGETHER = 4
SLACK = 1e-6


@dataclass(frozen=True)
class Part:
    """Some weeks of a plan: their Mondays, visits that come, are helped and are left, staff hours.

    coming, helped, left: visits; used, limit, over: staff hours a week, those planned, those there
    are and those above the limit, each the mean of the weeks.
    """

    first: dt.date
    last: dt.date
    coming: float
    helped: float
    left: float
    used: float
    limit: float
    over: float

    @property
    def within(self) -> float:
        """Staff hours that aren't above the limit."""
        return max(self.used - self.over, 0.0)


@dataclass(frozen=True)
class Left:
    """A village and its visits left without help."""

    village: Village
    visits: float


@dataclass(frozen=True)
class Cover:
    """What a plan covers.

    coming, helped, left: visits over the plan; span: first and last Monday of the weeks that hold
    most of what is left, None where it is spread over the plan or hardly anything is left;
    villages: all of them, those with most left first; worst: the village that stands out, None
    where none does; parts: weeks, four by four where hardly anybody comes in one; single: weeks one
    by one; used, limit: staff hours in all; over: Mondays of the weeks above the limit; fullest:
    staff hours of the fullest week.
    """

    sessions: int
    weeks: int
    coming: float
    helped: float
    left: float
    span: tuple[dt.date, dt.date] | None
    villages: tuple[Left, ...]
    worst: Left | None
    parts: tuple[Part, ...]
    single: tuple[Part, ...]
    used: float
    limit: float
    over: tuple[dt.date, ...]
    fullest: float

    @property
    def several(self) -> bool:
        """Whether enough are left that it means something in which weeks they come."""
        return self.left >= SEVERAL

    @property
    def sparse(self) -> bool:
        """Whether the sessions help fewer visitors than there are sessions, in whole visitors."""
        return self.helped > 0 and round(self.helped) < self.sessions

    @property
    def drawn(self) -> bool:
        """Whether enough come that a chart of the weeks tells anything."""
        return max((max(one.coming, one.helped) for one in self.parts), default=0.0) >= FEW

    @property
    def small(self) -> bool:
        """Whether so few come that weeks are shown together."""
        return bool(self.parts) and len(self.parts) < self.weeks


def cover(plan: SessionPlan) -> Cover:
    """The Cover of a plan."""
    villages = _villages(plan)
    left = _noticed(float(plan.unserved.sum()))
    over = plan.used > plan.limit + SLACK
    few = float(np.maximum(plan.contacts, plan.served).max(initial=0.0)) < FEW
    together = TOGETHER if few and len(plan.mondays) > TOGETHER else 1
    return Cover(
        sessions=len(plan.sessions),
        weeks=len(plan.mondays),
        coming=_noticed(float(plan.contacts.sum())),
        helped=_noticed(float(plan.served.sum())),
        left=left,
        span=_span(plan) if left >= SEVERAL else None,
        villages=villages,
        worst=_worst(villages),
        parts=_parts(plan, together),
        single=_parts(plan, 1),
        used=float(plan.used.sum()),
        limit=float(plan.limit.sum()),
        over=tuple(day for day, above in zip(plan.mondays, over, strict=True) if above),
        fullest=float(plan.used.max(initial=0.0)),
    )


def _noticed(visits: float) -> float:
    return visits if visits >= NOTICED else 0.0


def _villages(plan: SessionPlan) -> tuple[Left, ...]:
    found = [Left(village, _noticed(float(village.unserved.sum()))) for village in plan.villages]
    found.sort(key=lambda one: (-one.visits, -one.village.contacts.sum(), one.village.postal_code))
    return tuple(found)


def _worst(villages: tuple[Left, ...]) -> Left | None:
    if len(villages) < 2 or villages[0].visits < 1:
        return None
    return villages[0] if villages[0].visits >= CLEARLY * villages[1].visits else None


def _span(plan: SessionPlan) -> tuple[dt.date, dt.date] | None:
    """The shortest run of weeks that holds MOST of what is left; None where it is over half."""
    left: Floats = np.concatenate([[0.0], np.cumsum(plan.unserved)])
    weeks = len(plan.mondays)
    for length in range(1, weeks // 2 + 1):
        held = left[length:] - left[:-length]
        at = int(held.argmax())
        if held[at] >= MOST * left[-1]:
            return plan.mondays[at], plan.mondays[at + length - 1]
    return None


def _parts(plan: SessionPlan, step: int) -> tuple[Part, ...]:
    """The weeks, so many of them at a time."""
    weeks = len(plan.mondays)
    return tuple(_part(plan, at, min(at + step, weeks)) for at in range(0, weeks, step))


def _part(plan: SessionPlan, start: int, stop: int) -> Part:
    own = slice(start, stop)
    return Part(
        first=plan.mondays[start],
        last=plan.mondays[stop - 1],
        coming=float(plan.contacts[own].sum()),
        helped=float(plan.served[own].sum()),
        left=float(plan.unserved[own].sum()),
        used=float(plan.used[own].mean()),
        limit=float(plan.limit[own].mean()),
        over=float(np.maximum(plan.used[own] - plan.limit[own], 0.0).mean()),
    )
