"""What the two stages take and give: arrays with named axes, and plain frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.plans.sessions.presets import STEADY, Preset

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Near:
    """Sessions that may stay as they are and those that need another time, both [v, k, w], and what
    it costs, in contacts, to give one of either up (`loyal`) or to hold one that is new (`fresh`).
    """

    sessions: Floats
    moved: Floats
    loyal: float
    fresh: float


@dataclass(frozen=True, eq=False)
class Counting:
    """The problem of stage 1. Axes: venue v, kind k, demand channel c, week w.

    demand: [v, c, w], contacts that come to the venue; serves: [k, c], whether a kind can help a
    channel's people; contacts: [v, k], persons one session can help; hours: [v, k], staff hours of
    one session, preparation included; slots: [v, w], sessions that fit into the venue's week;
    limit: [w], staff hours; people_slots: [w], sessions that the trainers can hold;
    offered: [v, k, w], whether a session of the kind can be held; blocks: block of each week;
    fixed: [v, k, w], sessions locked beforehand; several: [k], whether a kind is for several people
    at a time; stay: share of those waiting who stay a week; room: [v, k, w], persons whom the
    fixed sessions can help, None where each can help `contacts`; near: the plan to stay near to,
    None where there is none.
    """

    demand: Floats
    serves: Bools
    contacts: Floats
    hours: Floats
    slots: Floats
    limit: Floats
    people_slots: Floats
    offered: Bools
    blocks: Ints
    fixed: Floats
    several: Bools
    stay: float
    preset: Preset = STEADY
    room: Floats | None = None
    near: Near | None = None

    def standing(self, venue: int, kind: int) -> Floats:
        """Persons whom the fixed sessions of a kind can help, [week]."""
        if self.room is None:
            return np.asarray(self.contacts[venue, kind] * self.fixed[venue, kind])
        return np.asarray(self.room[venue, kind])


@dataclass(frozen=True)
class Series:
    """Sessions of one kind at a venue in the given weeks of one block, to be held at one time."""

    venue: int
    kind: int
    block: int
    weeks: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Counts:
    """The answer of stage 1.

    series: what is to be placed, locked sessions aside; served: [v, c, k, w] and unserved:
    [v, c, w] (by the week in which they came), contacts; objective, bound:
    contacts helped less the weights, and the most there can be; gap:
    proven, relative (0 = optimal); kept: sessions of `near` that stay, [v, k, w].
    """

    series: tuple[Series, ...]
    served: Floats
    unserved: Floats
    objective: float
    bound: float
    gap: float
    kept: Floats

    def sessions(self) -> Floats:
        """Sessions by venue, kind and week, [v, k, w], locked ones aside."""
        table = self.kept.copy()
        for one in self.series:
            table[one.venue, one.kind, list(one.weeks)] += 1
        return table


@dataclass(frozen=True)
class Placed:
    """One session in the calendar: venue and kind by index, minutes since midnight, a trainer."""

    venue: int
    kind: int
    day: dt.date
    start: int
    end: int
    trainer: int


@dataclass(frozen=True)
class Placing:
    """The answer of stage 2: what was placed, and what found no time (venue, kind, week)."""

    placed: tuple[Placed, ...]
    left: tuple[tuple[int, int, int], ...] = field(default=())
