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
Singles = NDArray[np.float32]
Three = tuple[float, float, float]

AHEAD = 8  # weeks that the verdict looks at
TOLERANCE = 0.10  # a forecast that is right within this much still holds
LIKELY = 0.5
DELAY_DRAWS = 50
SHARES = (0.1, 0.5, 0.9)
FEW = 10  # keepers of a log; fewer tell more of themselves than of the country
SOMEBODY = 0.1  # contacts; where fewer are forecast there is nothing to be a multiple of
# What can hardly be right: no contact at all where so many were forecast, or so many times those
# forecast (and at least so many).
SILENT, TIMES, LOUD = 5.0, 5.0, 10.0


@dataclass(frozen=True)
class PlaceFactor:
    """A municipality's own factor on what the country's level expects of it.

    logged, expected: contacts of the weeks it logged, and what the draws expected before the log;
    factor: P10, P50, P90.
    """

    logged: float
    expected: float
    factor: Three

    @property
    def silent(self) -> bool:
        """Whether not one contact was logged where several were forecast."""
        return self.logged == 0 and self.expected >= SILENT

    @property
    def loud(self) -> bool:
        """Whether many times the contacts forecast were logged."""
        return self.logged >= LOUD and self.logged > TIMES * self.expected


@dataclass(frozen=True, eq=False)
class Lesson:
    """What logs teach about a forecast.

    learned: what the ensemble takes, None where no row counts (the forecast is then unchanged);
    effective: effective number of draws; factor: P10, P50, P90 of the country's expected contacts
    in the AHEAD weeks after `as_of`, over the P50 of those forecast before the log; keepers: the
    same of the municipalities that keep a log, as `factor` where none does; weeks: Mondays learned
    from; unusual: Mondays on which something out of the ordinary probably went on; places:
    municipality code → PlaceFactor; user_days: days of user counts. Counts of days on which all
    draws have the same users (those before the start) teach nothing: where there is nothing else,
    `learned` is None with user_days above 0.
    """

    learned: Learned | None
    draws: int
    seed: int
    as_of: dt.date
    effective: float
    factor: Three
    keepers: Three
    weeks: tuple[dt.date, ...] = ()
    unusual: tuple[dt.date, ...] = ()
    places: Mapping[str, PlaceFactor] = field(default_factory=dict)
    user_days: int = 0

    @property
    def few(self) -> bool:
        """Whether so few keep a log that it tells of them and hardly of the country."""
        return 0 < len(self.places) < FEW

    @property
    def judged(self) -> Three:
        """The factor that says whether the forecast holds: of the keepers where they are few."""
        return self.keepers if self.few else self.factor

    @property
    def valid(self) -> bool:
        """Whether the forecast still holds; see `still_valid`."""
        return still_valid(self.judged)


def still_valid(factor: Three) -> bool:
    """Whether a factor leaves the forecast as good as it was.

    Changed means: in nine cases of ten contacts will lie more than TOLERANCE beyond those forecast,
    all on the same side.
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
    if found is None or (log is None and _even(found.weight)):
        unchanged = _factors(world, None, None, as_of)
        return Lesson(None, draws, seed, as_of, float(draws), *unchanged, user_days=days)
    factor, keepers = _factors(world, found.learned, logged, as_of)
    return Lesson(
        learned=found.learned,
        draws=draws,
        seed=seed,
        as_of=as_of,
        effective=found.effective,
        factor=factor,
        keepers=keepers,
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


def _even(weight: Floats) -> bool:
    """Whether all draws weigh the same."""
    return bool(np.ptp(weight) < 1e-9 * weight.max())


def _factors(
    world: Worlds, learned: Learned | None, logged: Cells | None, as_of: dt.date
) -> tuple[Three, Three]:
    """`Lesson.factor` and `Lesson.keepers`."""
    last = world.span.computed
    first = min(max(world.span.index(as_of), 0), last - AHEAD)
    weeks = np.arange(first, first + AHEAD)
    usual = national(world)[:, weeks]
    if learned is None:
        return (_over(usual, usual),) * 2
    after = usual[learned.chosen]
    level = learned.level[:, weeks]
    if logged is None:
        return (_over(usual, after * level),) * 2
    own = learned.shape[:, logged.places] / learned.rate[:, logged.places]
    before = contacts(world, logged.places, weeks)
    here = before[learned.chosen]
    factored = np.matmul(own[:, None, :], here)[:, 0]
    after = after - here.sum(axis=1) + factored
    return _over(usual, after * level), _over(before.sum(axis=1), factored * level)


def _over(before: Floats | Singles, after: Floats | Singles) -> Three:
    """P10, P50 and P90 of the sums of weeks after a log over the P50 before; [draw, week] each."""
    usual = float(np.median(before.sum(axis=1)))
    if usual < SOMEBODY:
        return 1.0, 1.0, 1.0
    low, middle, high = np.quantile(after.sum(axis=1), SHARES) / usual
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
    expected = log.usual.sum(axis=1)
    return {
        engine.snapshot.codes[place]: PlaceFactor(
            float(total), float(usual), (float(low), float(middle), float(high))
        )
        for place, total, usual, (low, middle, high) in zip(
            log.places, log.total.sum(axis=1), expected, factors, strict=True
        )
    }
