"""What is asked of a plan of sessions, and what comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.plans.sessions.windows import Busy, Timetable

Floats = NDArray[np.float64]

KINDS = ("clinic", "booked", "group", "info", "webinar", "visit", "mobile")
CHANNELS = ("walk_in", "booked", "group", "information")
SHORTEST, LONGEST = 1, 26  # weeks a plan may cover
LEAD_WEEKS = 4
SINGLE_STAFFED = 20.0  # staffed hours a week up to which a branch has one person at a time


@dataclass(frozen=True)
class Venue:
    """A place where sessions may be held.

    name: None for what the planner adds itself (the export names it by `sort`); sort: "library",
    "visits" (where people are, in a municipality without a staffed branch), or what the user adds;
    hours: staffed hours a week, which draw people; single_staffed: a session needs a second person;
    roomy: whether a group finds room or computers; kinds: what may be held here.
    """

    id: str
    municipality: str
    name: str | None
    sort: str
    lon: float
    lat: float
    hours: float
    timetable: Timetable
    single_staffed: bool = False
    roomy: bool = True
    accessible: bool | None = None
    kinds: tuple[str, ...] = ("clinic", "booked", "group", "info")


@dataclass(frozen=True)
class Session:
    """One session in the calendar; minutes since midnight, Finnish time.

    uid stays when the session is moved, sequence grows; staff: persons; staff_hours: of all of
    them, preparation included; expected_contacts: persons helped; trainer: which one leads it.
    """

    uid: str
    day: dt.date
    start: int
    end: int
    venue: str
    kind: str
    theme: str
    language: str
    staff: int
    staff_hours: float
    expected_contacts: float = 0.0
    trainer: int = 0
    sequence: int = 0
    locked: bool = False


@dataclass(frozen=True)
class Request:
    """What is asked: municipalities in one plan, from when, for how many weeks.

    first: None is today and LEAD_WEEKS of lead time, a date given gets none; staff_hours: a week,
    None is what the municipality can spare by the forecast; people: trainers, None as many as
    those hours ask for; closures: (venue id, or None for all; date); single_staffed: what the user
    says of a venue; venues: added ones; without: ids of venues left out.
    """

    codes: tuple[str, ...]
    first: dt.date | None = None
    weeks: int = 12
    staff_hours: float | None = None
    people: int | None = None
    preset: str = "steady"
    venues: tuple[Venue, ...] = ()
    without: tuple[str, ...] = ()
    closures: tuple[tuple[str | None, dt.date], ...] = ()
    busy: tuple[Busy, ...] = ()
    single_staffed: tuple[tuple[str, bool], ...] = ()
    locked: tuple[Session, ...] = ()


@dataclass(frozen=True, eq=False)
class Village:
    """A postal area with the contacts it brings and those left without help, persons [week]."""

    postal_code: str
    municipality: str
    people: float
    venue: str
    contacts: Floats
    unserved: Floats


@dataclass(frozen=True)
class Change:
    """What one more unit of something would do: contacts more that would be helped.

    rule: "staff_hours", "people", "opening_hours", "remote" or "effort" (the plan finds a session
    for so few people not worth the time).
    """

    rule: str
    amount: float
    contacts: float
    venue: str | None = None


@dataclass(frozen=True, eq=False)
class SessionPlan:
    """A plan, and what it leaves open.

    mondays: of its weeks; limit: staff hours a week there are, used: those planned, [week];
    contacts, served, unserved: persons [week] (unserved: given up in the week, or waiting at the
    end); gap: of stage 1, proven, relative; left: sessions that found no time (venue, kind, week);
    binding: the rule that holds the plan back, None where nothing does; change: the cheapest single
    change that would help most; notices: ids of what should be known.
    """

    request: Request
    first: dt.date
    mondays: tuple[dt.date, ...]
    venues: tuple[Venue, ...]
    sessions: tuple[Session, ...]
    villages: tuple[Village, ...]
    limit: Floats
    used: Floats
    contacts: Floats
    served: Floats
    unserved: Floats
    gap: float
    people: int
    left: tuple[tuple[str, str, dt.date], ...] = ()
    binding: str | None = None
    change: Change | None = None
    changes: tuple[Change, ...] = ()
    notices: tuple[str, ...] = field(default=())
