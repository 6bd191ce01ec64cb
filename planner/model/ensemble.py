"""Many consistent worlds at once: quantiles of weekly figures for places and areas.

One draw is one world: its assumptions are drawn once (planner.model.sampling); every municipality
then has its own random stream for what the model can't know about the place and for the counts.
Sums over areas are sums of the same draws and counts. Only quantiles and area totals are kept;
municipalities are taken in blocks, so that memory is bounded.

Symbols: draw d, municipality m, adult age band a, week w.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model import adoption, gap
from planner.model.demand import (
    SENIOR,
    background_need,
    campaign_factor,
    contact_hours,
    helped_rate,
    information_weeks,
)
from planner.model.forecast import Facts, Settings, supply_of
from planner.model.kernels import carried_over, contact_kernel, spread
from planner.model.weeks import Horizon

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

MEASURES = ("new_users", "contacts", "hours", "short_hours")
QUANTILES = (0.1, 0.5, 0.8, 0.9)
BLOCK = 8  # municipalities at a time: about 50 MB of work for 1,000 draws
# Hours and users are kept to 2^-20: sums of such numbers are exact in float64 in any order.
GRID = np.float32(2.0**20)


@dataclass(frozen=True)
class Rates:
    """What one person of an age brings in a week: float64 [draw, age, week] each.

    users: accounts opened; plain: contacts whatever the place; by_need: contacts times the place's
    probability of needing help.
    """

    users: Floats
    plain: Floats
    by_need: Floats


@dataclass(frozen=True)
class Ensemble:
    """Quantiles of the draws' weekly figures, float32.

    places: measure → [quantile, municipality, week] (QUANTILES in order); areas: level → measure →
    [quantile, area, week]; p_copes: share of draws that cope, [municipality, week];
    short_total: hours short over the weeks of the view, [draw, municipality].
    """

    span: Horizon
    draws: int
    places: Mapping[str, Singles]
    areas: Mapping[str, Mapping[str, Singles]]
    p_copes: Singles
    short_total: Singles


def rates(p: Parameters, span: Horizon, people: Floats, settings: Settings) -> Rates:
    """Rates of the country's ages, the same in every municipality; see Rates.

    Accounts follow age alone, so the country's age bands, [1, age], stand for every place. What
    passes through the contact kernel is added up first and spread once.
    """
    national = people.sum(axis=0, keepdims=True)
    flow, by_target = adoption.timing(p, span, "echo" in settings.sources)
    accounts = adoption.profile(national, p, settings.existing, settings.new_users, by_target)
    share = {
        name: value[:, 0, :, None] / national[0, :, None] for name, value in vars(accounts).items()
    }
    users = share["new"] * flow.opened_new + share["late"] * flow.opened_late
    needers = np.zeros_like(users)
    by_need = np.zeros_like(users)
    if "activation" in settings.sources:
        alone = share["new"] - share["new_assisted"], share["late"] - share["late_assisted"]
        by_need = alone[0] * flow.opened_new + alone[1] * flow.opened_late
        assisted = (
            share["new_assisted"] * flow.opened_new + share["late_assisted"] * flow.opened_late
        )
        needers += p["need_assisted"][:, :, None] * assisted
    if "waves" in settings.sources:
        new, late = flow.in_service()
        needers += settings.waves * (share["existing"] + share["new"] * new + share["late"] * late)
    if "echo" in settings.sources:
        again = share["new"] * flow.echo_new + share["late"] * flow.echo_late
        needers += p["echo_need"][:, :, None] * again
    kernel = contact_kernel(p["half_life"], p["tail"])
    later = spread(np.concatenate([needers, by_need], axis=1), kernel)
    plain, by_need = np.split(later, 2, axis=1)
    if "waves" in settings.sources and settings.earlier_waves is not None:
        plain = plain + share["existing"] * carried_over(
            settings.earlier_waves, kernel, span.computed
        )
    if "information" in settings.sources:
        asking = (np.arange(people.shape[1]) >= SENIOR) * p["info_need"]
        plain = plain + asking[:, :, None] * information_weeks(span)
    lever = helped_rate(p)[:, :, None] * campaign_factor(p, span, settings.campaign)[:, None, :]
    return Rates(users, plain * lever, by_need * lever)


def streams(seed: int, places: int) -> list[np.random.SeedSequence]:
    """One independent random stream for every municipality, by its position in the snapshot."""
    return np.random.SeedSequence(seed, spawn_key=(1,)).spawn(places)


def noise(
    p: Parameters, stream: np.random.SeedSequence, weeks: int
) -> tuple[Singles, np.random.Generator]:
    """What multiplies a municipality's expected contacts: float32 [draw, week]; and its generator.

    A factor of the place, LogNormal(−σ²/2, σ) with mean 1, and for each week a Gamma dispersion
    with mean 1.
    """
    rng = np.random.Generator(np.random.SFC64(stream))
    sigma, shape = p["sigma"][:, 0], p["dispersion"][:, :1]
    place = np.exp(sigma * rng.standard_normal(sigma.size) - sigma**2 / 2)
    size = (sigma.size, weeks)
    # one shape for all draws, the usual case, spares the generator a table
    same = shape[0, 0] if (shape == shape[0]).all() else np.broadcast_to(shape, size)
    weekly = rng.standard_gamma(same, size) / shape
    return (place[:, None] * weekly).astype(np.float32), rng


@dataclass(frozen=True)
class _World:
    """What all blocks share: parameters, horizon, rates with hours, need, streams."""

    p: Parameters
    span: Horizon
    facts: Facts
    settings: Settings
    users: Singles
    table: Singles  # [draw, 2·age, 3·week]: contacts, hours, desk hours of plain and by-need rates
    need: Singles
    seeds: Sequence[np.random.SeedSequence]

    @property
    def draws(self) -> int:
        return int(self.users.shape[0])


def _world(p: Parameters, span: Horizon, facts: Facts, settings: Settings, seed: int) -> _World:
    rate = rates(p, span, facts.people, settings)
    hours, desk = contact_hours(p)
    weights = (np.ones_like(hours), hours, desk)
    parts = [
        np.concatenate([part * weight[:, :, None] for weight in weights], axis=-1)
        for part in (rate.plain, rate.by_need)
    ]
    need = background_need(p, facts.covariates, facts.people[None], facts.people)
    seeds = streams(seed, facts.people.shape[0])
    # stored in single precision, as results are; everything was solved in double
    table = np.concatenate(parts, axis=1).astype(np.float32)
    users, chance = rate.users.astype(np.float32), need.astype(np.float32)
    return _World(p, span, facts, settings, users, table, chance, seeds)


def _grid(values: Singles) -> Singles:
    """Values on the grid whose sums are exact in float64: powers of two move no digit."""
    return np.asarray(np.rint(values * GRID) / GRID, dtype=np.float32)


def _counted(world: _World, place: int) -> tuple[Singles, Singles, Singles, Singles]:
    """One municipality's accounts opened, contacts, hours and desk hours: [draw, week] each.

    Counts are Poisson around the expected contacts; hours follow the counts at the expected hours
    of a contact in that week. The products are taken draw by draw, so that neither the size of a
    block nor the number of draws beside it moves a digit.
    """
    people, chance = world.facts.people[place].astype(np.float32), world.need[:, place]
    who = np.concatenate([np.broadcast_to(people, chance.shape), people * chance], axis=-1)
    everybody = np.broadcast_to(people, (world.draws, 1, people.size))
    users = np.matmul(everybody, world.users)[:, 0]
    expected, hours, desk = np.split(np.matmul(who[:, None, :], world.table)[:, 0], 3, axis=-1)
    factor, rng = noise(world.p, world.seeds[place], world.span.computed)
    counts = rng.poisson(expected * factor).astype(np.float32)
    each = counts / np.maximum(expected, np.float32(1e-30))
    return users, counts, hours * each, desk * each


def _block(world: _World, places: NDArray[np.intp]) -> tuple[dict[str, Singles], NDArray[np.bool_]]:
    """A block's draws, measure → [municipality, draw, week], and whether they cope."""
    found = [_counted(world, int(place)) for place in places]
    users, contacts, hours, desk = (np.stack(part, axis=1) for part in zip(*found, strict=True))
    p, shown = world.p, world.span.count
    supply, _ = supply_of(p, world.span, world.facts.at(places), world.settings.at(places))
    given = (supply.hours, supply.baseline, p["utilisation"], p["stay"])
    # the gap's formulas hold in either precision; its types name the central path's
    single = [cast(Floats, value.astype(np.float32)) for value in given]
    result = gap.gap(cast(Floats, hours), cast(Floats, desk), *single)
    values = {
        "new_users": users[..., :shown],
        "contacts": contacts[..., :shown],
        "hours": hours[..., :shown],
        "short_hours": cast(Singles, result.short_hours),
    }
    return {name: _grid(value) for name, value in values.items()}, result.copes


def quantiles(values: Floats | Singles) -> Singles:
    """QUANTILES over the draws: [draw, ..] → float32 [quantile, ..], linear between ranks."""
    draws = values.shape[0]
    flat = np.ascontiguousarray(values.reshape(draws, -1).T, dtype=np.float32)
    flat.sort(axis=-1)
    rank = np.array(QUANTILES) * (draws - 1)
    low = np.floor(rank).astype(np.intp)
    high = np.minimum(low + 1, draws - 1)
    share = (rank - low).astype(np.float32)
    found = flat[:, low] * (1 - share) + flat[:, high] * share
    return np.asarray(found.T.reshape(len(QUANTILES), *values.shape[1:]), dtype=np.float32)


def blocks(places: int, size: int) -> Iterator[NDArray[np.intp]]:
    """Positions of the municipalities, `size` at a time."""
    for first in range(0, places, size):
        yield np.arange(first, min(first + size, places), dtype=np.intp)


def ensemble(
    p: Parameters,
    span: Horizon,
    facts: Facts,
    settings: Settings,
    seed: int,
    levels: Mapping[str, NDArray[np.intp]],
    view: slice,
    size: int = BLOCK,
    threads: int = 2,
) -> Ensemble:
    """The Ensemble of a scenario's draws; the same to the last digit whatever `size` and `threads`.

    levels: level → index of every municipality's area; view: the weeks of short_total.
    """
    world = _world(p, span, facts, settings, seed)
    count = facts.people.shape[0]
    shape = (len(QUANTILES), count, span.count)
    places = {name: np.empty(shape, dtype=np.float32) for name in MEASURES}
    copes = np.empty((count, span.count), dtype=np.float32)
    short_total = np.empty((world.draws, count), dtype=np.float32)
    totals = {
        level: {
            name: np.zeros((int(index.max()) + 1, world.draws, span.count)) for name in MEASURES
        }
        for level, index in levels.items()
    }
    locks = {level: threading.Lock() for level in levels}

    def work(chosen: NDArray[np.intp]) -> None:
        values, fine = _block(world, chosen)
        copes[chosen] = fine.mean(axis=0)
        short_total[:, chosen] = values["short_hours"][..., view].sum(axis=-1)
        for name, value in values.items():
            places[name][:, chosen] = quantiles(value)
        for level, index in levels.items():
            with locks[level]:
                for name, value in values.items():
                    for row, place in enumerate(chosen):
                        totals[level][name][index[place]] += value[:, row]

    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(work, blocks(count, size)))
    areas = {
        level: {name: quantiles(np.swapaxes(value, 0, 1)) for name, value in table.items()}
        for level, table in totals.items()
    }
    return Ensemble(span, world.draws, places, areas, copes, short_total)
