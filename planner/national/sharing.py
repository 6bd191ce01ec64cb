"""Neighbours that would do well to share a trainer or a remote service.

Of two municipalities near each other, one is often short in weeks in which the other has hours to
spare. Symbols: n[m,w,d] hours needed less capacity; short = max(0, n), spare = max(0, −n).

    saved[a] = Σ_w mean over d of min(short[a], spare[b])

is what a's shortfall falls by if b's free hours of the week help in a, week by week and draw by
draw. It is what sharing could save at most: that the people can be sent or reached from afar, that
they know the language, and time on the road are not in it. Where both are short in the same weeks,
sharing saves nothing, and no pair is suggested for that.
"""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engine import PAGE_DRAWS, Engine
from planner.model.worlds import THREADS
from planner.national.hubs import travel_minutes
from planner.national.needs import balances
from planner.scenario import Scenario

Floats = NDArray[np.float64]

MINUTES = 45.0
LEAST_SAVED = 5.0  # hours over the view, together: less is no reason to agree on anything
MOST = 50


@dataclass(frozen=True)
class Shared:
    """Two neighbours, and hours over the view, means over the draws.

    minutes: estimated travel time, NaN where no road leads (then only a remote service can be
    shared); short: of each alone; saved: of each, at most; covered: share of draws and weeks with
    nothing short in either, apart and together.
    """

    codes: tuple[str, str]
    minutes: float
    short: tuple[float, float]
    saved: tuple[float, float]
    covered: tuple[float, float]

    @property
    def saved_together(self) -> float:
        """Hours that both save, at most."""
        return self.saved[0] + self.saved[1]


def sharing(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    minutes: float = MINUTES,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
    table: Floats | None = None,
    most: int = MOST,
) -> tuple[Shared, ...]:
    """Pairs no farther apart than `minutes` that would save most, the largest saving first.

    table: travel times of the user's own, [from, to]. Pairs that save less than LEAST_SAVED hours
    together are left out, so the answer may be empty.
    """
    way = travel_minutes(engine) if table is None else table
    balance = balances(engine, scenario, today, seen_from, draws, seed)
    first, second = np.nonzero(np.triu(np.maximum(way, way.T) <= minutes, 1))
    short, spare = np.maximum(balance, 0), np.maximum(-balance, 0)
    alone = short.sum(axis=(1, 2), dtype=np.float64) / draws

    def saved(pair: int) -> tuple[float, float]:
        a, b = first[pair], second[pair]
        found = (np.minimum(short[a], spare[b]), np.minimum(short[b], spare[a]))
        return float(found[0].sum()) / draws, float(found[1].sum()) / draws

    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        gains = list(pool.map(saved, range(first.size)))
    order = sorted(range(first.size), key=lambda pair: (-sum(gains[pair]), pair))[:most]
    codes = engine.snapshot.codes
    return tuple(
        Shared(
            codes=(codes[first[pair]], codes[second[pair]]),
            minutes=float(way[first[pair], second[pair]]),
            short=(float(alone[first[pair]]), float(alone[second[pair]])),
            saved=gains[pair],
            covered=_covered(balance[first[pair]], balance[second[pair]]),
        )
        for pair in order
        if sum(gains[pair]) >= LEAST_SAVED
    )


def _covered(a: NDArray[np.float32], b: NDArray[np.float32]) -> tuple[float, float]:
    """Share of weeks and draws with nothing short in either: apart, and with hours shared."""
    apart = (a <= 0) & (b <= 0)
    return float(apart.mean()), float((a + b <= 0).mean())
