"""The country's answer: headline figures, the scale check, and rows for map and tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from planner import tables
from planner.answer import TargetCheck, target_check
from planner.assumptions import Parameters
from planner.engine import REPORT_DRAWS, Engine
from planner.model.ensemble import MEASURES as WEEKLY
from planner.model.ensemble import Ensemble
from planner.model.gap import READY, SHORT, TIGHT, VERDICTS
from planner.model.intervals import Band, Interval, band_of, interval
from planner.model.staffing import staffing
from planner.model.weeks import Horizon
from planner.scenario import Scenario

Floats = NDArray[np.float64]

MEASURES = ("verdict", "short_per_1000", "contacts_per_1000", "new_users", "share_of_staffed")
CLASSES = 5


@dataclass(frozen=True)
class ScaleCheck:
    """The result beside national totals: a result far off these would be a mistake.

    contacts, hours, person_years: P50 over the whole rollout; library_person_years: paid ones in
    public libraries; association_sessions: individual guidance sessions of associations in 2023.
    """

    contacts: float
    hours: float
    person_years: float
    library_person_years: float
    association_sessions: float


@dataclass(frozen=True, eq=False)
class Overview:
    """The country over the weeks of a view; municipalities: a row each (tables.summaries).

    contacts, hours, short_hours, person_years: sums over the view; weekly: measure → Band over the
    whole horizon; peak_contacts: visits of the week `peak`; staffing: figures of
    planner.model.staffing by name.
    """

    scenario: Scenario
    span: Horizon
    view: slice
    today: dt.date
    seen_from: dt.date | None
    draws: int
    seed: int
    mondays: tuple[dt.date, ...]
    municipalities: pd.DataFrame
    verdicts: tuple[str, ...]
    ready: int
    tight: int
    short: int
    new_by_target: float
    contacts: Interval
    hours: Interval
    short_hours: Interval
    person_years: Interval
    peak_contacts: Interval
    peak: dt.date
    weekly: Mapping[str, Band]
    staffing: Mapping[str, Interval]
    scale: ScaleCheck
    target: TargetCheck


def overview(
    engine: Engine,
    scenario: Scenario,
    today: dt.date,
    seen_from: dt.date | None = None,
    draws: int = REPORT_DRAWS,
    seed: int = 1,
) -> Overview:
    """The Overview of a scenario; PlannerError where it or the draws don't hold."""
    result = engine.forecast(scenario, today, seen_from)
    drawn = engine.ensemble(scenario, today, seen_from, draws, seed)
    p = engine.sampled(scenario, draws, seed)
    view = result.span.view(seen_from)
    verdicts = engine.verdicts(drawn, view)
    counts = np.bincount(verdicts, minlength=len(VERDICTS))
    weekly = {name: band_of(drawn.areas["country"][name][:, 0]) for name in WEEKLY}
    peak = int(np.argmax(weekly["contacts"].middle[view])) + int(view.start)
    totals = {name: _national(drawn, name) for name in tables.TOTALS}
    everywhere = np.arange(len(engine.snapshot.codes), dtype=np.intp)
    staff = staffing(totals["short_hours"], p).items()
    rollout = drawn if view.start == 0 else engine.ensemble(scenario, today, None, draws, seed)
    return Overview(
        scenario=scenario,
        span=result.span,
        view=view,
        today=today,
        seen_from=seen_from,
        draws=drawn.draws,
        seed=seed,
        mondays=tuple(result.span.mondays()),
        municipalities=tables.summaries(
            engine.snapshot, result, "municipality", view, drawn, verdicts
        ),
        verdicts=tuple(VERDICTS[index] for index in verdicts),
        ready=int(counts[READY]),
        tight=int(counts[TIGHT]),
        short=int(counts[SHORT]),
        new_by_target=float(result.new_users[0, :, : result.span.target_index + 1].sum()),
        contacts=interval(totals["contacts"]),
        hours=interval(totals["hours"]),
        short_hours=interval(totals["short_hours"]),
        person_years=interval(totals["hours"] / p["fte_hours"][:, 0]),
        peak_contacts=weekly["contacts"].at(peak),
        peak=result.span.day(peak),
        weekly=weekly,
        staffing={name: interval(values) for name, values in staff.items()},
        scale=_scale(engine, rollout, p),
        target=target_check(engine, scenario, result, everywhere),
    )


def _national(drawn: Ensemble, name: str) -> Floats:
    """A measure's sum over the view and the country: float64 [draw]."""
    return np.asarray(drawn.totals[name].sum(axis=1, dtype=np.float64))


def _scale(engine: Engine, rollout: Ensemble, p: Parameters) -> ScaleCheck:
    hours, national = _national(rollout, "hours"), engine.snapshot.national
    return ScaleCheck(
        contacts=float(np.median(_national(rollout, "contacts"))),
        hours=float(np.median(hours)),
        person_years=float(np.median(hours / p["fte_hours"][:, 0])),
        library_person_years=national["library_person_years"],
        association_sessions=national["association_sessions_2023"],
    )


def areas(engine: Engine, found: Overview, level: str) -> pd.DataFrame:
    """tables.summaries of a level over the overview's weeks, with its draws and verdicts."""
    asked = (found.scenario, found.today, found.seen_from)
    verdicts = np.array([VERDICTS.index(code) for code in found.verdicts], dtype=np.intp)
    drawn = engine.ensemble(*asked, found.draws, found.seed)
    result = engine.forecast(*asked)
    return tables.summaries(engine.snapshot, result, level, found.view, drawn, verdicts)


def class_limits(values: Floats) -> Floats:
    """Upper limits of all classes but the last, about as many places in each: [class − 1].

    Quintiles rounded to two significant digits, so that a legend can be read aloud; equal limits
    fall together.
    """
    known = values[np.isfinite(values)]
    limits = np.quantile(known, np.arange(1, CLASSES) / CLASSES) if known.size else np.zeros(0)
    size = np.where(limits > 0, limits, 1.0)
    step = 10.0 ** (np.floor(np.log10(size)) - 1)
    return np.unique(np.round(limits / step) * step)


def classes(values: Floats, limits: Floats) -> NDArray[np.intp]:
    """Class of each value, −1 where it is unknown: intp."""
    found = np.searchsorted(limits, np.nan_to_num(values), side="right")
    return np.where(np.isfinite(values), found, -1).astype(np.intp)
