"""When a session may be held at a venue: its staffed hours, less what is closed or busy.

Times are minutes since midnight, local time; a weekday is 0 (Monday) … 6.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from planner.snapshot import SUMMER

Intervals = tuple[tuple[int, int], ...]
Week = tuple[Intervals, ...]
CLOSED: Week = ((),) * 7


@dataclass(frozen=True)
class Busy:
    """Time in which nothing may be planned: on `day`, from `start` to `end` (minutes).

    venue: its id, or None where it holds for all venues.
    """

    day: dt.date
    start: int
    end: int
    venue: str | None = None


@dataclass(frozen=True)
class Timetable:
    """Intervals in which a venue may hold sessions, Monday to Sunday, in either season."""

    winter: Week
    summer: Week

    def on(self, day: dt.date) -> Intervals:
        """The intervals of a date's season and weekday."""
        return (self.summer if is_summer(day) else self.winter)[day.weekday()]


def is_summer(day: dt.date) -> bool:
    """Whether a date lies in the libraries' summer timetable."""
    return SUMMER[0] <= (day.month, day.day) <= SUMMER[1]


def without(intervals: Intervals, start: int, end: int) -> Intervals:
    """The intervals less the time from `start` to `end`."""
    parts: list[tuple[int, int]] = []
    for opens, closes in intervals:
        if end <= opens or start >= closes:
            parts.append((opens, closes))
            continue
        parts += [(opens, start)] if start > opens else []
        parts += [(end, closes)] if end < closes else []
    return tuple(parts)


def windows(
    venue: str,
    timetable: Timetable,
    days: Sequence[dt.date],
    closed: Collection[dt.date] = (),
    busy: Sequence[Busy] = (),
) -> tuple[Intervals, ...]:
    """The intervals of each day in which the venue may hold a session: one tuple a day.

    closed: public holidays and the venue's closures.
    """
    taken: dict[dt.date, list[Busy]] = {}
    for item in busy:
        if item.venue is None or item.venue == venue:
            taken.setdefault(item.day, []).append(item)
    found = []
    for day in days:
        intervals = () if day in closed else timetable.on(day)
        for item in taken.get(day, ()):
            intervals = without(intervals, item.start, item.end)
        found.append(intervals)
    return tuple(found)


def longest(intervals: Intervals) -> int:
    """Length of the longest interval, minutes; 0 where there is none."""
    return max((closes - opens for opens, closes in intervals), default=0)


def fitting(intervals: Intervals, minutes: int) -> int:
    """How many sessions of that length fit into the intervals one after the other."""
    return sum((closes - opens) // minutes for opens, closes in intervals)


def blocks_of(mondays: Sequence[dt.date], most: int = 4) -> tuple[int, ...]:
    """The block of each week: at most `most` weeks, never across a change of timetable."""
    block, since, found = -1, 0, []
    before: bool | None = None
    for index, monday in enumerate(mondays):
        summer = is_summer(monday + dt.timedelta(days=3))
        if summer is not before or index - since >= most:
            block, since, before = block + 1, index, summer
        found.append(block)
    return tuple(found)
