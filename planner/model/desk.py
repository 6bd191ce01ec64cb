"""Walk-in desk: how many staff keep the wait short (M/M/c, the Erlang C formula).

People arrive at random (Poisson) at a desk with `c` staff and stay for a time that is exponential
around its mean; whoever finds nobody free waits in one line, first come, first served. With the
load `a` in erlang (arrivals per hour x mean hours of help) and `a < c`:

    B(c, a) = (a^c / c!) / sum over k = 0..c of a^k / k!     Erlang B, the share lost without a line
    C(c, a) = c B / (c - a (1 - B))                          Erlang C, the share that has to wait
    P(wait > t) = C(c, a) exp(-(c - a) t / s)                s: mean service time

Source: D. Gross and C. M. Harris, Fundamentals of Queueing Theory, the chapter on simple Markovian
queues (M/M/c); first in A. K. Erlang (1917).

B is the Poisson probability of exactly `c` divided by that of at most `c`, so it is taken from
scipy's regularised incomplete gamma function, in logarithms: no factorial overflows, no small
share underflows, and a thousand staff cost as much as one. Where `a < c` the divisor lies between
a half and one, so nothing cancels.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincc, gammaln, xlogy

from planner.errors import PlannerError

MAX_LOAD = 1000.0
"""Erlang; a desk beyond this is a mistake in the input, not a desk."""

TIE = 1e-11
"""Relative slack on the share that waits too long.

Where the target is met exactly (one person, no wait, load 0.2, target 0.8) rounding must not ask
for one more; it is above the error of the formula (about 1e-12 at 1,000 erlang) and far below
anything a person could notice.
"""

_TABLE_STEP = 64  # tables are built this many staff at a time, so that near loads share one
_CASES_PER_STAFF = 6  # with fewer cases for each row of a table a direct search is quicker


def served_within(load: ArrayLike, staff: ArrayLike, wait_ratio: ArrayLike) -> NDArray[np.float64]:
    """Share of arrivals that start service within the wait: float64 [broadcast], 0-1.

    `load` in erlang, `staff` in persons, `wait_ratio` = wait / mean service time. 1 where nobody
    comes (also without staff), 0 where the line grows without end (`load >= staff`). The formula
    is the module's `1 - P(wait > t)`.
    """
    loads = _checked(load, "error.desk_load")
    ratios = _checked(wait_ratio, "error.desk_wait")
    persons = np.asarray(staff, dtype=np.float64)
    share: NDArray[np.float64] = -np.expm1(_log_late(loads, persons, ratios))
    return share


def smallest_staff(
    arrivals_per_hour: ArrayLike, minutes: ArrayLike, wait: ArrayLike, served: ArrayLike
) -> NDArray[np.int64]:
    """Smallest staff that serves the share `served` within `wait`: int64 [broadcast], persons.

    `minutes` is the mean service time, `wait` the longest acceptable wait, both in minutes;
    `served` lies strictly between 0 and 1. 0 where nobody comes. The true minimum: the share
    served rises with every person, so the first staff number that reaches the target is it.
    """
    arrivals = _checked(arrivals_per_hour, "error.desk_arrivals")
    mean = _checked(minutes, "error.desk_minutes", above=True)
    longest = _checked(wait, "error.desk_wait")
    target = _checked(served, "error.desk_served", above=True, below=1.0)
    with np.errstate(over="ignore"):  # an overflow is a load over the limit, or a wait without end
        load = arrivals * (mean / 60.0)
        ratio = np.minimum(longest / mean, np.finfo(np.float64).max)
    _check_load(load)

    ratio, target = np.broadcast_arrays(ratio, target)
    shape = np.broadcast_shapes(load.shape, ratio.shape)
    staff = _search(np.broadcast_to(load, shape), *_unique_pairs(ratio, target))
    # Not `load > 0`: one too small for a float is still somebody who comes, and takes one person.
    return np.where(arrivals > 0.0, staff, 0)


def _checked(
    value: ArrayLike, code: str, *, above: bool = False, below: float = np.inf
) -> NDArray[np.float64]:
    """The values as float64, all finite, >= 0 (> 0 with `above`) and < `below`; else the error."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise PlannerError(code, value=value) from error
    good = (array > 0.0 if above else array >= 0.0) & (array < below)
    if not good.all():
        raise PlannerError(code, value=float(array[~good].flat[0]))
    return array


def _check_load(load: NDArray[np.float64]) -> None:
    """Nothing; the error where a load lies over the limit, by more than a product's rounding."""
    if (load > MAX_LOAD * (1.0 + TIE)).any():
        raise PlannerError("error.desk_load", value=float(load.max()), limit=MAX_LOAD)


def _log_late(
    load: NDArray[np.float64], staff: NDArray[np.float64], ratio: NDArray[np.float64]
) -> NDArray[np.float64]:
    """log P(wait > t), the share that waits too long: float64 [broadcast], <= 0.

    0 (all wait too long) where `load >= staff`, -inf where nobody comes.
    """
    stable = load < staff
    with np.errstate(over="ignore"):
        late = _log_late_stable(np.where(stable, load, 0.5), np.where(stable, staff, 1.0), ratio)
    return np.where(load > 0.0, np.where(stable, np.minimum(late, 0.0), 0.0), -np.inf)


def _log_late_stable(
    load: NDArray[np.float64], staff: NDArray[np.float64], ratio: NDArray[np.float64]
) -> NDArray[np.float64]:
    """log P(wait > t) where `load < staff` everywhere: float64 [broadcast].

    B = Poisson(exactly c) / Poisson(at most c), then C and the wait on top, all in logarithms.
    """
    log_b = xlogy(staff, load) - load - gammaln(staff + 1.0)
    log_b -= np.log(gammaincc(staff + 1.0, load))
    spare = staff - load
    late: NDArray[np.float64] = log_b + np.log(staff / (spare + load * np.exp(log_b)))
    return late - spare * ratio


def _meets(
    load: NDArray[np.float64],
    staff: NDArray[np.float64],
    ratio: NDArray[np.float64],
    target: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether the staff reach the target: bool [broadcast]."""
    return (load < staff) & (_log_late(load, staff, ratio) <= _log_allowed(target))


def _log_allowed(target: NDArray[np.float64]) -> NDArray[np.float64]:
    """log of the share that may wait too long, with the slack for ties: float64 [as target]."""
    allowed: NDArray[np.float64] = np.log1p(-target) + TIE
    return allowed


def _unique_pairs(
    ratio: NDArray[np.float64], target: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Distinct (ratio, target) pairs, two float64 [pair], and each entry's pair, intp [entry]."""
    if ratio.size == 1:
        return ratio.reshape(1), target.reshape(1), np.zeros(ratio.shape, dtype=np.intp)
    joined = np.empty(ratio.shape, dtype=np.complex128)  # one sortable value for each pair
    joined.real = ratio
    joined.imag = target
    pairs, pair_of = np.unique(joined, return_inverse=True)
    return pairs.real, pairs.imag, pair_of.reshape(ratio.shape)


def _search(
    load: NDArray[np.float64],
    ratios: NDArray[np.float64],
    targets: NDArray[np.float64],
    pair_of: NDArray[np.intp],
) -> NDArray[np.int64]:
    """Smallest staff: int64 [as load], by a table for each pair, or directly where pairs abound."""
    pair_of = np.broadcast_to(pair_of, load.shape)
    rows = ratios.size * (np.max(load, initial=0.0) + _TABLE_STEP)
    if load.size < _CASES_PER_STAFF * rows:
        return _search_directly(load, ratios[pair_of], targets[pair_of])
    if ratios.size == 1:
        return _search_table(load, float(ratios[0]), float(targets[0]))
    staff = np.empty(load.shape, dtype=np.int64)
    for pair in range(ratios.size):
        mine = pair_of == pair
        staff[mine] = _search_table(load[mine], float(ratios[pair]), float(targets[pair]))
    return staff


def _search_directly(
    load: NDArray[np.float64], ratio: NDArray[np.float64], target: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Smallest staff: int64 [as load], by doubling steps upwards, then halving the bracket."""
    low = np.floor(load)  # never enough: the line would grow without end
    step = np.ones_like(low)
    high = low + step
    missing = ~_meets(load, high, ratio, target)
    while missing.any():
        low = np.where(missing, high, low)
        step = np.where(missing, 2.0 * step, step)
        high = np.where(missing, low + step, high)
        missing = ~_meets(load, high, ratio, target)
    while (high - low > 1.0).any():
        middle = np.floor((low + high) / 2.0)  # stays at `low` where the bracket is closed
        enough = (middle > low) & _meets(load, middle, ratio, target)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high.astype(np.int64)


def _search_table(load: NDArray[np.float64], ratio: float, target: float) -> NDArray[np.int64]:
    """Smallest staff: int64 [as load], for one pair of wait ratio and target."""
    largest = np.asarray(np.max(load, initial=0.0))
    needed = int(_search_directly(largest, np.asarray(ratio), np.asarray(target)))
    size = -(-needed // _TABLE_STEP) * _TABLE_STEP
    return np.searchsorted(_largest_loads(ratio, target, size), load).astype(np.int64) + 1


@lru_cache(maxsize=64)
def _largest_loads(ratio: float, target: float, size: int) -> NDArray[np.float64]:
    """Largest load that 1, 2 ... `size` staff can carry: float64 [staff], erlang, read-only.

    Bisection down to neighbouring floats; the share that waits too long rises with the load.
    """
    staff = np.arange(1.0, size + 1.0)
    wait, allowed = np.asarray(ratio), _log_allowed(np.asarray(target))
    low, high = np.zeros(size), staff
    with np.errstate(over="ignore"):
        while True:
            middle = low + (high - low) / 2.0
            if not ((low < middle) & (middle < high)).any():
                break
            # A bracket that is closed already stays so: its middle is one of its ends.
            carried = (middle < staff) & (_log_late_stable(middle, staff, wait) <= allowed)
            low, high = np.where(carried, middle, low), np.where(carried, high, middle)
    low.setflags(write=False)
    return low
