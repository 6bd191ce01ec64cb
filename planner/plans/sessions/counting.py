"""Stage 1 solved: see planner.plans.sessions.formulation for what is decided.

Each village's demand goes to its own venue, so venues meet in the common limits alone: staff hours
a week and trainers. Unless these are scarce, venues are solved one by one; where their plans keep
the common limits together, that is the answer, and the sum of their bounds its bound. Otherwise all
are solved at once; see planner.plans.sessions.polish for what is done where that takes too long.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from time import monotonic

import numpy as np

from planner.plans.sessions.formulation import SLACK, Columns, build, limits
from planner.plans.sessions.polish import polished
from planner.plans.sessions.programme import Programme, Solution
from planner.plans.sessions.types import Counting, Counts, Floats, Near, Series

ENOUGH = 0.0095  # the proven gap at which the search ends: within 1 %
WITHIN = 0.01  # a gap that is good enough for a plan
SECONDS = 15.0  # most plans are proven in one or two
SOLVER_SHARE = 0.65  # of the time, for the solver alone
POOR = 0.1  # a gap beyond which a plan is no start for a better one
GENEROUS = 3.0  # times its share of the time that one venue may take: most need far less


def count(problem: Counting, seconds: float = SECONDS, enough: float = ENOUGH) -> Counts:
    """The Counts of a problem: proven to within `enough`, or the best found in `seconds`."""
    venues = list(range(problem.demand.shape[0]))
    until = monotonic() + seconds
    if len(venues) == 1:
        return _solve(problem, venues, seconds, enough)
    if _scarce(problem):
        return _at_once(problem, seconds, enough)
    parts = []
    for venue in venues:
        share = (until - monotonic()) / (len(venues) - venue)
        programme, columns = build(problem, [venue], sole=True)
        found = programme.solve(enough, max(GENEROUS * share, 0.05))
        parts.append(_counts(problem, columns, found))
    together = _joined(problem, parts)
    if together.gap < np.inf and _keeps_limits(problem, together):
        return together
    return _at_once(problem, max(until - monotonic(), 0.5), enough)


def helped(problem: Counting) -> Counts:
    """Whom the fixed sessions help, with nothing else to choose: linear, exact, quick."""
    parts = []
    for venue in range(problem.demand.shape[0]):
        programme, columns = build(problem, [venue], sole=True)
        parts.append(_counts(problem, columns, programme.solve(0.0, np.inf)))
    return replace(_joined(problem, parts), gap=0.0)


def _at_once(problem: Counting, seconds: float, enough: float) -> Counts:
    """All venues at once; where time ran out on a poor plan, it is made better piece by piece."""
    venues = list(range(problem.demand.shape[0]))
    found = _solve(problem, venues, SOLVER_SHARE * seconds, enough)
    if found.gap <= WITHIN:
        return found
    programme, columns = build(problem, venues, sole=True)
    left = (1 - SOLVER_SHARE) * seconds
    start = _as_solution(programme, columns, found) if found.gap <= POOR else None
    better = polished(programme, columns, start, left)
    best = _in_turn(problem, left) if better is None else _counts(problem, columns, better)
    if best.objective <= found.objective:
        return found
    gap = Solution(np.zeros(0), -best.objective, -found.bound).gap
    return replace(best, bound=found.bound, gap=gap)


def _as_solution(programme: Programme, columns: Columns, counts: Counts) -> Solution | None:
    """The solution that counts came from, on a programme of the same choices."""
    low, high = programme.bounds()
    number = Counter(counts.series)
    kept = counts.kept.copy()
    for at, one, stays in zip(columns.x, columns.series, columns.kept, strict=True):
        if stays:
            times = kept[one.venue, one.kind, one.weeks[0]]
        else:
            times = min(number[one], high[at])  # several choices may hold the same series
            number[one] -= int(times)
        low[at] = high[at] = times
    return programme.solve(0.0, np.inf, (low, high, np.zeros(low.size, dtype=np.int64)))


def _in_turn(problem: Counting, seconds: float) -> Counts:
    """A quick plan: venues in turn, each with its share of what the ones before it left."""
    hours, sessions = limits(problem)
    hours = hours - (problem.fixed * problem.hours[:, :, None]).sum(axis=(0, 1))
    sessions = sessions - problem.fixed.sum(axis=(0, 1))
    coming = problem.demand.sum(axis=(1, 2))
    until = monotonic() + seconds
    parts = []
    for turn, venue in enumerate(order := np.argsort(coming)):
        share = coming[venue] / max(coming[order[turn:]].sum(), 1e-9)
        fixed = np.zeros_like(problem.fixed)
        fixed[venue] = problem.fixed[venue]
        own = (fixed * problem.hours[:, :, None]).sum(axis=(0, 1)), fixed.sum(axis=(0, 1))
        part = replace(
            problem,
            fixed=fixed,
            limit=share * hours + own[0],
            people_slots=sessions + own[1],
            near=_only(problem.near, int(venue)),
        )
        left = max(until - monotonic(), 0.2)
        parts.append(_solve(part, [int(venue)], left / (len(order) - turn), WITHIN))
        n = parts[-1].sessions()
        hours = hours - (n * problem.hours[:, :, None]).sum(axis=(0, 1))
        sessions = sessions - n.sum(axis=(0, 1))
    return _joined(problem, parts)


def _only(near: Near | None, venue: int) -> Near | None:
    """The plan so far at one venue."""
    if near is None:
        return None
    sessions, moved = np.zeros((2, *near.sessions.shape))
    sessions[venue], moved[venue] = near.sessions[venue], near.moved[venue]
    return replace(near, sessions=sessions, moved=moved)


def _scarce(problem: Counting) -> bool:
    """Whether helping everybody by the best filled sessions would take more than the limits."""
    rate = np.where(problem.contacts > 0, problem.hours, np.inf) / np.maximum(
        problem.contacts, 1e-9
    )
    least = np.full(problem.demand.shape, 0.0)
    for channel in range(problem.demand.shape[1]):
        usable = problem.offered & problem.serves[None, :, channel, None]
        best = np.where(usable, rate[:, :, None], np.inf).min(axis=1)
        least[:, channel] = np.where(np.isfinite(best), best, 0.0) * problem.demand[:, channel]
    return bool(least.sum() > problem.limit.sum())


def _keeps_limits(problem: Counting, counts: Counts) -> bool:
    n = problem.fixed + counts.sessions()
    hours = (n * problem.hours[:, :, None]).sum(axis=(0, 1))
    limit, most = limits(problem)
    return bool((hours <= limit + SLACK).all() and (n.sum(axis=(0, 1)) <= most + SLACK).all())


def _joined(problem: Counting, parts: list[Counts]) -> Counts:
    if not parts:
        return _nothing(problem)
    objective, bound = (
        float(sum(getattr(p, name) for p in parts)) for name in ("objective", "bound")
    )
    return Counts(
        series=tuple(series for part in parts for series in part.series),
        served=np.sum([part.served for part in parts], axis=0),
        unserved=np.sum([part.unserved for part in parts], axis=0),
        objective=objective,
        bound=bound,
        gap=Solution(np.zeros(0), -objective, -bound).gap,
        kept=np.sum([part.kept for part in parts], axis=0),
    )


def _nothing(problem: Counting) -> Counts:
    """No session at all: what remains where nothing can be solved."""
    none = np.zeros_like(problem.fixed)
    return Counts((), _nobody(problem), problem.demand.copy(), 0.0, 0.0, 0.0, none)


def _nobody(problem: Counting) -> Floats:
    """Contacts helped where there is no session: zeros [v, c, k, w]."""
    venues, channels, weeks = problem.demand.shape
    return np.zeros((venues, channels, problem.serves.shape[0], weeks))


def _solve(problem: Counting, venues: list[int], seconds: float, enough: float) -> Counts:
    programme, columns = build(problem, venues)
    return _counts(problem, columns, programme.solve(enough, max(seconds, 0.05)))


def _counts(problem: Counting, columns: Columns, found: Solution) -> Counts:
    if found.values is None:
        # the rows always hold with every x at zero, so only time can have run out
        none = _nothing(problem)
        return replace(none, objective=-np.inf, bound=-found.bound, gap=np.inf)
    served, unserved = _nobody(problem), np.zeros_like(problem.demand)
    unserved[list(columns.venues)] = problem.demand[list(columns.venues)]
    for venue, channel, kind, at in columns.served:
        served[venue, channel, kind] = found.values[at]
    for venue, channel, at, share, came in columns.helped:
        helped = found.values[at] * share * problem.demand[venue, channel, came]
        np.subtract.at(unserved[venue, channel], came, helped)
    unserved = np.where(unserved > SLACK, unserved, 0.0)
    times = np.rint(found.values[columns.x]).astype(int)
    kept = np.zeros_like(problem.fixed)
    series: list[Series] = []
    for one, number, stays in zip(columns.series, times, columns.kept, strict=True):
        if stays:
            kept[one.venue, one.kind, list(one.weeks)] += number
        else:
            series += [one] * int(number)
    # what would be given up counts against the plan, so that its gap is told in people helped
    given = _given(problem, columns)
    objective, bound = -found.objective - given, -found.bound - given
    gap = Solution(np.zeros(0), -objective, -bound).gap
    return Counts(tuple(series), served, unserved, objective, bound, gap, kept)


def _given(problem: Counting, columns: Columns) -> float:
    """What giving up every session of the plan so far would cost at the venues of the columns."""
    if problem.near is None:
        return 0.0
    near, venues = problem.near, list(columns.venues)
    return near.loyal * float((near.sessions + near.moved)[venues].sum())
