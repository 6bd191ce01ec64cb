"""Places for hubs such that as much unserved demand as possible lies near one.

Symbols: demand place i, candidate j; d[i] hours a week; N[i] candidates within the minutes allowed
of i; p hubs; y[j] whether j is a hub, u[i] whether i is near one, z[i,j] the share of i's demand
that hub j serves, c hours a week that a hub gives.

Without a capacity (maximal covering: R. Church, C. ReVelle, Papers of the Regional Science
Association 32, 1974):

    maximise    Σ_i d[i] · u[i]
    subject to  u[i] ≤ Σ_{j in N[i]} y[j]    for every i
                Σ_j y[j] = p,  y 0 or 1,  0 ≤ u[i] ≤ 1 (whole by itself where y is)

With one, shares are served:

    maximise    Σ_i,j d[i] · z[i,j]
    subject to  z[i,j] ≤ y[j],  Σ_j z[i,j] ≤ 1,  Σ_i d[i] · z[i,j] ≤ c · y[j],  Σ_j y[j] = p

The first is solved by covering.py, the second by HiGHS through scipy.optimize.milp, both to the
proven optimum (the second to 1e-6, unless SECONDS are over: the bound stands beside it).
Places fixed are hubs; places forbidden never are. Hubs beyond what covers all demand go to the
places left with most demand, so that there are always p of them. Where choices cover as much, hubs
lie where ways are short.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from planner.errors import PlannerError
from planner.plans.covering import cover

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]

MOST_MINUTES = 24 * 60.0
SECONDS = 60.0  # for a programme with capacities; covering takes a fraction of one


@dataclass(frozen=True, eq=False)
class Hubs:
    """Chosen hubs: `places` are their positions, ascending.

    hub: each place's hub, −1 where none is near; minutes: to it, NaN where none; served: share of
    the place's demand that its hubs serve, [place]; covered: demand served, and total: all demand,
    in the demand's unit; bound: what no choice can exceed (equals covered where it is proven).
    """

    places: Indices
    hub: Indices
    minutes: Floats
    served: Floats
    covered: float
    total: float
    bound: float


def hubs(
    demand: Floats,
    minutes: Floats,
    count: int,
    within: float,
    capacity: float | None = None,
    fixed: Bools | None = None,
    forbidden: Bools | None = None,
) -> Hubs:
    """The best Hubs; demand: [place], in hours a week where a capacity is given.

    minutes: travel times [place, hub], inf where there is no way; within: minutes that are near;
    capacity: hours a week of each hub, None: no limit; fixed, forbidden: bool [place].
    PlannerError where the count can't be met.
    """
    size = demand.size
    held = np.zeros(size, dtype=np.bool_) if fixed is None else fixed
    ruled_out = np.zeros(size, dtype=np.bool_) if forbidden is None else forbidden
    _check(count, within, capacity, held, ruled_out)
    near = minutes <= within
    shares = None
    if capacity is None:
        chosen, bound = _cover(demand, near, count, held, ruled_out)
        chosen = _settled_down(demand, minutes, near, chosen, held, ruled_out)
    else:
        chosen, bound, shares = _share(demand, near, count, held, ruled_out, capacity)
    reach = np.where(near[:, chosen], minutes[:, chosen], np.inf)
    none = np.full(size, np.inf)
    best = reach.min(axis=1) if chosen.size else none
    nearest = chosen[reach.argmin(axis=1)] if chosen.size else np.full(size, -1)
    reached = np.isfinite(best)
    served = reached.astype(np.float64) if shares is None else shares
    return Hubs(
        places=chosen,
        hub=np.where(reached, nearest, -1).astype(np.intp),
        minutes=np.where(reached, best, np.nan),
        served=served,
        covered=float(demand @ served),
        total=float(demand.sum()),
        bound=bound,
    )


def _check(
    count: int, within: float, capacity: float | None, fixed: Bools, forbidden: Bools
) -> None:
    size = fixed.size
    if not 0 <= count <= size:
        raise PlannerError("error.hubs.count", value=count, most=size)
    if not 0 <= within <= MOST_MINUTES:
        raise PlannerError("error.hubs.minutes", value=within, most=MOST_MINUTES)
    if capacity is not None and not capacity > 0:
        raise PlannerError("error.hubs.capacity", value=capacity)
    if (fixed & forbidden).any():
        raise PlannerError("error.hubs.both", place=int(np.flatnonzero(fixed & forbidden)[0]))
    if fixed.sum() > count:
        raise PlannerError("error.hubs.fixed", count=count, fixed=int(fixed.sum()))
    free = size - int(forbidden.sum())
    if count > free:
        raise PlannerError("error.hubs.forbidden", count=count, left=free)


def _cover(
    demand: Floats, near: Bools, count: int, fixed: Bools, forbidden: Bools
) -> tuple[Indices, float]:
    """Chosen places without a capacity, and the most that can be covered."""
    covered = near[:, fixed].any(axis=1)
    rows = ~covered & (demand > 0)
    candidates = np.flatnonzero(~fixed & ~forbidden)
    picked, best = cover(demand[rows], near[rows][:, candidates], count - int(fixed.sum()))
    chosen = candidates[picked]
    best += float(demand[covered].sum())
    return _filled_up(demand, near, chosen, count, fixed, forbidden), best


def _filled_up(
    demand: Floats, near: Bools, chosen: Indices, count: int, fixed: Bools, forbidden: Bools
) -> Indices:
    """The fixed places, those chosen and, up to `count`, those with most demand of their own."""
    taken = fixed.copy()
    taken[chosen] = True
    missing = count - int(taken.sum())
    if missing > 0:
        open_ = np.flatnonzero(~taken & ~forbidden)
        uncovered = np.asarray(~near[:, taken].any(axis=1))
        order = np.lexsort((open_, -demand[open_], ~uncovered[open_]))
        taken[open_[order[:missing]]] = True
    return np.flatnonzero(taken)


def _settled_down(
    demand: Floats, minutes: Floats, near: Bools, chosen: Indices, fixed: Bools, forbidden: Bools
) -> Indices:
    """The hubs moved, one by one and twice around, to where the ways of those who need help are
    shortest in all while no less demand is near: many choices cover as much, and a hub should lie
    in the town that people go to, not in the village from which the town is just near enough.
    """
    hubs_ = chosen.copy()
    for at in np.tile(np.flatnonzero(~fixed[chosen]), 2):
        others = np.delete(hubs_, at)
        free = ~forbidden & near[:, hubs_[at]]
        free[others] = False
        free[hubs_[at]] = True
        places = np.flatnonzero(free)
        way = np.where(near[:, others], minutes[:, others], np.inf).min(axis=1, initial=np.inf)
        own = np.where(near[:, places], minutes[:, places], np.inf)
        best = np.minimum(way[:, None], own)
        reached = np.isfinite(best)
        covered = demand @ reached
        length = demand @ np.where(reached, best, 0.0)
        kept = covered >= covered[places == hubs_[at]] - 1e-9 * max(float(demand.sum()), 1e-9)
        hubs_[at] = places[np.lexsort((places, length.round(9), ~kept))[0]]
    return np.sort(hubs_)


def _share(
    demand: Floats,
    near: Bools,
    count: int,
    fixed: Bools,
    forbidden: Bools,
    capacity: float,
) -> tuple[Indices, float, Floats]:
    """Chosen places with a capacity, the bound, and each place's share served."""
    size = demand.size
    place, hub = np.nonzero(near & (demand > 0)[:, None] & ~forbidden[None, :])
    pairs = place.size
    one, row = np.ones(pairs), np.arange(pairs)
    column = size + row
    width = size + pairs

    def block(rows: Indices, columns: Indices, values: Floats, height: int) -> csr_array:
        return csr_array((values, (rows, columns)), (height, width))

    only_open = block(row, column, one, pairs) - block(row, hub, one, pairs)
    once = block(place, column, one, size)
    all_hubs = np.arange(size)
    room = block(hub, column, demand[place], size) - block(
        all_hubs, all_hubs, np.full(size, capacity), size
    )
    number = block(np.zeros(size, dtype=np.intp), all_hubs, np.ones(size), 1)
    top = np.concatenate([np.zeros(pairs), np.ones(size), np.zeros(size), [count]])
    low = np.full(top.size, -np.inf)
    low[-1] = count
    found = milp(
        np.concatenate([np.zeros(size), -demand[place]]),
        integrality=np.concatenate([np.ones(size), np.zeros(pairs)]),
        bounds=Bounds(
            np.concatenate([fixed.astype(np.float64), np.zeros(pairs)]),
            np.concatenate([(~forbidden).astype(np.float64), np.ones(pairs)]),
        ),
        constraints=LinearConstraint(vstack([only_open, once, room, number]), low, top),
        options={"mip_rel_gap": 1e-6, "time_limit": SECONDS},
    )
    if found.x is None:
        raise PlannerError("error.hubs.time", seconds=SECONDS)
    served = np.zeros(size)
    np.add.at(served, place, found.x[size:])
    bound = -float(found.mip_dual_bound)
    return np.flatnonzero(found.x[:size] > 0.5), bound, np.clip(served, 0.0, 1.0)
