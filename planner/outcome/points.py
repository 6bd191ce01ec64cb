"""Logged contacts as points on the charts of other pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from planner.answer import Answer
from planner.engine import Engine
from planner.outcome.track import by_place
from planner.records import Visit
from planner.scenario import Scenario


def in_hours(points: Sequence[tuple[dt.date, int]], found: Answer) -> list[tuple[dt.date, float]]:
    """Logged contacts as staff hours needed, for a chart of hours: Monday and hours.

    The hours before the rollout, and for each contact what the central path needs for one in that
    week. Weeks in which it expects none are left out.
    """
    central = found.central
    hours = []
    for monday, contacts in points:
        week = found.span.index(monday)
        if 0 <= week < found.span.count and central.contacts[week] > 0:
            rollout = central.needed[week] - central.baseline[week]
            each = rollout / central.contacts[week]
            hours.append((monday, float(central.baseline[week] + contacts * each)))
    return hours


def raised(
    engine: Engine, scenario: Scenario, today: dt.date, visits: Sequence[Visit]
) -> list[tuple[dt.date, float]]:
    """Logged contacts raised to the whole country, for its chart: Monday and contacts.

    By what the central path expects of the country and of the municipalities that logged the week;
    a week that all have logged is their sum.
    """
    result = engine.forecast(scenario, today)
    expected = result.contacts[0]
    logs = by_place(engine, result.span, visits)
    points = []
    for week in range(result.span.count):
        places = [place for place, weeks in logs.items() if week in weeks]
        share = expected[places, week].sum() / max(expected[:, week].sum(), 1e-30)
        if places and share > 0:
            contacts = sum(logs[place][week] for place in places)
            points.append((result.span.day(week), float(contacts / share)))
    return points
