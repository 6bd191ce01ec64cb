"""The walk-in desk both ways: how many staff for a wait, and what wait with how many staff."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.errors import PlannerError
from planner.model.desk import served_within, smallest_staff

SERVED = 0.8  # share of the people that the wait is promised to
WAIT = 15.0  # minutes
BEYOND = 2  # rows of the table above what is needed
FIRST_ROWS = 4  # rows shown before what is needed, where many are


@dataclass(frozen=True)
class DeskRow:
    """What so many staff at one desk mean.

    served: share that is served within the wait; mean: minutes that people wait on average;
    longest: minutes within which SERVED of them are served; None where the line only grows.
    """

    staff: int
    served: float
    mean: float | None
    longest: float | None


@dataclass(frozen=True)
class Desk:
    """One of several equal desks.

    visits: a week at one desk; arrivals: an hour; load: staff busy on average (erlang); needed: the
    smallest staff that serves SERVED within the wait; rows: some staff numbers around it.
    """

    visits: float
    arrivals: float
    load: float
    needed: int
    rows: tuple[DeskRow, ...]

    def row(self, staff: int) -> DeskRow | None:
        """The row of a staff number, None where there is none."""
        return next((row for row in self.rows if row.staff == staff), None)


def desk(
    visits: float, points: int, hours: float, minutes: float, wait: float, staff: int | None = None
) -> Desk:
    """The Desk at which a share of the visits arrives; see planner.model.desk for the formulas.

    visits: a week, at `points` desks together; hours: that a desk is open in a week; minutes: that
    one visit takes; wait: minutes; staff: a number to show a row for. PlannerError where one of
    them can't be.
    """
    if points < 1 or not 0 < hours <= 168:
        raise PlannerError("error.desk_hours", value=hours, points=points)
    if staff is not None and staff < 1:
        raise PlannerError("error.desk_staff", value=staff)
    arrivals = visits / points / hours
    needed = int(smallest_staff(arrivals, minutes, wait, SERVED))
    load = arrivals * minutes / 60
    numbers = {
        *range(max(1, needed - FIRST_ROWS), needed + BEYOND + 1),
        *([staff] if staff else []),
    }
    rows = tuple(desk_row(load, number, minutes, wait) for number in sorted(numbers))
    return Desk(visits / points, arrivals, load, needed, rows)


def desk_row(load: float, staff: int, minutes: float, wait: float) -> DeskRow:
    """The DeskRow of some staff; load: in erlang.

    With C the share that has to wait at all, the mean wait is C · minutes / (staff − load), and the
    share that waits longer than t is C · exp(−(staff − load) · t / minutes) (M/M/c).
    """
    served = abs(float(served_within(load, staff, wait / minutes)))  # never −0
    if load >= staff:
        return DeskRow(staff, served, None, None)
    waits = 1 - float(served_within(load, staff, 0.0))
    pace = (staff - load) / minutes  # people who leave the line in a minute
    longest = math.log(waits / (1 - SERVED)) / pace if waits > 1 - SERVED else 0.0
    return DeskRow(staff, served, waits / pace, longest)
