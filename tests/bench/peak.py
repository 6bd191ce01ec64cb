"""Peak memory in MB of a process that draws the country a few times, a fresh seed each."""

from __future__ import annotations

import datetime as dt
import resource
import sys

from planner.engine import load_engine
from planner.scenario import default_scenario

TIMES = 5


def main(draws: int) -> None:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    for seed in range(1, TIMES + 1):
        engine.ensemble(scenario, dt.date(2026, 5, 1), draws=draws, seed=seed)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


if __name__ == "__main__":
    main(int(sys.argv[1]))
