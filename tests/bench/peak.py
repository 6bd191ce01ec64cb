"""Peak memory in MB of a process that draws the country a few times, a fresh seed each."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from planner.engine import load_engine
from planner.scenario import default_scenario

TIMES = 5


def high_water() -> float:
    """The most memory this program held, in MB.

    `getrusage` would give at least the peak of the process that started this one: the system
    keeps the larger figure when a program is replaced by another.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def main(draws: int) -> None:
    engine = load_engine()
    scenario = default_scenario(engine.assumptions)
    for seed in range(1, TIMES + 1):
        engine.ensemble(scenario, dt.date(2026, 5, 1), draws=draws, seed=seed)
    print(high_water())


if __name__ == "__main__":
    main(int(sys.argv[1]))
