"""Dates that follow the rollout."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np

from planner.engine import load_engine
from planner.readiness import Answer, Milestones, Question, Step, Task, dated, milestones
from planner.scenario import default_scenario

MONDAY = dt.date(2026, 1, 12)
DAYS = Milestones(start=MONDAY, busiest=dt.date(2026, 2, 2))


def task(name: str, since: str, weeks: int) -> Task:
    """A task with a rule for its date."""
    question = Question("q", "one", 1, (Answer("a", 1), Answer("b", 2)))
    return Task(Step(name, 1, since, weeks), question, 1, 1.0)


def test_dates_are_weeks_before_and_after_their_day() -> None:
    tasks = [
        task("later", "start", 4),
        task("early", "start", -12),
        task("busy", "busiest", -4),
        task("at", "start", 0),
    ]

    found = dated(tasks, DAYS, today=MONDAY)

    assert [(each.task.step.id, each.due, each.overdue, each.rank) for each in found] == [
        ("early", dt.date(2025, 10, 20), True, 2),
        ("busy", dt.date(2026, 1, 5), True, 3),
        ("at", MONDAY, False, 4),
        ("later", dt.date(2026, 2, 9), False, 1),
    ]


def test_for_one_day_the_more_useful_comes_first_and_the_day_itself_is_in_time() -> None:
    tasks = [task("b", "start", -3), task("a", "busiest", -6), task("c", "start", -3)]

    found = dated(tasks, DAYS, today=dt.date(2025, 12, 22))

    assert [each.task.step.id for each in found] == ["b", "a", "c"]
    assert not any(each.overdue for each in found)
    assert all(each.overdue for each in dated(tasks, DAYS, today=dt.date(2025, 12, 23)))


def test_milestones_are_the_week_of_the_start_and_the_one_with_most_visits() -> None:
    engine = load_engine()
    usual = default_scenario(engine.assumptions)
    wednesday = replace(usual, start=dt.date(2026, 2, 4))
    for code in ("249", "091", "766"):
        for scenario in (usual, wednesday):
            today = dt.date(2026, 11, 24)
            found = milestones(engine, scenario, code, today)
            result = engine.forecast(scenario, today)
            visits = result.contacts[0, engine.snapshot.index(code)]
            assert found.start == scenario.start - dt.timedelta(days=scenario.start.weekday())
            assert visits[result.span.index(found.busiest)] == np.max(visits)
            assert found.busiest > found.start
