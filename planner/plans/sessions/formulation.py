"""Stage 1: how many sessions of each kind each venue holds in each block of weeks.

Regularity is the decision variable: a *pattern* p says in which weeks of a block b its sessions are
held (every week, every second week from the first or from the second on, once). Symbols:

    x[v,k,b,p]    sessions a week of kind k at venue v that follow pattern p of block b, whole
    n[v,k,w]      = fixed[v,k,w] + Σ_p pattern[p,w]·x[v,k,b(w),p], sessions in a week
    y[v,c,w,l]    share of the contacts of channel c that come in week w and are helped l weeks
                  later; of those who wait, `stay` remain after each week; nobody waits longer than
                  LAGS weeks
    s[v,c,k,w]    contacts of channel c that kind k helps in week w, persons
    d[v,b]        ≥ |sessions a week of block b − those of block b−1|, where a block follows
    g[v,b]        in [0, 1], 1 where block b has no session at the venue

    maximise  Σ demand[v,c,w]·(stay^l − waiting·l)·y[v,c,w,l]            contacts helped, less waits
            − staff_hour·Σ hours[v,k]·n − change·Σ d − gap·Σ demand[v,b]·g
    subject to
        Σ_l y[v,c,w,l] ≤ 1
        Σ_k s[v,c,k,w] = Σ_l stay^l·demand[v,c,w−l]·y[v,c,w−l,l]         waiting is carried over
        Σ_c s[v,c,k,w] ≤ contacts[v,k]·n[v,k,w]                          room
        y[v,c,w−l,l] ≤ Σ_{k helps c} n[v,k,w]                            nobody without a session
        Σ_k n[v,k,w] ≤ max(slots[v,w], what is fixed)                    the venue's hours
        g[v,b] ≥ 1 − Σ_{k,w in b} n[v,k,w]                               somebody comes at all
        Σ_{v,k} hours[v,k]·n[v,k,w] ≤ max(limit[w], what is fixed)       staff hours a week
        Σ_{v,k} n[v,k,w] ≤ max(people_slots[w], what is fixed)           trainers

Planning again from sessions that stand (`near`) adds to the choice, with n the sum of all:

    z[v,k,w]      sessions of the plan so far that stay, whole, at most near[v,k,w]
    x[v,k,{w}]    one session in a week that has fewer than others of its block: what fell out of a
                  series can come back into it

and takes loyal·Σ (near − z) off the objective for those given up and fresh·Σ n for the new ones
but not for those that fill such a hole; at fewer contacts than that nothing is changed. Sessions
that can't stay at their time (`moved`) weigh like those of `near`, held at any time of their week.

Telling contacts apart by the week they came in makes the fourth rule say what it means; with one
stock of people waiting instead, the linear relaxation holds a tenth of a session in every week and
small places are not solved (facility-location form of lot sizing: Krarup and Bilde 1977).

Two things only speed the search. Of two plans that mirror each other, the one whose first week of
a block is the fuller is looked for, as demand hardly moves from week to week. And where a week's
hours can be filled with whole sessions in few ways, the choice of one of them stands beside the row
of hours (`packings`): without it the bound counts on halves of sessions, and the search, which
branches on the ways first of all, takes ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.plans.sessions.choices import LAGS, Choice, choices_of
from planner.plans.sessions.packings import packings
from planner.plans.sessions.programme import Programme
from planner.plans.sessions.types import Bools, Counting, Floats, Ints, Series

SLACK = 1e-6
MANY = 3.0  # contacts of a week over those of a session


@dataclass(frozen=True, eq=False)
class Columns:
    """Where an answer's parts stand: the series of each x, and the columns of s and y.

    kept: whether an x is a z; served: (venue, channel, kind, columns [week]) of s; helped: (venue,
    channel, columns, share of each that is still there to be helped, week it came in) of y.
    """

    venues: tuple[int, ...]
    x: Ints
    series: tuple[Series, ...]
    kept: Bools
    served: tuple[tuple[int, int, int, Ints], ...]
    helped: tuple[tuple[int, int, Ints, Floats, Ints], ...]


def limits(problem: Counting) -> tuple[Floats, Floats]:
    """Staff hours and sessions a week there may be: what is fixed stays, whatever it takes."""
    fixed = (problem.fixed * problem.hours[:, :, None]).sum(axis=(0, 1))
    limit = np.maximum(problem.limit, fixed)
    return limit, np.maximum(problem.people_slots, standing(problem).sum(axis=(0, 1)))


def standing(problem: Counting) -> Floats:
    """Sessions that have their time already, [v, k, w]: room and trainers are there for them."""
    return problem.fixed if problem.near is None else problem.fixed + problem.near.sessions


def build(problem: Counting, venues: list[int], sole: bool = False) -> tuple[Programme, Columns]:
    """The integer programme of some venues, the common limits included.

    sole: venues are solved one by one and joined, so what only speeds the search is left out.
    """
    programme = Programme()
    weeks = problem.demand.shape[2]
    limit, most = limits(problem)
    stands = standing(problem)
    fixed = problem.fixed[venues]
    used = (fixed * problem.hours[venues][:, :, None]).sum(axis=(0, 1))
    hours_row = programme.rows(-np.inf, limit - used, weeks)
    most_row = programme.rows(-np.inf, most - fixed.sum(axis=(0, 1)), weeks)
    chosen: list[Choice] = []
    xs: list[Ints] = []
    served: list[tuple[int, int, int, Ints]] = []
    helped: list[tuple[int, int, Ints, Floats, Ints]] = []
    for venue in venues:
        rows = _flows(programme, problem, venue, served, helped)
        choices = choices_of(problem, venue)
        options = [one.series for one in choices]
        x = programme.columns(
            len(choices),
            cost=[one.cost for one in choices],
            upper=[one.most for one in choices],
            whole=True,
        )
        full = np.maximum(problem.slots[venue], stands[venue].sum(axis=0))
        slot_row = programme.rows(-np.inf, full - problem.fixed[venue].sum(axis=0), weeks)
        for column, one in zip(x, options, strict=True):
            at = np.array(one.weeks)
            for row, weight in rows.get(one.kind, ()):
                programme.put(row[at], column, -weight)
            programme.put(hours_row[at], column, problem.hours[venue, one.kind])
            programme.put(most_row[at], column, 1.0)
            programme.put(slot_row[at], column, 1.0)
        _soft(programme, problem, venue, x, options)
        chosen += choices
        xs.append(x)
    series = [one.series for one in chosen]
    if not sole:
        _mirrored(programme, problem, limit - used, series, xs)
        _hull(programme, problem, limit - used, series, xs)
    return programme, Columns(
        tuple(venues),
        np.concatenate(xs) if xs else np.zeros(0, dtype=np.int64),
        tuple(series),
        np.array([one.kept for one in chosen], dtype=np.bool_),
        tuple(served),
        tuple(helped),
    )


def _flows(
    programme: Programme,
    problem: Counting,
    venue: int,
    served: list[tuple[int, int, int, Ints]],
    helped: list[tuple[int, int, Ints, Floats, Ints]],
) -> dict[int, list[tuple[Ints, float]]]:
    """Adds who is helped when at a venue.

    Returned are the rows that a session of each kind opens: rows [week] and how much it opens.
    """
    weeks = problem.demand.shape[2]
    opens: dict[int, list[tuple[Ints, float]]] = {}
    room: dict[int, Ints] = {}
    came, lag = (part.ravel() for part in np.indices((weeks, LAGS + 1)))
    inside = came + lag < weeks
    came, lag = came[inside], lag[inside]
    for channel in np.flatnonzero(problem.demand[venue].sum(axis=1) > 0):
        arriving = problem.demand[venue, channel]
        helping = [int(kind) for kind in np.flatnonzero(problem.serves[:, channel])]
        helping = [kind for kind in helping if _usable(problem, venue, kind)]
        if not helping:
            continue
        there = problem.stay**lag
        worth = arriving[came] * (there - problem.preset.waiting * lag)
        y = programme.columns(lag.size, cost=-worth, upper=1.0)
        programme.put(programme.rows(-np.inf, 1.0, weeks)[came], y, 1.0)
        helped.append((venue, int(channel), y, there, came))
        flow = programme.rows(0.0, 0.0, weeks)
        programme.put(flow[came + lag], y, -arriving[came] * there)
        standing = np.zeros(weeks)
        for kind in helping:
            if kind not in room:
                already = problem.standing(venue, kind)
                room[kind] = programme.rows(-np.inf, already, weeks)
                opens[kind] = [(room[kind], float(problem.contacts[venue, kind]))]
            s = programme.columns(weeks, upper=arriving.sum())
            programme.put(flow, s, 1.0)
            programme.put(room[kind], s, 1.0)
            served.append((venue, int(channel), kind, s))
            standing += problem.fixed[venue, kind]
        if arriving.max() > MANY * max(problem.contacts[venue, kind] for kind in helping):
            continue  # room alone says as much where a week fills several sessions
        for step in range(LAGS + 1):
            some = lag == step
            row = programme.rows(-np.inf, standing, weeks)
            programme.put(row[came[some] + step], y[some], 1.0)
            for kind in helping:
                opens[kind].append((row, 1.0))
    return opens


def _usable(problem: Counting, venue: int, kind: int) -> bool:
    held = problem.offered[venue, kind].any() or standing(problem)[venue, kind].any()
    possible = held and problem.contacts[venue, kind] > 0
    return bool(possible or problem.standing(venue, kind).any())


def _mirrored(
    programme: Programme, problem: Counting, limit: Floats, series: list[Series], xs: list[Ints]
) -> None:
    """Of plans that differ in which of two weeks is the fuller one, keeps those with the first.

    Demand hardly moves from week to week, so a search would have to look at both. Only where the
    first two weeks of a block have the same limit and nothing is shut in one of them.
    """
    if not series or problem.near is not None:
        return
    columns = np.concatenate(xs)
    for block in np.unique(problem.blocks):
        weeks = np.flatnonzero(problem.blocks == block)
        if weeks.size < 2 or abs(limit[weeks[0]] - limit[weeks[1]]) > SLACK:
            continue
        if (problem.offered[:, :, weeks[0]] != problem.offered[:, :, weeks[1]]).any():
            continue
        row = programme.rows(0.0, np.inf)
        for at, one in enumerate(series):
            sign = (weeks[0] in one.weeks) * 1.0 - (weeks[1] in one.weeks) * 1.0
            if one.block == block and sign:
                programme.put(row, columns[at], sign * problem.hours[one.venue, one.kind])


def _hull(
    programme: Programme, problem: Counting, limit: Floats, series: list[Series], xs: list[Ints]
) -> None:
    """Adds the choice among the ways a week's hours can be filled, where they are few.

    Weeks in which the same series are held have the same sessions, so they share one choice z of
    packings: Σ_x in class ≤ Σ_j packing[j, class]·z[j], Σ z = 1, z whole. Only fractional x are cut
    off, as every set of whole sessions lies below one packing.
    """
    if not series:
        return
    columns = np.concatenate(xs)
    hours = np.array([problem.hours[one.venue, one.kind] for one in series])
    by_week: dict[tuple[int, ...], list[int]] = {}
    for week in range(limit.size):
        held = tuple(at for at, one in enumerate(series) if week in one.weeks)
        by_week.setdefault(held, []).append(week)
    for held, weeks in by_week.items():
        room = float(limit[weeks].min())
        if not held:
            continue
        sizes, group = np.unique(np.round(hours[list(held)], 6), return_inverse=True)
        most = [int(room / size) + 1 for size in sizes]
        ways = packings(sizes.tolist(), max(room, 0.0), most)
        if ways is None:
            continue
        z = programme.columns(len(ways), upper=1.0, whole=True)
        one_way = programme.rows(1.0, 1.0)
        programme.put(one_way, z, 1.0)
        for size in range(sizes.size):
            row = programme.rows(-np.inf, 0.0)
            programme.put(
                row, columns[[at for at, g in zip(held, group, strict=True) if g == size]], 1.0
            )
            programme.put(row, z, -ways[:, size])


def _soft(
    programme: Programme, problem: Counting, venue: int, x: Ints, options: list[Series]
) -> None:
    """Adds what a preset prefers: the same number from block to block, and no venue left out."""
    preset = problem.preset
    by_block: dict[int, list[tuple[int, float]]] = {}
    for column, one in zip(x, options, strict=True):
        by_block.setdefault(one.block, []).append((int(column), float(len(one.weeks))))
    for block in sorted(by_block):
        weeks = np.flatnonzero(problem.blocks == block)
        own = np.array([column for column, _ in by_block[block]])
        sizes = np.array([size for _, size in by_block[block]])
        coming = float(problem.demand[venue][:, weeks].sum())
        already = float(problem.fixed[venue][:, weeks].sum())
        if preset.gap > 0 and coming > 0 and already < 1:
            g = programme.columns(1, cost=preset.gap * coming, upper=1.0)
            row = programme.rows(1.0, np.inf)
            programme.put(row, g, 1.0)
            programme.put(row, own, sizes)
        if preset.change > 0 and block - 1 in by_block:
            d = programme.columns(1, cost=preset.change)
            earlier = np.array([column for column, _ in by_block[block - 1]])
            before = np.array([size for _, size in by_block[block - 1]])
            spans = len(weeks), int((problem.blocks == block - 1).sum())
            for sign in (1.0, -1.0):
                row = programme.rows(-np.inf, 0.0)
                programme.put(row, d, -1.0)
                programme.put(row, own, sign * sizes / spans[0])
                programme.put(row, earlier, -sign * before / spans[1])
