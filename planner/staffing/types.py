"""What the staffing plan of a municipality consists of: values alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.answer import Answer
from planner.staffing.menu import MenuItem

Floats = NDArray[np.float64]

KINDS = ("none", "weekly", "appointments", "late", "unreachable")
LEVEL = 0.8
LEAST_LEVEL, MOST_LEVEL = 0.5, 0.99


@dataclass(frozen=True)
class Weeks:
    """The weeks of the view in figures, float64 [week] each.

    needed_p50, needed_p80: staff hours needed; capacity: P50 of the hours there are; short: P50 of
    the hours missing; p_copes: share of draws in which nobody who comes in the week waits longer
    than two weeks; fte_short: full-time employees who work `short` in a week; euros: what those
    hours cost.
    """

    mondays: tuple[dt.date, ...]
    needed_p50: Floats
    needed_p80: Floats
    capacity: Floats
    short: Floats
    p_copes: Floats
    fte_short: Floats
    euros: Floats


@dataclass(frozen=True)
class Amount:
    """So many units of options, and what they bring over the weeks of the plan.

    units: in a week ("weekly") or paid hours in all ("appointments"); hours: paid hours of them;
    p_copes: share of draws that cope in the worst week, everybody waiting; short_hours: P50 of the
    hours missing from the plan's first week to the end of the view; euros: of the whole plan.
    """

    units: int
    hours: float
    p_copes: float
    short_hours: float
    euros: float


@dataclass(frozen=True)
class Option:
    """One option: what a unit is, serves and costs; what it does alone; its part in the mix.

    share: of the work that suits it; paid_hours, served_hours, visits: of one unit, a week or
    (appointments) in all; euros_per_hour: of a paid hour; setup: euros once; most: units there can
    be, None where nothing limits them; ready: Monday of the first week in which it can be there;
    alone: the fewest units that do what it can, judged from that week on; enough: it is there in
    time and keeps the level alone; mix_units, mix_hours, mix_euros: in the cheapest mix; possible:
    not ruled out by the user.
    """

    item: MenuItem
    possible: bool
    share: float
    paid_hours: float
    served_hours: float
    visits: float
    euros_per_hour: float
    setup: float
    most: int | None
    ready: dt.date
    alone: Amount
    enough: bool
    mix_units: int
    mix_hours: float
    mix_euros: float

    @property
    def id(self) -> str:
        """The option's id."""
        return self.item.id


@dataclass(frozen=True)
class MoreSessions:
    """What so many more two-hour sessions a week buy from `first` on (see answer.OneMore).

    hours: more in a week; short_hours: P50 of the hours missing; p_copes: in the worst week.
    """

    sessions: int
    hours: float
    short_hours: float
    p_copes: float


@dataclass(frozen=True, eq=False)
class Staffing:
    """The staffing plan of one municipality over the weeks of a view.

    answer: what its page says; level: share of draws that every week is to cope in; kind: one of
    KINDS: nothing is needed; units every week; times agreed one by one; over before anything could
    be there; not to be reached with the options there are. hindsight: the need began before today,
    so the plan is told as if it had been made in time.
    first, last: Mondays of the plan; judged: Monday of the first week that the level is kept in;
    without: no options; mix: the cheapest; proven: nothing cheaper is enough; more: what sessions
    from `more_from` on buy; fte_week: hours that a full-time employee works in a week; desk_visits:
    visits without appointment in the busiest week; desk_minutes: of one, preparation included.
    """

    answer: Answer
    level: float
    kind: str
    hindsight: bool
    weeks: Weeks
    first: dt.date | None
    last: dt.date | None
    judged: dt.date | None
    without: Amount
    options: tuple[Option, ...]
    mix: Amount | None
    proven: bool
    more: tuple[MoreSessions, ...]
    more_from: dt.date
    fte_week: float
    desk_visits: float
    desk_minutes: float
