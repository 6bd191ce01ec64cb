"""How good updates would have been so far: forecasts from the weeks gone by, set beside the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.engine import PAGE_DRAWS, Engine
from planner.learned.lesson import AHEAD, update
from planner.learned.series import Cells, cells, contacts, users
from planner.model.worlds import Learned, Worlds
from planner.records import UserCount, Visit
from planner.scenario import Scenario

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

METHODS = ("update", "none", "repeat4")
COLUMNS = ("origin", "horizon", "method", "wape", "pinball", "coverage", "n", "contacts")
LEVELS = (0.1, 0.5, 0.9)
RECENT = 4  # weeks that are repeated
MOST_ORIGINS = 12


@dataclass(frozen=True)
class Guess:
    """Forecast of cells: point, P10, P50 and P90, float64 [place, week] each."""

    point: Floats
    quantiles: Floats  # [level, place, week]


def backtest(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    visits: Sequence[Visit],
    counts: Sequence[UserCount] = (),
    as_of: dt.date | None = None,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Rolling origin: at each Monday, learn from the weeks before it and forecast up to 8 weeks.

    A row per origin, horizon (weeks, 1 = the week of the origin) and method: `update` (learned from
    the log so far), `none` (no update), `repeat4` (mean of the last four weeks). wape: Σ|logged −
    P50| over Σ logged (`repeat4`: its mean), NaN where nobody came; pinball: mean loss of P10, P50
    and P90; coverage: share of logged counts from P10 to P90; n: counts compared, the same for all
    methods; contacts: their sum. The first origin has four logged weeks behind it; with more than
    MOST_ORIGINS, evenly spread ones are taken. Without any origin the frame is empty.
    """
    world = engine.worlds(scenario, today, None, draws, seed)
    logged = cells(engine.snapshot, world.span, visits, today if as_of is None else as_of)
    rows: list[dict[str, object]] = []
    if logged is not None:
        expected = contacts(world, logged.places, logged.weeks)
        for origin in origins(logged):
            rows += _one_origin(engine, world, logged, expected, counts, origin, seed)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def origins(logged: Cells) -> list[int]:
    """Weeks with at least RECENT logged weeks before them, at most MOST_ORIGINS of them."""
    possible = logged.weeks[RECENT:]
    if possible.size > MOST_ORIGINS:
        steps = np.linspace(0, possible.size - 1, MOST_ORIGINS)
        possible = possible[np.rint(steps).astype(np.intp)]
    return [int(week) for week in possible]


def _one_origin(
    engine: Engine,
    world: Worlds,
    logged: Cells,
    expected: Singles,
    counts: Sequence[UserCount],
    origin: int,
    seed: int,
) -> Iterator[dict[str, object]]:
    ahead = np.flatnonzero((logged.weeks >= origin) & (logged.weeks < origin + AHEAD))
    actual = logged.counts[:, ahead]
    past = logged.cut(origin)
    if past is None:
        return
    day = world.span.day(origin)
    # a count of the Monday itself isn't known yet when its week is forecast
    known = users(engine, world, counts, day - dt.timedelta(days=1))
    found = update(world, past.log(world), known, seed)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(4, origin)))
    learned = None if found is None else found.learned
    weeks = logged.weeks[ahead]
    guesses = {
        "update": _drawn(world, expected[:, :, ahead], learned, logged.places, weeks, rng),
        "none": _drawn(world, expected[:, :, ahead], None, logged.places, weeks, rng),
        "repeat4": _repeated(logged, origin, ahead.size, world, rng),
    }
    comparable = np.isfinite(actual) & np.isfinite(guesses["repeat4"].point)
    for column, week in enumerate(weeks):
        chosen = comparable[:, column]
        if not chosen.any():
            continue
        for method in METHODS:
            guess = guesses[method]
            yield {
                "origin": day.isoformat(),
                "horizon": int(week) - origin + 1,
                "method": method,
                **scores(
                    actual[chosen, column],
                    guess.point[chosen, column],
                    guess.quantiles[:, chosen, column],
                ),
            }


def _drawn(
    world: Worlds,
    expected: Singles,
    learned: Learned | None,
    places: NDArray[np.intp],
    weeks: NDArray[np.intp],
    rng: np.random.Generator,
) -> Guess:
    """Quantiles of counts drawn as the ensemble draws them, for some places and weeks."""
    sigma, shape = world.p["sigma"], float(world.p["dispersion"].mean())
    size = (world.draws, places.size)
    if learned is None:
        factor = np.exp(sigma * rng.standard_normal(size) - sigma**2 / 2)
        mean = np.asarray(expected * factor[:, :, None], dtype=np.float32)
    else:
        factor = rng.standard_gamma(learned.shape[:, places]) / learned.rate[:, places]
        mean = np.asarray(expected[learned.chosen] * factor[:, :, None], dtype=np.float32)
        mean *= learned.level[:, None, weeks]
    counts = rng.poisson(mean * rng.standard_gamma(shape, mean.shape) / shape)
    quantiles = np.quantile(counts, LEVELS, axis=0)
    return Guess(quantiles[1], quantiles)


def _repeated(
    logged: Cells, origin: int, weeks: int, world: Worlds, rng: np.random.Generator
) -> Guess:
    """Mean of each place's last four weeks, NaN where it logged none of them.

    Its quantiles are those of a negative binomial: the Poisson mean's own uncertainty (Jeffreys'
    prior) and the weekly dispersion of the model.
    """
    recent = logged.counts[:, (logged.weeks >= origin - RECENT) & (logged.weeks < origin)]
    number = np.isfinite(recent).sum(axis=1)
    total = np.nansum(recent, axis=1)
    mean = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    size = (world.draws, total.size)
    shape = float(world.p["dispersion"].mean())
    rate = rng.standard_gamma(total + 0.5, size) / np.maximum(number, 1)
    counts = rng.poisson(rate * rng.standard_gamma(shape, size) / shape)
    quantiles = np.quantile(counts, LEVELS, axis=0)
    quantiles[1] = mean
    wide = np.repeat(quantiles[:, :, None], weeks, axis=2)
    return Guess(wide[1], wide)


def scores(actual: Floats, point: Floats, quantiles: Floats) -> dict[str, float]:
    """wape, pinball, coverage, n and contacts of some cells; quantiles: [level, cell]."""
    total = float(actual.sum())
    error = float(np.abs(actual - point).sum())
    levels = np.array(LEVELS)[:, None]
    away = actual - quantiles
    inside = (actual >= quantiles[0]) & (actual <= quantiles[-1])
    return {
        "wape": error / total if total > 0 else np.nan,
        "pinball": float(np.maximum(levels * away, (levels - 1) * away).mean()),
        "coverage": float(inside.mean()),
        "n": int(actual.size),
        "contacts": total,
    }
