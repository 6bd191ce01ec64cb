"""The weeks a forecast covers, and the calendar arithmetic the model needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.snapshot import is_summer_week

Floats = NDArray[np.float64]

WEEKS_BEFORE = 8
WEEKS_AFTER = 26
LOOKAHEAD = 2  # weeks computed beyond the horizon, so that its last week's waiting can be judged


def monday(day: dt.date) -> dt.date:
    """The Monday of the ISO week that contains `day`."""
    return day - dt.timedelta(days=day.weekday())


@dataclass(frozen=True)
class Horizon:
    """ISO weeks from eight before the start to 26 after the latest of target, today, seen_from.

    `count` weeks are shown; `computed` (two more) are calculated. Indices count weeks from
    `first`, a Monday.
    """

    start: dt.date
    target: dt.date
    first: dt.date
    count: int

    @property
    def computed(self) -> int:
        """Number of weeks calculated, the lookahead included."""
        return self.count + LOOKAHEAD

    @property
    def start_index(self) -> int:
        """Index of the week that contains the start."""
        return self.index(self.start)

    @property
    def target_index(self) -> int:
        """Index of the week that contains the target date."""
        return self.index(self.target)

    def index(self, day: dt.date) -> int:
        """Index of the week that contains `day` (may lie outside 0 … count − 1)."""
        return (monday(day) - self.first).days // 7

    def day(self, index: int) -> dt.date:
        """The Monday of week `index`."""
        return self.first + dt.timedelta(weeks=index)

    def mondays(self) -> list[dt.date]:
        """Mondays of the weeks shown."""
        return [self.day(index) for index in range(self.count)]

    def view(self, seen_from: dt.date | None) -> slice:
        """The weeks a verdict speaks of: all of them, or those from a date on."""
        return slice(
            0 if seen_from is None else min(max(self.index(seen_from), 0), self.count - 1),
            self.count,
        )


def horizon(start: dt.date, target: dt.date, *others: dt.date | None) -> Horizon:
    """The Horizon of a scenario; `others` are further dates it must reach (today, a date given)."""
    latest = max([target, *(day for day in others if day is not None)])
    first = monday(start) - dt.timedelta(weeks=WEEKS_BEFORE)
    last = monday(latest) + dt.timedelta(weeks=WEEKS_AFTER)
    return Horizon(start, target, first, (last - first).days // 7 + 1)


def days_by_month(span: Horizon, since: dt.date | None = None) -> Floats:
    """Days of each computed week that fall in each month: float64 [week, month], days.

    Days before `since` are left out.
    """
    first = np.datetime64(span.first, "D")
    days = first + np.arange(7 * span.computed)
    months = days.astype("datetime64[M]").astype(np.int64) % 12
    counted = np.ones(days.size) if since is None else (days >= np.datetime64(since, "D")) * 1.0
    table = np.zeros((span.computed, 12))
    np.add.at(table, (np.repeat(np.arange(span.computed), 7), months), counted)
    return table


def summer_weeks(span: Horizon) -> NDArray[np.bool_]:
    """Which computed weeks follow the libraries' summer hours: bool [week]."""
    return np.array([is_summer_week(span.day(index)) for index in range(span.computed)])
