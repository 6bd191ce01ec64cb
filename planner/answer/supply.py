"""What an entered service says of itself: in which weeks it has fewer hours than before."""

from __future__ import annotations

import datetime as dt

from planner.answer.types import StepDown
from planner.model.weeks import Horizon
from planner.scenario import Supply

LEAST = 1e-9  # hours


def steps_down(supply: Supply, span: Horizon, view: slice) -> tuple[StepDown, ...]:
    """The weeks of the view in which rows end and no other takes their place, in order.

    Hours are those entered, leave not taken off and whatever the certainty: what people know again.
    """
    found = []
    for index in range(max(int(view.start), 1), int(view.stop)):
        week = span.day(index)
        before, after = (hours_in(supply, day) for day in (week - dt.timedelta(weeks=1), week))
        if after < before - LEAST:
            found.append(StepDown(week, before, after))
    return tuple(found)


def hours_in(supply: Supply, week: dt.date) -> float:
    """Hours entered for the week of that Monday."""
    return sum(
        shift.hours
        for shift in supply.shifts
        if (shift.first is None or shift.first <= week)
        and (shift.last is None or week <= shift.last)
    )
