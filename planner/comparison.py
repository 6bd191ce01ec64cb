"""What a scenario comes to, in the few figures that two scenarios are compared by.

Values are the central path's: it moves with every assumption and with nothing else, so a difference
of two scenarios is the effect of what differs between them. The draws add the median and the range
of each figure, which are those of the other pages, and the verdicts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.assumptions import Parameters
from planner.engine import PAGE_DRAWS, Engine
from planner.model.ensemble import Ensemble
from planner.model.forecast import Forecast
from planner.model.gap import VERDICTS
from planner.model.intervals import interval
from planner.model.staffing import staffing
from planner.scenario import Scenario

Floats = NDArray[np.float64]

SUMS = ("contacts", "hours", "short_hours")
STAFF = ("contract", "person_years", "euros")
FIGURES = ("new_users", *SUMS, *STAFF)
COUNTS = tuple(f"places_{name}" for name in VERDICTS)


@dataclass(frozen=True)
class Figure:
    """A figure of one scenario: its central value, and P10, P50 and P90 where draws have it."""

    value: float
    low: float | None = None
    middle: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Headlines:
    """One scenario's figures over the weeks of a view, by name.

    country: FIGURES (new_users by the target date; contacts, hours, short_hours over the view;
    contract hours, person-years and euros of the missing hours) and COUNTS, the municipalities of
    each verdict; place: FIGURES of one municipality, empty where none was asked for; verdict: its
    verdict.
    """

    country: Mapping[str, Figure]
    place: Mapping[str, Figure]
    verdict: str | None


@dataclass(frozen=True)
class Change:
    """One figure in two scenarios."""

    name: str
    before: Figure
    after: Figure

    @property
    def difference(self) -> float:
        """After less before, in the figure's unit."""
        return self.after.value - self.before.value

    @property
    def share(self) -> float | None:
        """The difference over the value before, None where that is zero."""
        return self.difference / self.before.value if self.before.value else None


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """The figures that both scenarios have, in their order."""
    return tuple(Change(name, before[name], after[name]) for name in before if name in after)


def headlines(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None = None,
    code: str | None = None,
    draws: int | None = PAGE_DRAWS,
    seed: int = 1,
) -> Headlines:
    """The Headlines of a scenario; PlannerError where scenario, code or draws don't hold.

    draws: None for the central values alone, which take a few milliseconds: no ranges, no verdicts.
    """
    stated = scenario.without_reasons()
    result = engine.forecast(stated, today, seen_from)
    view = result.span.view(seen_from)
    drawn = None if draws is None else _Drawn(engine, stated, today, seen_from, draws, seed)
    central = engine.parameters(stated)
    everywhere = np.arange(len(engine.snapshot.codes), dtype=np.intp)
    country = _figures(result, drawn, view, everywhere, central)
    verdicts = None if drawn is None else engine.verdicts(drawn.ensemble, view)
    if verdicts is not None:
        counts = np.bincount(verdicts, minlength=len(VERDICTS))
        country |= {name: Figure(float(n)) for name, n in zip(COUNTS, counts, strict=True)}
    if code is None:
        return Headlines(country, {}, None)
    index = engine.snapshot.index(code)
    place = _figures(result, drawn, view, np.array([index], dtype=np.intp), central)
    return Headlines(country, place, None if verdicts is None else VERDICTS[int(verdicts[index])])


class _Drawn:
    """The draws of a scenario, and the assumptions behind them."""

    def __init__(
        self,
        engine: Engine,
        scenario: Scenario,
        today: dt.date,
        seen_from: dt.date | None,
        draws: int,
        seed: int,
    ) -> None:
        self.p = engine.sampled(scenario, draws, seed)
        self.ensemble: Ensemble = engine.ensemble(scenario, today, seen_from, draws, seed)

    def sums(self, name: str, places: NDArray[np.intp]) -> Floats:
        """A measure's sum over places and the view: float64 [draw]."""
        totals = np.asarray(self.ensemble.totals[name])
        return np.asarray(totals[:, places].sum(axis=1, dtype=np.float64))


def _figures(
    result: Forecast,
    drawn: _Drawn | None,
    view: slice,
    places: NDArray[np.intp],
    central: Parameters,
) -> dict[str, Figure]:
    """FIGURES of the places together."""
    until = slice(0, result.span.target_index + 1)
    values = {name: float(getattr(result, name)[0, places, view].sum()) for name in SUMS}
    staff = staffing(np.array([values["short_hours"]]), central).items()
    values |= {name: float(staff[name][0]) for name in STAFF}
    found = {"new_users": Figure(float(result.new_users[0, places, until].sum()))}
    if drawn is None:
        return found | {name: Figure(value) for name, value in values.items()}
    spread = {name: drawn.sums(name, places) for name in SUMS}
    spread |= {
        n: v for n, v in staffing(spread["short_hours"], drawn.p).items().items() if n in STAFF
    }
    return found | {name: _figure(value, spread[name]) for name, value in values.items()}


def _figure(value: float, draws: Floats) -> Figure:
    found = interval(draws)
    return Figure(value, found.low, found.middle, found.high)
