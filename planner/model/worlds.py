"""Many consistent worlds: what all municipalities share, and one municipality's draws.

One draw is one world: its assumptions are drawn once (planner.model.sampling); every municipality
then has its own random stream for what the model can't know about the place and for the counts. So
one municipality can be computed again, to the last digit, without the others.

Symbols: draw d, municipality m, adult age band a, week w. Results are solved in double precision
and stored in single.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model import gap
from planner.model.capacity import Capacity
from planner.model.counts import dispersed
from planner.model.demand import background_need, contact_hours, event_hours
from planner.model.entered import luck
from planner.model.forecast import Facts, Settings, supply_of
from planner.model.rates import Rates, rates
from planner.model.scratch import Scratch
from planner.model.weeks import Horizon, summer_weeks

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

THREADS = 2
SOLVED = 40  # draws solved at a time
TURNED = 64  # draws turned round at a time
# Hours and users are kept to 2^-20: sums of such numbers are exact in float64 in any order.
GRID = np.float32(2.0**20)
GROUP = 8  # municipalities whose products are taken together: fixed, so that no digit moves


@dataclass(frozen=True, eq=False)
class Learned:
    """What a log of visits taught about the draws.

    chosen: the draws kept, indices into the prior ones, intp [draw]; level: factor on every
    municipality's expected contacts, float32 [draw, week]; shape, rate: the place's factor is
    Gamma(shape, 1/rate), float32 [draw, municipality], instead of the prior's LogNormal.
    """

    chosen: NDArray[np.intp]
    level: Singles
    shape: Singles
    rate: Singles


@dataclass(frozen=True, eq=False)
class Worlds:
    """What all municipalities share, draw by draw.

    users: accounts opened by one person of an age, [draw, age, week]; table: contacts, hours and
    desk hours of one person (first ages) and of one needer (second ages), [draw, 2·age, 3·week];
    need: probability of needing help, [draw, municipality, age]; seeds: the random streams.
    """

    p: Parameters
    span: Horizon
    facts: Facts
    settings: Settings
    users: Singles
    table: Singles
    need: Singles
    seeds: Sequence[np.random.SeedSequence]
    learned: Learned | None

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.users.shape[0])


@dataclass(frozen=True)
class Expected:
    """One municipality's expected figures, float32 [draw, week], lookahead weeks included.

    users: accounts opened; contacts, hours, desk: before the place's own factor and before counts
    are drawn.
    """

    users: Singles
    contacts: Singles
    hours: Singles
    desk: Singles


@dataclass(frozen=True)
class PlaceDraws:
    """One municipality's draws, float32 [draw, week] over the weeks shown.

    new_users: accounts opened; contacts: counts; hours: rollout staff hours; needed: all hours
    needed; short_hours: missing; backlog_hours: work waiting at the week's end; gave_up_hours: work
    of those who gave up in the week; capacity, baseline, absorbable: hours a week; copes: bool
    [draw, week].
    """

    new_users: Singles
    contacts: Singles
    hours: Singles
    needed: Singles
    short_hours: Singles
    backlog_hours: Singles
    gave_up_hours: Singles
    capacity: Singles
    baseline: Singles
    absorbable: Singles
    copes: NDArray[np.bool_]


def streams(seed: int, places: int) -> list[np.random.SeedSequence]:
    """One independent random stream for every municipality, by its position in the snapshot."""
    return np.random.SeedSequence(seed, spawn_key=(1,)).spawn(places)


def worlds(
    p: Parameters,
    span: Horizon,
    facts: Facts,
    settings: Settings,
    seed: int,
    kernel: Floats | None = None,
    learned: Learned | None = None,
) -> Worlds:
    """The Worlds of a scenario's draws; p: id → [draw, row].

    kernel: [draw, lag] in place of the contact kernel; learned: what a log taught, its `chosen`
    draws are taken from p.
    """
    if learned is not None:
        p = {name: value[learned.chosen] for name, value in p.items()}
    draws, (places, ages), weeks = p["need"].shape[0], facts.people.shape, span.computed
    users = np.empty((draws, ages, weeks), dtype=np.float32)
    table = np.empty((draws, 2, ages, 3, weeks), dtype=np.float32)
    need = np.empty((draws, places, ages), dtype=np.float32)

    def solve(some: slice) -> None:
        part = {name: value[some] for name, value in p.items()}
        delay = None if kernel is None else kernel[some]
        rate = rates(part, span, facts.people, settings, delay)
        users[some] = rate.users
        _fill(table[some], part, rate)
        need[some] = background_need(part, facts.covariates, facts.people[None], facts.people)

    # each draw by itself, some at a time: they stay in the processor's cache
    parts = [slice(first, first + SOLVED) for first in range(0, draws, SOLVED)]
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        list(pool.map(solve, parts))
    seeds = streams(seed, places)
    flat = table.reshape(draws, 2 * ages, 3 * weeks)
    return Worlds(p, span, facts, settings, users, flat, need, seeds, learned)


def served(world: Worlds, settings: Settings, seed: int | None) -> Worlds:
    """The same demand beside other services: those of `settings`, which may differ in them alone.

    seed: decides over entered rows that are not certain; None: as on the central path.
    """
    entered = settings.entered
    if entered is not None and seed is not None:
        chance = luck(entered, world.draws, seed)
        settings = replace(settings, entered=replace(entered, luck=chance))
    return replace(world, settings=settings)


def _fill(table: Singles, p: Parameters, rate: Rates) -> None:
    """Fills in contacts, hours and desk hours of a person and of a needer; see Worlds.table."""
    table[:, 0, :, 0] = rate.plain + rate.information
    table[:, 1, :, 0] = rate.by_need
    weights = zip(contact_hours(p), event_hours(p), strict=True)
    for column, (usual, event) in enumerate(weights, start=1):
        informing = rate.information * event[:, :, None]
        table[:, 0, :, column] = rate.plain * usual[:, :, None] + informing
        table[:, 1, :, column] = rate.by_need * usual[:, :, None]


def _expected_into(world: Worlds, places: NDArray[np.intp], users: Singles, rest: Singles) -> None:
    """Fills in users, [place, week, draw], and contacts, hours and desk hours one after the other,
    [place, 3·week, draw].

    Products are taken draw by draw for the same places whoever asks, so that neither the size of a
    block nor the number of draws beside it moves a digit. Some draws at a time: what is turned
    round stays in the processor's cache.
    """
    at = 0
    for group in np.unique(places // GROUP):
        first = int(group) * GROUP
        inside = places[places // GROUP == group] - first
        to = slice(at, at + inside.size)
        at = to.stop
        people = world.facts.people[first : first + GROUP].astype(np.float32)
        for some in range(0, world.draws, TURNED):
            draws = slice(some, some + TURNED)
            chance = world.need[draws, first : first + GROUP]
            everybody = np.broadcast_to(people, chance.shape)
            who = np.concatenate([everybody, people * chance], axis=-1)
            opened = np.matmul(everybody, world.users[draws])
            found = np.matmul(who, world.table[draws])
            if inside.size < people.shape[0]:
                opened, found = opened[:, inside], found[:, inside]
            users[to, :, draws] = opened.transpose(1, 2, 0)
            rest[to, :, draws] = found.transpose(1, 2, 0)


def _expected(
    world: Worlds, places: NDArray[np.intp], scratch: Scratch
) -> tuple[Singles, Singles, Singles, Singles]:
    """Users, contacts, hours and desk hours of places: [place, week, draw] each; see Expected."""
    weeks = world.span.computed
    users = scratch.singles("users", (places.size, weeks, world.draws))
    rest = scratch.singles("rest", (places.size, 3 * weeks, world.draws))
    _expected_into(world, places, users, rest)
    return users, rest[:, :weeks], rest[:, weeks : 2 * weeks], rest[:, 2 * weeks :]


def expected(world: Worlds, place: int) -> Expected:
    """One municipality's Expected, by its position in the snapshot."""
    found = _expected(world, np.array([place], dtype=np.intp), Scratch())
    return Expected(*(part[0].T for part in found))


def expected_contacts(world: Worlds, places: NDArray[np.intp], weeks: slice) -> Singles:
    """Expected contacts of some places and weeks: float32 [draw, place, week]; see Expected."""
    result: dict[int, Singles] = {}
    scratch = Scratch()
    for group in np.unique(places // GROUP):
        chosen = np.unique(places[places // GROUP == group])
        contacts = _expected(world, chosen, scratch)[1]
        result |= {int(place): np.array(contacts[row, weeks].T) for row, place in enumerate(chosen)}
    return np.stack([result[int(place)] for place in places], axis=1)


def _factor(world: Worlds, place: int) -> tuple[Singles, np.random.Generator]:
    """What multiplies a municipality's expected contacts: float32 [draw] or [week, draw], and its
    generator.

    A factor of the place, LogNormal(−σ²/2, σ) with mean 1; once a log has taught one, a Gamma, and
    the level of every week.
    """
    rng = np.random.Generator(np.random.SFC64(world.seeds[place]))
    sigma, learned = world.p["sigma"][:, 0], world.learned
    if learned is None:
        factor = np.exp(sigma * rng.standard_normal(sigma.size) - sigma**2 / 2)
        return factor.astype(np.float32), rng
    factor = rng.standard_gamma(learned.shape[:, place]) / learned.rate[:, place]
    return learned.level.T * factor.astype(np.float32), rng


def counted(
    world: Worlds, places: NDArray[np.intp], scratch: Scratch
) -> tuple[Singles, Singles, Singles, Singles]:
    """Accounts opened, contacts, hours and desk hours of places: float32 [place, week, draw].

    Counts are Poisson around the expected contacts times the place's factor and a weekly Gamma
    dispersion; hours follow the counts at the expected hours of a contact in that week. places: in
    ascending order.
    """
    users, mean, hours, desk = _expected(world, places, scratch)
    found = [_factor(world, int(place)) for place in places]
    factors = np.stack([np.atleast_2d(factor) for factor, _ in found])
    shape = world.p["dispersion"][:, 0].astype(np.float32)
    lifted = np.multiply(mean, factors, out=scratch.singles("lifted", mean.shape))
    contacts = dispersed(lifted, shape, [rng for _, rng in found], scratch)
    each = np.maximum(mean, np.float32(1e-30), out=mean)
    np.divide(contacts, each, out=each)
    hours *= each
    desk *= each
    return users, contacts, hours, desk


def _supplied_by_kind(world: Worlds, places: NDArray[np.intp]) -> tuple[Capacity, NDArray[np.intp]]:
    """Capacity of each kind of week, [place, kind, draw], and the kind of every week.

    A week's supply follows from its season and from what is funded in it, so each kind of week is
    computed once.
    """
    settings, span = world.settings.at(places), world.span
    week = np.arange(span.computed)
    kinds = [summer_weeks(span), week < span.start_index]
    kinds += [week <= last for last in settings.answered_last]
    kinds += [] if settings.entered is None else list(settings.entered.steps)
    _, chosen, kind = np.unique(np.stack(kinds), axis=1, return_index=True, return_inverse=True)
    supply, _ = supply_of(world.p, span, world.facts.at(places), settings, chosen)

    def turned(values: Floats) -> Floats:
        return cast(Floats, np.ascontiguousarray(values.transpose(1, 2, 0), dtype=np.float32))

    by_kind = Capacity(turned(supply.hours), turned(supply.baseline), turned(supply.absorbable))
    return by_kind, kind.ravel()


def supplied(world: Worlds, places: NDArray[np.intp]) -> Capacity:
    """Capacity, baseline and absorbable hours of places: float32 [place, week, draw]."""
    by_kind, kind = _supplied_by_kind(world, places)
    return Capacity(by_kind.hours[:, kind], by_kind.baseline[:, kind], by_kind.absorbable[:, kind])


def _on_grid(values: Singles) -> Singles:
    """Puts values on the grid whose sums are exact in float64: powers of two move no digit."""
    values *= GRID
    np.rint(values, out=values)
    values /= GRID
    return values


@dataclass(frozen=True)
class Drawn:
    """Draws of some places, float32 [place, week, draw] over the weeks shown.

    extra: hours that desks must be staffed beyond the rollout's; left: work left when the week
    ends, before some give up; copes: bool; see PlaceDraws for the rest.
    """

    new_users: Singles
    contacts: Singles
    hours: Singles
    extra: Singles
    short_hours: Singles
    left: Singles
    copes: NDArray[np.bool_]


def draw(world: Worlds, places: NDArray[np.intp], scratch: Scratch | None = None) -> Drawn:
    """The draws of some places, in ascending order: see Drawn; they live in `scratch`."""
    scratch = scratch or Scratch()
    users, contacts, hours, desk = counted(world, places, scratch)
    by_kind, kind = _supplied_by_kind(world, places)
    between = cast(Singles, by_kind.hours - by_kind.baseline)
    room = scratch.singles("room", hours.shape)
    np.take(between, kind, axis=1, out=room, mode="clip")
    utilisation, stay = (world.p[name].astype(np.float32) for name in ("utilisation", "stay"))
    desk *= 1 / utilisation[:, 0] - 1
    shown = world.span.count
    short, left, ahead = (
        scratch.singles(name, (places.size, shown, world.draws))
        for name in ("short", "left", "ahead")
    )

    def turned(values: Singles) -> Floats:
        # the gap's formulas want [draw, place, week] and don't mind how it lies in memory
        return cast(Floats, values.transpose(2, 0, 1))

    out = turned(short), turned(left), turned(ahead)
    given = turned(hours), turned(desk), turned(room)
    _, _, copes = gap.missing(*given, cast(Floats, stay), out)
    return Drawn(
        new_users=_on_grid(users[:, :shown]),
        contacts=contacts[:, :shown],
        hours=_on_grid(hours[:, :shown]),
        extra=desk[:, :shown],
        short_hours=_on_grid(short),
        left=left,
        copes=copes.transpose(1, 2, 0),
    )


def place_draws(world: Worlds, place: int) -> PlaceDraws:
    """One municipality's PlaceDraws: the same numbers as in the ensemble, draw by draw."""
    only = np.array([place], dtype=np.intp)
    found, supply = draw(world, only), supplied(world, only)
    shown, stay = world.span.count, world.p["stay"].astype(np.float32)

    def turned(values: Singles | Floats) -> Singles:
        return np.array(values[0, :shown].T, dtype=np.float32, order="C")

    baseline, hours, left = turned(supply.baseline), turned(found.hours), turned(found.left)
    backlog = left * stay
    return PlaceDraws(
        new_users=turned(found.new_users),
        contacts=turned(found.contacts),
        hours=hours,
        needed=baseline + hours + turned(found.extra),
        short_hours=turned(found.short_hours),
        backlog_hours=backlog,
        gave_up_hours=left - backlog,
        capacity=turned(supply.hours),
        baseline=baseline,
        absorbable=turned(supply.absorbable),
        copes=np.array(found.copes[0].T, order="C"),
    )
