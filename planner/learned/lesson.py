"""What the engine learns from logs: the Lesson that pages and the command line show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.engine import PAGE_DRAWS, Engine
from planner.learned.series import Cells, cells, contacts, national, users
from planner.model import learning
from planner.model.learning import Log, Update, Users
from planner.model.worlds import Learned, Worlds
from planner.records import UserCount, Visit
from planner.scenario import Scenario

Floats = NDArray[np.float64]
Three = tuple[float, float, float]

AHEAD = 8  # weeks that the verdict looks at
TOLERANCE = 0.10  # a forecast that is right within this much still holds
LIKELY = 0.5
DELAY_DRAWS = 50
SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True)
class PlaceFactor:
    """A municipality's own factor on what the country's level expects of it.

    logged, expected: contacts of the weeks it logged, and what the draws expected before the log;
    factor: P10, P50, P90.
    """

    logged: float
    expected: float
    factor: Three


@dataclass(frozen=True, eq=False)
class Lesson:
    """What logs teach about a forecast.

    learned: what the ensemble takes, None where no row counts (the forecast is then unchanged);
    effective: effective number of draws; factor: P10, P50, P90 of the country's expected contacts
    in the AHEAD weeks after `as_of`, over the P50 of those forecast before the log; valid: see
    `still_valid`; weeks: Mondays learned from; unusual: Mondays on which something out of the
    ordinary probably went on; places: municipality code → PlaceFactor; user_days: days of user
    counts.
    """

    learned: Learned | None
    draws: int
    seed: int
    as_of: dt.date
    effective: float
    factor: Three
    weeks: tuple[dt.date, ...] = ()
    unusual: tuple[dt.date, ...] = ()
    places: Mapping[str, PlaceFactor] = field(default_factory=dict)
    user_days: int = 0

    @property
    def valid(self) -> bool:
        """Whether the forecast still holds; see `still_valid`."""
        return still_valid(self.factor)


def still_valid(factor: Three) -> bool:
    """Whether a national factor leaves the forecast as good as it was.

    Changed means: in nine cases of ten the country's contacts will lie more than TOLERANCE beyond
    those forecast, all on the same side.
    """
    return factor[0] <= 1 + TOLERANCE and factor[2] >= 1 / (1 + TOLERANCE)


def learn(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    visits: Sequence[Visit],
    counts: Sequence[UserCount],
    as_of: dt.date,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
) -> Lesson:
    """The Lesson of the weeks that have ended by `as_of` and the user counts up to that day.

    What was learned holds for the same scenario, horizon (today, seen_from), draws and seed. Rows
    outside the horizon don't count; channels of a municipality and week are added up.
    """
    world = engine.worlds(scenario, today, seen_from, draws, seed)
    logged = cells(engine.snapshot, world.span, visits, as_of)
    counted = users(engine, world, counts, as_of)
    log = None if logged is None else logged.log(world)
    found = update(world, log, counted, seed)
    days = 0 if counted is None else counted.counted.size
    if found is None:
        before = _factor(world, None, None, as_of)
        return Lesson(None, draws, seed, as_of, float(draws), before)
    return Lesson(
        learned=found.learned,
        draws=draws,
        seed=seed,
        as_of=as_of,
        effective=found.effective,
        factor=_factor(world, found.learned, logged, as_of),
        weeks=() if logged is None else tuple(world.span.day(int(week)) for week in logged.weeks),
        unusual=_unusual(world, found, logged),
        places=_places(engine, log, found.learned, seed),
        user_days=days,
    )


def update(world: Worlds, log: Log | None, counted: Users | None, seed: int) -> Update | None:
    """What the draws of `world` learn; None where there is nothing to learn from."""
    if log is None and counted is None:
        return None
    step = max(1, world.draws // DELAY_DRAWS)
    some = {name: value[::step] for name, value in world.p.items()}
    people = world.facts.people
    delay = learning.other_delay(some, world.span, people, world.settings)
    sigma, shape = world.p["sigma"][:, 0], float(world.p["dispersion"].mean())
    return learning.update(
        log, counted, sigma, shape, national(world), delay, people.shape[0], seed
    )


def _factor(world: Worlds, learned: Learned | None, logged: Cells | None, as_of: dt.date) -> Three:
    """P10, P50 and P90 of the country's contacts after `as_of` over the P50 before the log."""
    last = world.span.computed
    first = min(max(world.span.index(as_of), 0), last - AHEAD)
    weeks = np.arange(first, first + AHEAD)
    usual = national(world)[:, weeks]
    before = max(float(np.median(usual.sum(axis=1))), 1e-9)
    total = usual.sum(axis=1)
    if learned is not None:
        after = usual[learned.chosen]
        if logged is not None:
            own = learned.shape[:, logged.places] / learned.rate[:, logged.places] - 1
            here = contacts(world, logged.places, weeks)[learned.chosen]
            after = after + np.matmul(own[:, None, :], here)[:, 0]
        total = (after * learned.level[:, weeks]).sum(axis=1)
    low, middle, high = np.quantile(total, SHARES) / before
    return float(low), float(middle), float(high)


def _unusual(world: Worlds, found: Update, logged: Cells | None) -> tuple[dt.date, ...]:
    if logged is None:
        return ()
    return tuple(world.span.day(int(week)) for week in logged.weeks[found.unusual > LIKELY])


def _places(engine: Engine, log: Log | None, learned: Learned, seed: int) -> dict[str, PlaceFactor]:
    """PlaceFactor by code, in the order of the snapshot."""
    if log is None:
        return {}
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(3,)))
    draws = rng.standard_gamma(learned.shape[:, log.places]) / learned.rate[:, log.places]
    factors = np.quantile(draws, SHARES, axis=0).T
    expected = (log.expected.mean(axis=0) * log.known).sum(axis=1)
    return {
        engine.snapshot.codes[place]: PlaceFactor(
            float(total), float(usual), (float(low), float(middle), float(high))
        )
        for place, total, usual, (low, middle, high) in zip(
            log.places, log.total.sum(axis=1), expected, factors, strict=True
        )
    }
