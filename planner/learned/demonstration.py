"""A simulated log to try learning with; whoever shows it says that it is simulated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from planner.engine import Engine, settings
from planner.learned.series import WEEK
from planner.model import simulate
from planner.records import Visit
from planner.scenario import Scenario

WEEKS = 12
OTHER_DRAWS = 64  # the world is one of these; never a draw that forecasts
SKIPPED = 0.05  # share of weeks in which somebody forgot to fill in the log


def demonstration(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    places: Sequence[int] | None = None,
    seed: int = 2029,
) -> list[Visit]:
    """Visits of a simulated world: the first twelve weeks of the rollout that have ended.

    Before the start the weeks in which people ask beforehand; where none has ended yet, the first
    twelve weeks to come. places: positions of the municipalities that keep the log, all unless
    given. The same seed gives the same log.
    """
    span = engine.forecast(scenario, today).span
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(5,)))
    sampled = engine.sampled(scenario, OTHER_DRAWS, seed)
    draw = int(rng.integers(OTHER_DRAWS))
    p = {name: value[draw : draw + 1] for name, value in sampled.items()}
    stated = settings(engine, scenario, span)
    world = simulate.simulate(p, span, engine.facts, stated, simulate.Structure(), rng)
    kept = rng.random(world.counts.shape) >= SKIPPED
    ended = [week for week in range(span.count) if span.day(week) + WEEK <= today]
    weeks = [week for week in ended if week >= span.start_index][:WEEKS] or ended
    weeks = weeks or list(range(span.start_index, span.start_index + WEEKS))
    chosen = range(len(engine.snapshot.codes)) if places is None else places
    return [
        Visit(engine.snapshot.codes[place], span.day(week), int(world.counts[place, week]))
        for place in chosen
        for week in weeks
        if kept[place, week]
    ]
