"""One simulated world: six weeks of its log, the forecasts of the next eight, and their scores."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner import learned
from planner.engine import Engine, settings
from planner.model import simulate
from planner.model.ensemble import quantiles
from planner.model.scratch import Scratch
from planner.model.worlds import GROUP, Worlds, counted
from planner.records import Visit
from planner.scenario import Scenario, default_scenario

Floats = NDArray[np.float64]

LOGGED, AHEAD = 6, 8  # weeks
RECENT = 4  # weeks whose mean is repeated
ENOUGH = 5  # contacts: where the median forecast reaches them, intervals are judged
OTHER_DRAWS = 64  # the truth is one of so many draws, of a seed that no forecast uses
FORECAST_SEED = 1
METHODS = ("none", "update", "repeat4", "oracle")


@dataclass(frozen=True)
class Forecast:
    """Quantiles of one forecast's counts, [municipality, week], and what randomised PITs need.

    below, at: share of the draws below the count that came, and at it.
    """

    low: Floats
    middle: Floats
    high: Floats
    below: Floats
    at: Floats


@dataclass(frozen=True)
class Trial:
    """Scores of one world.

    contacts: all that came in the eight weeks; errors: Σ|count − forecast| by method; inside,
    judged: counts within P10–P90 and those judged, of update and none; pits: of update, where its
    median forecast is below ENOUGH.
    """

    kind: str
    seed: int
    contacts: float
    errors: dict[str, float]
    inside: dict[str, int]
    judged: dict[str, int]
    pits: Floats

    @property
    def ratio(self) -> float:
        """Error with the update over error without."""
        return self.errors["update"] / self.errors["none"]


@dataclass(frozen=True)
class Bench:
    """What all trials share: the engine, the scenario, the draws before any log."""

    engine: Engine
    scenario: Scenario
    today: dt.date
    draws: int
    prior: NDArray[np.float32]

    @property
    def ahead(self) -> slice:
        """The weeks that are forecast."""
        first = self.engine.forecast(self.scenario, self.today).span.start_index + LOGGED
        return slice(first, first + AHEAD)


def prepared(engine: Engine, draws: int) -> Bench:
    """A Bench on the shipped scenario, seen from the end of the sixth week."""
    scenario = default_scenario(engine.assumptions)
    today = scenario.start + dt.timedelta(weeks=LOGGED)
    bench = Bench(engine, scenario, today, draws, np.empty(0, dtype=np.float32))
    world = engine.worlds(scenario, today, None, draws, FORECAST_SEED)
    return Bench(engine, scenario, today, draws, contacts_drawn(world, bench.ahead))


def contacts_drawn(world: Worlds, weeks: slice) -> NDArray[np.float32]:
    """The ensemble's own counts: [municipality, week, draw]."""
    places = np.arange(world.facts.people.shape[0], dtype=np.intp)
    scratch = Scratch()
    groups = [places[at : at + GROUP] for at in range(0, places.size, GROUP)]
    # counts live in the scratch memory until the next group's
    return np.concatenate([counted(world, group, scratch)[1][:, weeks].copy() for group in groups])


def truth(bench: Bench, kind: str, seed: int) -> simulate.World:
    """A world of a kind; its assumptions are a draw of another seed than the forecasts'."""
    engine, scenario = bench.engine, bench.scenario
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(9,)))
    sampled = engine.sampled(scenario, OTHER_DRAWS, seed)
    draw = int(rng.integers(OTHER_DRAWS))
    p = {name: value[draw : draw + 1] for name, value in sampled.items()}
    span = engine.forecast(scenario, bench.today).span
    places = len(engine.snapshot.codes)
    unknown = simulate.structure(kind, span.start_index, LOGGED, places, rng)
    stated = settings(engine, scenario, span)
    return simulate.simulate(p, span, engine.facts, stated, unknown, rng)


def trial(bench: Bench, kind: str, seed: int) -> Trial:
    """Learn from the six weeks of a world's log and score the forecasts of the next eight."""
    world, ahead = truth(bench, kind, seed), bench.ahead
    logged = slice(ahead.start - LOGGED, ahead.start)
    log = world.log(logged)
    lesson = learned.learn(
        bench.engine,
        bench.scenario,
        bench.today,
        visits(bench, log, logged.start),
        (),
        bench.today,
        bench.draws,
        FORECAST_SEED,
    )
    after = bench.engine.worlds(
        bench.scenario, bench.today, None, bench.draws, FORECAST_SEED, lesson.learned
    )
    came = world.counts[:, ahead]
    found = {
        "none": judged(bench.prior, came),
        "update": judged(contacts_drawn(after, ahead), came),
    }
    points = {name: forecast.middle for name, forecast in found.items()}
    points["repeat4"] = repeated(log, bench.engine.facts.people.sum(axis=1))[:, None]
    points["oracle"] = world.mean[:, ahead]
    enough = {name: forecast.middle >= ENOUGH for name, forecast in found.items()}
    inside = {
        name: int(((came >= each.low) & (came <= each.high))[enough[name]].sum())
        for name, each in found.items()
    }
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(10,)))
    update = found["update"]
    pits = update.below + rng.random(came.shape) * update.at
    return Trial(
        kind=kind,
        seed=seed,
        contacts=float(came.sum()),
        errors={name: float(np.abs(came - points[name]).sum()) for name in METHODS},
        inside=inside,
        judged={name: int(chosen.sum()) for name, chosen in enough.items()},
        pits=pits[~enough["update"]],
    )


def visits(bench: Bench, log: Floats, first: int) -> list[Visit]:
    """A log as the rows somebody would upload."""
    span = bench.engine.forecast(bench.scenario, bench.today).span
    return [
        Visit(code, span.day(first + week), int(log[place, week]))
        for place, code in enumerate(bench.engine.snapshot.codes)
        for week in range(log.shape[1])
        if np.isfinite(log[place, week])
    ]


def judged(drawn: NDArray[np.float32], came: Floats) -> Forecast:
    """The Forecast of drawn counts [municipality, week, draw] beside those that came."""
    low, middle, _, high = quantiles(np.moveaxis(drawn, -1, 0)).astype(np.float64)
    below = (drawn < came[:, :, None]).mean(axis=-1)
    return Forecast(low, middle, high, below, (drawn == came[:, :, None]).mean(axis=-1))


def repeated(log: Floats, adults: Floats) -> Floats:
    """Mean of the last four weeks; where no log is kept, that of the others by their adults."""
    known = np.isfinite(log).all(axis=1)
    mean = log[:, -RECENT:].mean(axis=1)
    rate = mean[known].sum() / adults[known].sum()
    return np.where(known, mean, adults * rate)
