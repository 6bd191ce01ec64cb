"""A budget of extra staff hours a week, spread over places by a rule.

Symbols: place m, week w, draw d; s[m,w,d] hours short; x[m,w] extra hours, at least low[m] and at
most high[m]; B hours of the budget in every week; h[m] staff hours of one contact, r[m] = 1/h[m];
a[m] thousands of adults.

    G[m,w](x) = mean over d of min(x, s[m,w,d])          hours that find somebody to help
    F[m](x)   = Σ_w (mean over d of s − G[m,w](x)) / a[m]   hours still short per 1,000 adults

    most helped     maximise Σ_m,w r[m] · G[m,w](x[m,w])    subject to Σ_m x[m,w] ≤ B for every w
    smallest worst  minimise max_m F[m](x), then most helped with the rest (smallest_worst.py)
    equal per head  x[m,w] in proportion to adults

G is concave and piecewise linear; its slope at x is the share of draws in which more than x hours
are short. So "most helped" falls apart by week, and hours go where the slope times r is largest:
the price of a week, below which no hour is given, is found by bisection (the water filling of
convex programming: S. Boyd, L. Vandenberghe, Convex Optimization, 2004, 5.5.3). Places with the
same slope at the price share what is left in proportion to the hours that have it.

What is assumed: an hour that nobody needs in its week is lost; an hour given now is not followed
into later weeks, in which fewer would be waiting (hours short are a flow of the week, so that
nothing is counted twice, but people served late are not counted either).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

RULES = ("most-helped", "smallest-worst", "equal-per-head")
BLOCK = 16  # places taken together: their draws stay in the processor's cache
THREADS = 2
LITTLE = 1e-6  # hours: less than this is arithmetic
HALVINGS = 64  # as many as a double can tell apart


@dataclass(frozen=True, eq=False)
class Need:
    """Hours short, ordered: float32 [place, week, draw], ascending along the draws.

    rate: persons that an hour helps, [place]; adults: persons, [place], above zero.
    """

    ordered: Singles
    rate: Floats
    adults: Floats

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.ordered.shape[2])

    @cached_property
    def mean(self) -> Floats:
        """Hours short without extra hours: mean over the draws, float64 [place, week]."""
        return self._means(lambda block, _: block)

    def helped_hours(self, hours: Floats) -> Floats:
        """G of some extra hours: float64 [place, week], hours that find somebody to help."""
        given = hours.astype(np.float32)[:, :, None]
        return self._means(lambda block, some: np.minimum(block, given[some]))

    def level(self, short: Floats) -> Floats:
        """Hours short in all, per 1,000 adults: float64 [place]; short: [place, week]."""
        return np.asarray(short.sum(axis=1) / (self.adults / 1000.0))

    def _means(self, part: Callable[[Singles, slice], Singles]) -> Floats:
        count, weeks, _ = self.ordered.shape
        result = np.empty((count, weeks))

        def work(first: int) -> None:
            some = slice(first, first + BLOCK)
            found = part(self.ordered[some], some)
            result[some] = found.sum(axis=2, dtype=np.float64) / self.draws

        with ThreadPoolExecutor(max_workers=THREADS) as pool:
            list(pool.map(work, range(0, count, BLOCK)))
        return result


@dataclass(frozen=True, eq=False)
class Limits:
    """Least and most extra hours a week of every place, float64 [place]; low ≤ high."""

    low: Floats
    high: Floats

    @classmethod
    def none(cls, places: int) -> Limits:
        """No limits."""
        return cls(np.zeros(places), np.full(places, np.inf))


@dataclass(frozen=True, eq=False)
class Plan:
    """What a rule makes of a budget.

    hours: extra hours, float64 [place, week]; price: persons that the last hour of each week helps,
    [week] (NaN where the rule knows no price); bound: what the worst place's shortfall can't fall
    below whatever the plan (hours per 1,000 adults; NaN where the rule doesn't ask); reason: "" or
    why hours are left over: "no_budget", "all_need" (nobody is short of help any more), "limits";
    scaled: multipliers and prices that a plan for nearly the same budget may start from, if any.
    """

    rule: str
    hours: Floats
    price: Floats
    bound: float = np.nan
    reason: str = ""
    scaled: tuple[Floats, Floats] | None = None


def ordered(short: Singles) -> Singles:
    """`short` [place, week, draw], sorted along the draws in place."""

    def work(first: int) -> None:
        short[first : first + BLOCK].sort(axis=-1)

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        list(pool.map(work, range(0, short.shape[0], BLOCK)))
    return short


def fill(
    need: Need, weight: Floats, low: Floats, high: Floats, budget: Floats
) -> tuple[Floats, Floats]:
    """Hours that maximise Σ weight · G week by week, and every week's price.

    weight: value of an hour that is needed, [place] or [place, week]; low, high: [place, week];
    budget: [week], at least Σ low. Results: float64 [place, week] and [week], the latter in the
    weight's unit; 0 where the budget exceeds what can be used.
    """
    count, weeks, draws = need.ordered.shape
    weight = np.broadcast_to(weight.reshape(count, -1), (count, weeks))
    flat = need.ordered.reshape(-1)
    first = np.arange(count * weeks).reshape(count, weeks) * draws
    worth = weight > 0

    def at(price: Floats) -> Floats:
        """The least hours beyond which an hour is worth no more than the price."""
        share = np.divide(price, weight, out=np.ones((count, weeks)), where=worth)
        rank = np.ceil(draws * (1.0 - np.minimum(share, 1.0))).astype(np.intp)
        found = np.where(rank > 0, flat[first + np.maximum(rank - 1, 0)], 0.0)
        return np.asarray(np.clip(found, low, high))

    below, above = np.zeros(weeks), weight.max(axis=0) * (1 + 1e-9)
    most, least = at(below), at(above)
    enough = most.sum(axis=0) <= budget
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        now = at(middle)
        over = now.sum(axis=0) > budget
        below, above = np.where(over, middle, below), np.where(over, above, middle)
        most, least = np.where(over, now, most), np.where(over, least, now)
    least = np.where(enough, most, least)
    wide = (most - least).sum(axis=0)
    left = np.maximum(budget - least.sum(axis=0), 0.0)
    part = np.divide(left, wide, out=np.zeros(weeks), where=wide > 0)
    return least + np.minimum(part, 1.0) * (most - least), np.where(enough, 0.0, above)


def most_helped(need: Need, budget: float, limits: Limits) -> Plan:
    """The Plan that helps most people, exactly; budget: hours a week, at least Σ limits.low."""
    low, high = _by_week(need, limits)
    weeks = low.shape[1]
    hours, price = fill(need, need.rate, low, high, np.full(weeks, budget))
    return Plan("most-helped", hours, price, reason=reason(need, hours, budget, limits))


def equal_per_head(need: Need, budget: float, limits: Limits) -> Plan:
    """The Plan in which hours follow adults within the limits, needed or not.

    Its hours sum to the budget in every week unless all upper limits together are less.
    """
    low, high = limits.low, limits.high
    share = _level(need.adults, low, high, budget)
    hours = np.repeat(share[:, None], need.ordered.shape[1], axis=1)
    free = (share > low) & (share < high) if budget > 0 else np.zeros(share.size, dtype=bool)
    weight = np.where(free, need.adults, 0.0)
    beyond = (need.ordered > hours.astype(np.float32)[:, :, None]).mean(axis=2)
    price = (weight * need.rate) @ beyond / max(weight.sum(), 1.0)
    return Plan("equal-per-head", hours, price, reason=reason(need, hours, budget, limits))


def _level(adults: Floats, low: Floats, high: Floats, budget: float) -> Floats:
    """c · adults within limits, with the c that makes the sum the budget: float64 [place]."""
    if high.sum() <= budget:
        return high.copy()
    edges = np.unique(np.concatenate([low / adults, (high / adults)[np.isfinite(high)], [0.0]]))
    sums = np.array([np.clip(c * adults, low, high).sum() for c in edges])
    at = int(np.searchsorted(sums, budget, side="right")) - 1
    base = np.clip(edges[max(at, 0)] * adults, low, high)
    rising = (edges[max(at, 0)] * adults >= low) & (base < high)
    wide = adults[rising].sum()
    grown = base + rising * adults * max(budget - base.sum(), 0.0) / (wide if wide > 0 else 1.0)
    return np.asarray(np.clip(grown, low, high))


def _by_week(need: Need, limits: Limits) -> tuple[Floats, Floats]:
    """The limits of every week: float64 [place, week] each."""
    shape = need.ordered.shape[:2]
    low, high = (np.broadcast_to(part[:, None], shape) for part in (limits.low, limits.high))
    return low, high


def reason(need: Need, hours: Floats, budget: float, limits: Limits) -> str:
    """Why a plan leaves hours over or helps nobody, see Plan; "" where neither is so."""
    if budget <= 0:
        return "no_budget"
    most = need.ordered[:, :, -1]
    if (hours >= most - LITTLE).all():
        return "all_need"
    held = bool((hours >= limits.high[:, None] - LITTLE)[hours < most - LITTLE].any())
    spent = hours.sum(axis=0)
    return "limits" if held and (spent < budget - LITTLE).any() else ""


def chosen(short: Singles, rate: Floats, budget: float, limits: Limits) -> Floats:
    """Share of draws in which "most helped", knowing that draw alone, would give hours.

    short: [place, week, draw], the same draw in every place (before `ordered`); result: float64
    [place, week]. Of one draw the exact plan serves places in order of their rate.
    """
    order = np.argsort(-rate, kind="stable")
    low = limits.low[order].astype(np.float32)[:, None]
    high = limits.high[order].astype(np.float32)[:, None]
    room = np.float32(max(budget - limits.low.sum(), 0.0))
    result = np.empty(short.shape[:2])

    def work(week: int) -> None:
        usable = np.maximum(np.minimum(short[order, week], high) - low, 0)
        before = np.cumsum(usable, axis=0) - usable
        gets = (usable > 0) & (before < room) | (low > 0)
        result[order, week] = gets.mean(axis=1)

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        list(pool.map(work, range(short.shape[1])))
    return result
