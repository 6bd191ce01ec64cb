"""The ways a week's staff hours can be filled with whole sessions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.plans.sessions.types import Floats

MOST = 300  # packings beyond which the limit is wide enough to say it in one row
SLACK = 1e-9


def packings(sizes: Sequence[float], limit: float, most: Sequence[int]) -> Floats | None:
    """All maximal packings, float64 [packing, size], sessions; None where there are too many.

    sizes: hours of one session, distinct; limit: hours; most: how many of each there can be. Every
    set of whole sessions within the limit lies below one of them, so that their convex hull says
    what the row Σ size·n ≤ limit only says for whole n.
    """
    order = sorted(range(len(sizes)), key=lambda at: -sizes[at])
    found: list[list[int]] = []

    def fill(position: int, left: float, counts: list[int]) -> bool:
        if position == len(order):
            room = any(
                counts[at] < most[at] and sizes[at] <= left + SLACK for at in range(len(sizes))
            )
            if not room:
                found.append(list(counts))
            return len(found) <= MOST
        at = order[position]
        top = min(int((left + SLACK) / sizes[at]), most[at])
        last = position == len(order) - 1
        for number in range(top, top - 1 if last else -1, -1):
            counts[at] = number
            if not fill(position + 1, left - number * sizes[at], counts):
                return False
        counts[at] = 0
        return True

    if not sizes or not fill(0, limit, [0] * len(sizes)):
        return None
    return np.array(found, dtype=np.float64)
