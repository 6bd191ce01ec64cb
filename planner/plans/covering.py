"""Maximal covering, solved to the proven optimum in a fraction of a second.

Symbols as in hubs.py: demand place i worth v[i], candidate j, N[i] candidates that cover i.

1. Candidates that cover nothing which another one doesn't cover too are left out, and demand places
   with the same candidates are taken together: the optimum's value stays the same.
2. The linear relaxation gives an upper bound. It is tightened by rows that hold for whole choices
   only: of three places, with n[j] of them covered by j,
       u[a] + u[b] + u[c] ≤ 1 + Σ_j ⌈n[j]/2⌉ · y[j]
   (half the sum of the three rows, rounded: a zero-half cut, A. Caprara, M. Fischetti, 1996).
3. Its reduced costs say what the bound loses at least where a candidate must or may not be chosen.
   HiGHS (scipy.optimize.milp) solves what is left when those that lose more than a little are
   settled. A choice not farther below the bound than that is the optimum, since every other choice
   uses a candidate settled otherwise; where it is farther, only those that lose more than the
   distance are settled, and the answer is the optimum.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Indices = NDArray[np.intp]

LITTLE = 0.0008  # of the bound: so much a settled candidate loses, at first
CUTS, MOST_CUTS = 4, 60  # rounds, and rows in each
TINY = 1e-9


def cover(value: Floats, near: Bools, count: int) -> tuple[Indices, float]:
    """Columns of `near` [place, candidate], `count` at most, whose rows are worth most together,
    and the bound of that worth. value: [place], above zero.
    """
    kept = undominated(near)
    inside = near[:, kept]
    live = inside.any(axis=1)
    if count <= 0 or not live.any():
        return np.zeros(0, dtype=np.intp), 0.0
    _, first, kind = np.unique(_keys(inside[live]), return_index=True, return_inverse=True)
    worth = np.bincount(kind.ravel(), weights=value[live]).astype(np.float64)
    chosen, bound = _solved(worth, inside[live][first], count)
    return kept[chosen], bound


def _solved(value: Floats, near: Bools, count: int) -> tuple[Indices, float]:
    """Steps 2 and 3 of the module: columns, and the bound."""
    size = near.shape[1]
    goal, rows, most = _programme(value, near, count)
    found = _relaxed(goal, rows, most)
    for _ in range(CUTS):
        cuts = _threes(near, found.x[:size], found.x[size:])
        if cuts.size == 0:
            break
        rows, most = _with_cuts(near, cuts, rows, most)
        found = _relaxed(goal, rows, most)
    bound, loses = -float(found.fun), LITTLE * -float(found.fun)
    for _ in range(2):
        low, high = np.zeros(goal.size), np.ones(goal.size)
        low[:size] = -found.upper.marginals[:size] > loses
        high[:size] = found.lower.marginals[:size] <= loses
        whole: Any = milp(
            goal,
            integrality=np.concatenate([np.ones(size), np.zeros(value.size)]),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(rows, -np.inf, most),
            # the presolve of HiGHS takes longer than it saves after ours
            options={"mip_rel_gap": 0.0, "presolve": False},
        )
        distance = bound + float(whole.fun)
        if distance <= loses:
            break
        loses = distance + TINY * bound
    return np.flatnonzero(whole.x[:size] > 0.5), -float(whole.mip_dual_bound)


def _programme(value: Floats, near: Bools, count: int) -> tuple[Floats, csc_array, Floats]:
    """Goal, rows and their upper limits: variables y, then u; see hubs.py."""
    groups, size = near.shape
    covering = hstack([csr_array(-near.astype(np.float64)), eye_array(groups)])
    number = csr_array(np.concatenate([np.ones(size), np.zeros(groups)])[None])
    goal = np.concatenate([np.zeros(size), -value])
    most = np.append(np.zeros(groups), float(count))
    return goal, csc_array(vstack([covering, number])), most


def _relaxed(goal: Floats, rows: Any, most: Floats) -> Any:
    """The linear relaxation, solved; it is too small for a presolve."""
    solver: Any = linprog  # whose stubs know no sparse rows
    return solver(goal, rows, most, bounds=(0, 1), method="highs-ds", options={"presolve": False})


def _threes(near: Bools, chosen: Floats, covered: Floats) -> Indices:
    """Threes of places whose cut the relaxation breaks, most broken first: intp [cut, 3].

    chosen: y [candidate], covered: u [place]. Only candidates chosen in part can break one.
    """
    part = near[:, (chosen > TINY) & (chosen < 1 - TINY)]
    slack = near @ chosen - covered
    rows = np.flatnonzero(part.sum(axis=1) >= 2)
    rows = rows[np.argsort(slack[rows], kind="stable")]
    if rows.size < 3:
        return np.zeros((0, 3), dtype=np.intp)
    _, first = np.unique(_keys(part[rows]), return_index=True)  # of places alike the tightest
    rows = rows[np.sort(first)]
    inside = near[rows]
    weighted: Any = csr_array(inside * chosen)
    by_place: Any = csr_array(inside.T.astype(np.float64))
    pair = (weighted @ by_place).toarray()  # y of candidates that cover both
    a, b = np.nonzero(np.triu(pair > TINY, 1))
    both: Any = csr_array((inside[a] & inside[b]) * chosen)
    three = (both @ by_place).toarray()
    twice = pair[a, b][:, None] + pair[a] + pair[b] - 2 * three
    loose = slack[rows]
    broken = twice - 1 - (loose[a][:, None] + loose[b][:, None] + loose[None])
    broken[np.arange(rows.size)[None] <= b[:, None]] = 0.0
    at = np.flatnonzero(broken.ravel() > 1e-4)
    at = at[np.argsort(-broken.ravel()[at], kind="stable")][:MOST_CUTS]
    edge, third = np.divmod(at, rows.size)
    return np.stack([rows[a[edge]], rows[b[edge]], rows[third]], axis=1)


def _with_cuts(
    near: Bools, threes: Indices, rows: csc_array, most: Floats
) -> tuple[csc_array, Floats]:
    """The programme's rows and limits with those of some threes of places."""
    half = np.ceil(near[threes].sum(axis=1) / 2)
    covered = np.zeros((len(threes), near.shape[0]))
    covered[np.arange(len(threes))[:, None], threes] = 1.0
    added = csr_array(np.concatenate([-half, covered], axis=1))
    return csc_array(vstack([rows, added])), np.append(most, np.ones(len(threes)))


def _keys(table: Bools) -> NDArray[Any]:
    """The bits of every row as one key: faster to compare than rows."""
    bits = np.packbits(table, axis=1)
    return bits.view([("", bits.dtype)] * bits.shape[1]).ravel()


def undominated(near: Bools) -> Indices:
    """Columns that cover something which no other one covers along with all of theirs."""
    table: Any = csr_array(near.astype(np.float64))
    both = (table.T @ table).toarray()
    own = both.diagonal()
    order = np.arange(own.size)
    inside = both >= own[:, None] - 0.5  # [a, b]: all that a covers is covered by b
    same = own[None, :] == own[:, None]
    better = (own[None, :] > own[:, None]) | (same & (order[None, :] < order[:, None]))
    return np.flatnonzero((own > 0) & ~(inside & better).any(axis=1))
