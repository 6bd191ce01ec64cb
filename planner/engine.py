"""The one place that joins snapshot, assumptions, scenario, model and plans, and caches."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Assumptions, Parameters, load_assumptions
from planner.errors import PlannerError
from planner.model import adoption, gap
from planner.model.background import covariates
from planner.model.demand import wave_shares
from planner.model.ensemble import QUANTILES, Ensemble, ensemble
from planner.model.entered import Entered
from planner.model.forecast import Facts, Forecast, Settings, forecast
from planner.model.kernels import CONTACT_LAGS
from planner.model.sampling import sample
from planner.model.weeks import WEEKS_BEFORE, Horizon, horizon, monday
from planner.model.worlds import Learned, PlaceDraws, Worlds, place_draws, served, worlds
from planner.records import CERTAINTIES
from planner.scenario import Scenario, check
from planner.snapshot import Snapshot, load_snapshot

LATEST_VIEW = dt.timedelta(days=5 * 366)
MOST_DRAWS = 10_000
REPORT_DRAWS, PAGE_DRAWS = 1000, 200
AREA_LEVELS = ("region", "wellbeing_county", "development_centre", "country")
CACHED_FORECASTS = 16  # each about 10 MB on the central path
CACHED_WORLDS = 2  # each about 30 MB with 1,000 draws
CACHED_DRAWS = 16  # each about 3 MB with 1,000 draws


Overrides = tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True, eq=False)
class Engine:
    """Snapshot and assumptions with the model behind them; results are cached and read-only."""

    snapshot: Snapshot
    assumptions: Assumptions
    facts: Facts

    @property
    def adults(self) -> float:
        """Adults in the country, persons."""
        return float(self.facts.people.sum())

    def parameters(self, scenario: Scenario) -> Parameters:
        """Central values with the scenario's changes: assumption id → float64 [1, row]."""
        return self.assumptions.central(dict(scenario.overrides))

    def check(self, scenario: Scenario) -> None:
        """Raise PlannerError at the first thing in `scenario` that can't be computed."""
        check(scenario, self.assumptions, self.adults)

    def forecast(
        self, scenario: Scenario, today: dt.date, seen_from: dt.date | None = None
    ) -> Forecast:
        """The central path of a scenario; its horizon reaches beyond today and seen_from."""
        span = self.span(scenario, today, seen_from)
        return _cached(self, scenario.without_reasons(), span)

    def span(self, scenario: Scenario, today: dt.date, seen_from: dt.date | None = None) -> Horizon:
        """The horizon of a scenario, once scenario and dates are known to hold; PlannerError."""
        self.check(scenario)
        self.check_view(scenario, seen_from)
        if today > scenario.target_date + LATEST_VIEW:
            latest = scenario.target_date + LATEST_VIEW
            raise PlannerError("error.today_range", today=today, latest=latest)
        return horizon(scenario.start, scenario.target_date, today, seen_from)

    def largest_target(self, existing: float) -> float:
        """The most new users there can be: adults − existing, persons."""
        return adoption.largest_target(self.facts.people, existing)

    def sampled(self, scenario: Scenario, draws: int, seed: int) -> Parameters:
        """Draws of every assumption: id → float64 [draw, row]; what the scenario sets is constant.

        PlannerError where the number of draws or the seed is out of bounds.
        """
        if not 2 <= draws <= MOST_DRAWS or not 0 <= seed < 2**63:
            raise PlannerError("error.draws_range", value=draws, seed=seed, most=MOST_DRAWS)
        return _sampled(self, scenario.overrides, draws, seed)

    def worlds(
        self,
        scenario: Scenario,
        today: dt.date,
        seen_from: dt.date | None = None,
        draws: int = PAGE_DRAWS,
        seed: int = 1,
        learned: Learned | None = None,
    ) -> Worlds:
        """What all municipalities share in the draws of a scenario."""
        span = self.span(scenario, today, seen_from)
        return _served(self, scenario.without_reasons(), span, draws, seed, learned)

    def place_draws(
        self,
        scenario: Scenario,
        index: int,
        today: dt.date,
        seen_from: dt.date | None = None,
        draws: int = PAGE_DRAWS,
        seed: int = 1,
        learned: Learned | None = None,
    ) -> PlaceDraws:
        """One municipality's draws, by its position in the snapshot."""
        span = self.span(scenario, today, seen_from)
        return _place_draws(self, scenario.without_reasons(), span, draws, seed, learned, index)

    def ensemble(
        self,
        scenario: Scenario,
        today: dt.date,
        seen_from: dt.date | None = None,
        draws: int = REPORT_DRAWS,
        seed: int = 1,
        learned: Learned | None = None,
    ) -> Ensemble:
        """The draws of all municipalities: quantiles of weekly figures for places and areas."""
        span = self.span(scenario, today, seen_from)
        first = span.view(seen_from).start
        return _ensemble(self, scenario.without_reasons(), span, draws, seed, learned, first)

    def verdicts(self, drawn: Ensemble, view: slice) -> NDArray[np.intp]:
        """Verdict of each municipality over the weeks of `view`: intp [municipality]."""
        short = drawn.places["short_hours"][QUANTILES.index(0.5)]
        found = (drawn.p_copes, short, drawn.absorbable)
        return gap.verdict(*(part[:, view].astype(np.float64) for part in found))

    def check_view(self, scenario: Scenario, seen_from: dt.date | None) -> None:
        """Raise PlannerError where a date to look from lies outside what the horizon can reach."""
        if seen_from is None:
            return
        low = monday(scenario.start) - dt.timedelta(weeks=WEEKS_BEFORE)
        high = scenario.target_date + LATEST_VIEW
        if not low <= seen_from <= high:
            raise PlannerError("error.from_range", low=low, high=high)

    def preset(self, name: str, scenario: Scenario) -> float:
        """New users of a preset, persons; PlannerError where there is none of that name."""
        if name == "national_target":
            return self.assumptions.number("new_users")
        if name == "press_estimate":
            return self.assumptions.number("press_estimate")
        if name == "todays_reach":
            return float(np.floor(self.reach_target(scenario)))
        raise PlannerError("error.unknown_preset", value=name)

    def reach_target(self, scenario: Scenario) -> float:
        """New users that today's reach carries, persons."""
        p = self.parameters(scenario)
        return float(adoption.reach_target(self.facts.people, p, scenario.existing)[0])


def load_engine() -> Engine:
    """The engine on the shipped data; PlannerError("error.data") where a file is broken."""
    return build_engine(load_snapshot(), load_assumptions())


@functools.lru_cache(maxsize=2)
def build_engine(snapshot: Snapshot, assumptions: Assumptions) -> Engine:
    """The engine on the snapshot and assumptions given."""
    region = snapshot.groups["region"].index
    facts = Facts(
        people=snapshot.people,
        covariates=covariates(snapshot.people, snapshot.background, snapshot.rural, region),
        staffed_winter=snapshot.staffed_hours_winter,
        staffed_summer=snapshot.staffed_hours_summer,
        places=snapshot.guidance_places,
    )
    return Engine(snapshot, assumptions, facts)


@functools.lru_cache(maxsize=32)
def settings(engine: Engine, scenario: Scenario, span: Horizon) -> Settings:
    """The scenario's statements as numbers and arrays along the model's axes."""
    entered = dict(scenario.capacity)  # which replaces answers as it does the estimate
    answers = [
        (engine.snapshot.index(code), value)
        for code, value in scenario.answers
        if code not in entered
    ]
    tallied = scenario.baselines
    last = [
        span.computed if value.until is None else span.index(value.until) for _, value in answers
    ]
    waves = [
        ((wave.date - span.first).days, wave.weeks, wave.share, wave.weights)
        for wave in engine.assumptions.waves
    ]
    ages = engine.facts.people.shape[1]
    shares = wave_shares(span, waves, ages, earlier=CONTACT_LAGS)
    return Settings(
        existing=scenario.existing,
        new_users=scenario.new_users,
        waves=shares[:, CONTACT_LAGS:],
        earlier_waves=shares[:, :CONTACT_LAGS],
        sources=scenario.sources,
        answered=np.array([index for index, _ in answers], dtype=np.intp),
        answered_hours=np.array([value.hours for _, value in answers], dtype=np.float64),
        answered_last=np.array(last, dtype=np.intp),
        tallied=np.array([engine.snapshot.index(code) for code, _ in tallied], dtype=np.intp),
        tallied_hours=np.array([hours for _, hours in tallied], dtype=np.float64),
        campaign=_campaign(scenario, span),
        entered=_entered(engine, scenario, span),
    )


def _entered(engine: Engine, scenario: Scenario, span: Horizon) -> Entered | None:
    """The capacity rows of the scenario, week by week."""
    if not scenario.capacity:
        return None
    known = set(engine.snapshot.codes)  # the store may know municipalities that have merged since
    supplies = sorted(
        (engine.snapshot.index(code), supply) for code, supply in scenario.capacity if code in known
    )
    hours = np.zeros((len(supplies), len(CERTAINTIES), 2, span.computed))
    for row, (_, supply) in enumerate(supplies):
        for shift in supply.shifts:
            first = 0 if shift.first is None else max(span.index(shift.first), 0)
            end = span.computed if shift.last is None else max(span.index(shift.last) + 1, 0)
            kind = CERTAINTIES.index(shift.certainty), int(shift.contract)
            hours[(row, *kind, slice(first, end))] += shift.hours
    return Entered(
        np.array([index for index, _ in supplies], dtype=np.intp),
        hours,
        np.array([[supply.before, supply.before_contract] for _, supply in supplies]),
    )


def _campaign(scenario: Scenario, span: Horizon) -> NDArray[np.float64] | None:
    if not scenario.campaign:
        return None
    factor = np.ones(span.computed)
    for day, weeks, value in scenario.campaign:
        first = max(span.index(day), 0)
        factor[first : max(span.index(day) + weeks, 0)] = value
    return factor


@functools.lru_cache(maxsize=CACHED_FORECASTS)
def _cached(engine: Engine, scenario: Scenario, span: Horizon) -> Forecast:
    result = forecast(
        engine.parameters(scenario), span, engine.facts, settings(engine, scenario, span)
    )
    _freeze(result)
    return result


@functools.lru_cache(maxsize=4)
def _sampled(engine: Engine, overrides: Overrides, draws: int, seed: int) -> Parameters:
    values = sample(engine.assumptions.items, draws, seed, dict(overrides))
    _freeze(values)
    return values


def _served(
    engine: Engine,
    scenario: Scenario,
    span: Horizon,
    draws: int,
    seed: int,
    learned: Learned | None,
) -> Worlds:
    """The worlds of a scenario; those that differ in services only share what is computed."""
    world = _worlds(engine, scenario.demand(), span, draws, seed, learned)
    return served(world, settings(engine, scenario, span), seed)


@functools.lru_cache(maxsize=CACHED_WORLDS)
def _worlds(
    engine: Engine,
    scenario: Scenario,
    span: Horizon,
    draws: int,
    seed: int,
    learned: Learned | None,
) -> Worlds:
    p = engine.sampled(scenario, draws, seed)
    stated = settings(engine, scenario, span)
    return worlds(p, span, engine.facts, stated, seed, learned=learned)


# Results are cached by what they follow from, never by Worlds: that would keep those in memory.
@functools.lru_cache(maxsize=CACHED_DRAWS)
def _place_draws(
    engine: Engine,
    scenario: Scenario,
    span: Horizon,
    draws: int,
    seed: int,
    learned: Learned | None,
    index: int,
) -> PlaceDraws:
    result = place_draws(_served(engine, scenario, span, draws, seed, learned), index)
    _freeze(result)
    return result


@functools.lru_cache(maxsize=CACHED_DRAWS)
def _ensemble(
    engine: Engine,
    scenario: Scenario,
    span: Horizon,
    draws: int,
    seed: int,
    learned: Learned | None,
    first: int,
) -> Ensemble:
    levels = {name: engine.snapshot.groups[name].index for name in AREA_LEVELS}
    world = _served(engine, scenario, span, draws, seed, learned)
    result = ensemble(world, levels, slice(first, span.count))
    _freeze(result)
    return result


def _freeze(value: object) -> None:
    """Makes every array inside a result read-only: the cache hands out the same one to all."""
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
    elif isinstance(value, Mapping):
        for item in value.values():
            _freeze(item)
    elif isinstance(value, tuple):
        for item in value:
            _freeze(item)
    elif is_dataclass(value):
        for item in vars(value).values():
            _freeze(item)
