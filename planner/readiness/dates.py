"""When the next steps should be done: dates that follow the rollout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from planner.engine import Engine
from planner.model.weeks import monday
from planner.readiness.types import Dated, Milestones, Task
from planner.scenario import Scenario


def milestones(engine: Engine, scenario: Scenario, code: str, today: dt.date) -> Milestones:
    """The start of a scenario, and the week in which most people come for help on its central path.

    The busiest week is that of the whole rollout, whatever the day. PlannerError where the scenario
    can't be computed.
    """
    result = engine.forecast(scenario, today)
    visits = result.contacts[0, engine.snapshot.index(code)]
    return Milestones(monday(scenario.start), result.span.day(int(np.argmax(visits))))


def dated(tasks: Sequence[Task], days: Milestones, today: dt.date) -> tuple[Dated, ...]:
    """Tasks (the most useful first) by the Monday on which they should be done, the earliest first.

    One is overdue after that day. Of tasks for the same day the more useful comes first.
    """
    found = []
    for rank, task in enumerate(tasks, start=1):
        day = days.busiest if task.step.since == "busiest" else days.start
        due = day + dt.timedelta(weeks=task.step.weeks)
        found.append(Dated(task, due, due < today, rank))
    return tuple(sorted(found, key=lambda each: (each.due, each.rank)))
