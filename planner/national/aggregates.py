"""National figures: sums over areas and classes, with intervals from sums of the same draws.

Central figures and means are rounded for municipalities first (to DIGITS decimals) and then added,
so that at every level they sum to the country's to the last digit. Quantiles are those of summed
draws: they don't add up, and must not.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner.engine import AREA_LEVELS, PAGE_DRAWS, Engine
from planner.errors import PlannerError
from planner.model.ensemble import MEASURES, QUANTILES, Ensemble, ensemble
from planner.model.forecast import Forecast
from planner.model.weeks import Horizon
from planner.national.groups import CLASS_LEVELS, LEVELS, class_groups, group
from planner.scenario import Scenario

Floats = NDArray[np.float64]

DIGITS = 1
PERCENTS = (10, 50, 90)


@dataclass(frozen=True, eq=False)
class Aggregates:
    """The country's figures at all LEVELS, over the weeks of a view.

    drawn: municipalities and AREA_LEVELS; classes: CLASS_LEVELS, of the same draws.
    """

    engine: Engine
    span: Horizon
    view: slice
    result: Forecast
    drawn: Ensemble
    classes: Ensemble

    @property
    def mondays(self) -> tuple[dt.date, ...]:
        """Mondays of the weeks of the view."""
        return tuple(self.span.mondays()[self.view])

    def codes(self, level: str) -> tuple[str, ...]:
        """Codes of the areas of a level; PlannerError where there is no such level."""
        if level not in LEVELS:
            raise PlannerError("error.unknown_level", value=level, known=", ".join(LEVELS))
        snapshot = self.engine.snapshot
        return snapshot.codes if level == "municipality" else group(snapshot, level).codes

    def totals(self, level: str) -> pd.DataFrame:
        """A row for each area over the view: level, area_code, municipalities, adults; for each of
        MEASURES its _central, _mean (DIGITS decimals, they add up) and _p10, _p50, _p90;
        short_per_1000 (mean hours short per 1,000 adults) and rank, 1 where that is most.
        """
        codes = self.codes(level)
        adults = self._sum(level, self.engine.snapshot.people.sum(axis=1))
        columns: dict[str, Floats] = {}
        for name in MEASURES:
            central = _central(self.result, name)[:, self.view].sum(axis=1)
            drawn = self.drawn.totals[name]
            mean = drawn.mean(axis=0, dtype=np.float64)
            columns[f"{name}_central"] = self._rounded_sum(level, central)
            columns[f"{name}_mean"] = self._rounded_sum(level, mean)
            summed = self._sum(level, drawn.astype(np.float64))
            ranks = np.quantile(summed, [percent / 100 for percent in PERCENTS], axis=0)
            for percent, values in zip(PERCENTS, ranks, strict=True):
                columns[f"{name}_p{percent}"] = values.round(DIGITS)
        rate = 1000 * columns["short_hours_mean"] / adults
        places = self._sum(level, np.ones(len(self.engine.snapshot.codes))).astype(int)
        frame = pd.DataFrame({"level": level, "area_code": codes, "municipalities": places})
        frame = frame.assign(adults=adults, **columns, short_per_1000=rate.round(3))
        frame["rank"] = frame["short_per_1000"].rank(method="min", ascending=False).astype(int)
        return frame

    def weekly(self, level: str) -> pd.DataFrame:
        """A row for each area and week of the view: area_code, week (Monday); for each of MEASURES
        its _central (DIGITS decimals, they add up) and _p10, _p50, _p90.
        """
        codes, weeks = self.codes(level), [day.isoformat() for day in self.mondays]
        frame: dict[str, object] = {
            "area_code": np.repeat(codes, len(weeks)),
            "week": np.tile(weeks, len(codes)),
        }
        for name in MEASURES:
            central = _central(self.result, name)[:, self.view].T
            frame[f"{name}_central"] = self._rounded_sum(level, central).T.ravel()
            table = self._quantiles(level, name)
            for percent in PERCENTS:
                values = table[QUANTILES.index(percent / 100)][:, self.view]
                frame[f"{name}_p{percent}"] = values.astype(np.float64).round(DIGITS).ravel()
        return pd.DataFrame(frame)

    def _quantiles(self, level: str, name: str) -> NDArray[np.float32]:
        if level == "municipality":
            return self.drawn.places[name]
        held = self.classes if level in CLASS_LEVELS else self.drawn
        return held.areas[level][name]

    def _sum(self, level: str, values: Floats) -> Floats:
        """Sums along the last axis, the municipalities', to the areas of a level."""
        if level == "municipality":
            return values
        return group(self.engine.snapshot, level).sum(values)

    def _rounded_sum(self, level: str, values: Floats) -> Floats:
        """Sums of rounded values: added as whole numbers, so that no digit is lost."""
        whole = np.rint(values * 10**DIGITS)
        return np.asarray(self._sum(level, whole) / 10**DIGITS)


def aggregates(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    draws: int = PAGE_DRAWS,
    seed: int = 1,
    seen_from: dt.date | None = None,
) -> Aggregates:
    """The Aggregates of a scenario; PlannerError where it or the draws don't hold."""
    result = engine.forecast(scenario, today, seen_from)
    drawn = engine.ensemble(scenario, today, seen_from, draws, seed)
    classes = _classes(engine, scenario, today, seen_from, draws, seed)
    view = result.span.view(seen_from)
    return Aggregates(engine, result.span, view, result, drawn, classes)


@functools.lru_cache(maxsize=4)
def _classes(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None,
    draws: int,
    seed: int,
) -> Ensemble:
    """The ensemble of the CLASS_LEVELS: apart from the engine's, whose weekly sums of all levels
    together would take too much memory.
    """
    levels = {name: found.index for name, found in class_groups(engine.snapshot).items()}
    world = engine.worlds(scenario, today, seen_from, draws, seed)
    return ensemble(world, levels, world.span.view(seen_from))


def _central(result: Forecast, name: str) -> Floats:
    """A measure on the central path: float64 [municipality, week]."""
    values: Floats = getattr(result, name)
    return np.asarray(values[0], dtype=np.float64)


__all__ = ["AREA_LEVELS", "CLASS_LEVELS", "DIGITS", "LEVELS", "Aggregates", "aggregates"]
