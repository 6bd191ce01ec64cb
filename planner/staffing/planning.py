"""From a municipality's case to the cheapest plan, and what every option would do alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from planner.plans.appointments import Appointments, cheapest_hours, hours_alone
from planner.plans.mix import Alone, Mix, alone, cheapest, made, reachable
from planner.plans.options import Offer, Period, Setting, Units, cost, short_hours
from planner.staffing.case import Case, most_units, offer_of, visit_hours
from planner.staffing.types import Amount, Option


@dataclass(frozen=True, eq=False)
class Planned:
    """The part of a Staffing that the options make; see there."""

    kind: str
    hindsight: bool
    first: dt.date | None
    last: dt.date | None
    judged: dt.date | None
    without: Amount
    options: tuple[Option, ...]
    mix: Amount | None
    proven: bool


class Planner(Protocol):
    """A way to plan: units every week, or times agreed one by one."""

    judged: int
    """Index of the first week that the level is kept in."""

    def mix(self) -> Mix | None:
        """The cheapest mix that is enough."""

    def made(self, units: Units) -> Mix:
        """The mix of some units, not proven to be the cheapest."""

    def alone(self, option: int) -> Alone:
        """What one option does alone."""

    def p_copes(self, units: Units) -> float:
        """Share of draws that cope with some units in the worst week judged."""

    def short(self, units: Units) -> float:
        """P50 of the hours missing with some units."""

    def euros(self, units: Units) -> float:
        """What some units cost."""


class Weekly:
    """Units that are there every week of the plan."""

    def __init__(self, case: Case, offer: Offer) -> None:
        self.case, self.offer = case, offer
        wanted = slice(case.start, case.found.view.stop)
        self.period = Period(case.needed.first, case.needed.last, wanted)
        kept = reachable(Setting(case.service, offer, self.period), case.level)
        self.reached = kept.start < kept.stop
        self.judged = kept.start if self.reached else wanted.start
        self.period = replace(self.period, judged=slice(self.judged, wanted.stop))
        self.setting = Setting(case.service, offer, self.period)

    def mix(self) -> Mix | None:
        """See Planner."""
        return cheapest(self.setting, self.case.level) if self.reached else None

    def made(self, units: Units) -> Mix:
        """See Planner."""
        return made(self.setting, units, proven=False)

    def alone(self, option: int) -> Alone:
        """See Planner."""
        return alone(self.setting, option, self.case.level)

    def p_copes(self, units: Units) -> float:
        """See Planner."""
        return self.setting.worst(units)

    def short(self, units: Units) -> float:
        """See Planner; from the plan's first week to the end of the view."""
        drawn, weeks = self.case.drawn, slice(self.case.start, self.case.found.view.stop)
        left = short_hours(drawn.needed, drawn.capacity, self.offer, units, self.period)
        return float(np.median(left[:, weeks].sum(axis=1)))

    def euros(self, units: Units) -> float:
        """See Planner."""
        return float(cost(self.offer, units, self.period).sum())


class Hourly:
    """Times agreed with every person: paid hours in all."""

    def __init__(self, case: Case, offer: Offer) -> None:
        self.case, self.judged = case, case.start
        weeks, service = slice(case.start, case.needed.last + 1), case.service
        supply, before = (part[:, weeks] for part in (service.capacity, service.baseline))
        missing = np.maximum(service.rollout[:, weeks] + before - supply, 0.0)
        self.found = Appointments(missing.sum(axis=1, dtype=np.float64), offer)

    def mix(self) -> Mix | None:
        """See Planner."""
        return cheapest_hours(self.found, self.case.level)

    def made(self, units: Units) -> Mix:
        """See Planner."""
        return Mix(units, self.found.cost(units), self.found.p_copes(units), proven=False)

    def alone(self, option: int) -> Alone:
        """See Planner."""
        return hours_alone(self.found, option, self.case.level)

    def p_copes(self, units: Units) -> float:
        """See Planner."""
        return self.found.p_copes(units)

    def short(self, units: Units) -> float:
        """See Planner; over the weeks of the plan."""
        return float(np.median(self.found.left(units)))

    def euros(self, units: Units) -> float:
        """See Planner."""
        return float(self.found.cost(units).sum())


def planned(case: Case) -> Planned:
    """The Planned of a case."""
    offer = offer_of(case)
    if case.needed.kind == "none" or case.start > case.needed.last:
        kind = "none" if case.needed.kind == "none" else "late"
        nothing = _nothing(case)
        options = _options(case, offer, [(nothing, kind == "none")] * offer.size, None)
        mix = nothing if kind == "none" else None
        return Planned(kind, False, None, None, None, nothing, options, mix, True)
    return _with_options(case, offer)


def _with_options(case: Case, offer: Offer) -> Planned:
    """The Planned of a case in which something is needed and can be there in time."""
    planner: Planner = Hourly(case, offer) if case.hourly else Weekly(case, offer)
    span, none = case.found.span, np.zeros(offer.size, dtype=np.int64)

    def amount(units: Units, p_copes: float | None = None) -> Amount:
        worst = planner.p_copes(units) if p_copes is None else p_copes
        hours = float(case.hours @ units)
        return Amount(int(units.sum()), hours, worst, planner.short(units), planner.euros(units))

    mix, each = planner.mix(), []
    for option in range(offer.size):
        found = planner.alone(option)
        units = np.where(np.arange(offer.size) == option, found.units, 0).astype(np.int64)
        in_time = int(case.first[option]) <= planner.judged
        each.append((amount(units, found.p_copes), found.enough and in_time))
        if each[-1][1] and (mix is None or each[-1][0].euros < mix.total):
            # where the mix isn't proven to be the cheapest, one option may be cheaper
            mix = planner.made(units)
    return Planned(
        kind="unreachable" if mix is None else "appointments" if case.hourly else "weekly",
        hindsight=case.hindsight,
        first=span.day(case.start),
        last=span.day(case.needed.last),
        judged=span.day(planner.judged),
        without=amount(none),
        options=_options(case, offer, each, mix),
        mix=None if mix is None else amount(mix.units),
        proven=mix is None or mix.proven,
    )


def _nothing(case: Case) -> Amount:
    """What no options at all leave in the weeks of the view."""
    weeks = case.found.view
    short = case.drawn.short_hours[:, weeks].sum(axis=1, dtype=np.float64)
    return Amount(0, 0.0, float(case.found.p_copes[weeks].min()), float(np.median(short)), 0.0)


def _options(
    case: Case, offer: Offer, each: list[tuple[Amount, bool]], mix: Mix | None
) -> tuple[Option, ...]:
    """Every option side by side."""
    visit, adults, found = visit_hours(case.central), case.found.adults, []
    for row, item in enumerate(case.menu.items):
        amount, enough = each[row]
        units = 0 if mix is None else int(mix.units[row])
        limit = most_units(item, adults)
        paid = float(case.hours[row])
        found.append(
            Option(
                item=item,
                possible=bool(case.possible[row]),
                share=float(offer.share[row]),
                paid_hours=paid,
                served_hours=float(offer.work[row]),
                visits=float(offer.work[row]) / visit,
                euros_per_hour=float(offer.price[row]) / paid,
                setup=float(offer.setup[row]),
                most=int(limit) if np.isfinite(limit) else None,
                ready=case.found.span.day(int(case.first[row])),
                alone=amount,
                enough=enough,
                mix_units=units,
                mix_hours=units * paid,
                mix_euros=0.0 if mix is None else float(mix.euros[row]),
            )
        )
    return tuple(found)
