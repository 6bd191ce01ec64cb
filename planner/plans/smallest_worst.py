"""Extra hours that keep the worst place's shortfall as small as can be.

Symbols as in allocation.py; z the largest F[m], hours short per 1,000 adults in all weeks.

    minimise    z
    subject to  F[m](x) ≤ z                    for every place m   (multiplier n[m], Σ n = 1)
                Σ_m x[m,w] ≤ B                 for every week w    (price p[w] ≥ 0)
                low[m] ≤ x[m,w] ≤ high[m]

A linear programme, since G is piecewise linear with a piece for each draw.

Where it has few pieces (EXACT) HiGHS solves it through scipy.optimize.linprog, and then, z held,
the one that helps most people. The country's has millions. There its optimality conditions are
solved by scaling: place m takes hours in week w until their slope is p[w] · a[m] / n[m]; prices
rise where more is taken than there is, multipliers where the shortfall is above the mean n · F,
by a small power of the ratio (as in the scaling of matrices: R. Sinkhorn, P. Knopp, 1967). For any
n, min over x of Σ n[m] · F[m](x), which `fill` gives exactly, can't exceed the least z: this bound
stands beside the plan. Hours beyond what z takes go to most helped; a price never falls below
FLOOR, so that z is reached with about as few hours as it can.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from planner.plans.allocation import Floats, Limits, Need, Plan, fill, reason

EXACT = 20_000  # pieces of G that HiGHS takes in a moment
KNOTS = 100  # of the draws, between which hours are interpolated while scaling
POWER = 0.1
ROUNDS = 1200
CLOSE = 2e-5  # relative
REVIVED = 1e-6  # least multiplier to go on with, over the number of places
FLOOR = 1e-4  # of the mean price that a place would pay


Scaled = tuple[Floats, Floats]


def smallest_worst(
    need: Need, budget: float, limits: Limits, exact: int = EXACT, like: Plan | None = None
) -> Plan:
    """The Plan with the smallest worst place; budget: hours a week, at least Σ limits.low.

    exact: so many pieces go to HiGHS; like: a plan for nearly the same, whose scaling is gone on
    with.
    """
    shape = need.ordered.shape[:2]
    low, high = (np.broadcast_to(part[:, None], shape) for part in (limits.low, limits.high))
    pieces = _Pieces(need, low, high) if need.ordered.size <= exact else None
    if pieces is not None:
        hours, bound = pieces.solve(budget)
        scaled = None
    else:
        hours, bound, scaled = _scaled(
            need, low, high, budget, None if like is None else like.scaled
        )
    why = reason(need, hours, budget, limits)
    return Plan("smallest-worst", hours, np.full(shape[1], np.nan), bound, why, scaled)


def _scaled(
    need: Need, low: Floats, high: Floats, budget: float, start: Scaled | None
) -> tuple[Floats, float, Scaled | None]:
    """Hours [place, week], the bound of the worst, and the scaling; see the module."""
    top = np.clip(need.ordered[:, :, -1].astype(np.float64), low, high)
    weeks = np.full(low.shape[1], budget)
    if (top.sum(axis=0) <= budget).all():
        return top, float(need.level(need.mean - need.helped_hours(top)).max()), None
    weight, price, found = _scale(need, low, high, budget, start)
    spare = budget - low.sum(axis=0)
    taken = (found - low).sum(axis=0)
    found = low + (found - low) * np.minimum(1.0, spare / np.maximum(taken, 1e-12))
    best, _ = fill(need, weight * 1000.0 / need.adults, low, high, weeks)
    levels = [need.level(need.mean - need.helped_hours(hours)) for hours in (found, best)]
    bound = float(weight @ levels[1])
    base = found if levels[0].max() <= levels[1].max() else best
    # the rest by most helped, on top of what the worst places need
    hours, _ = fill(need, need.rate, base, np.maximum(high, base), weeks)
    return hours, bound, (weight, price)


class _Table:
    """Hours and G at some ranks of the draws, and between them by straight lines."""

    def __init__(self, need: Need, low: Floats, high: Floats) -> None:
        self.shape = low.shape
        draws = need.draws
        rank = np.unique(np.linspace(0, draws, min(KNOTS, draws) + 1).round().astype(np.intp))
        self.share = rank / draws
        parts = np.add.reduceat(need.ordered, rank[:-1], axis=2, dtype=np.float64)
        sums = np.cumsum(parts, axis=2)
        at = need.ordered[:, :, rank[1:] - 1].astype(np.float64)
        helped = (sums + (draws - rank[1:]) * at) / draws
        none = np.zeros((*low.shape, 1))
        at, helped = np.concatenate([none, at], axis=2), np.concatenate([none, helped], axis=2)
        ends = [need.helped_hours(np.minimum(part, at[:, :, -1])) for part in (low, high)]
        helped = np.where(at < low[:, :, None], ends[0][:, :, None], helped)
        helped = np.where(at > high[:, :, None], ends[1][:, :, None], helped)
        self._hours = np.clip(at, low[:, :, None], high[:, :, None]).reshape(-1)
        self._helped = helped.reshape(-1)
        self._row = np.arange(low.size) * rank.size

    def at(self, slope: Floats) -> tuple[Floats, Floats]:
        """Hours at which G has a slope, and G there: float64 [place, week] each."""
        knots = self.share.size - 1
        wanted = np.clip((1.0 - slope.reshape(-1)) * knots, 0.0, knots)
        below = np.minimum(wanted.astype(np.intp), knots - 1)
        part = wanted - below
        index = self._row + below
        found = [
            values[index] + part * (values[index + 1] - values[index])
            for values in (self._hours, self._helped)
        ]
        return found[0].reshape(self.shape), found[1].reshape(self.shape)


def _scale(
    need: Need, low: Floats, high: Floats, budget: float, start: Scaled | None
) -> tuple[Floats, Floats, Floats]:
    """Multipliers n, float64 [place], prices, [week], and hours [place, week] that nearly keep the
    budget.
    """
    table = _Table(need, low, high)
    per_head = 1000.0 / need.adults
    total = need.mean.sum(axis=1)
    weight = np.full(per_head.size, 1.0 / per_head.size)
    price = np.full(low.shape[1], 0.3 * float((weight * per_head).mean()))
    if start is not None:
        # what has fallen to nothing may be needed again
        weight, price = np.maximum(start[0], REVIVED / per_head.size), start[1]
    hours = low
    for _ in range(ROUNDS if start is None else ROUNDS // 4):
        value = weight * per_head
        slope = price / np.maximum(value, 1e-300)[:, None]
        hours, helped = table.at(slope)
        level = (total - helped.sum(axis=1)) * per_head
        worst = max(float(weight @ level), 1e-12)
        used = np.clip(hours.sum(axis=0) / max(budget, 1e-12), 0.2, 5.0)
        least = FLOOR * float(value.mean())
        price = np.maximum(price * used**POWER, least)
        slack = (price <= least) | (np.abs(used - 1.0) < CLOSE)
        if slack.all() and level.max() < worst * (1 + CLOSE):
            break
        weight = weight * np.clip(level / worst, 0.2, 5.0) ** POWER
        weight /= weight.sum()
    return weight, price, hours


class _Pieces:
    """The linear programme with a variable for every piece of G."""

    def __init__(self, need: Need, low: Floats, high: Floats) -> None:
        self.need, self.low = need, low
        count, weeks, draws = need.ordered.shape
        top = np.concatenate([np.zeros((count, weeks, 1)), need.ordered], axis=2)
        ends = np.clip(top, low[:, :, None], np.maximum(high, low)[:, :, None])
        length = np.diff(ends, axis=2)
        self.place, self.week, rank = np.nonzero(length > 0)
        self.length = length[self.place, self.week, rank]
        self.slope = 1.0 - rank / draws
        self.start = need.level(need.mean - need.helped_hours(low))

    def solve(self, budget: float) -> tuple[Floats, float]:
        """Hours [place, week] of the plan, and the smallest worst."""
        size, (count, weeks) = self.length.size, self.low.shape
        per_head = 1000.0 / self.need.adults
        fall = csr_array(
            (self.slope * per_head[self.place], (self.place, np.arange(size))), (count, size + 1)
        )
        each = csr_array((np.ones(size), (self.week, np.arange(size))), (weeks, size + 1))
        room = np.maximum(budget - self.low.sum(axis=0), 0.0)
        worst = csr_array((np.ones(count), (np.arange(count), np.full(count, size))), fall.shape)
        rows = csr_array(np.vstack([(-fall - worst).toarray(), each.toarray()]))
        least = np.concatenate([-self.start, room])
        bounds = np.stack([np.zeros(size + 1), np.append(self.length, np.inf)], axis=1)
        goal = np.append(np.zeros(size), 1.0)
        solver: Any = linprog  # whose stubs know no sparse rows
        first = solver(goal, rows, least, bounds=bounds, method="highs")
        smallest = float(first.x[-1])
        bounds[-1] = 0.0, smallest * (1 + 1e-9) + 1e-9
        people = np.append(-self.slope * self.need.rate[self.place], 0.0)
        then = solver(people, rows, least, bounds=bounds, method="highs")
        given = (then if then.x is not None else first).x[:-1]
        hours = self.low.copy()
        np.add.at(hours, (self.place, self.week), given)
        return hours, smallest
