"""The walk-in desk for every municipality and week, beside a loop over an outside library."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pyworkforce.queuing import ErlangC

from planner.model import desk
from tests.bench.harness import Result, bench, seconds

MINUTES, WAIT, SERVED = 30.0, 15.0, 0.8


@bench
def walk_in_desk() -> Iterator[Result]:
    """308 x 52 different loads of 0.01-100 erlang, half of them below one, as in real weeks."""
    load = np.exp(np.random.default_rng(308).uniform(np.log(0.01), np.log(100.0), (308, 52)))
    arrivals = load * 60.0 / MINUTES

    ours = seconds(
        lambda: desk.smallest_staff(arrivals, MINUTES, WAIT, SERVED),
        times=15,
        before=desk._largest_loads.cache_clear,  # a table from the run before would flatter us
    )
    theirs = seconds(
        lambda: [
            ErlangC(transactions=each, aht=MINUTES, asa=WAIT, interval=60).required_positions(
                SERVED
            )
            for each in arrivals.flat
        ],
        times=1,
    )

    yield Result("desk, 308 x 52 cases", ours * 1000.0, 10.0, "ms")
    yield Result("desk, times faster than a pyworkforce loop", theirs / ours, 40.0, "x", True)
