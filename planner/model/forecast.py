"""From people to missing hours: one forecast, all municipalities, every week of the horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.model import adoption, gap
from planner.model.capacity import Capacity, capacity, estimated_hours
from planner.model.demand import SOURCES, Demand, background_need, demand
from planner.model.entered import Entered, replaced
from planner.model.weeks import Horizon, summer_weeks

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Facts:
    """What the snapshot knows, as arrays along the municipality axis.

    people: [municipality, age], persons; covariates: assumption id → [municipality, age];
    staffed_winter, staffed_summer: library hours a week; places: guidance places.
    """

    people: Floats
    covariates: Mapping[str, Floats]
    staffed_winter: Floats
    staffed_summer: Floats
    places: Floats

    def at(self, chosen: NDArray[np.intp]) -> Facts:
        """The facts of some municipalities."""
        covariates = {name: values[chosen] for name, values in self.covariates.items()}
        return Facts(
            self.people[chosen],
            covariates,
            self.staffed_winter[chosen],
            self.staffed_summer[chosen],
            self.places[chosen],
        )


@dataclass(frozen=True)
class Settings:
    """What the scenario states, as numbers and arrays.

    answered: municipality indices; answered_hours: hours a week; answered_last: index of the last
    funded week; tallied: municipality indices; tallied_hours: support given in a tally week before
    the rollout, hours a week; waves: [age, week]; earlier_waves: those of the weeks before the
    horizon, or None; campaign: factor by week or None; entered: capacity rows, or None.
    """

    existing: float
    new_users: float
    waves: Floats
    sources: Sequence[str] = SOURCES
    answered: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    answered_hours: Floats = field(default_factory=lambda: np.zeros(0))
    answered_last: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    tallied: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    tallied_hours: Floats = field(default_factory=lambda: np.zeros(0))
    campaign: Floats | None = None
    earlier_waves: Floats | None = None
    entered: Entered | None = None

    def at(self, chosen: NDArray[np.intp]) -> Settings:
        """The settings along the axis of some municipalities, given in ascending order."""
        inside = np.isin(self.answered, chosen)
        counted = np.isin(self.tallied, chosen)
        return replace(
            self,
            answered=np.searchsorted(chosen, self.answered[inside]),
            answered_hours=self.answered_hours[inside],
            answered_last=self.answered_last[inside],
            tallied=np.searchsorted(chosen, self.tallied[counted]),
            tallied_hours=self.tallied_hours[counted],
            entered=self.entered and self.entered.at(chosen),
        )


@dataclass(frozen=True)
class Forecast:
    """Results, float64 [draw, municipality, week] unless said; weeks are those of `span.count`.

    new_users: accounts opened for the first time, persons; users: accounts in service at the week's
    end (net), persons; contacts: persons who come for official support; hours: rollout staff hours;
    needed: hours needed in all (baseline, rollout, utilisation); backlog_contacts: persons still
    waiting when the week ends; gave_up_contacts: persons who gave up in it.
    staffed: library hours, [municipality, week].
    """

    span: Horizon
    accounts: adoption.Profile
    flow: adoption.Timing
    need: Floats
    demand: Demand
    new_users: Floats
    users: Floats
    contacts: Floats
    rollout_hours: Floats
    needed: Floats
    supply: Capacity
    staffed: Floats
    short_hours: Floats
    backlog_contacts: Floats
    gave_up_contacts: Floats
    copes: NDArray[np.bool_]

    @property
    def hours(self) -> Floats:
        """Rollout staff hours: float64 [draw, municipality, week]."""
        return self.rollout_hours[..., : self.span.count]

    @property
    def capacity(self) -> Capacity:
        """Capacity, baseline and absorbable hours of the weeks shown."""
        return self.supply.cut(self.span.count)

    def verdicts(self, view: slice) -> NDArray[np.intp]:
        """Verdict of each municipality over the weeks of `view`: intp [municipality]."""
        return gap.verdict(
            self.copes[:, :, view].mean(axis=0),
            np.median(self.short_hours[:, :, view], axis=0),
            np.median(self.capacity.absorbable[:, :, view], axis=0),
        )


def forecast(p: Parameters, span: Horizon, facts: Facts, settings: Settings) -> Forecast:
    """The Forecast of a scenario; as many draws as the parameters have."""
    echo = "echo" in settings.sources
    flow, by_target = adoption.timing(p, span, echo)
    accounts = adoption.profile(facts.people, p, settings.existing, settings.new_users, by_target)
    helped = accounts.new - accounts.new_assisted
    need = background_need(p, facts.covariates, helped, facts.people)
    wanted = demand(
        p,
        span,
        facts.people,
        accounts,
        flow,
        need,
        settings.waves,
        settings.sources,
        settings.campaign,
        settings.earlier_waves,
    )
    supply, staffed = supply_of(p, span, facts, settings)
    return _result(p, span, accounts, flow, need, wanted, supply, staffed)


def staffed_hours(facts: Facts, summer: NDArray[np.bool_]) -> Floats:
    """Staffed library hours of weeks, in summer or not: float64 [municipality, week]."""
    return np.where(summer[None, :], facts.staffed_summer[:, None], facts.staffed_winter[:, None])


def supply_of(
    p: Parameters,
    span: Horizon,
    facts: Facts,
    settings: Settings,
    weeks: NDArray[np.intp] | None = None,
) -> tuple[Capacity, Floats]:
    """Capacity, and staffed library hours [municipality, week]; of some weeks only where given."""
    summer = summer_weeks(span)
    if weeks is not None:
        summer = summer[weeks]
    staffed = staffed_hours(facts, summer)
    estimate = estimated_hours(p, facts.staffed_winter, facts.staffed_summer, facts.places, summer)
    supply = capacity(
        p,
        span,
        estimate,
        staffed,
        settings.answered,
        settings.answered_hours,
        settings.answered_last,
        settings.tallied,
        settings.tallied_hours,
        weeks,
    )
    if settings.entered is not None:
        some = slice(None) if weeks is None else weeks
        before = np.arange(span.computed)[some] < span.start_index
        entered = settings.entered
        supply = replaced(supply, p, entered, settings.tallied, before, some)
    return supply, staffed


def _result(
    p: Parameters,
    span: Horizon,
    accounts: adoption.Profile,
    flow: adoption.Timing,
    need: Floats,
    wanted: Demand,
    supply: Capacity,
    staffed: Floats,
) -> Forecast:
    contacts, hours, desk = wanted.totals()
    utilisation, stay = p["utilisation"], p["stay"]
    result = gap.gap(hours, desk, supply.hours, supply.baseline, utilisation, stay)
    needed = gap.required_hours(hours, desk, supply.baseline, utilisation)
    total_hours = hours.sum(axis=-1, keepdims=True)
    total_contacts = contacts.sum(axis=-1, keepdims=True)
    rate = np.where(total_hours > 0, total_contacts / np.where(total_hours > 0, total_hours, 1), 0)
    shown = span.count
    return Forecast(
        span=span,
        accounts=accounts,
        flow=flow,
        need=need,
        demand=wanted,
        new_users=new_users(accounts, flow)[..., :shown],
        users=users_in_service(accounts, flow)[..., :shown],
        contacts=contacts[..., :shown],
        rollout_hours=hours,
        needed=needed[..., :shown],
        supply=supply,
        staffed=staffed[..., :shown],
        short_hours=result.short_hours,
        backlog_contacts=result.waiting_hours * rate,
        gave_up_contacts=result.gave_up_hours * rate,
        copes=result.copes,
    )


def new_users(accounts: adoption.Profile, flow: adoption.Timing) -> Floats:
    """Accounts opened for the first time, persons: float64 [draw, municipality, week]."""
    on_time = np.matmul(accounts.new, flow.opened_new)
    return np.asarray(on_time + np.matmul(accounts.late, flow.opened_late))


def users_in_service(accounts: adoption.Profile, flow: adoption.Timing) -> Floats:
    """Users in service (net) at each week's end, persons: float64 [draw, municipality, week]."""
    new, late = flow.in_service()
    start = accounts.existing.sum(axis=-1)[..., None]
    added = np.matmul(accounts.new, new) + np.matmul(accounts.late, late)
    return np.asarray(start + added)
