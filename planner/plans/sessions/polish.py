"""A better plan where the solver alone finds a poor one in time: many venues, few hours.

Two known ways, both on the same rows and columns, with part of the whole numbers held fixed:

    relax and fix   block by block: those up to the block are whole, later ones may still be
                    fractions; what the block gets is kept
    fix and improve some venues' sessions, or a block's at more venues, are chosen anew while all
                    others stay; kept where better

(Pochet and Wolsey 2006, Production Planning by Mixed Integer Programming, section 3.6.) The bound
is none of theirs: it comes from the solver's own search.
"""

from __future__ import annotations

from time import monotonic

import numpy as np

from planner.plans.sessions.formulation import Columns
from planner.plans.sessions.programme import Programme, Solution
from planner.plans.sessions.types import Floats

SOME, MORE = 8, 24  # venues chosen anew: through all blocks, in one block
CLOSE = 0.003  # gap of each part
PART = 1.0  # seconds that one part may take
VAIN = 12  # rounds without a better plan after which it stays
FIRST_SHARE = 1 / 3  # of the time, for the first plan


def polished(
    programme: Programme, columns: Columns, start: Solution | None, seconds: float
) -> Solution | None:
    """A Solution no worse than `start` (None: from nothing); None where time was too short.

    The same sequence of parts each time; how far it comes depends on the time.
    """
    until = monotonic() + seconds
    found = start
    if found is None or found.values is None:
        found = _block_by_block(programme, columns, seconds * FIRST_SHARE)
    if found is None or found.values is None or not columns.venues:
        return found
    blocks = np.array([one.block for one in columns.series])
    venues = np.array([one.venue for one in columns.series])
    draw = np.random.default_rng(0)
    turn, vain = 0, 0
    every = np.unique(blocks)
    while monotonic() < until and vain < VAIN and every.size:
        size = min(SOME if turn % 2 == 0 else MORE, len(columns.venues))
        free = np.isin(venues, draw.choice(columns.venues, size, replace=False))
        if turn % 2:
            free &= blocks == every[turn // 2 % every.size]
        turn, vain = turn + 1, vain + 1
        other = _with_fixed(programme, columns, found.values, free, until)
        if other.values is not None and other.objective < found.objective - 1e-6:
            found, vain = other, 0
    return found


def _block_by_block(programme: Programme, columns: Columns, seconds: float) -> Solution | None:
    blocks = np.array([one.block for one in columns.series])
    low, high = programme.bounds()
    until = monotonic() + seconds
    found: Solution | None = None
    every = np.unique(blocks)
    for turn, block in enumerate(every):
        whole = np.zeros(low.size, dtype=np.int64)
        whole[columns.x[blocks <= block]] = 1
        share = (until - monotonic()) / (every.size - turn)
        found = programme.solve(CLOSE, max(share, 0.1), (low, high, whole))
        if found.values is None:
            return None
        at = columns.x[blocks == block]
        low[at] = high[at] = np.rint(found.values[at])
    return found


def _with_fixed(
    programme: Programme, columns: Columns, values: Floats, free: np.ndarray, until: float
) -> Solution:
    low, high = programme.bounds()
    whole = np.zeros(low.size, dtype=np.int64)
    whole[columns.x[free]] = 1
    fixed = columns.x[~free]
    low[fixed] = high[fixed] = np.rint(values[fixed])
    left = max(until - monotonic(), 0.1)
    return programme.solve(CLOSE, min(PART, left), (low, high, whole))
