"""What options add to a municipality's support, and in how many draws a mix of them is enough.

Symbols: option o, draw d, week w.

    s[o]  share of the work that suits the option   h[o]  hours of help one unit gives in a week
    n[o]  units, whole numbers                      a[o]  first week in which it can be there

Work that suits a narrower option suits every wider one: the people of a group session could come to
the desk as well, those at the desk could be visited at home. So narrow options never add up to more
than the widest of them, and a mix is enough in a week when for every share s, 0 included, the work
beyond it, (1 − s) of all, finds its help with the options wider than s and the hours there are:

    (1 − s) · (rollout, baseline)   against   capacity + Σ over s[o] > s of n[o] · h[o]

by the rule of planner.model.gap (nobody waits longer than two weeks). Everybody waits from the
first week of the options on, as in planner.plans.suggestion: a plan must not rest on people giving
up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from planner.model.gap import ROUNDING, left_over
from planner.plans.suggestion import Reals, Service

Floats = NDArray[np.float64]
Units = NDArray[np.int64]

EVERYTHING = 1.0
PLENTY = 1e5  # hours a week: more than anybody could give


@dataclass(frozen=True, eq=False)
class Offer:
    """What one unit of each option does, float64 [option] (first: intp [option]).

    share: of the work that suits it; work: hours of help a week; price: euros a week; setup: euros
    once, whatever the units; most: units there can be, inf where nothing limits them; first: index
    of the first week in which it can be there.
    """

    share: Floats
    work: Floats
    price: Floats
    setup: Floats
    most: Floats
    first: NDArray[np.intp]

    @property
    def size(self) -> int:
        """Number of options."""
        return int(self.share.size)

    def only(self, option: int) -> Offer:
        """The offer of one option alone."""
        return Offer(**{name: values[[option]] for name, values in vars(self).items()})


@dataclass(frozen=True)
class Period:
    """The weeks of a plan: from `first` to `last` the options are there; `judged` must cope."""

    first: int
    last: int
    judged: slice

    def weeks(self, offer: Offer) -> NDArray[np.int64]:
        """Weeks in which each option is there: int64 [option]."""
        start = np.maximum(offer.first, self.first)
        return np.asarray(np.maximum(self.last - start + 1, 0), dtype=np.int64)


def cost(offer: Offer, units: Units, period: Period) -> Floats:
    """Euros of each option over the period, setting up included: float64 [option]."""
    running = units * offer.price * period.weeks(offer)
    return np.asarray(running + np.where(units > 0, offer.setup, 0.0))


def levels(offer: Offer, units: Units | None = None) -> Floats:
    """The shares s beyond which work must find its help: 0, and those of narrower options."""
    used = np.ones(offer.size, dtype=np.bool_) if units is None else units > 0
    narrow = offer.share[used & (offer.share < EVERYTHING)]
    return np.unique(np.concatenate([[0.0], narrow]))


def added(offer: Offer, units: Units | Floats, period: Period, weeks: int, above: float) -> Floats:
    """Hours of help that the options wider than `above` give: float64 [week]."""
    week = np.arange(weeks)[:, None]
    there = (week >= np.maximum(offer.first, period.first)) & (week <= period.last)
    return np.asarray((there * (offer.share > above)) @ (units * offer.work))


class Queue:
    """The work of a service beyond a share, ready to be judged many times.

    Arrays lie by week, draws side by side: the queue goes on from week to week.
    """

    def __init__(self, service: Service, above: float, patient_from: int) -> None:
        self.weeks = service.weeks
        ahead = service.capacity.shape[-1] - self.weeks
        kind = service.rollout.dtype.type
        beyond = kind(1.0 - above)
        # who comes in the weeks beyond the horizon is not judged
        self._rollout = np.pad(service.rollout.T * beyond, ((0, ahead), (0, 0)))
        self._capacity = np.ascontiguousarray(service.capacity.T)
        self._baseline = np.ascontiguousarray(service.baseline.T * beyond)
        stay = np.repeat(service.stay[None, :], self.weeks, axis=0)
        stay[patient_from:] = 1.0
        self._stay = stay

    def copes(self, extra: Floats) -> NDArray[np.bool_]:
        """Whether each week copes with `extra` hours, [week + 2]: bool [week, draw]."""
        spare = self._capacity + extra[:, None].astype(self._capacity.dtype)
        spare -= self._baseline
        np.maximum(spare, 0.0, out=spare)
        arrays = [cast(Floats, part.T[:, None]) for part in (self._rollout, spare)]
        out = np.empty((2, self.weeks, 1, spare.shape[1]), dtype=spare.dtype)
        given = cast(Any, tuple(part.transpose(2, 1, 0) for part in out))
        copes = left_over(arrays[0], arrays[1], cast(Floats, self._stay.T), given)[1]
        return np.asarray(copes[:, 0].T)

    def share(self, extra: Floats) -> Floats:
        """Share of draws in which each week copes with `extra` hours: float64 [week]."""
        return np.asarray(self.copes(extra).mean(axis=1))


@dataclass(frozen=True, eq=False)
class Setting:
    """One municipality's service with the options it has and the weeks that they are for."""

    service: Service
    offer: Offer
    period: Period

    @property
    def patient_from(self) -> int:
        """The first week in which any option is there; from it on everybody waits."""
        return max(int(self.offer.first.min()), self.period.first)

    @cached_property
    def queues(self) -> Mapping[float, Queue]:
        """The Queue beyond every share."""
        start = self.patient_from
        return {s: Queue(self.service, s, start) for s in levels(self.offer).tolist()}

    def added(self, units: Units | Floats, above: float) -> Floats:
        """See `added`; lookahead weeks included."""
        return added(self.offer, units, self.period, self.service.capacity.shape[-1], above)

    def p_copes(self, units: Units) -> Floats:
        """Share of draws in which each week copes with the units: float64 [week]."""
        found = [
            self.queues[s].copes(self.added(units, s)) for s in levels(self.offer, units).tolist()
        ]
        return np.asarray(np.logical_and.reduce(found).mean(axis=1))

    def worst(self, units: Units) -> float:
        """Share of draws that cope in the worst week judged."""
        return float(self.p_copes(units)[self.period.judged].min())

    def enough(self, units: Units, level: float) -> bool:
        """Whether every week judged copes in that share of the draws."""
        judged, together = self.period.judged, None
        for s in levels(self.offer, units).tolist():
            copes = self.queues[s].copes(self.added(units, s))[judged]
            together = copes if together is None else together & copes
            if together.mean(axis=1).min() < level:
                return False
        return True


def short_hours(
    needed: Reals, capacity: Reals, offer: Offer, units: Units, period: Period
) -> Floats:
    """Hours still missing in each draw and week: float64 [draw, week].

    What the units can take of a week's work, needed [draw, week], is what flows best through the
    options: min over s of s · needed + Σ over s[o] > s of n[o] · h[o].
    """
    weeks = needed.shape[-1]
    used: Floats | None = None
    for s in levels(offer, units).tolist():
        flow = s * needed + added(offer, units, period, weeks, s)
        used = flow if used is None else np.minimum(used, flow)
    left = np.asarray(needed - capacity[:, :weeks], dtype=np.float64)
    if used is not None:
        left -= used
    return np.where(left > ROUNDING, left, 0.0)
