"""Who is left without: people without strong identification, people far away, islands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.answer import breakdown
from planner.assumptions import TOPICS
from planner.records import CapacityRow
from planner.risks.plan import ENTERED, Plan
from planner.risks.reach import NOWHERE, Points, far_from, points_of, points_supposed
from planner.risks.types import Risk

IDENTIFIERS = ("bank", "authority")
"""Providers that can give somebody means of identification, or serve without."""
DEFAULT_KM = 20.0
MANY, SOME, SEVERAL = 0.25, 0.01, 100.0
"""Share of residents far away that is serious; share or persons that deserve attention."""
HOME = {"outreach", "remote"}
"""Channels that reach people who live far away."""


def identification(plan: Plan) -> Iterator[Risk]:
    """No way for people without strong identification.

    Support that leaves identification out refers them: to a bank or an authority that gives support
    here, or else to nobody. Serious where acting for somebody else is left out too, as that is how
    a relative could help. visits: about identification in the weeks ahead, central path, persons.
    """
    if plan.scope is None:
        if plan.rows:
            yield Risk("identification", "unknown")
        return
    if "identification" not in plan.scope.left_out:
        return
    severity = "serious" if "on_behalf" in plan.scope.left_out else "attention"
    for phase in plan.phases():
        if phase.rows and not any(row.provider in IDENTIFIERS for row in phase.rows):
            yield Risk("identification", severity, plan.week_of(phase), {"visits": _asking(plan)})
            return


def _asking(plan: Plan) -> float:
    plain = plan.scenario.demand()
    result = plan.engine.forecast(plain, plan.today, plan.seen_from)
    places = np.array([plan.index], dtype=np.intp)
    topics = breakdown(plan.engine, plain, result, places, plan.ahead).topic
    return float(topics[TOPICS.index("identification")])


def far(plan: Plan, distance_km: float) -> Iterator[Risk]:
    """Postal areas farther than a distance from every point of support."""
    for phase in plan.phases():
        if not phase.rows:
            continue
        if plan.basis == ENTERED:
            points = points_of(plan.engine, plan.place.code, phase.rows)
        else:
            points = points_supposed(plan.engine, plan.place.code)
        found = _far(plan, points, phase.rows, distance_km)
        if found is not None:
            yield Risk("far", found.severity, plan.week_of(phase), found.values)


def _far(
    plan: Plan, points: Points, rows: tuple[CapacityRow, ...], distance_km: float
) -> Risk | None:
    villages, residents = far_from(plan.engine, plan.place.code, points, distance_km)
    if not villages:
        return None
    people = sum(village.people for village in villages)
    share = people / residents
    nearer = [village for village in villages if village.other is not None]
    reached = any(HOME & set(row.channels) or row.provider == "remote" for row in rows)
    noticed = 1 if share >= SOME or people >= SEVERAL else 2
    level = (0 if share >= MANY else noticed) + reached
    values = {
        "people": people,
        "share": share,
        "areas": len(villages),
        "distance_km": distance_km,
        "basis": plan.basis,
        "nearer": sum(village.people for village in nearer),
        "municipalities": tuple(dict.fromkeys(str(village.other) for village in nearer)),
        "villages": villages,
        **({} if points == NOWHERE else {"km": max(village.km or 0.0 for village in villages)}),
    }
    return Risk("far", ("serious", "attention", "note")[min(level, 2)], None, values)


def islands(plan: Plan) -> Iterator[Risk]:
    """Inhabited islands without a road, which no distance tells of."""
    if plan.place.island_without_road:
        yield Risk("islands", "note", None, {"reach": "whole"})
    elif plan.place.outer_islands_without_road:
        yield Risk("islands", "note", None, {"reach": "outer"})
