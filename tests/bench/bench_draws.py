"""Draws for the country beside the floor: drawing and sorting arrays of the same sizes."""

from __future__ import annotations

import datetime as dt
import itertools
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from planner.engine import load_engine
from planner.model.ensemble import MEASURES, blocks
from planner.model.worlds import GROUP, streams
from planner.scenario import default_scenario
from tests.bench.harness import Result, bench, seconds

DRAWS = 1000
# In a process of its own: what other benches import is not what the draws need.
PEAK = (sys.executable, "-m", "tests.bench.peak", str(DRAWS))


def floor(places: int, weeks: int) -> None:
    """Counts drawn with their dispersion and four measures sorted, two threads, same block size."""
    seeds = streams(1, places)

    def work(chosen: np.ndarray) -> None:
        for place in chosen:
            rng = np.random.Generator(np.random.SFC64(seeds[int(place)]))
            mean = rng.standard_gamma(25.0, (DRAWS, weeks)) / 25
            counts = rng.poisson(mean).astype(np.float32)
            for _ in MEASURES:
                np.sort(np.ascontiguousarray(counts.T), axis=-1)

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(work, blocks(places, GROUP)))


@bench
def draws() -> Iterator[Result]:
    """1,000 draws for reports and 200 for a page, quantiles of four measures at all levels.

    Every run has a seed of its own, so that nothing is answered from a cache.
    """
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    today = dt.date(2026, 5, 1)
    span = engine.forecast(scenario, today).span
    seeds = itertools.count(1)

    def run(number: int) -> float:
        engine.ensemble(scenario, today, draws=50, seed=next(seeds))  # warms up
        return seconds(
            lambda: engine.ensemble(scenario, today, draws=number, seed=next(seeds)), times=5
        )

    def one_place() -> None:
        engine.place_draws(scenario, 0, today, draws=200, seed=next(seeds))

    whole = run(DRAWS)
    peak = float(subprocess.run(PEAK, check=True, capture_output=True, text=True).stdout)
    least = seconds(lambda: floor(len(engine.snapshot.codes), span.computed), times=5)
    yield Result(f"{DRAWS} draws, 308 x {span.count} weeks", whole, 1.5, "s")
    yield Result("1000 draws, times the floor of drawing and sorting", whole / least, 3.0, "x")
    yield Result("1000 draws, peak memory of the process", peak, 500.0, "MB")
    yield Result("200 draws, the country's what-if", run(200), 0.3, "s")
    yield Result("200 draws, one municipality's what-if", seconds(one_place, times=5), 0.3, "s")
