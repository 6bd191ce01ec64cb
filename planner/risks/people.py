"""Who gives the support: one person, volunteers alone, staff without time to learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from planner.records import CapacityRow
from planner.risks.plan import ANSWERED, ENTERED, ESTIMATED, Phase, Plan
from planner.risks.types import Risk

CARRIES = 0.8
"""Share of the hours from which one person carries a service (expert assumption)."""
ABSENCE = 3
"""Weeks that an absence lasts (expert assumption)."""
FULL = 0.85
"""Share of the hours in use above which nothing is left for learning; as `utilisation`."""
FULL_WEEKS = 4
"""Weeks of that kind that are not made up for later (expert assumption)."""


def no_support(plan: Plan) -> Iterator[Risk]:
    """Nobody gives any support now; that it will end is told by `hours.ends`."""
    first = plan.phases()[0]
    if not first.rows:
        severity = "unknown" if plan.basis == ESTIMATED else "serious"
        visits = _median_sum(plan, slice(first.first, first.stop))
        yield Risk("no_support", severity, None, {"visits": visits})


def _median_sum(plan: Plan, weeks: slice) -> float:
    contacts = plan.drawn.contacts[:, weeks].sum(axis=1, dtype=np.float64)
    return float(np.median(contacts))


def one_person(plan: Plan) -> Iterator[Risk]:
    """A service that stops when one person is away, and what three weeks without do."""
    for phase in plan.phases():
        if not phase.rows:
            continue
        carrier = _carrier(phase.rows)
        if carrier is not None and plan.basis != ESTIMATED:
            yield _absence(plan, phase, carrier)
        elif _may_be_one(phase.rows):
            yield Risk("one_person", "unknown")


def _carrier(rows: Sequence[CapacityRow]) -> CapacityRow | None:
    """The row of the one person without whom little is left."""
    alone = max((row for row in rows if row.people == 1), key=lambda row: row.hours, default=None)
    total = sum(row.hours for row in rows)
    return alone if alone is not None and alone.hours >= CARRIES * total else None


def _may_be_one(rows: Sequence[CapacityRow]) -> bool:
    """Whether too little is known of the people to tell."""
    known = sum(row.people or 0 for row in rows)
    total = sum(row.hours for row in rows)
    unknown = [row for row in rows if not row.people]
    return bool(unknown) and (known < 2 or any(r.hours >= CARRIES * total for r in unknown))


def _absence(plan: Plan, phase: Phase, row: CapacityRow) -> Risk:
    """The three weeks of the phase in which the absence of a person leaves most undone."""
    weeks = slice(phase.first, phase.stop)
    needed = plan.drawn.needed[:, weeks].mean(axis=0, dtype=np.float64)
    length = min(ABSENCE, needed.size)
    first = phase.first + int(np.convolve(needed, np.ones(length), "valid").argmax())
    away = slice(first, first + length)
    without = plan.without([row], away)
    total = sum(other.hours for other in phase.rows)
    return Risk(
        "one_person",
        "serious" if len(phase.rows) == 1 else "attention",
        plan.span.day(first),
        {
            "hours": row.hours,
            "share": row.hours / total,
            "weeks": length,
            "short_before": plan.short(plan.service, away),
            "short_after": plan.short(without, away),
            "visits": _median_sum(plan, away),
            "providers": (row.provider,),
        },
    )


def volunteers(plan: Plan) -> Iterator[Risk]:
    """Volunteers as the only ones who give support."""
    for phase in plan.phases():
        if phase.rows and not any(row.paid for row in phase.rows):
            guessed = all(row.estimated for row in phase.rows)
            hours = sum(row.hours for row in phase.rows)
            severity = "unknown" if guessed else "attention"
            yield Risk("volunteers", severity, plan.week_of(phase), {"hours": hours})


def learning(plan: Plan) -> Iterator[Risk]:
    """Paid hours that clients fill week after week, with nothing set aside for learning.

    Hours of employment have time for learning taken off by the model (`shrinkage`), open hours
    have not. Used: (baseline + rollout) / capacity.
    """
    if plan.basis not in (ENTERED, ANSWERED):
        return
    weeks = plan.ahead
    drawn = plan.drawn
    used = drawn.baseline[:, weeks] + drawn.hours[:, weeks]
    capacity = drawn.capacity[:, weeks]
    share = np.median(used / np.maximum(capacity, 1e-9), axis=0)
    there = np.median(capacity, axis=0) > 0
    squeezed = np.zeros(share.size, dtype=np.bool_)
    for phase in plan.phases():
        paid = [row for row in phase.rows if row.paid and not row.estimated]
        if paid and not any(row.contract for row in paid):
            squeezed[phase.first - weeks.start : phase.stop - weeks.start] = True
    full = np.flatnonzero(squeezed & there & (share > FULL))
    if full.size < FULL_WEEKS:
        return
    values = {"weeks": int(full.size), "share": float(min(share[full].max(), 1.0))}
    first = plan.span.day(int(weeks.start) + int(full[0]))
    yield Risk("learning", "attention", first, values)
