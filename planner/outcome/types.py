"""What an outcome consists of: values alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.learned import Lesson
from planner.model.intervals import Band, Interval
from planner.model.weeks import Horizon
from planner.records import UserCount

OPEN = 0.25


@dataclass(frozen=True)
class Change:
    """A figure by the forecast before the log, and by the one that has learned from it."""

    before: Interval
    after: Interval


@dataclass(frozen=True, eq=False)
class Track:
    """Contacts of one municipality, or of all that keep a log, forecast and logged.

    before, after: contacts by week; points: Monday and logged contacts; logged: contacts of the
    weeks learned from; expected: what was forecast for the same municipalities and weeks; contacts,
    hours, short: sums over the AHEAD weeks that follow (short: hours missing); uneven: whether some
    weeks were logged by fewer municipalities than others, so that the bands step with them.
    """

    before: Band
    after: Band
    points: tuple[tuple[dt.date, int], ...]
    logged: int
    expected: Interval
    contacts: Change
    hours: Change
    short: Change
    uneven: bool


@dataclass(frozen=True)
class Counted:
    """A count of users beside the central path's users in service at the end of that week.

    place: position in the snapshot, None for the country; forecast: None for a single age band,
    which the path does not give by week, and for days outside its weeks.
    """

    count: UserCount
    place: int | None
    forecast: float | None


@dataclass(frozen=True)
class Verdicts:
    """Verdict of every municipality over the weeks that follow, in the order of the snapshot."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def count(self, verdict: str) -> tuple[int, int]:
        """Number of municipalities with a verdict, before and after."""
        return self.before.count(verdict), self.after.count(verdict)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a log says about a forecast.

    as_of: weeks that ended by then are learned from; following: the weeks after it; municipalities:
    how many keep a log; outside: logged rows of weeks outside the horizon; all: their sum (the
    whole country where nobody keeps one); place: one municipality, None where none is chosen.
    """

    lesson: Lesson
    span: Horizon
    as_of: dt.date
    following: slice
    municipalities: int
    outside: int
    all: Track
    place: Track | None
    verdicts: Verdicts
    counted: tuple[Counted, ...]

    @property
    def state(self) -> str:
        """What became of the forecast: "valid", "changed", or "open".

        Open: it has not been shown to be wrong, but it may well be off by more than OPEN.
        """
        if not self.lesson.valid:
            return "changed"
        low, _, high = self.lesson.judged
        sure = self.lesson.learned is None or (low >= 1 / (1 + OPEN) and high <= 1 + OPEN)
        return "valid" if sure else "open"
