"""The cheapest mix of options with which every week copes in the share of draws asked for.

Symbols as in planner.plans.options and planner.plans.programme; p is the level. The problem is

    minimise    the cost of n units over the period, setting up included
    subject to  the share of draws in which week w copes with n is at least p, for every week judged

The condition is no linear one: whether a draw copes follows from a queue. It is monotone, though:
more units never make a week cope less. So the integer programme is given necessary conditions that
are linear, and its solution is tried; where that is too little, a cut says so and it solves again:

- for every share s the help given beyond it must be at least H[s], the least constant extra hours
  with which the work beyond s copes by itself (bisection; options that come later count as if they
  were there, so nothing is ruled out that could do; weeks before they come have an H of their own);
- units that are too little, raised option by option as far as they stay so, are a cut.

The first solution that proves enough is the cheapest mix there is. Where hundreds of units come
into question, or ROUNDS of cuts have not led there, the requirements are raised as far as it takes,
and units spared or exchanged for cheaper ones while the mix stays enough: then a slightly cheaper
one may exist, and the mix says so.

Source: outer approximation, K. L. Hoffman, A method for globally minimizing concave functions over
convex sets (1981), here with monotone constraints and whole units.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from planner.plans.options import PLENTY, Floats, Setting, Units, cost, levels
from planner.plans.programme import Programme

ROUNDS = 8
FEW = 40  # units of one option; with more of them cuts take too long
FINE = 0.01  # hours a week: requirements are found that exactly, from below
RAISE = 0.1
HALVINGS = 5


@dataclass(frozen=True, eq=False)
class Mix:
    """units: of each option, int64 [option]; euros: of each over the period, float64 [option];
    p_copes: share of draws that cope in the worst week judged; proven: nothing cheaper is enough.
    """

    units: Units
    euros: Floats
    p_copes: float
    proven: bool

    @property
    def total(self) -> float:
        """Euros of the whole mix."""
        return float(self.euros.sum())


@dataclass(frozen=True)
class Alone:
    """The fewest units with which an option alone does what it can; p_copes: see Mix; enough:
    whether it keeps the level.
    """

    units: int
    p_copes: float
    enough: bool


def cheapest(setting: Setting, level: float) -> Mix | None:
    """The cheapest mix with which every week judged copes in that share of the draws.

    None where no units of the options there are could do it.
    """
    programme = _programme(setting, level)
    if programme is None:
        return None
    units = programme.solve()
    rounds = ROUNDS if programme.most.max(initial=0.0) <= FEW else 0
    while units is not None:
        if setting.enough(units, level):
            return made(setting, units, proven=True)
        if len(programme.too_little) == rounds:
            break
        programme.too_little.append(_largest_failing(setting, units, level, programme.most))
        units = programme.solve()
    return _raised(setting, programme, level)


def made(setting: Setting, units: Units, proven: bool) -> Mix:
    """The Mix of some units."""
    euros = cost(setting.offer, units, setting.period)
    return Mix(units, euros, setting.worst(units), proven)


def alone(setting: Setting, option: int, level: float) -> Alone:
    """What one option does alone in the weeks judged from its own first week on."""
    offer, judged = setting.offer.only(option), setting.period.judged
    own = slice(max(judged.start, min(int(offer.first[0]), judged.stop - 1)), judged.stop)
    only = Setting(setting.service, offer, replace(setting.period, judged=own))
    there = only.period.weeks(offer)[0] > 0
    most = int(min(offer.most[0], PLENTY / offer.work[0])) if there else 0
    best = only.worst(np.array([most]))
    aim = min(level, best)
    count = smallest(most, lambda units: only.enough(np.array([units]), aim))
    return Alone(count, only.worst(np.array([count])), best >= level)


def reachable(setting: Setting, level: float) -> slice:
    """The weeks judged from which on the level can be kept, with as much of everything as can be.

    Empty where it never can.
    """
    judged, offer = setting.period.judged, setting.offer
    everything = np.minimum(offer.most, PLENTY / offer.work).astype(np.int64)
    failing = np.flatnonzero(setting.p_copes(everything)[judged] < level)
    return slice(judged.start + (int(failing[-1]) + 1 if failing.size else 0), judged.stop)


def smallest(most: int, holds: Callable[[int], bool]) -> int:
    """The smallest of 0 … most for which `holds`, which holds for `most` and all from it on."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _programme(setting: Setting, level: float) -> Programme | None:
    """The integer programme with the necessary conditions; None where one can't be met."""
    offer, period = setting.offer, setting.period
    start = np.maximum(offer.first, period.first)
    least: list[tuple[Floats, float]] = []
    for latest, judged in _stages(setting):
        for s in levels(offer).tolist():
            hours = _least_hours(setting, s, judged, level)
            if hours is None:
                return None
            there = (offer.share > s) & (start <= latest)
            least.append((np.where(there, offer.work, 0.0), hours))
    weeks = period.weeks(offer)
    # nobody needs more than all of the work takes; twice that clears a queue at once
    useful = np.ceil(2 * max((hours for _, hours in least), default=0.0) / offer.work) + 2
    most = np.where(weeks > 0, np.minimum(np.floor(offer.most), useful), 0.0)
    return Programme(offer.price * weeks, offer.setup, most, least)


def _stages(setting: Setting) -> list[tuple[int, slice]]:
    """(latest first week, weeks judged) for every set of options that are there by then.

    The weeks judged are those that can't rest on the options that come next: by then nobody of
    them may wait any more.
    """
    starts = np.unique(np.maximum(setting.offer.first, setting.period.first))
    starts = starts[starts <= setting.period.last]
    judged = setting.period.judged
    ends = [min(int(later) - 2, judged.stop) for _, later in pairwise(starts)] + [judged.stop]
    found = zip(starts.tolist(), ends, strict=False)
    return [(start, slice(judged.start, end)) for start, end in found if end > judged.start]


def _least_hours(setting: Setting, s: float, judged: slice, level: float) -> float | None:
    """The least constant extra hours with which the work beyond s copes: from below, to FINE.

    None where no hours are enough.
    """
    queue = setting.queues[s]
    week = np.arange(setting.service.capacity.shape[-1])
    there = ((week >= setting.patient_from) & (week <= setting.period.last)).astype(np.float64)

    def enough(hours: float) -> bool:
        return bool((queue.share(hours * there)[judged] >= level).all())

    if enough(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while not enough(high):
        low, high = high, 2 * high
        if high > PLENTY:
            return None
    while high - low > max(FINE, 1e-3 * high):
        middle = (low + high) / 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return low


def _largest_failing(setting: Setting, units: Units, level: float, most: Floats) -> Units:
    """Units that are too little like those given, none of which can be raised: int64 [option]."""
    point = units.copy()
    # the widest options last: more of them would soon be enough
    for option in np.argsort(setting.offer.share, kind="stable").tolist():
        spare = int(most[option]) - int(point[option])

        def enough(more: int, option: int = option) -> bool:
            return setting.enough(_with(point, option, int(point[option]) + more), level)

        more = spare + 1 if not enough(spare) else smallest(spare, enough)
        point[option] += more - 1
    return point


def _raised(setting: Setting, programme: Programme, level: float) -> Mix | None:
    """A mix that is enough: asked for more than is necessary, then spared and exchanged."""
    asked = Programme(programme.unit_cost, programme.setup, programme.most, programme.least)
    low, high, best = 1.0, 1.0, None
    while best is None:
        low, high = high, high * (1 + RAISE)
        units = asked.solve(high)
        if units is None:
            # nothing of what is useful is left: all of it, or nothing would do
            units = programme.most.astype(np.int64)
            if not setting.enough(units, level):
                return None
            return made(setting, _exchanged(setting, programme, units, level), proven=False)
        best = units if setting.enough(units, level) else None
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        units = asked.solve(middle)
        if units is not None and setting.enough(units, level):
            high, best = middle, units
        else:
            low = middle
    return made(setting, _exchanged(setting, programme, best, level), proven=False)


def _exchanged(setting: Setting, programme: Programme, units: Units, level: float) -> Units:
    """Units made cheaper as long as one step does: one left out, or replaced by another option."""
    kept = units
    while True:
        options = range(setting.offer.size)
        steps = [
            found
            for less in options
            if kept[less] > 0
            for more in (None, *(option for option in options if option != less))
            if (found := _exchange(setting, programme, kept, level, less, more)) is not None
        ]
        if not steps:
            return kept
        kept = min(steps, key=programme.cost)


def _exchange(
    setting: Setting,
    programme: Programme,
    units: Units,
    level: float,
    less: int,
    more: int | None,
) -> Units | None:
    """The units with one less of one option, and as few more of another as are enough.

    None where that isn't cheaper.
    """
    fewer, now = _with(units, less, int(units[less]) - 1), programme.cost(units)
    if more is None:
        return fewer if setting.enough(fewer, level) else None
    room = int(programme.most[more]) - int(units[more])
    allowed = 0
    while allowed < room:  # how many more are still cheaper
        dearer = _with(fewer, more, int(units[more]) + allowed + 1)
        if programme.cost(dearer) >= now:
            break
        allowed += 1
    tried = _with(fewer, more, int(units[more]) + allowed)
    if allowed == 0 or not setting.enough(tried, level):
        return None
    count = smallest(
        allowed,
        lambda extra: setting.enough(_with(fewer, more, int(units[more]) + extra), level),
    )
    return _with(fewer, more, int(units[more]) + count)


def _with(units: Units, option: int, count: int) -> Units:
    changed = units.copy()
    changed[option] = count
    return changed
