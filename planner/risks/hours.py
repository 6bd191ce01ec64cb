"""Hours that end, hours that are not sure, and hours that advertising would take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.answer.supply import steps_down
from planner.answer.types import HOURS_NOTICED, StepDown
from planner.model.demand import campaign_factor
from planner.records import CapacityRow
from planner.risks.plan import ENTERED, ESTIMATED, Plan, copes, total_short
from planner.risks.types import Risk, Value
from planner.services import as_supply, service_before

CAMPAIGN_WEEKS = 8
CAMPAIGN_FACTOR = 1.5
"""What advertising does to the official share (expert assumption)."""
UNSURE = "uncertain"


def ends(plan: Plan) -> Iterator[Risk]:
    """Weeks in which support ends and nothing takes its place, and whether the rest copes.

    Hours are those entered, as planner.answer tells them. until: the last Monday with fewer hours,
    where as many are there again within the view.
    """
    if plan.basis == ESTIMATED:
        if plan.rows:
            yield Risk("ends", "unknown")
        return
    supply = as_supply(plan.rows, service_before(plan.rows, plan.scenario.start))
    for step in steps_down(supply, plan.span, plan.view):
        yield from _end(plan, step)


def _end(plan: Plan, step: StepDown) -> Iterator[Risk]:
    first = plan.span.index(step.week)
    hours = [
        sum(row.hours for row in plan.rows if plan.gives(row, slice(week, week + 1)).any())
        for week in range(first, int(plan.view.stop))
    ]
    again = next((at for at, now in enumerate(hours) if now >= step.before - HOURS_NOTICED), None)
    stop = int(plan.view.stop) if again is None else first + again
    weeks = slice(max(first, int(plan.ahead.start)), stop)
    if weeks.start >= weeks.stop:
        return  # a pause that is over
    shares = plan.coping(weeks)
    short = np.median(plan.drawn.short_hours[:, weeks], axis=0)
    ended = [row for row in plan.rows if row.last is not None and _ends_before(plan, row, first)]
    values: dict[str, Value] = {
        "hours": step.before - step.after,
        "left": step.after,
        "providers": tuple(dict.fromkeys(row.provider for row in ended)),
        "short_after": float(short.max()),
        "coping_after": float(shares.min()),
    }
    values |= {} if again is None else {"until": plan.span.day(stop - 1)}
    severity = "attention" if copes(shares) else "serious"
    yield Risk("ends", severity, step.week, values)


def _ends_before(plan: Plan, row: CapacityRow, week: int) -> bool:
    return row.last is not None and plan.span.index(row.last) == week - 1


def uncertain(plan: Plan) -> Iterator[Risk]:
    """Rows that are not sure, in weeks that cope with them and don't without."""
    unsure = [row for row in plan.rows if row.certainty == UNSURE]
    if plan.basis != ENTERED or not unsure:
        return
    everywhere = slice(0, plan.span.computed)
    least = plan.without(unsure, everywhere)
    hours = sum(
        row.hours * plan.gives(row, everywhere)[None, :].astype(np.float32) for row in unsure
    )
    most = replace(least, capacity=least.capacity + hours)
    bad, good = plan.coping(plan.ahead, least), plan.coping(plan.ahead, most)
    rests = np.array([copes(g) and not copes(b) for g, b in zip(good, bad, strict=True)])
    if not rests.any():
        return
    week = int(np.where(rests, good - bad, -1.0).argmax())
    first = int(plan.ahead.start) + int(np.flatnonzero(rests)[0])
    values = {
        "hours": sum(row.hours for row in unsure),
        "weeks": int(rests.sum()),
        "providers": tuple(dict.fromkeys(row.provider for row in unsure)),
        "coping_before": float(good[week]),
        "coping_after": float(bad[week]),
    }
    yield Risk("uncertain", "serious", plan.span.day(first), values)


def campaign(plan: Plan) -> Iterator[Risk]:
    """What advertising over the busiest eight weeks ahead would do to a service that keeps quiet.

    The official share is lifted by CAMPAIGN_FACTOR, capped at 1, as by the scenario's campaign
    lever; the draws' own visits are multiplied instead of drawn anew. A note where the service
    copes all the same: then there is no reason to keep quiet. Nothing where the scenario advertises
    in weeks ahead already, or where there is nothing to advertise.
    """
    ahead, drawn = plan.ahead, plan.drawn
    if _advertised(plan) or float(np.median(drawn.capacity[:, ahead].sum(axis=1))) <= 0:
        return
    mean = drawn.hours[:, ahead].mean(axis=0, dtype=np.float64)
    length = min(CAMPAIGN_WEEKS, mean.size)
    first = int(ahead.start) + int(np.convolve(mean, np.ones(length), "valid").argmax())
    weeks = slice(first, first + length)
    lever = np.ones(plan.span.computed)
    lever[weeks] = CAMPAIGN_FACTOR
    lift = campaign_factor(plan.p, plan.span, lever)[:, : plan.span.count].astype(np.float32)
    rollout = drawn.needed - drawn.baseline
    missing = drawn.baseline + rollout * lift - drawn.capacity
    louder = replace(plan.service, rollout=drawn.hours * lift)
    later = slice(first, int(ahead.stop))
    before, after = plan.coping(later), plan.coping(later, louder)
    more = drawn.contacts[:, weeks] * (lift[:, weeks] - 1)
    values = {
        "weeks": length,
        "factor": CAMPAIGN_FACTOR,
        "visits": float(np.median(more.sum(axis=1, dtype=np.float64))),
        "short_before": plan.short(plan.service, weeks),
        "short_after": total_short(missing[:, weeks]),
        "coping_before": float(before.min()),
        "coping_after": float(after.min()),
    }
    severity = "note" if copes(after) else "attention"
    yield Risk("campaign", severity, plan.span.day(first), values)


def _advertised(plan: Plan) -> bool:
    """Whether the scenario has a campaign in weeks ahead."""
    return any(
        factor > 1 and plan.span.index(day) + weeks > plan.ahead.start
        for day, weeks, factor in plan.scenario.campaign
    )
